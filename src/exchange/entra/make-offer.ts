import { britishDate, formatDateTime, parseDateTime } from '../../codec/date-time.js'
import { type ClaimFault, ClaimsError } from '../../core/errors.js'
import type { JsonObject } from '../../core/json.js'
import { checkClaims } from '../../credentials/check-claims.js'
import { CREDENTIAL_ROWS, type CredentialTypeName } from '../../credentials/rows.js'
import { newSecret } from '../book/handles.js'
import type { Invitation, OfferedCredential, OfferRequest } from '../wallet-exchange.js'
import { toEntraClaims } from './claims.js'
import { beginEntra, callbackTo, invite, registrationOf } from './invite.js'
import { hashedPin, newPin } from './pin.js'
import type { EntraRecord } from './record.js'
import type { EntraSettings } from './settings.js'

const FIFTEEN_MINUTES = 900

/** What is offered, found possible and sound. */
interface Offered {
  readonly type: CredentialTypeName
  readonly manifest: string
  readonly facts: JsonObject
  /** RFC 3339. */
  readonly validUntil?: string
}

const unable = (why: string): never => {
  throw new TypeError(why)
}

const onlyCredential = ({ manifests }: EntraSettings, { credentials, proof, holder }: OfferRequest) => {
  const [credential, ...others] = credentials
  if (!credential || others.length > 0) return unable('Entra offers one credential at a time')
  const { type, facts, format = 'jwt_vc_json' } = credential as OfferedCredential
  if (proof === 'signIn') return unable('Entra asks for a transaction code, and never to sign in')
  if (holder !== undefined) return unable('Entra lets whoever has the link and the code take an offer: no holder')
  if (format !== 'jwt_vc_json') return unable('Entra issues jwt_vc_json, and nothing else')
  if (facts === undefined) return unable('Entra issues at once: give the facts with the offer')
  if (facts.validFrom !== undefined) return unable('Entra’s credentials begin when they are issued')
  const manifest = manifests[type] ?? unable('A credential is of a type that has no manifest here')
  return { type, manifest, facts: JSON.parse(JSON.stringify(facts)) as JsonObject }
}

const FAULTY_END: ClaimFault = {
  path: '/validUntil',
  code: 'validityPeriod.endBeforeStart',
  sentence: 'The credential would end before it begins.',
  mend: 'Do not issue what has already ended, or state a later validUntil.',
}

const faultsOf = (settings: EntraSettings, type: CredentialTypeName, facts: JsonObject, now: number) => {
  const { authority: id, name, odsCode } = settings
  const issuer = { id, name, ...(odsCode === undefined ? {} : { odsCode }) }
  const { uniqueIdentifier, assurance, claims, evidence = [] } = facts
  return checkClaims(type, { uniqueIdentifier, assurance, claims, evidence }, { issuedOn: britishDate(now), issuer })
    .faults
}

const endOf = (type: CredentialTypeName, { validUntil, claims }: JsonObject): string | undefined =>
  typeof validUntil === 'string' ? validUntil : CREDENTIAL_ROWS[type].validUntil(claims as JsonObject)

const refuseFaults = (faults: readonly ClaimFault[]): void => {
  if (faults.length > 0)
    throw new ClaimsError(faults.map((fault) => ({ ...fault, path: `/credentials/0/facts${fault.path}` })))
}

const prepare = (settings: EntraSettings, request: OfferRequest): Offered => {
  const { type, manifest, facts } = onlyCredential(settings, request)
  const now = settings.book.now()
  refuseFaults(faultsOf(settings, type, facts, now))
  const stated = endOf(type, facts)
  if (stated === undefined) return { type, manifest, facts }
  const end = parseDateTime(stated) ?? 0
  if (end <= now) refuseFaults([FAULTY_END])
  return { type, manifest, facts, validUntil: formatDateTime(end) }
}

const issuanceRequest = (settings: EntraSettings, offered: Offered, exchange: EntraRecord): JsonObject => ({
  authority: settings.authority,
  includeQRCode: false,
  callback: callbackTo(settings, exchange),
  registration: registrationOf(settings),
  type: offered.type,
  manifest: offered.manifest,
  pin: hashedPin(exchange.detail.transactionCode ?? ''),
  claims: toEntraClaims(offered.facts),
  ...(offered.validUntil === undefined ? {} : { expirationDate: offered.validUntil }),
})

/**
 * Has Entra offer a credential, or finds the offer that was made under this name. What it says goes to Entra, and is kept
 * nowhere here.
 * @throws ClaimsError, TypeError; PassportError as for every call to Entra
 */
export const makeOffer = async (settings: EntraSettings, request: OfferRequest): Promise<Invitation> => {
  const offered = prepare(settings, request)
  const { validForSeconds = FIFTEEN_MINUTES, idempotencyKey } = request
  const exchange = await beginEntra(settings, {
    kind: 'offer',
    validForSeconds,
    idempotencyKey,
    detail: { itemId: newSecret(), transactionCode: newPin(settings.pinLength) },
  })
  return invite(settings, exchange, {
    path: 'createIssuanceRequest',
    body: (begun) => issuanceRequest(settings, offered, begun),
  })
}
