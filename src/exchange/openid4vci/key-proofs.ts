import { parseDidUrl } from '../../codec/did.js'
import { isJsonObject, type JsonObject } from '../../core/json.js'
import { EXCHANGE_LIMITS } from '../../core/limits.js'
import { didCarriedKey } from '../../crypto/did-carried-key.js'
import { importPublicKey, jwkThumbprint } from '../../crypto/keys.js'
import { didKey } from '../../dids/did-key.js'
import type { PublicKeyJwk } from '../../ports/signer.js'
import { refuse } from '../oauth/refusal.js'
import { isFresh, isSignedBy, type ReadToken, readToken } from '../oauth/signed-token.js'
import type { CredentialRequest } from './messages.js'
import type { Nonces } from './nonces.js'

/** A key that its holder proved, as credentials name it. */
export interface HolderKey {
  readonly did: string
  /** RFC 7638, SHA-256. */
  readonly thumbprint: string
}

/** What proofs are checked against. */
export interface ProofRules {
  /** The credential issuer's identifier. */
  readonly audience: string
  readonly now: number
  /** The client that the access token was given to, where it named itself. */
  readonly clientId?: string
  readonly nonces: Pick<Nonces, 'take'>
  /** Keys of wallet providers whose word for a wallet's keys is taken. */
  readonly attesters: readonly PublicKeyJwk[]
  /** Whether a wallet provider must vouch for every key. */
  readonly attestationRequired: boolean
  readonly mostKeys: number
}

const BAD = 'A proof is missing, malformed, stale, for somebody else, or not signed with its key'
const badProof = (): never => refuse('invalid_proof', BAD)

const fromKeyId = (keyId: string): { readonly did: string; readonly jwk: PublicKeyJwk } => {
  const did = parseDidUrl(keyId)?.did ?? keyId
  const jwk = didCarriedKey(did)
  return jwk ? { did, jwk } : badProof()
}

const fromJwk = async (jwk: JsonObject): Promise<{ readonly did: string; readonly jwk: PublicKeyJwk }> => {
  const key = await importPublicKey(jwk).catch(() => undefined)
  return key && key.algorithm !== 'ES512' && key.algorithm !== 'ES256K'
    ? { did: didKey(key.jwk).did, jwk: key.jwk }
    : badProof()
}

// OpenID4VCI 1.0, F.1: exactly one of them names the key.
const keyOf = async ({ header, jws }: ReadToken) => {
  if (header.x5c !== undefined || (header.jwk === undefined) === (jws.keyId === undefined)) return badProof()
  return jws.keyId === undefined ? fromJwk(isJsonObject(header.jwk) ? header.jwk : {}) : fromKeyId(jws.keyId)
}

const isForUs = ({ aud }: JsonObject, { audience }: ProofRules): boolean =>
  aud === audience || (Array.isArray(aud) && aud.length === 1 && aud[0] === audience)

const isFromClient = ({ iss }: JsonObject, { clientId }: ProofRules): boolean =>
  iss === undefined || clientId === undefined || iss === clientId

const thumbprints = (keys: unknown): readonly string[] =>
  Array.isArray(keys) ? keys.filter(isJsonObject).map((key) => jwkThumbprint(key as unknown as PublicKeyJwk)) : []

const readAttestation = async (attestation: unknown, rules: ProofRules): Promise<ReadToken> => {
  const token = readToken(attestation, { typ: 'key-attestation+jwt' })
  if (!token || !isFresh(token, rules.now, EXCHANGE_LIMITS.attestationAge)) return badProof()
  for (const attester of rules.attesters) if (await isSignedBy(token, attester)) return token
  return badProof()
}

const checkAttested = async ({ header }: ReadToken, thumbprint: string, rules: ProofRules): Promise<void> => {
  if (header.key_attestation === undefined) {
    if (rules.attestationRequired) badProof()
    return
  }
  const { claims } = await readAttestation(header.key_attestation, rules)
  if (!thumbprints(claims.attested_keys).includes(thumbprint)) badProof()
}

interface Proven extends HolderKey {
  readonly nonce: unknown
}

const checkJwt = async (proof: string, rules: ProofRules): Promise<Proven> => {
  const token = readToken(proof, { typ: 'openid4vci-proof+jwt', ownKey: true })
  if (!token) return badProof()
  const { did, jwk } = await keyOf(token)
  const holds = isForUs(token.claims, rules) && isFromClient(token.claims, rules)
  if (!holds || !isFresh(token, rules.now, EXCHANGE_LIMITS.keyProofAge) || !(await isSignedBy(token, jwk)))
    return badProof()
  const thumbprint = jwkThumbprint(jwk)
  await checkAttested(token, thumbprint, rules)
  return { did, thumbprint, nonce: token.claims.nonce }
}

const checkAttestation = async (proof: string, rules: ProofRules): Promise<readonly Proven[]> => {
  const { claims } = await readAttestation(proof, rules)
  const keys = Array.isArray(claims.attested_keys) ? claims.attested_keys.filter(isJsonObject) : []
  const named = await Promise.all(keys.map(fromJwk))
  return named.map(({ did, jwk }) => ({ did, thumbprint: jwkThumbprint(jwk), nonce: claims.nonce }))
}

/**
 * The keys that the proofs of a request prove, each once. All of them answer one nonce of ours, which is used up.
 * @throws OAuthRefusal `invalid_proof`, `invalid_nonce`
 * @see OpenID for Verifiable Credential Issuance 1.0, section 8.2 and appendix F
 */
export const checkProofs = async (
  { jwt = [], attestation = [] }: CredentialRequest['proofs'],
  rules: ProofRules,
): Promise<readonly HolderKey[]> => {
  if (jwt.length + attestation.length === 0 || jwt.length > rules.mostKeys || attestation.length > 1) return badProof()
  const proven = [
    ...(await Promise.all(jwt.map((proof) => checkJwt(proof, rules)))),
    ...(await Promise.all(attestation.map((proof) => checkAttestation(proof, rules)))).flat(),
  ]
  const keys = [...new Map(proven.map(({ did, thumbprint }) => [thumbprint, { did, thumbprint }])).values()]
  if (keys.length === 0 || keys.length !== proven.length || keys.length > rules.mostKeys) return badProof()
  const nonces = new Set(proven.map(({ nonce }) => nonce))
  if (nonces.size !== 1 || !(await rules.nonces.take([...nonces][0])))
    return refuse('invalid_nonce', 'The proof answers no nonce of ours, or one that is over or was used')
  return keys
}
