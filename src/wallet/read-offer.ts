import { parseStrictJson } from '../codec/strict-json.js'
import { PassportError } from '../core/errors.js'
import { asArray, isJsonObject, type JsonObject } from '../core/json.js'
import type { WalletSettings } from './settings.js'
import { getJson, malformed } from './talk.js'

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

const textIn = (object: JsonObject, name: string): string | undefined => {
  const value = object[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

const codeShape = (value: unknown): ReadOffer['transactionCode'] => {
  if (!isJsonObject(value)) return undefined
  const { length, input_mode: mode } = value
  return { numeric: mode !== 'text', ...(typeof length === 'number' ? { length } : {}) }
}

const grantsOf = (grants: JsonObject): Omit<ReadOffer, 'issuer' | 'configurationIds'> => {
  const code = grants[PRE_AUTHORIZED]
  const authorization = grants.authorization_code
  const preAuthorizedCode = isJsonObject(code) ? textIn(code, 'pre-authorized_code') : undefined
  const transactionCode = isJsonObject(code) ? codeShape(code.tx_code) : undefined
  const issuerState = isJsonObject(authorization) ? textIn(authorization, 'issuer_state') : undefined
  return {
    ...(preAuthorizedCode === undefined ? {} : { preAuthorizedCode }),
    ...(transactionCode === undefined ? {} : { transactionCode }),
    ...(isJsonObject(authorization) ? { authorization: issuerState === undefined ? {} : { issuerState } } : {}),
  }
}

/** Reads an offer object. @throws PassportError `exchange.malformed` @see OpenID4VCI 1.0, section 4.1.1 */
export const readOfferObject = (offer: JsonObject): ReadOffer => {
  // Drafts before 14 called them `credentials`.
  const { credential_issuer: issuer, credential_configuration_ids: ids = offer.credentials, grants = {} } = offer
  const configurationIds = asArray(ids).filter((id): id is string => typeof id === 'string')
  const isWhole = typeof issuer === 'string' && URL.canParse(issuer) && isJsonObject(grants)
  if (!isWhole || configurationIds.length === 0 || configurationIds.length !== asArray(ids).length)
    throw malformed('an offer')
  return { issuer, configurationIds, ...grantsOf(grants) }
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
