import { PassportError } from '../../core/errors.js'
import { EXCHANGE_LIMITS } from '../../core/limits.js'
import { answeredObject, refusalOf } from './refusals.js'
import { type Patience, sendPatiently } from './send-patiently.js'

/** The interfaces of Entra Verified ID, each of which has tokens of its own. */
const SCOPES = {
  requests: '3db474b9-6a0c-4840-96ac-1fceb342124f/.default',
  admin: '6a8b4b39-c021-437c-b060-5a14a3fd65f3/.default',
} as const
/** An interface of Entra Verified ID: requests to holders, or the administration of what was issued. */
export type EntraApi = keyof typeof SCOPES

interface Token {
  readonly value: string
  /** Milliseconds since 1970. */
  readonly usableUntil: number
}

/** Tokens of one application. */
export interface Tokens {
  /** @throws PassportError `exchange.refused`, `exchange.malformed`, `fetch.…` */
  get(api: EntraApi): Promise<string>
  forget(api: EntraApi): void
}

/** Who asks for tokens, and where. */
export interface TokenOptions {
  readonly tenant: string
  readonly clientId: string
  readonly clientSecret: string
  readonly authorityUrl: string
}

const OK = 200
const SECOND = 1000

const fetchToken = async (options: TokenOptions, patience: Patience, api: EntraApi): Promise<Token> => {
  const { tenant, clientId, clientSecret, authorityUrl } = options
  const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret }
  const request = {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ ...form, scope: SCOPES[api] }).toString(),
    maximumBytes: EXCHANGE_LIMITS.serviceAnswerBytes,
  } as const
  const asked = patience.clock.now().getTime()
  const answer = await sendPatiently(patience, `${authorityUrl}/${tenant}/oauth2/v2.0/token`, request, true)
  if (answer.status !== OK) throw refusalOf(answer)
  const { access_token: value, expires_in: life } = answeredObject(answer)
  if (typeof value !== 'string' || value === '' || typeof life !== 'number')
    throw new PassportError('exchange.malformed', 'Entra answered no access token')
  return { value, usableUntil: asked + life * SECOND - EXCHANGE_LIMITS.serviceTokenMargin }
}

/** Gets tokens by client credentials, one for each interface at a time, and keeps each until a minute before its end. */
export const createTokens = (options: TokenOptions, patience: Patience): Tokens => {
  const known = new Map<EntraApi, Promise<Token>>()
  const renew = (api: EntraApi): Promise<Token> => {
    const token = fetchToken(options, patience, api)
    known.set(api, token)
    // One that could not be had is asked for anew the next time.
    token.catch(() => known.get(api) === token && known.delete(api))
    return token
  }
  return {
    get: async (api) => {
      const looked = known.get(api)
      const kept = await looked
      if (kept && kept.usableUntil > patience.clock.now().getTime()) return kept.value
      // Somebody else may have renewed it meanwhile.
      const current = known.get(api)
      return (await (current && current !== looked ? current : renew(api))).value
    },
    forget: (api) => known.delete(api),
  }
}
