import { PassportError } from '../../core/errors.js'
import type { JsonObject } from '../../core/json.js'
import type { ExchangeReason } from '../exchange.js'
import { asForm, callGateway, readAnswer } from './call.js'
import { type Brought, changeFlow, type Flow, isIssuance } from './flow.js'
import { verifyIdToken } from './id-token.js'
import type { GatewaySettings } from './settings.js'

/** What a code was worth: the claims of the gateway's token, or why nothing. */
export type Redemption =
  | { readonly ok: true; readonly claims: JsonObject; readonly scope: string }
  | { readonly ok: false; readonly reason: ExchangeReason }

type Redeemed = NonNullable<Brought['redeemed']>

const OK = 200

const tokenForm = ({ clientId, clientSecret, redirectUris }: GatewaySettings, flow: Flow, code: string) =>
  asForm({
    client_id: clientId,
    client_secret: clientSecret,
    redirect_uri: isIssuance(flow) ? redirectUris.issuance : redirectUris.verification,
    grant_type: 'authorization_code',
    code,
    code_verifier: isIssuance(flow) ? undefined : flow.detail.codeVerifier,
    state: flow.detail.state,
  })

const exchangeCode = async (
  settings: GatewaySettings,
  flow: Flow,
  code: string,
): Promise<Redeemed | ExchangeReason> => {
  const call = { path: '/oidc/token', repeatable: false, ...tokenForm(settings, flow, code) }
  const answer = readAnswer(await callGateway(settings, call), OK)
  if (!answer.ok) return answer.error === 'invalid_scope' ? 'unsupported_scope' : 'exchange.refused'
  const { id_token: idToken, scope } = answer.body
  if (typeof idToken !== 'string')
    throw new PassportError('exchange.malformed', 'The gateway’s answer holds no id_token')
  return { idToken, scope: typeof scope === 'string' ? scope : '', receivedAt: settings.book.now() }
}

// Written down before it is looked at: a code works once, and the token may be the only trace of a credential.
const writeDown = (settings: GatewaySettings, { id }: Flow, brought: Brought, redeemed: Redeemed): Promise<void> =>
  changeFlow<Flow, undefined>(settings.book, id, () => ({
    change: { patch: { brought: { ...brought, redeemed } } },
    answer: undefined,
  }))

/** Exchanges the code that a callback brought for the gateway's word. @throws PassportError */
export const redeem = async (settings: GatewaySettings, flow: Flow): Promise<Redemption> => {
  const { brought, nonce } = flow.detail
  if (!brought) throw new PassportError('exchange.ended', 'The exchange is over')
  // Without the keys nothing could be made of the answer: they are had before the code is spent.
  await settings.keys.find(undefined)
  const redeemed = brought.redeemed ?? (await exchangeCode(settings, flow, brought.code))
  if (typeof redeemed === 'string') return { ok: false, reason: redeemed }
  if (!brought.redeemed) await writeDown(settings, flow, brought, redeemed)
  const requiredClaims = isIssuance(flow) ? ['SerialNumber'] : ['exp']
  const { receivedAt, scope } = redeemed
  const claims = await verifyIdToken(settings, redeemed.idToken, { nonce, receivedAt, requiredClaims })
  return claims ? { ok: true, claims, scope } : { ok: false, reason: 'exchange.untrusted' }
}
