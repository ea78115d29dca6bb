import type { JsonObject } from '../../core/json.js'
import { CREDENTIAL_ROWS } from '../../credentials/rows.js'
import { vctOf } from '../../formats/sd-jwt/vct.js'
import { newSecret } from '../book/handles.js'
import { readJson } from '../oauth/read-request.js'
import { type EndpointAnswer, type EndpointRequest, refuse } from '../oauth/refusal.js'
import { type Access, checkAccess, requireOpen } from './access.js'
import { configurationId, wireFormat } from './configurations.js'
import { checkEncryption, encryptAnswer } from './encryption.js'
import { handOut } from './hand-out.js'
import { checkProofs, type HolderKey } from './key-proofs.js'
import {
  type CredentialRequest,
  credentialResponse,
  deferredResponse,
  readCredentialRequest,
  readDeferredRequest,
} from './messages.js'
import { asDetail, type DeferredRequest, type Offer, type OfferItem } from './offer.js'
import type { Openid4vciSettings } from './settings.js'

type Detail = Offer['detail']

/** How long a wallet is asked to wait for a deferred credential, in seconds. */
const INTERVAL = 5

const byIdentifier = (items: readonly OfferItem[], identifier: string): OfferItem =>
  items.find(({ id }) => id === identifier) ??
  refuse('unknown_credential_identifier', 'There is no credential of this identifier in the offer')

// One configuration may stand for several credentials: each request takes the next.
const byConfiguration = (items: readonly OfferItem[], wanted: string, keys: readonly HolderKey[]): OfferItem => {
  const those = items.filter(({ type, format }) => configurationId(type, format) === wanted)
  const isFree = ({ copies }: OfferItem): boolean => !copies.some(({ credentialId }) => credentialId !== undefined)
  const isTheirs = ({ copies }: OfferItem): boolean =>
    copies.some(({ key }) => keys.some(({ thumbprint }) => thumbprint === key))
  return (
    those.find(isFree) ??
    those.find(isTheirs) ??
    those[0] ??
    refuse('unknown_credential_configuration', 'There is no credential of this configuration in the offer')
  )
}

// Drafts called an SD-JWT VC `vc+sd-jwt`.
const isOfFormat = ({ type, format }: OfferItem, wanted: NonNullable<CredentialRequest['byFormat']>): boolean =>
  wanted.vct === undefined
    ? wireFormat(format) === wanted.format && wanted.types?.includes(type) === true
    : format === 'dc+sd-jwt' && vctOf(CREDENTIAL_ROWS[type]) === wanted.vct

const byFormat = (
  items: readonly OfferItem[],
  wanted: NonNullable<CredentialRequest['byFormat']>,
  keys: readonly HolderKey[],
): OfferItem => {
  const found = items.find((item) => isOfFormat(item, wanted))
  return byConfiguration(items, found ? configurationId(found.type, found.format) : '', keys)
}

const itemFor = (items: readonly OfferItem[], request: CredentialRequest, keys: readonly HolderKey[]): OfferItem => {
  if (request.identifier !== undefined) return byIdentifier(items, request.identifier)
  if (request.byFormat) return byFormat(items, request.byFormat, keys)
  return byConfiguration(items, request.configurationId ?? '', keys)
}

const handOutAll = async (
  settings: Openid4vciSettings,
  offer: Offer,
  item: OfferItem,
  keys: readonly HolderKey[],
): Promise<JsonObject> => {
  const credentials = await handOut(settings, offer, item.id, keys)
  return credentialResponse({ credentials, notificationId: item.notification })
}

const proofRules = (settings: Openid4vciSettings, { clientId }: Access) => ({
  audience: settings.url,
  now: settings.book.now(),
  nonces: settings.nonces,
  attesters: settings.attesters,
  attestationRequired: settings.requireAttestation,
  mostKeys: settings.batchSize,
  ...(clientId === undefined ? {} : { clientId }),
})

const defer = async (settings: Openid4vciSettings, offer: Offer, waiting: DeferredRequest): Promise<JsonObject> => {
  const transactionId = newSecret()
  await settings.book.change<Detail, undefined>(offer.id, ({ detail }) => ({
    change: {
      detail: asDetail({ ...detail, deferred: { ...detail.deferred, [transactionId]: waiting } }),
    },
    answer: undefined,
  }))
  return deferredResponse(transactionId, INTERVAL)
}

/**
 * The credential endpoint: a credential for each key that the wallet proves, or word that it is not ready yet.
 * @throws OAuthRefusal in the words of section 8.3.1
 * @see OpenID for Verifiable Credential Issuance 1.0, section 8
 */
export const answerCredential = async (
  settings: Openid4vciSettings,
  request: EndpointRequest,
): Promise<EndpointAnswer> => {
  const access = await checkAccess(settings, request, `${settings.url}/credential`)
  requireOpen(settings, access.offer)
  const wanted = readCredentialRequest(readJson(request, 'invalid_credential_request'))
  const { items } = access.offer.detail
  // What is not there is said before a nonce is used up.
  itemFor(items, wanted, [])
  await checkEncryption(wanted.encryption)
  const keys = await checkProofs(wanted.proofs, proofRules(settings, access))
  const item = itemFor(items, wanted, keys)
  if (item.facts === undefined && item.copies.length === 0) {
    const body = await defer(settings, access.offer, { itemId: item.id, keys })
    return encryptAnswer(202, body, wanted.encryption)
  }
  return encryptAnswer(200, await handOutAll(settings, access.offer, item, keys), wanted.encryption)
}

const waitingFor = ({ detail: { deferred = {} } }: Offer, transactionId: string): DeferredRequest => {
  const waiting = Object.hasOwn(deferred, transactionId) ? deferred[transactionId] : undefined
  return waiting ?? refuse('invalid_transaction_id', 'There is no such transaction')
}

/**
 * The deferred credential endpoint.
 * @throws OAuthRefusal `invalid_transaction_id`
 * @see OpenID for Verifiable Credential Issuance 1.0, section 9
 */
export const answerDeferred = async (
  settings: Openid4vciSettings,
  request: EndpointRequest,
): Promise<EndpointAnswer> => {
  const { offer } = await checkAccess(settings, request, `${settings.url}/deferred`)
  requireOpen(settings, offer)
  const { transactionId, encryption } = readDeferredRequest(readJson(request, 'invalid_credential_request'))
  await checkEncryption(encryption)
  const { itemId, keys } = waitingFor(offer, transactionId)
  const item = byIdentifier(offer.detail.items, itemId)
  if (item.facts === undefined && item.copies.length === 0)
    return encryptAnswer(202, deferredResponse(transactionId, INTERVAL), encryption)
  return encryptAnswer(200, await handOutAll(settings, offer, item, keys), encryption)
}
