import { formatDateTime } from '../../codec/date-time.js'
import type { JsonObject } from '../../core/json.js'
import { GATEWAY_LIMITS } from '../../core/limits.js'
import { validateUniqueIdentifier } from '../../credentials/validate.js'
import { matchPerson } from '../../matching/match-person.js'
import { newSecret } from '../book/handles.js'
import { type ExchangeReason, isEnded } from '../exchange.js'
import { fromWireClaims, type PresentedClaims } from './claim-names.js'
import { changeFlow, FORGOTTEN, SECRETS, type Verification } from './flow.js'
import { type Redemption, redeem } from './redeem.js'
import { type GatewaySettings, templateOf } from './settings.js'

const textIn = (claims: JsonObject, name: string): string => {
  const value = claims[name]
  return typeof value === 'string' ? value : ''
}

const isTheirs = (
  { names }: GatewaySettings,
  { person }: Verification['detail'],
  { claims, uniqueIdentifier }: PresentedClaims,
): boolean => {
  const [legalFirstName = '', legalSurname = '', birthDate = ''] = ['legalFirstName', 'legalSurname', 'birthDate'].map(
    (name) => textIn(claims, name),
  )
  if (!person || validateUniqueIdentifier(uniqueIdentifier).length > 0) return false
  return matchPerson(person, { legalFirstName, legalSurname, birthDate }, names)
}

/** No more than was asked for. */
const kept = ({ wanted }: Verification['detail'], presented: PresentedClaims): PresentedClaims =>
  wanted
    ? {
        ...presented,
        claims: Object.fromEntries(Object.entries(presented.claims).filter(([name]) => wanted.includes(name))),
      }
    : presented

const hasAll = ({ wanted = [] }: Verification['detail'], { claims }: PresentedClaims): boolean =>
  Object.keys(claims).length > 0 && wanted.every((name) => claims[name] !== undefined)

const newSession = (settings: GatewaySettings, personId: string, uniqueIdentifier: string) => ({
  id: newSecret(),
  expiresAt: formatDateTime(settings.book.now() + GATEWAY_LIMITS.sessionLife),
  uniqueIdentifier: uniqueIdentifier.toLowerCase(),
  personId,
})

const fail = (settings: GatewaySettings, { id }: Verification, reason: ExchangeReason): Promise<void> =>
  changeFlow<Verification, undefined>(settings.book, id, (flow) =>
    isEnded(flow) ? { answer: undefined } : { change: { to: 'failed', reason, patch: FORGOTTEN }, answer: undefined },
  )

const complete = (
  settings: GatewaySettings,
  { id, detail }: Verification,
  presented: PresentedClaims,
): Promise<void> => {
  const { person } = detail
  const session = person && newSession(settings, person.id, presented.uniqueIdentifier ?? '')
  // For a session nothing is kept of what was shown but the one identifier that credentials are issued to.
  const patch = session ? { ...FORGOTTEN, session } : { ...FORGOTTEN, presented }
  const secrets = session ? { [SECRETS.session]: session.id } : {}
  return changeFlow<Verification, undefined>(settings.book, id, (flow) =>
    isEnded(flow) ? { answer: undefined } : { change: { to: 'completed', patch, secrets }, answer: undefined },
  )
}

const faultOf = (
  settings: GatewaySettings,
  { detail }: Verification,
  { scope }: Extract<Redemption, { readonly ok: true }>,
  presented: PresentedClaims,
): ExchangeReason | undefined => {
  if (!scope.split(' ').includes(detail.template)) return 'unsupported_scope'
  if (!hasAll(detail, presented)) return detail.person ? 'identity_verification_failed' : 'exchange.notAnswered'
  return detail.person && !isTheirs(settings, detail, presented) ? 'identity_verification_failed' : undefined
}

/** Brings a verification that a callback came for to its end. @throws PassportError when the gateway cannot be asked */
export const concludeVerification = async (settings: GatewaySettings, flow: Verification): Promise<void> => {
  const redemption = await redeem(settings, flow)
  if (!redemption.ok) return fail(settings, flow, redemption.reason)
  const all = fromWireClaims(flow.detail.type, templateOf(settings, flow.detail.type), redemption.claims)
  const presented = kept(flow.detail, all)
  const fault = faultOf(settings, flow, redemption, presented)
  return fault ? fail(settings, flow, fault) : complete(settings, flow, presented)
}
