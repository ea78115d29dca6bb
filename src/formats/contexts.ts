import type { CheckCode } from '../core/codes.js'
import type { Json, JsonObject } from '../core/json.js'
import { findObject } from './find-object.js'
import type { ContextRules, Kind } from './input.js'

/** The context of VCDM 2.0. */
export const VCDM_2_CONTEXT = 'https://www.w3.org/ns/credentials/v2'
/** The context of this catalogue. A name; never fetched. */
export const CATALOGUE_CONTEXT = 'https://w3id.org/staff-passport/v1'
/** Contexts that come with this library. */
const BUNDLED_CONTEXTS = [VCDM_2_CONTEXT, CATALOGUE_CONTEXT, 'https://w3id.org/security/data-integrity/v2'] as const

const EXACT_LISTS: readonly (readonly string[])[] = [[VCDM_2_CONTEXT], [VCDM_2_CONTEXT, CATALOGUE_CONTEXT]]

const sameList = (a: readonly Json[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((entry, index) => entry === b[index])

// Embedded credentials are documents of their own, and pass the front door by themselves.
const CREDENTIALS_IN: Partial<Record<Kind, string>> = { presentation: 'verifiableCredential' }

/** The members of a document but for its contexts and, of a presentation, the documents in it. */
export const ownMembers = (document: JsonObject, kind: Kind): readonly (readonly [string, Json])[] =>
  Object.entries(document).filter(([name]) => name !== '@context' && name !== CREDENTIALS_IN[kind])

const hasContext = (object: JsonObject): boolean => Object.hasOwn(object, '@context')

const listOf = (context: Json | undefined): readonly Json[] =>
  Array.isArray(context) ? context : context === undefined ? [] : [context]

const isAllowed = (list: readonly Json[], rules: ContextRules): boolean => {
  if (rules.contexts !== 'anyKnown') return EXACT_LISTS.some((exact) => sameList(list, exact))
  const known = [...BUNDLED_CONTEXTS, ...(rules.extraContexts ?? []).map(({ url }) => url)]
  return list.length > 0 && list.every((entry) => known.some((url) => url === entry))
}

/** A context that must not be there, or `undefined`. */
export interface ContextFault {
  readonly code: CheckCode
  readonly path: string
}

/**
 * Matches the list of contexts against the allow-list, exactly and in order, and refuses any context anywhere else: a
 * changed context changes what the signed words mean, and the signature would not notice.
 * @see Data Integrity 1.0, section 2.4.1 (context validation)
 */
export const checkContexts = (document: JsonObject, kind: Kind, rules: ContextRules): ContextFault | undefined => {
  const code = 'format.contextNotAllowed'
  if (!isAllowed(listOf(document['@context']), rules)) return { code, path: '/@context' }
  for (const [name, value] of ownMembers(document, kind)) {
    const path = findObject(value, `/${name}`, hasContext)
    if (path !== undefined) return { code, path: `${path}/@context` }
  }
  return undefined
}

/** Whether a proof's own contexts, if it states any, are the document's. */
export const proofContextAgrees = (proof: JsonObject, document: JsonObject): boolean =>
  proof['@context'] === undefined || sameList(listOf(proof['@context']), listOf(document['@context']).map(String))
