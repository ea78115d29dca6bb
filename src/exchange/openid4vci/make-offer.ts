import { randomBytes } from '#runtime'
import { type ClaimFault, ClaimsError, PassportError } from '../../core/errors.js'
import type { JsonObject } from '../../core/json.js'
import { EXCHANGE_LIMITS } from '../../core/limits.js'
import type { CredentialTypeName } from '../../credentials/rows.js'
import { didCarriedKey } from '../../crypto/did-carried-key.js'
import { jwkThumbprint } from '../../crypto/keys.js'
import type { IssueRequest, Issuer } from '../../issuer/issuer.js'
import { randomBelow } from '../../ports/status-list-laws.js'
import { newSecret } from '../book/handles.js'
import { checkValidFor } from '../valid-for.js'
import type { Invitation, OfferedCredential, OfferRequest } from '../wallet-exchange.js'
import { configurationId } from './configurations.js'
import { credentialOffer } from './messages.js'
import { credentialIssuerMetadata } from './metadata.js'
import { asDetail, type Offer, type OfferDetail, type OfferItem, SECRETS } from './offer.js'
import type { Openid4vciSettings } from './settings.js'

const FIFTEEN_MINUTES = 900
const CODE_DIGITS = 6
const PRE_AUTHORIZED = 'urn:ietf:params:oauth:grant-type:pre-authorized_code'

const newTransactionCode = (): string => String(randomBelow(10 ** CODE_DIGITS, randomBytes)).padStart(CODE_DIGITS, '0')

/**
 * What is wrong with a credential to be offered. The wallet will say whose key it is; until then the credential is looked
 * at as one for nobody's wallet.
 */
export const faultsOf = (
  { issuer }: { readonly issuer: Pick<Issuer, 'check'> },
  { type, facts }: OfferedCredential,
  index: number,
): readonly ClaimFault[] => {
  if (facts === undefined) return []
  const request = { ...facts, subject: `urn:uuid:${facts.uniqueIdentifier}` } as IssueRequest<CredentialTypeName>
  return issuer
    .check(type, request)
    .faults.map((fault): ClaimFault => ({ ...fault, path: `/credentials/${index}/facts${fault.path}` }))
}

const THUMBPRINT_URN = /^urn:ietf:params:oauth:jwk-thumbprint:sha-256:([A-Za-z0-9_-]{43})$/

/** The thumbprint of the key that a holder is named by. @throws TypeError */
export const keyOfHolder = (holder: string): string => {
  const [, thumbprint] = THUMBPRINT_URN.exec(holder) ?? []
  const jwk = didCarriedKey(holder)
  const named = thumbprint ?? (jwk && jwkThumbprint(jwk))
  if (named === undefined) throw new TypeError('holder must be a did:key, a did:jwk or the URN of a key’s thumbprint')
  return named
}

const checkRequest = (settings: Openid4vciSettings, request: OfferRequest): void => {
  const { credentials, proof = 'code', validForSeconds = FIFTEEN_MINUTES } = request
  if (credentials.length === 0 || credentials.length > EXCHANGE_LIMITS.offeredCredentials)
    throw new TypeError(`credentials must hold one to ${EXCHANGE_LIMITS.offeredCredentials} credentials`)
  if (proof === 'signIn' && !settings.signIn) throw new TypeError("proof: 'signIn' needs a place to sign in (signIn)")
  checkValidFor(validForSeconds)
  for (const { type, format = settings.formats[0] } of credentials)
    if (!settings.types.includes(type) || !settings.formats.some((name) => name === format))
      throw new TypeError('A credential is of a type or format that this issuer does not offer')
  const faults = credentials.flatMap((credential, index) => faultsOf(settings, credential, index))
  if (faults.length > 0) throw new ClaimsError(faults)
}

const toItem = (settings: Openid4vciSettings, { type, facts, format }: OfferedCredential): OfferItem => ({
  id: newSecret(),
  type,
  format: format ?? settings.formats[0] ?? 'vc+jwt',
  ...(facts === undefined ? {} : { facts: JSON.parse(JSON.stringify(facts)) as JsonObject }),
  copies: [],
  notification: newSecret(),
})

/** The offer as its protocol writes it, and the link to hand to the holder. */
export const offerMessage = (settings: Openid4vciSettings, { detail }: Offer) => {
  const { secrets, proof, items } = detail
  const code = { 'pre-authorized_code': secrets.code }
  const asked = { input_mode: 'numeric', length: CODE_DIGITS }
  const grants: JsonObject =
    proof === 'signIn'
      ? { authorization_code: { issuer_state: secrets.offer } }
      : { [PRE_AUTHORIZED]: { ...code, ...(secrets.transactionCode === undefined ? {} : { tx_code: asked }) } }
  return credentialOffer(credentialIssuerMetadata(settings), {
    configurationIds: [...new Set(items.map(({ type, format }) => configurationId(type, format)))],
    grants,
    linkScheme: settings.linkScheme,
    ...(settings.offerBy === 'value' ? {} : { offerUri: `${settings.url}/offers/${secrets.offer}` }),
  })
}

const invitationTo = async (settings: Openid4vciSettings, offer: Offer): Promise<Invitation> => {
  const { offer: secret, transactionCode } = offer.detail.secrets
  if (secret === '') throw new PassportError('exchange.ended', 'The offer of this name was taken, or is over')
  const { link } = await offerMessage(settings, offer)
  return {
    exchangeId: offer.id,
    uri: link,
    expiresAt: offer.expiresAt,
    ...(transactionCode === undefined ? {} : { transactionCode }),
  }
}

/** Makes an offer, or finds the one that was made under this name. @throws ClaimsError, TypeError */
export const makeOffer = async (settings: Openid4vciSettings, request: OfferRequest): Promise<Invitation> => {
  checkRequest(settings, request)
  const { credentials, idempotencyKey, validForSeconds = FIFTEEN_MINUTES, proof = 'code', holder } = request
  const secrets = {
    offer: newSecret(),
    code: newSecret(),
    ...(proof === 'code' ? { transactionCode: newTransactionCode() } : {}),
  }
  const detail: OfferDetail = {
    items: credentials.map((credential) => toItem(settings, credential)),
    proof,
    secrets,
    wrongCodes: 0,
    ...(holder === undefined ? {} : { holderKey: keyOfHolder(holder) }),
  }
  const offer = await settings.book.begin({
    protocol: 'openid4vci',
    kind: 'offer',
    detail: asDetail(detail),
    secrets: { [SECRETS.offer]: secrets.offer, ...(proof === 'code' ? { [SECRETS.code]: secrets.code } : {}) },
    validForSeconds,
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
  })
  return invitationTo(settings, offer as Offer)
}
