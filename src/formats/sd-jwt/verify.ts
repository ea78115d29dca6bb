import { PassportError } from '../../core/errors.js'
import { isJsonObject } from '../../core/json.js'
import { failed, inconclusive, passed } from '../../core/outcome.js'
import { importPublicKey } from '../../crypto/keys.js'
import type { FoundKey, ReadInput, ReadPresentation, SignatureFinding, SignatureOptions } from '../input.js'
import { verifyJwt } from '../vc-jwt/verify.js'

const finding = (result: SignatureFinding['result']): SignatureFinding => ({ result, presented: [] })

const imported = async (jwk: unknown): Promise<FoundKey> => {
  try {
    return { ok: true, key: await importPublicKey(jwk) }
  } catch (error) {
    if (!(error instanceof PassportError)) throw error
    return error.code === 'key.algorithmUnavailable'
      ? { ok: false, outcome: 'inconclusive', code: 'signature.algorithmUnavailable' }
      : { ok: false, outcome: 'failed', code: 'signature.keyRejected' }
  }
}

/** The key that the issuer bound the credential to: itself, or by the DID that it belongs to. */
const boundKey = async ({ confirmation, jws }: ReadPresentation, { findKey }: SignatureOptions): Promise<FoundKey> => {
  if (isJsonObject(confirmation?.jwk)) return imported(confirmation.jwk)
  if (typeof confirmation?.kid !== 'string') return { ok: false, outcome: 'failed', code: 'signature.keyNotFound' }
  return findKey(jws?.keyId ?? confirmation.kid, 'authentication')
}

const SECOND = 1000

const verifyBinding = async (input: ReadPresentation, options: SignatureOptions): Promise<SignatureFinding> => {
  const { jws, keyBinding, token } = input
  if (!jws || !keyBinding) return finding(failed('signature.proofMalformed'))
  const proofs = { proofs: [{ algorithm: jws.algorithm }] }
  if (keyBinding.sdHash !== keyBinding.expectedSdHash) return finding(failed('signature.keyBindingMismatch', proofs))
  const found = await boundKey(input, options)
  if (!found.ok) return finding((found.outcome === 'failed' ? failed : inconclusive)(found.code, proofs))
  if (found.key.algorithm !== jws.algorithm) return finding(failed('signature.keyMismatch', proofs))
  if (!(await found.key.verify(jws.signingInput, jws.signature))) return finding(failed('signature.invalid', proofs))
  const presented = {
    keyId: jws.keyId ?? '',
    ...(token?.nonce === undefined ? {} : { challenge: token.nonce }),
    audience: token?.audience ?? [],
    ...(token?.issuedAt === undefined ? {} : { created: token.issuedAt * SECOND }),
    ...(token?.expires === undefined ? {} : { expires: token.expires * SECOND }),
  }
  return { result: passed(proofs), presented: [presented] }
}

/**
 * Verifies the signature of an SD-JWT under its issuer's key or, of one that is presented, the key binding under the key
 * that the issuer bound it to. What the binding was made for is told, and judged by whoever asked.
 * @see RFC 9901, sections 7.1 and 7.3
 */
export const verifySdJwt = (input: ReadInput, options: SignatureOptions): Promise<SignatureFinding> =>
  input.kind === 'presentation' && input.format === 'sd-jwt+kb'
    ? verifyBinding(input, options)
    : verifyJwt(input, options)
