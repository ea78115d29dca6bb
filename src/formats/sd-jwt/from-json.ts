import { asArray, isJsonObject, type Json, type JsonObject } from '../../core/json.js'

const isTexts = (value: Json | undefined): value is readonly string[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'string')

/** The one signature of a JWS in JSON, flattened or general; `undefined` when there is none or several. */
const signatureOf = (value: JsonObject): JsonObject | undefined => {
  const signatures = value.signatures === undefined ? [value] : asArray(value.signatures)
  const [only] = signatures
  return signatures.length === 1 && isJsonObject(only) ? only : undefined
}

/**
 * The compact form of an SD-JWT that is written in JSON; `undefined` for anything else. Several signatures over one
 * payload are not read.
 * @see RFC 9901, section 8
 */
export const fromJsonSerialization = (value: JsonObject): string | undefined => {
  const signed = signatureOf(value)
  const { payload } = value
  if (!signed || typeof payload !== 'string' || !isJsonObject(signed.header)) return undefined
  const { protected: header, signature } = signed
  const { disclosures, kb_jwt: keyBinding = '' } = signed.header
  if (typeof header !== 'string' || typeof signature !== 'string' || typeof keyBinding !== 'string') return undefined
  if (!isTexts(disclosures) || disclosures.some((text) => text.includes('~'))) return undefined
  return [`${header}.${payload}.${signature}`, ...disclosures, keyBinding].join('~')
}
