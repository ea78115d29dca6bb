import { asArray } from '../../core/json.js'
import { type Evidence, failed, inconclusive, passed } from '../../core/outcome.js'
import type { CompactJws } from '../../crypto/compact-jws.js'
import type { Presented, ReadInput, SignatureFinding, SignatureOptions, TokenClaims } from '../input.js'

const PURPOSES = { credential: 'assertionMethod', presentation: 'authentication' } as const
const MILLISECONDS = 1000

// The later of the two: before either, it must not be accepted (RFC 7519, 4.1.5).
const madeAt = ({ issuedAt = 0, notBefore = 0 }: TokenClaims): number => Math.max(issuedAt, notBefore)

const presentedBy = (keyId: string, token: TokenClaims): Presented => ({
  keyId,
  ...(token.nonce === undefined ? {} : { challenge: token.nonce }),
  audience: token.audience ?? [],
  ...(madeAt(token) === 0 ? {} : { created: madeAt(token) * MILLISECONDS }),
  ...(token.expires === undefined ? {} : { expires: token.expires * MILLISECONDS }),
})

const finding = (result: SignatureFinding['result'], presented: readonly Presented[] = []): SignatureFinding => ({
  result,
  presented,
})

const chainOf = ({ header }: CompactJws): readonly string[] | undefined =>
  header.x5c === undefined ? undefined : asArray(header.x5c).map(String)

const verifyJws = async (input: ReadInput, jws: CompactJws, options: SignatureOptions): Promise<SignatureFinding> => {
  const chain = chainOf(jws)
  const keyId = jws.keyId ?? (chain && 'x5c')
  if (keyId === undefined)
    return finding(failed('signature.keyNotFound', {}, [{ path: '/header/kid', code: 'signature.keyNotFound' }]))
  const proof = { algorithm: jws.algorithm, keyId }
  const found = await options.findKey(keyId, PURPOSES[input.kind], chain)
  if (!found.ok) return finding((found.outcome === 'failed' ? failed : inconclusive)(found.code, { proofs: [proof] }))
  const proofs: Evidence = { proofs: [{ ...proof, ...found.evidence }] }
  if (found.key.algorithm !== jws.algorithm) return finding(failed('signature.keyMismatch', proofs))
  if (!(await found.key.verify(jws.signingInput, jws.signature))) return finding(failed('signature.invalid', proofs))
  return finding(passed(proofs), [presentedBy(keyId, input.token ?? {})])
}

/** Verifies the signature of a token under the key that its header names. */
export const verifyJwt = async (input: ReadInput, options: SignatureOptions): Promise<SignatureFinding> =>
  input.jws ? verifyJws(input, input.jws, options) : finding(failed('signature.proofMalformed'))
