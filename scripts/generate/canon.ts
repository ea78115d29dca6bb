import { contexts as credentialsContexts } from '@digitalbazaar/credentials-context'
import { contexts as dataIntegrityContexts } from '@digitalbazaar/data-integrity-context'
import type { JsonObject } from '../../src/core/json.js'
import { compileContexts } from '../../src/formats/data-integrity/rdfc/compile-contexts.js'
import { buildContext } from './context.js'

const CATALOGUE = 'https://w3id.org/staff-passport/v1'
const BUNDLED = ['https://www.w3.org/ns/credentials/v2', 'https://w3id.org/security/data-integrity/v2']

const published = (url: string): JsonObject => {
  const document = credentialsContexts.get(url) ?? dataIntegrityContexts.get(url)
  if (!document) throw new Error(`${url} is not at hand`)
  return document
}

/** The contexts that come with us, compiled, as a module: who meets no other needs no JSON-LD processor. */
export const contextTableModule = async (): Promise<string> => {
  const contexts = [
    ...BUNDLED.map((url) => [url, published(url)] as const),
    [CATALOGUE, buildContext() as JsonObject] as const,
  ]
  const table = await compileContexts(contexts)
  for (const [url] of contexts) if (table.contexts[url] === undefined) throw new Error(`${url} cannot be compiled`)
  return `// Generated from the contexts by scripts/generate.ts. Do not edit.
import type { ContextTable } from '../rdfc/context-table.js'

/** The contexts that come with us, as the JSON-LD processor understood them. */
export const CONTEXT_TABLE: ContextTable = ${JSON.stringify(table, null, 1)}
`
}
