import { formatDateTime } from '../codec/date-time.js'
import { PassportError } from '../core/errors.js'
import { asArray, isJsonObject, type JsonObject } from '../core/json.js'
import { newSecret } from '../exchange/book/handles.js'
import { isVpFormat } from '../exchange/openid4vp/dcql.js'
import type { Token } from './authorize.js'
import { addressIn, configurationIn, type IssuerMetadata } from './issuer-metadata.js'
import { notifyIssuer, unheardIn } from './notify-issuer.js'
import { keyProof } from './proofs.js'
import type { Contents, HeldCredential, Notification, WalletKey } from './safe.js'
import { signerOf, type WalletSettings } from './settings.js'
import { errorOf, jsonOf, malformed, persist, requireSuccess } from './talk.js'

/** What to take: a configuration, and the credential's own name where it has one. */
export interface Wanted {
  readonly configurationId: string
  readonly identifier?: string
}

/** What came of taking one credential. */
export type Taken =
  | {
      readonly ok: true
      readonly credential: HeldCredential
      /**
       * Whether the issuer heard that the wallet has it. Where it did not, it is told again by `refresh`; an issuer that
       * never hears of it may withdraw the credential.
       */
      readonly acknowledged: boolean
    }
  /** The issuer refused it, or the wallet did not keep it: a code of ours. */
  | { readonly ok: false; readonly configurationId: string; readonly code: string; readonly retryable: boolean }

/** Everything that taking a credential needs. */
export interface Taking {
  readonly settings: WalletSettings
  readonly metadata: IssuerMetadata
  readonly token: Token
  readonly key: WalletKey
}

const authorized = async ({ token }: Taking, url: string, body: JsonObject) => {
  const { accessToken, dpop } = token
  const proof = dpop ? { dpop: await dpop('POST', url, accessToken) } : {}
  return {
    url,
    request: {
      method: 'POST' as const,
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        authorization: `${dpop ? 'DPoP' : 'Bearer'} ${accessToken}`,
        ...proof,
      },
      body: JSON.stringify(body),
    },
  }
}

const fetchNonce = async ({ settings, metadata }: Taking): Promise<string | undefined> => {
  if (metadata.issuer.nonce_endpoint === undefined) return undefined
  const url = addressIn(metadata.issuer, 'nonce_endpoint')
  const response = await persist(settings.send, async () => ({ url, request: { method: 'POST' } }))
  requireSuccess(response, 'a nonce')
  const nonce = jsonOf(response)?.c_nonce
  return typeof nonce === 'string' ? nonce : undefined
}

const proofFor = async (taking: Taking, { configurationId }: Wanted): Promise<string> => {
  const { settings, metadata, token, key } = taking
  const methods = asArray(configurationIn(metadata, configurationId).cryptographic_binding_methods_supported)
  const nonce = await fetchNonce(taking)
  const claims = {
    audience: String(metadata.issuer.credential_issuer),
    byKey: methods.length > 0 && !methods.includes('did:key'),
    ...(nonce === undefined ? {} : { nonce }),
    ...(token.clientId === undefined ? {} : { clientId: token.clientId }),
  }
  return keyProof(await signerOf(key), claims, settings.clock)
}

const nameOf = ({ configurationId, identifier }: Wanted): JsonObject =>
  identifier === undefined ? { credential_configuration_id: configurationId } : { credential_identifier: identifier }

// Each attempt proves the key anew: a nonce is good for one.
const ask = (taking: Taking, wanted: Wanted) => {
  const url = addressIn(taking.metadata.issuer, 'credential_endpoint')
  return persist(taking.settings.send, async () =>
    authorized(taking, url, { ...nameOf(wanted), proofs: { jwt: [await proofFor(taking, wanted)] } }),
  )
}

const MOST_WAITS = 20
const SECOND = 1000

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

// A credential that is not ready yet is asked for again, as often as its issuer says, for a while.
const awaitDeferred = async (taking: Taking, first: JsonObject): Promise<JsonObject> => {
  const url = addressIn(taking.metadata.issuer, 'deferred_credential_endpoint')
  let answer = first
  for (let waits = 0; typeof answer.transaction_id === 'string'; waits++) {
    if (waits === MOST_WAITS)
      throw new PassportError('exchange.refused', 'The credential is not ready yet', { retryable: true })
    await pause(Math.max(Number(answer.interval) || 1, 0) * SECOND)
    const body = { transaction_id: answer.transaction_id }
    const response = await persist(taking.settings.send, () => authorized(taking, url, body))
    requireSuccess(response, 'a deferred credential')
    answer = jsonOf(response) ?? {}
  }
  return answer
}

const isBoundTo = (document: JsonObject, { did }: WalletKey): boolean =>
  asArray(document.credentialSubject).some((subject) => isJsonObject(subject) && subject.id === did)

const judge = async (
  { settings, key }: Taking,
  format: string,
  credential: JsonObject | string,
): Promise<HeldCredential | string> => {
  const result = await settings.verifier.verifyCredential(credential)
  // Whose status cannot be looked up just now may still be kept; what is refused is not.
  if (result.verdict === 'rejected') return result.report.reasons[0]?.code ?? 'exchange.malformed'
  const document = result.credential?.document
  if (document && !isBoundTo(document, key)) return 'holderBinding.notTheSubject'
  const { type } = result.report.input
  const until = document?.validUntil
  return {
    id: newSecret(),
    format,
    ...(type === undefined ? {} : { type }),
    credential,
    receivedAt: formatDateTime(settings.clock.now().getTime()),
    ...(typeof until === 'string' ? { validUntil: until } : {}),
    holder: key.did,
    standing: result.verdict === 'accepted' ? 'good' : 'unknown',
  }
}

const notificationFor = (
  { metadata, token }: Taking,
  id: unknown,
  event: Notification['event'],
): Notification | undefined =>
  typeof id === 'string' && metadata.issuer.notification_endpoint !== undefined
    ? {
        endpoint: addressIn(metadata.issuer, 'notification_endpoint'),
        id,
        token: token.accessToken,
        event,
        ...(token.dpop ? { dpopKey: token.dpop.key } : {}),
      }
    : undefined

const withUnheard = (contents: Contents, notification: Notification | undefined): Contents =>
  notification ? { ...contents, unheard: [...unheardIn(contents), notification] } : contents

const keep = async (taking: Taking, wanted: Wanted, answer: JsonObject): Promise<Taken> => {
  const { configurationId } = wanted
  const { settings, token } = taking
  const { safe } = settings
  const format = String(configurationIn(taking.metadata, configurationId).format)
  const [first] = asArray(answer.credentials)
  const credential = isJsonObject(first) ? first.credential : undefined
  if (typeof credential !== 'string' && !isJsonObject(credential)) throw malformed('a credential')
  const judged = await judge(taking, format, credential)
  const event = typeof judged === 'string' ? 'credential_failure' : 'credential_accepted'
  const notification = notificationFor(taking, answer.notification_id, event)
  if (typeof judged === 'string') {
    await safe.change((contents) => withUnheard(contents, notification))
    if (notification) await notifyIssuer(settings, notification)
    return { ok: false, configurationId, code: judged, retryable: false }
  }
  // A token that is bound to a key is not kept for a deletion, which may be years away.
  const held = { ...judged, ...(notification && !token.dpop ? { notify: addressOf(notification) } : {}) }
  // Kept before it is acknowledged: what a wallet says that it has, it has.
  await safe.change((contents) =>
    withUnheard({ ...contents, credentials: [...contents.credentials, held] }, notification),
  )
  const acknowledged = notification ? await notifyIssuer(settings, notification) : true
  return { ok: true, credential: held, acknowledged }
}

const addressOf = ({ endpoint, id, token }: Notification): NonNullable<HeldCredential['notify']> => ({
  endpoint,
  id,
  token,
})

/** Takes one credential: proves the key, looks at what came, keeps it, and says so. */
export const takeCredential = async (taking: Taking, wanted: Wanted): Promise<Taken> => {
  const { configurationId } = wanted
  if (!isVpFormat(configurationIn(taking.metadata, configurationId).format))
    return { ok: false, configurationId, code: 'exchange.unsupported', retryable: false }
  const response = await ask(taking, wanted)
  if (response.status >= 400) {
    const code = errorOf(response) ?? 'exchange.refused'
    return { ok: false, configurationId, code, retryable: response.status >= 500 }
  }
  const answer = jsonOf(response)
  if (!answer) throw malformed('a credential response')
  return keep(taking, wanted, await awaitDeferred(taking, answer))
}
