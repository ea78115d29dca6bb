import { isJsonObject, type JsonObject } from '../../core/json.js'
import { LIMITS } from '../../core/limits.js'
import { readJson } from '../oauth/read-request.js'
import { type EndpointAnswer, type EndpointRequest, refuse } from '../oauth/refusal.js'
import { readToken } from '../oauth/signed-token.js'
import { handOut } from '../openid4vci/hand-out.js'
import { checkProofs, type HolderKey } from '../openid4vci/key-proofs.js'
import { isOpen, type OfferItem } from '../openid4vci/offer.js'
import { type Access, checkAccess, refuseToken, seenBefore, takeToken } from './access.js'
import type { GovukOffer } from './record.js'
import type { GovukWalletSettings } from './settings.js'

const WALLET = 'urn:fdc:gov:uk:wallet'
const SECOND = 1000
// A did:key on P-256 always begins so.
const HOLDER_KEY = /^did:key:zDn[1-9A-HJ-NP-Za-km-z]+$/

const badProof = (): never =>
  refuse('invalid_proof', 'The proof is missing, malformed, stale, for somebody else, or not signed with its key')

const refuseMdoc = ({ format }: JsonObject): void => {
  if (format === 'mso_mdoc') refuse('unsupported_credential_format', 'mso_mdoc (ISO/IEC 18013-5) is not issued')
}

const proofIn = (body: JsonObject): string => {
  refuseMdoc(body)
  const { proof } = body
  if (!isJsonObject(proof) || proof.proof_type !== 'jwt' || typeof proof.jwt !== 'string') return badProof()
  return proof.jwt
}

// GOV.UK Wallet, "Validate the proof of possession payload claims": what it asks beyond OpenID4VCI.
const checkWalletProof = (proof: string, { offer }: Access): void => {
  const token = readToken(proof, { typ: 'openid4vci-proof+jwt' })
  if (token?.jws.algorithm !== 'ES256' || !HOLDER_KEY.test(token.jws.keyId ?? '')) return badProof()
  const { iss, iat } = token.claims
  const earliest = offer.detail.codeMade * SECOND - LIMITS.clockSkew
  if (iss !== WALLET || typeof iat !== 'number' || iat * SECOND < earliest) badProof()
}

const proveKey = async (settings: GovukWalletSettings, access: Access, proof: string): Promise<HolderKey> => {
  checkWalletProof(proof, access)
  const { book, url } = settings
  const take = async (nonce: unknown): Promise<boolean> =>
    nonce === access.nonce && book.once('govuk-nonce', access.nonce, access.until)
  const rules = { audience: url, now: book.now(), clientId: WALLET, nonces: { take }, attesters: [] }
  const [key] = await checkProofs({ jwt: [proof] }, { ...rules, attestationRequired: false, mostKeys: 1 })
  return key ?? badProof()
}

// Who took it with one key has it, and one that is kept for a key is nobody else's.
const isFree = ({ detail }: GovukOffer, { copies }: OfferItem, { thumbprint }: HolderKey): boolean =>
  (detail.holderKey ?? thumbprint) === thumbprint && copies.every(({ key }) => key === thumbprint)

/**
 * The credential endpoint. A token is good for one request. Another one for the same offer, until the wallet said what
 * became of the credential, gives the same credential to the same key, and nothing to another.
 * @throws OAuthRefusal `invalid_token` (401), `invalid_proof`, `invalid_nonce`
 * @see OpenID for Verifiable Credential Issuance, draft 14, section 8; GOV.UK Wallet, "Issue a credential"
 */
export const answerCredential = async (
  settings: GovukWalletSettings,
  request: EndpointRequest,
): Promise<EndpointAnswer> => {
  const access = await checkAccess(settings, request)
  const { offer } = access
  const [item] = offer.detail.items
  if (!item || !isOpen(offer, settings.book.now()) || seenBefore(access) !== 'never') return refuseToken()
  const key = await proveKey(settings, access, proofIn(readJson(request, 'invalid_credential_request')))
  if (!isFree(offer, item, key)) return refuseToken()
  await takeToken(settings, access)
  const credentials = await handOut(settings, offer, item.id, [key])
  return {
    status: 200,
    body: { credentials: credentials.map((credential) => ({ credential })), notification_id: item.notification },
  }
}
