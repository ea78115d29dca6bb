import { CompactEncrypt, importJWK } from 'jose'
import { encodeUtf8 } from '../../codec/utf8.js'
import { isJsonObject, type JsonObject } from '../../core/json.js'
import { type EndpointAnswer, refuse } from '../oauth/refusal.js'

/** How answers may be encrypted. */
export const RESPONSE_ENCRYPTION = { algorithms: ['ECDH-ES'], contents: ['A128GCM', 'A256GCM'] } as const

const BAD = 'Encrypt with ECDH-ES to a key on P-256, with A128GCM or A256GCM'

// The key of a wallet: public, on the one curve that every wallet has, and for this.
const isFit = (jwk: unknown): jwk is JsonObject =>
  isJsonObject(jwk) &&
  jwk.kty === 'EC' &&
  jwk.crv === 'P-256' &&
  !Object.hasOwn(jwk, 'd') &&
  (jwk.alg === undefined || jwk.alg === 'ECDH-ES') &&
  (jwk.use === undefined || jwk.use === 'enc')

/**
 * An answer as its sender wants it: as it is, or encrypted to a key of theirs.
 * @throws OAuthRefusal `invalid_encryption_parameters`
 * @see OpenID for Verifiable Credential Issuance 1.0, section 10
 */
export const encryptAnswer = async (
  status: number,
  body: JsonObject,
  wanted: JsonObject | undefined,
): Promise<EndpointAnswer> => {
  if (wanted === undefined) return { status, body, headers: { 'cache-control': 'no-store' } }
  const { jwk, enc, alg } = wanted
  const content = RESPONSE_ENCRYPTION.contents.find((known) => known === enc)
  const isKnown = alg === undefined || alg === 'ECDH-ES'
  if (!isFit(jwk) || !content || !isKnown || wanted.zip !== undefined)
    return refuse('invalid_encryption_parameters', BAD)
  const key = await importJWK({ ...jwk, alg: 'ECDH-ES' } as Parameters<typeof importJWK>[0]).catch(() =>
    refuse('invalid_encryption_parameters', BAD),
  )
  const header = { alg: 'ECDH-ES', enc: content, ...(typeof jwk.kid === 'string' ? { kid: jwk.kid } : {}) }
  const token = await new CompactEncrypt(encodeUtf8(JSON.stringify(body))).setProtectedHeader(header).encrypt(key)
  return { status, body: token, contentType: 'application/jwt', headers: { 'cache-control': 'no-store' } }
}

/** Refuses a wish that cannot be met, before anything is issued for it. @throws OAuthRefusal */
export const checkEncryption = async (wanted: JsonObject | undefined): Promise<void> => {
  if (wanted !== undefined) await encryptAnswer(200, {}, wanted)
}
