import { asArray, type Json, type JsonObject } from '../core/json.js'
import { checkContexts, VCDM_2_CONTEXT } from './contexts.js'
import type { ContextRules, FormatName } from './input.js'
import { mediaTypeOfToken } from './media-type.js'

/** The token in an envelope, or where the envelope is none. */
export type EnvelopeResult =
  | { readonly ok: true; readonly token: string }
  | {
      readonly ok: false
      readonly code: 'format.malformed' | 'format.contextNotAllowed' | 'format.typeMismatch'
      readonly path: string
    }

/**
 * Takes the token out of an enveloped credential or presentation; `undefined` for what is no envelope. An envelope says
 * nothing of its own: it has a context, an id, one type, and no other member. Whatever else stood there would be read by
 * some and was signed by nobody. The media type of its id is that of the token.
 * @see Verifiable Credentials Data Model 2.0, sections 4.13.1 and 4.13.2
 */
export function openEnvelope(document: JsonObject, rules: ContextRules): EnvelopeResult | undefined {
  const types = asArray(document.type)
  const name = types.find(isEnvelopeType)
  if (name === undefined) return undefined
  if (types.length !== 1) return refuse('format.malformed', '/type')
  if (Object.keys(document).some((member) => !MEMBERS.includes(member))) return refuse('format.malformed', '')
  const context = document['@context'] ?? []
  if (asArray(context)[0] !== VCDM_2_CONTEXT || checkContexts({ '@context': context }, 'credential', rules))
    return refuse('format.contextNotAllowed', '/@context')
  const { id } = document
  const format = ENVELOPES[name].find((known) => typeof id === 'string' && id.startsWith(prefixOf(known)))
  if (typeof id !== 'string' || format === undefined) return refuse('format.malformed', '/id')
  const token = id.slice(prefixOf(format).length)
  return isOf(format, token) ? { ok: true, token } : refuse('format.typeMismatch', '/id')
}

function refuse(code: 'format.malformed' | 'format.contextNotAllowed' | 'format.typeMismatch', path: string) {
  return { ok: false, code, path } as const
}

const MEMBERS = ['@context', 'id', 'type']

const ENVELOPES: Readonly<Record<EnvelopeType, readonly FormatName[]>> = {
  EnvelopedVerifiableCredential: ['vc+jwt', 'vc+sd-jwt', 'dc+sd-jwt'],
  EnvelopedVerifiablePresentation: ['vp+jwt', 'vp+sd-jwt'],
}

type EnvelopeType = 'EnvelopedVerifiableCredential' | 'EnvelopedVerifiablePresentation'

/** Whether a type is that of an envelope. */
export function isEnvelopeType(type: Json): type is EnvelopeType {
  return typeof type === 'string' && Object.hasOwn(ENVELOPES, type)
}

function prefixOf(format: FormatName): string {
  return `data:application/${format},`
}

// With a key binding at its end, an SD-JWT is what a holder presents, and no longer a credential (RFC 9901, section 4).
function isOf(format: FormatName, token: string): boolean {
  const isSdJwt = format.endsWith('sd-jwt')
  return mediaTypeOfToken(token) === format && isSdJwt === token.includes('~') && (!isSdJwt || token.endsWith('~'))
}
