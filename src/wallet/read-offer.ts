import { parseStrictJson } from '../codec/strict-json.js'
import { PassportError } from '../core/errors.js'
import { asArray, isJsonObject, type Json, type JsonObject } from '../core/json.js'
import type { WalletSettings } from './settings.js'
import { getJson, isAddress, malformed } from './talk.js'

const PRE_AUTHORIZED = 'urn:ietf:params:oauth:grant-type:pre-authorized_code'

/** An offer, as the wallet reads it. */
export interface ReadOffer {
  /** The credential issuer's identifier. */
  readonly issuer: string
  readonly configurationIds: readonly string[]
  readonly preAuthorizedCode?: string
  /** What a transaction code looks like, where one is needed. */
  readonly transactionCode?: { readonly length?: number; readonly numeric: boolean }
  readonly authorization?: { readonly issuerState?: string }
}

// A member that is there and is not what it must be would be dropped in silence, and a transaction code with it.
function textIn(object: JsonObject, name: string): string | undefined {
  const value = object[name]
  if (value !== undefined && (typeof value !== 'string' || value === '')) throw malformed('an offer')
  return value
}

function codeShape(value: Json | undefined): ReadOffer['transactionCode'] {
  if (value === undefined) return undefined
  if (!isJsonObject(value)) throw malformed('an offer')
  const { length, input_mode: mode = 'numeric' } = value
  const isLength = length === undefined || (Number.isSafeInteger(length) && Number(length) > 0)
  if (!isLength || (mode !== 'numeric' && mode !== 'text')) throw malformed('an offer')
  return { numeric: mode === 'numeric', ...(typeof length === 'number' ? { length } : {}) }
}

function grantIn(grants: JsonObject, name: string): JsonObject | undefined {
  const grant = grants[name]
  if (grant !== undefined && !isJsonObject(grant)) throw malformed('an offer')
  return grant
}

const grantsOf = (grants: JsonObject): Omit<ReadOffer, 'issuer' | 'configurationIds'> => {
  const code = grantIn(grants, PRE_AUTHORIZED)
  const authorization = grantIn(grants, 'authorization_code')
  const preAuthorizedCode = code && textIn(code, 'pre-authorized_code')
  if (code && preAuthorizedCode === undefined) throw malformed('an offer')
  const transactionCode = code && codeShape(code.tx_code)
  const issuerState = authorization && textIn(authorization, 'issuer_state')
  return {
    ...(preAuthorizedCode === undefined ? {} : { preAuthorizedCode }),
    ...(transactionCode === undefined ? {} : { transactionCode }),
    ...(authorization ? { authorization: issuerState === undefined ? {} : { issuerState } } : {}),
  }
}

/** Reads an offer object. @throws PassportError `exchange.malformed` @see OpenID4VCI 1.0, section 4.1.1 */
export const readOfferObject = (offer: JsonObject): ReadOffer => {
  // Drafts before 14 called them `credentials`.
  const { credential_issuer: issuer, credential_configuration_ids: ids = offer.credentials, grants = {} } = offer
  const configurationIds = asArray(ids).filter((id): id is string => typeof id === 'string')
  if (!isIssuer(issuer) || !isJsonObject(grants) || !Array.isArray(ids)) throw malformed('an offer')
  const isWhole = configurationIds.length === ids.length && new Set(configurationIds).size === ids.length
  if (configurationIds.length === 0 || !isWhole) throw malformed('an offer')
  return { issuer, configurationIds, ...grantsOf(grants) }
}

/** @see OpenID4VCI 1.0, section 12.2.1 */
function isIssuer(value: Json | undefined): value is string {
  return isAddress(value) && !/[?#]/.test(value)
}

const MOST_CHARACTERS = 8_192

/**
 * Reads the offer that a link holds or leads to. Any scheme will do: what counts is its query.
 * @throws PassportError `exchange.malformed`, `exchange.refused`, `fetch.*`
 * @see OpenID4VCI 1.0, section 4.1
 */
export const readOffer = async ({ send }: WalletSettings, link: string): Promise<ReadOffer> => {
  if (link.length > MOST_CHARACTERS || !URL.canParse(link)) throw malformed('a link')
  const { searchParams } = new URL(link)
  const [byValue, byReference] = ['credential_offer', 'credential_offer_uri'].map((name) => searchParams.getAll(name))
  if ((byValue?.length ?? 0) + (byReference?.length ?? 0) !== 1) {
    const isRequest = searchParams.has('request_uri') || searchParams.has('client_id')
    if (isRequest) throw new PassportError('exchange.unsupported', 'This link is a request, and no offer')
    throw malformed('a link')
  }
  if (byReference?.[0] !== undefined) return readOfferObject(await getJson(send, byReference[0], 'an offer'))
  const parsed = parseStrictJson(byValue?.[0] ?? '')
  if (!parsed.ok || !isJsonObject(parsed.value)) throw malformed('an offer')
  return readOfferObject(parsed.value)
}
