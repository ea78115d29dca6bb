import { formatDateTime } from '../../codec/date-time.js'
import { ClaimsError, PassportError } from '../../core/errors.js'
import type { Json, JsonObject } from '../../core/json.js'
import { EXCHANGE_LIMITS } from '../../core/limits.js'
import { signCompactJws } from '../../crypto/sign-compact-jws.js'
import type { Signer } from '../../ports/signer.js'
import { faultsOf, keyOfHolder } from '../openid4vci/make-offer.js'
import type { OfferItem } from '../openid4vci/offer.js'
import type { Invitation, OfferedCredential, OfferRequest } from '../wallet-exchange.js'
import { asDetail, type GovukOffer, type GovukOfferDetail, IDENTIFIER, PROTOCOL } from './record.js'
import { type GovukWalletSettings, keyName } from './settings.js'

/** What to offer to somebody's GOV.UK Wallet. */
export interface GovukOfferRequest extends OfferRequest {
  /**
   * The `wallet_subject_id` that GOV.UK One Login gave you when the person signed in: their wallet alone can take the
   * offer. It identifies the person, and is kept sealed.
   */
  readonly walletSubjectId?: string
}

const FIFTEEN_MINUTES = 900
// GOV.UK Wallet, "Generate a credential offer": up to a maximum of 1 hour.
const ONE_HOUR = 3600
const SECOND = 1000
const SUBJECT = 'urn:fdc:wallet.account.gov.uk:'
const PRE_AUTHORIZED = 'urn:ietf:params:oauth:grant-type:pre-authorized_code'

const unable = (why: string): never => {
  throw new TypeError(why)
}

const holdsImage = (value: Json | undefined): boolean =>
  typeof value === 'string'
    ? value.startsWith('data:image/')
    : typeof value === 'object' && value !== null && Object.values(value).some((inner) => holdsImage(inner))

const checkFormat = ({ format }: OfferedCredential): void => {
  const named: string = format ?? 'vc+jwt'
  if (named === 'mso_mdoc') unable('mso_mdoc (ISO/IEC 18013-5) is not supported: nothing here issues it')
  if (named !== 'vc+jwt') unable('GOV.UK Wallet takes vc+jwt, which it calls jwt_vc_json, and nothing else from here')
}

const onlyCredential = ({ types }: GovukWalletSettings, { credentials }: OfferRequest): OfferedCredential => {
  const [credential, ...others] = credentials
  if (!credential || others.length > 0) return unable('GOV.UK Wallet is offered one credential at a time')
  checkFormat(credential)
  if (!types.includes(credential.type)) unable('A credential is of a type that is not offered here')
  if (credential.facts === undefined) unable('GOV.UK Wallet does not come back later: give the facts with the offer')
  if (holdsImage(credential.facts))
    unable('GOV.UK Wallet takes photographs as bare Base64, which our types do not write: leave it out')
  return credential
}

const checkSubject = ({ withoutSubject }: GovukWalletSettings, subject: string | undefined): void => {
  if (subject === undefined && withoutSubject === undefined)
    unable('walletSubjectId must say whose wallet may take the offer')
  if (subject !== undefined && !(typeof subject === 'string' && subject.startsWith(SUBJECT)))
    unable(`walletSubjectId must begin with ${SUBJECT}`)
}

const checkRequest = (settings: GovukWalletSettings, request: GovukOfferRequest): OfferedCredential => {
  const { validForSeconds = FIFTEEN_MINUTES, proof, walletSubjectId } = request
  const credential = onlyCredential(settings, request)
  if (proof !== undefined)
    unable('GOV.UK One Login says who takes an offer: there is no transaction code or signing in')
  if (!(Number.isSafeInteger(validForSeconds) && validForSeconds > 0 && validForSeconds <= ONE_HOUR))
    unable('validForSeconds is seconds, an hour at most')
  checkSubject(settings, walletSubjectId)
  const faults = faultsOf(settings, credential, 0)
  if (faults.length > 0) throw new ClaimsError(faults)
  return credential
}

const toItem = ({ type, facts }: OfferedCredential): OfferItem => ({
  id: crypto.randomUUID(),
  type,
  format: 'vc+jwt',
  facts: JSON.parse(JSON.stringify(facts)) as JsonObject,
  copies: [],
  notification: crypto.randomUUID(),
})

/** The signer, under the name that its key has in the set of keys. */
const codeSigner = ({ signer }: GovukWalletSettings): Signer => ({
  algorithm: signer.algorithm,
  keyId: keyName(signer.keyId),
  publicKeyJwk: signer.publicKeyJwk,
  sign: (data) => signer.sign(data),
})

// GOV.UK Wallet, "The pre-authorised code". `clientId` is written so there, and in no OpenID specification.
const signCode = (settings: GovukWalletSettings, { id, type }: OfferItem, iat: number, exp: number): Promise<string> =>
  signCompactJws({
    header: { typ: 'JWT' },
    payload: JSON.stringify({
      clientId: settings.clientId,
      credential_identifiers: [id],
      credential_configuration_ids: [type],
      iat,
      exp,
      iss: settings.url,
      aud: settings.environment.tokenService,
    }),
    signer: codeSigner(settings),
  })

// By value, because the wallet follows no credential_offer_uri.
const linkTo = ({ url, environment }: GovukWalletSettings, code: string, type: string): string => {
  const offer = {
    credential_configuration_ids: [type],
    grants: { [PRE_AUTHORIZED]: { 'pre-authorized_code': code } },
    credential_issuer: url,
  }
  return `${environment.offerUrl}?credential_offer=${encodeURIComponent(JSON.stringify(offer))}`
}

const invitationTo = (settings: GovukWalletSettings, { id, detail }: GovukOffer): Invitation => {
  const [item] = detail.items
  if (detail.secrets.code === '' || !item)
    throw new PassportError('exchange.ended', 'The offer of this name was taken, or is over')
  return {
    exchangeId: id,
    uri: linkTo(settings, detail.secrets.code, item.type),
    expiresAt: formatDateTime(detail.codeEnds * SECOND),
  }
}

/**
 * Makes an offer, or finds the one that was made under this name. Its exchange outlasts the code by some minutes: the
 * wallet may redeem that at the last moment, with the token service.
 * @throws ClaimsError, TypeError; PassportError `exchange.ended`
 */
export const makeOffer = async (settings: GovukWalletSettings, request: GovukOfferRequest): Promise<Invitation> => {
  const item = toItem(checkRequest(settings, request))
  const { validForSeconds = FIFTEEN_MINUTES, idempotencyKey, walletSubjectId, holder } = request
  const codeMade = Math.floor(settings.book.now() / SECOND)
  const codeEnds = codeMade + validForSeconds
  const detail: GovukOfferDetail = {
    items: [item],
    proof: 'code',
    secrets: { offer: '', code: await signCode(settings, item, codeMade, codeEnds) },
    wrongCodes: 0,
    ...(holder === undefined ? {} : { holderKey: keyOfHolder(holder) }),
    ...(walletSubjectId === undefined ? {} : { walletSubject: walletSubjectId }),
    codeMade,
    codeEnds,
    tokens: [],
  }
  const offer = await settings.book.begin({
    protocol: PROTOCOL,
    kind: 'offer',
    detail: asDetail(detail),
    secrets: { [IDENTIFIER]: item.id },
    validForSeconds: validForSeconds + EXCHANGE_LIMITS.takingTime / SECOND,
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
  })
  return invitationTo(settings, offer as GovukOffer)
}
