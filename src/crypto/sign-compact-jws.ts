import { encodeBase64url } from '#runtime'
import { encodeUtf8 } from '../codec/utf8.js'
import { PassportError } from '../core/errors.js'
import type { JsonObject } from '../core/json.js'
import type { Signer } from '../ports/signer.js'
import { ALGORITHMS } from './algorithms.js'

/** What to sign. */
export interface CompactJwsInput {
  /** Header members besides `alg`, `kid` and `x5c`, which are the signer's. */
  readonly header: JsonObject
  readonly payload: Uint8Array | string
  readonly signer: Signer
}

const bytesOf = (payload: Uint8Array | string): Uint8Array =>
  typeof payload === 'string' ? encodeUtf8(payload) : payload

/**
 * Signs a compact JWS through any signer.
 * @throws PassportError `key.signingFailed` when the signer's answer is not a signature
 * @see RFC 7515, section 7.1
 */
export const signCompactJws = async ({ header, payload, signer }: CompactJwsInput): Promise<string> => {
  const { certificateChain } = signer
  const x5c = certificateChain === undefined ? {} : { x5c: certificateChain }
  const whole = { ...header, alg: signer.algorithm, kid: signer.keyId, ...x5c }
  const signingInput = `${encodeBase64url(encodeUtf8(JSON.stringify(whole)))}.${encodeBase64url(bytesOf(payload))}`
  const signature = await signer.sign(encodeUtf8(signingInput))
  if (signature.length !== ALGORITHMS[signer.algorithm].signatureBytes)
    throw new PassportError('key.signingFailed', 'The signer gave a signature of the wrong length')
  return `${signingInput}.${encodeBase64url(signature)}`
}
