import { contexts as credentialsContexts } from '@digitalbazaar/credentials-context'
import { contexts as dataIntegrityContexts } from '@digitalbazaar/data-integrity-context'
import type { JsonObject } from '../../../core/json.js'
import { STAFF_PASSPORT_CONTEXT } from '../../../credentials/generated/context.js'
import { CATALOGUE_CONTEXT } from '../../contexts.js'
import type { ContextDocument } from '../../input.js'

/** What a document loader answers. */
export interface LoadedDocument {
  readonly contextUrl: null
  readonly documentUrl: string
  readonly document: JsonObject
  /** That the document never changes, so that what the processor made of it may be kept. */
  readonly tag?: 'static'
}

/** Hands out contexts at hand; throws for any other address. Nothing is ever fetched. */
export type DocumentLoader = (url: string) => Promise<LoadedDocument>

const BUNDLED: ReadonlyMap<string, JsonObject> = new Map([
  ...credentialsContexts,
  ...dataIntegrityContexts,
  [CATALOGUE_CONTEXT, STAFF_PASSPORT_CONTEXT],
])

/** A loader that knows the bundled contexts and the given ones. */
export const createDocumentLoader =
  (extraContexts: readonly ContextDocument[] = []): DocumentLoader =>
  async (url) => {
    const bundled = BUNDLED.get(url)
    if (bundled) return { contextUrl: null, documentUrl: url, document: bundled, tag: 'static' }
    const document = extraContexts.find((context) => context.url === url)?.document
    if (!document) throw new TypeError('A JSON-LD context was asked for that is not at hand')
    return { contextUrl: null, documentUrl: url, document }
  }
