import { digestText, encodeBase64url } from '#runtime'
import { isDate } from '../../codec/date-time.js'
import { PassportError } from '../../core/errors.js'
import { asJsonObject, type JsonObject } from '../../core/json.js'
import { GATEWAY_LIMITS } from '../../core/limits.js'
import type { CredentialTypeName } from '../../credentials/rows.js'
import { newSecret } from '../book/handles.js'
import { isEnded } from '../exchange.js'
import type { Invitation } from '../wallet-exchange.js'
import { GATEWAY_PROTOCOL, type KnownPerson, SECRETS, type Verification, type VerificationDetail } from './flow.js'
import { returnAddress } from './return-address.js'
import { type GatewaySettings, templateOf } from './settings.js'

/** What to verify. */
export interface VerificationRequest {
  /** The person who is signed in to your service, as your source system knows them: the identity must be theirs. */
  readonly person: KnownPerson
  /** Where to lead the browser in the end: on the same origin as the redirect address. You do it, from the outcome. */
  readonly returnTo?: string
}

/** What is to be shown, and what for. */
export interface Showing {
  readonly type: CredentialTypeName
  readonly person?: KnownPerson
  readonly wanted?: readonly string[]
  readonly returnTo?: string
  readonly idempotencyKey?: string
  readonly validForSeconds?: number
}

/** What to hand to a holder's browser. */
export type BrowserInvitation = Invitation & { readonly browserSecret: string }

const SECOND = 1000
const VERIFICATION_SECONDS = GATEWAY_LIMITS.verificationLife / SECOND

const checkPerson = (settings: GatewaySettings, { id, legalFirstName, legalSurname, birthDate }: KnownPerson): void => {
  for (const text of [id, legalFirstName, legalSurname])
    if (typeof text !== 'string' || text.trim() === '')
      throw new TypeError('person needs id, legalFirstName and legalSurname')
  if (birthDate === undefined ? settings.names === 'similar' : !isDate(birthDate))
    throw new TypeError("person.birthDate must be a date; it may be absent only where names: 'equal'")
}

// RFC 7636, 4.2.
const challengeOf = (verifier: string): string => encodeBase64url(digestText('SHA-256', verifier))

const addressOf = ({ url, clientId, redirectUris }: GatewaySettings, { detail }: Verification): string => {
  const address = new URL(`${url}/oidc/authorizev1`)
  address.search = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    redirect_uri: redirectUris.verification,
    response_mode: 'query',
    nonce: detail.nonce,
    state: detail.state,
    code_challenge_method: 'S256',
    code_challenge: challengeOf(detail.codeVerifier ?? ''),
    scope: `openid ${detail.template}`,
  }).toString()
  return address.href
}

const detailOf = (settings: GatewaySettings, showing: Showing): VerificationDetail => {
  const { type, person, wanted, returnTo } = showing
  return {
    flow: 'verification',
    type,
    template: templateOf(settings, type).template,
    state: newSecret(),
    nonce: newSecret(),
    browserSecret: newSecret(),
    codeVerifier: newSecret(),
    ...(person ? { person: { ...person } } : {}),
    ...(wanted ? { wanted: [...wanted] } : {}),
    ...(returnTo === undefined ? {} : { returnTo: returnAddress(returnTo, settings.redirectUris.verification) }),
  }
}

/** Begins to ask for a credential, or finds what was begun under this name. @throws TypeError */
export const beginShowing = async (settings: GatewaySettings, showing: Showing): Promise<BrowserInvitation> => {
  const { idempotencyKey, validForSeconds = VERIFICATION_SECONDS } = showing
  const detail = detailOf(settings, showing)
  const begun = await settings.book.begin<JsonObject>({
    protocol: GATEWAY_PROTOCOL,
    kind: 'request',
    detail: asJsonObject(detail),
    secrets: { [SECRETS.state]: detail.state },
    validForSeconds,
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
  })
  const flow = begun as unknown as Verification
  if (isEnded(flow) || flow.detail.codeVerifier === undefined)
    throw new PassportError('exchange.ended', 'The request of this name was answered, or is over')
  return {
    exchangeId: flow.id,
    uri: addressOf(settings, flow),
    expiresAt: flow.expiresAt,
    browserSecret: flow.detail.browserSecret,
  }
}

/** Begins to verify who somebody is. @throws TypeError */
export const beginVerification = async (
  settings: GatewaySettings,
  { person, returnTo }: VerificationRequest,
): Promise<BrowserInvitation> => {
  checkPerson(settings, person)
  return beginShowing(settings, { type: 'Identity', person, ...(returnTo === undefined ? {} : { returnTo }) })
}
