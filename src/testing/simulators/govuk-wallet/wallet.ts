import { randomUUID } from 'node:crypto'
import { isJsonObject, type JsonObject } from '../../../core/json.js'
import { generateKey } from '../../../crypto/keys.js'
import { createLocalSigner } from '../../../crypto/local-signer.js'
import { didKey } from '../../../dids/did-key.js'
import { readToken } from '../../../exchange/oauth/signed-token.js'
import type { Signer } from '../../../ports/signer.js'
import { checkCredential } from './check-credential.js'
import { type Answered, ask, type OneLogin, secondsNow, signToken, type UnsignedToken } from './one-login.js'
import { configurationShape, metadataShape, offerShape } from './shapes.js'

/** What a wallet tells of a credential. */
export type GovukNotification = 'credential_accepted' | 'credential_failure' | 'credential_deleted'

/** An offer that somebody opened. The steps of taking it can be gone one by one, and wrongly. */
export interface OpenedGovukOffer {
  readonly issuer: string
  readonly type: string
  /** Has GOV.UK One Login give an access token for the code. @throws Error when it refuses */
  getToken(): Promise<string>
  /** Proves the wallet's key, for an access token. */
  prove(accessToken: string): Promise<string>
  /** Asks the issuer for the credential. */
  request(accessToken: string, proof: string): Promise<Answered>
  /** Tells the issuer what became of it. */
  notify(accessToken: string, notificationId: unknown, event: GovukNotification): Promise<Answered>
  /**
   * Takes the offer, step by step, and keeps the credential if it is as it must be; the issuer is told either way.
   * @throws Error in words when the issuer, its credential or the token service is not as GOV.UK Wallet wants it
   */
  take(): Promise<string>
}

/** Somebody's GOV.UK Wallet, signed in to GOV.UK One Login. */
export interface SimulatedGovukWallet {
  /** What GOV.UK One Login gives a portal that this person signs in to, as `wallet_subject_id`. */
  readonly walletSubjectId: string
  /** Its key, as a did:key. */
  readonly did: string
  readonly credentials: readonly string[]
  /** Changes what proofs say from now on: to lie. */
  rewriteProofs(rewrite: (proof: UnsignedToken) => UnsignedToken): void
  /** Opens a link, or the QR code of one. @throws Error when it is no offer, or its issuer does not describe itself rightly */
  open(uri: string): Promise<OpenedGovukOffer>
}

/** Where the app of the integration environment takes offers. */
export const OFFER_URL = 'https://mobile.integration.account.gov.uk/wallet/add'

const WALLET = 'urn:fdc:gov:uk:wallet'
const GRANT = 'urn:ietf:params:oauth:grant-type:pre-authorized_code'

const fail = (why: string): never => {
  throw new Error(`GOV.UK Wallet: ${why}`)
}

const readOffer = (uri: string): JsonObject => {
  const address = new URL(uri)
  const text = address.searchParams.get('credential_offer')
  if (address.origin + address.pathname !== OFFER_URL || text === null || [...address.searchParams].length !== 1)
    return fail('the link holds no offer')
  const offer: unknown = JSON.parse(text)
  const fault = offerShape(offer, '')
  return fault === undefined && isJsonObject(offer) ? offer : fail(`the offer is wrong at ${fault}`)
}

const describe = async (oneLogin: OneLogin, issuer: string, type: string) => {
  const { status, headers, body } = await ask(oneLogin, `${issuer}/.well-known/openid-credential-issuer`)
  if (status !== 200 || !headers.get('content-type')?.includes('application/json')) return fail('there is no metadata')
  const fault = metadataShape(issuer, oneLogin.origin)(body, '')
  if (fault !== undefined) return fail(`metadata are wrong at ${fault}`)
  const configuration = (body.credential_configurations_supported as JsonObject)[type]
  const wrong = configurationShape(configuration, '')
  if (wrong !== undefined || !isJsonObject(configuration)) return fail(`the type is wrong at ${wrong}`)
  return { metadata: body, mostDays: Number(configuration.credential_validity_period_max_days) }
}

const tokenFor = async (oneLogin: OneLogin, session: string, code: string): Promise<string> => {
  const { status, body } = await ask(oneLogin, `${oneLogin.origin}/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', authorization: `Bearer ${session}` },
    body: new URLSearchParams({ grant_type: GRANT, 'pre-authorized_code': code }).toString(),
  })
  return status === 200 ? String(body.access_token) : fail(`${body.error}: ${body.error_description}`)
}

const post = (oneLogin: OneLogin, address: unknown, token: string, body: JsonObject): Promise<Answered> =>
  ask(oneLogin, String(address), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  })

interface Holder {
  readonly did: string
  readonly signer: Signer
  readonly session: string
  readonly held: string[]
  rewrite: (proof: UnsignedToken) => UnsignedToken
}

const openOffer = async (oneLogin: OneLogin, holder: Holder, uri: string): Promise<OpenedGovukOffer> => {
  const offer = readOffer(uri)
  const issuer = String(offer.credential_issuer)
  const type = String((offer.credential_configuration_ids as readonly unknown[])[0])
  const code = String(((offer.grants as JsonObject)[GRANT] as JsonObject)['pre-authorized_code'])
  const { metadata, mostDays } = await describe(oneLogin, issuer, type)
  const opened: Omit<OpenedGovukOffer, 'take'> = {
    issuer,
    type,
    getToken: () => tokenFor(oneLogin, holder.session, code),
    prove: (accessToken) => {
      const nonce = readToken(accessToken, { typ: 'at+jwt' })?.claims.c_nonce ?? null
      const header = { alg: 'ES256', typ: 'openid4vci-proof+jwt', kid: holder.did }
      const claims = { iss: WALLET, aud: issuer, iat: secondsNow(oneLogin), nonce }
      return signToken(holder.rewrite({ header, claims }), holder.signer)
    },
    request: (accessToken, jwt) =>
      post(oneLogin, metadata.credential_endpoint, accessToken, { proof: { proof_type: 'jwt', jwt } }),
    notify: (accessToken, notificationId, event) =>
      post(oneLogin, metadata.notification_endpoint, accessToken, {
        notification_id: notificationId === undefined ? null : String(notificationId),
        event,
      }),
  }
  const expected = { issuer, holder: holder.did, type, mostDays }
  return { ...opened, take: () => take(oneLogin, opened, holder, expected) }
}

const credentialIn = ({ status, headers, body }: Answered): unknown => {
  if (status !== 200) return fail(`the issuer answered ${status} ${body.error ?? headers.get('www-authenticate')}`)
  const { credentials } = body
  const [only, ...others] = Array.isArray(credentials) ? credentials : []
  return isJsonObject(only) && others.length === 0 ? only.credential : fail('there is not one credential')
}

const take = async (
  oneLogin: OneLogin,
  offer: Omit<OpenedGovukOffer, 'take'>,
  { held }: Holder,
  expected: Parameters<typeof checkCredential>[2],
): Promise<string> => {
  const token = await offer.getToken()
  const answered = await offer.request(token, await offer.prove(token))
  const credential = credentialIn(answered)
  const { notification_id: id } = answered.body
  if (typeof id !== 'string') return fail('there is no notification_id')
  try {
    await checkCredential(oneLogin, credential, expected)
  } catch (error) {
    await offer.notify(token, id, 'credential_failure')
    throw error
  }
  held.push(String(credential))
  const { status } = await offer.notify(token, id, 'credential_accepted')
  return status === 204 ? String(credential) : fail(`the issuer answered ${status} to a notification`)
}

/** A new wallet of a new person, signed in. */
export const newWallet = async (oneLogin: OneLogin): Promise<SimulatedGovukWallet> => {
  const key = await generateKey('ES256')
  const { did, keyId } = didKey(key)
  const holder: Holder = {
    did,
    signer: await createLocalSigner(key, keyId),
    session: randomUUID(),
    held: [],
    rewrite: (proof) => proof,
  }
  const walletSubjectId = `urn:fdc:wallet.account.gov.uk:2024:${randomUUID()}`
  oneLogin.sessions.set(holder.session, walletSubjectId)
  return {
    walletSubjectId,
    did,
    credentials: holder.held,
    rewriteProofs: (rewrite) => {
      holder.rewrite = rewrite
    },
    open: (uri) => openOffer(oneLogin, holder, uri),
  }
}
