import type { CredentialTypeName } from '../credentials/rows.js'
import type { IssuingFormat } from '../formats/sign.js'
import type { IssueRequest } from '../issuer/issuer.js'
import type { PresentationReport } from '../verifier/report.js'
import type { AcceptedPresentation } from '../verifier/result.js'
import type { ExchangeEvent, ExchangeKind, ExchangeReason, ExchangeState } from './exchange.js'

/** What a credential is to say, but for its holder: the wallet proves whose key it is. */
export type FactsOf<Type extends CredentialTypeName> = Omit<IssueRequest<Type>, 'subject'>

/** A credential to offer. Without facts it is deferred: the wallet is told to come back for it. */
export type OfferedCredential = {
  readonly [Type in CredentialTypeName]: {
    readonly type: Type
    readonly facts?: FactsOf<Type>
    readonly format?: IssuingFormat
  }
}[CredentialTypeName]

/** What to offer a holder. */
export interface OfferRequest {
  readonly credentials: readonly OfferedCredential[]
  /** A name of your own for this offer: the same name gives the same offer. It must not identify the person. */
  readonly idempotencyKey?: string
  /** How long the holder has; by default fifteen minutes. */
  readonly validForSeconds?: number
  /**
   * `code`: whoever has the offer and the transaction code, which you send another way, may take it. `signIn`: the holder
   * signs in to you first. By default `code`.
   */
  readonly proof?: 'code' | 'signIn'
  /**
   * The one key that may take it, as an accepted presentation names its holder: the offer goes to the wallet that has just
   * shown who its holder is, and to no other, whoever gets hold of the link and the code. A did:key, a did:jwk, or the
   * thumbprint of a key as an RFC 9278 URN.
   */
  readonly holder?: string
}

/** A credential to ask a holder for. */
export interface RequestedCredential {
  readonly type: CredentialTypeName
  /** The claims that you need, by name; by default all that the holder cannot withhold, and no more. */
  readonly claims?: readonly string[]
  /** Issuers to accept, by their identifiers; by default any that your trust list names for the type. */
  readonly issuers?: readonly string[]
  /** Formats to accept; by default all that the exchange speaks. */
  readonly formats?: readonly string[]
  /** Whether the holder may answer without it. */
  readonly optional?: boolean
  /** Whether several may be shown, such as one core skill each. */
  readonly several?: boolean
}

/** What to ask a holder for. */
export interface PresentationRequest {
  readonly credentials: readonly RequestedCredential[]
  /** What you need it for: for your page, your records, and wallets whose protocol carries it (Entra; OpenID4VP does not). */
  readonly purpose: string
  /**
   * `cross`: your page is on another device than the wallet, and waits. `same`: the wallet leads the holder back to your
   * page at `returnUrl`, and only that browser learns what came of it.
   */
  readonly device: 'same' | 'cross'
  readonly returnUrl?: string
  readonly idempotencyKey?: string
  readonly validForSeconds?: number
}

/** What to hand to the holder. */
export interface Invitation {
  readonly exchangeId: string
  /** What the wallet opens, as a link or as a QR code. */
  readonly uri: string
  /** RFC 3339, UTC. */
  readonly expiresAt: string
  /** For an offer with `proof: 'code'`: send it another way than the link. */
  readonly transactionCode?: string
  /** For a request: keep it in the holder's browser session, and nowhere else. Whoever asks for the result must show it. */
  readonly browserSecret?: string
}

/** What came of a request. */
export interface PresentationOutcome {
  readonly report: ResponseReport
  /** Reachable only when all of it was accepted and answers what was asked. */
  readonly presentation?: AcceptedPresentation
}

/** The report on everything that a wallet sent in answer to one request. */
export interface ResponseReport {
  readonly verdict: 'accepted' | 'rejected' | 'undecided'
  /** Why it does not answer the request, where it does not: codes of ours. */
  readonly faults: readonly { readonly path: string; readonly code: string }[]
  /** On all presentations together, as one. */
  readonly presentation: PresentationReport
}

/** An exchange, as its owner sees it. */
export interface ExchangeView {
  readonly id: string
  readonly kind: ExchangeKind
  readonly state: ExchangeState
  readonly reason?: ExchangeReason
  readonly createdAt: string
  readonly expiresAt: string
  readonly event: ExchangeEvent
  /** Of a request that ended, for the browser that began it: what the wallet sent, verified. */
  readonly outcome?: PresentationOutcome
}

/** What a protocol can do. */
export interface ExchangeCapabilities {
  readonly offers: boolean
  readonly requests: boolean
  /** Credentials in one offer. */
  readonly mostCredentials: number
  /** Whether holders can be asked to sign in before they take an offer. */
  readonly signIn: boolean
  /** Whether an offer can be kept for one key (`holder`). */
  readonly holder: boolean
}

/**
 * The way to a holder's wallet, by whatever protocol: implement it for a wallet of your own. One instance speaks for one
 * employer; exchanges of others do not exist for it.
 */
export interface WalletExchange {
  readonly portVersion: 1
  /** Such as `openid`, `entra` or `gateway`. */
  readonly protocol: string
  readonly capabilities: ExchangeCapabilities
  /**
   * Offers credentials. Nothing is issued until the wallet proves its key.
   * @throws ClaimsError when a credential would be refused; @throws TypeError for what the protocol cannot do
   */
  offer(request: OfferRequest): Promise<Invitation>
  /**
   * Asks for a presentation.
   * @throws TypeError for what the protocol cannot do
   */
  request(request: PresentationRequest): Promise<Invitation>
  /**
   * What happened in an exchange and what happens until it ends, oldest first. Ends with the exchange.
   * @throws PassportError `exchange.unknown`
   */
  follow(exchangeId: string, options?: FollowOptions): AsyncIterable<ExchangeView>
  /**
   * Ends an exchange; whatever was issued in it and not yet accepted is withdrawn. Cancelling what has ended is no change.
   * @throws PassportError `exchange.unknown`
   */
  cancel(exchangeId: string): Promise<void>
}

/** How to follow. */
export interface FollowOptions {
  /** Leave out events up to this number. */
  readonly after?: number
  /**
   * What shows that the outcome is for whoever asks: without it, views hold none. Of a request for the `same` device, the
   * response code that the wallet led the holder's browser back with is needed too.
   */
  readonly proof?: { readonly browserSecret: string; readonly responseCode?: string }
  readonly signal?: AbortSignal
}
