import { asJsonObject, type JsonObject } from '../../core/json.js'
import type { Exchange } from '../exchange.js'
import type { OfferDetail } from '../openid4vci/offer.js'

/** What is kept of an offer to GOV.UK Wallet. Its one item is named by the credential identifier in the code. */
export interface GovukOfferDetail extends OfferDetail {
  /** The `wallet_subject_id` of the person who may take it. */
  readonly walletSubject?: string
  /** When the code was made, in seconds since 1970, and when it ends. */
  readonly codeMade: number
  readonly codeEnds: number
  /** Access tokens that were shown: each by its identifier, with a digest of the whole. */
  readonly tokens: readonly { readonly id: string; readonly digest: string }[]
}

/** An offer to GOV.UK Wallet. */
export type GovukOffer = Exchange<GovukOfferDetail & JsonObject>

/** How exchanges with GOV.UK Wallet are known. */
export const PROTOCOL = 'govuk-wallet'

/** The kinds of secrets that lead to an offer. */
export const IDENTIFIER = 'govuk-identifier'

/** A detail, as it is kept: plain JSON. */
export const asDetail = (detail: GovukOfferDetail): GovukOffer['detail'] => asJsonObject(detail)
