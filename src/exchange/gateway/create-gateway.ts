import type { Exchange } from '../exchange.js'
import type { PresentationRequest } from '../wallet-exchange.js'
import { beginIssuance, type IssuanceRequest } from './begin-issuance.js'
import { type BrowserInvitation, beginVerification, type VerificationRequest } from './begin-verification.js'
import { findFlow, readCallback, takeCallback } from './callback.js'
import { cancelFlow, expireFlow, goOn } from './end-flow.js'
import type { Flow } from './flow.js'
import { type IssuanceOutcome, issuanceOutcome, type VerificationOutcome, verificationOutcome } from './outcome.js'
import { beginPresentation } from './present.js'
import { revoke, type SourceChange, sourceChanged } from './revoke.js'
import { checkOptions, type GatewayOptions, type GatewaySettings } from './settings.js'

/**
 * A client of the credential gateway: an OpenID provider in front of wallets of Microsoft Entra Verified ID. Lead the
 * holder's browser to the `uri` of what was begun; when it comes back to your redirect address, finish with the whole
 * address and the secret that you kept in that browser's session.
 */
export interface Gateway {
  /** Begins to verify who the person is who is signed in to your service. @throws TypeError */
  beginVerification(request: VerificationRequest): Promise<BrowserInvitation>
  /** Begins to ask for a credential to be shown. @throws TypeError for what the gateway cannot do */
  beginPresentation(request: PresentationRequest): Promise<BrowserInvitation>
  /**
   * Finishes a verification or a presentation. The same callback again gives the same outcome.
   * @throws PassportError `exchange.malformed`, `exchange.unknown`, `exchange.untrusted` (another browser),
   * `exchange.conflict`; and what the gateway could not be asked for. Where it is `retryable`, finish again
   */
  finishVerification(callbackUrl: string, browserSecret: string): Promise<VerificationOutcome>
  /**
   * Begins to issue a credential to somebody who has shown who they are.
   * @throws ClaimsError when the claims break a rule of their type; nothing was begun
   * @throws PassportError `exchange.untrusted`: no verified session, a record of another person, or not its source
   * system's signature; `exchange.expired`: a record that changed since it was signed
   */
  beginIssuance(request: IssuanceRequest): Promise<BrowserInvitation>
  /** Finishes an issuance; as {@link Gateway.finishVerification}. What may be out of date by then is revoked at once. */
  finishIssuance(callbackUrl: string, browserSecret: string): Promise<IssuanceOutcome>
  /** Revokes what was issued in an exchange. Revoking again is no change. @throws PassportError `exchange.unknown` */
  revoke(exchangeId: string, reason: string): Promise<void>
  /**
   * Call it whenever a record of a source system changes or is deleted: what was issued from it is revoked when a wallet
   * would show something else.
   * @returns the exchanges whose credentials were revoked
   */
  sourceChanged(change: SourceChange): Promise<readonly string[]>
  cancel(exchangeId: string): Promise<void>
  /** Ends what is over, and finishes what a crash left: for the keeper of the book. */
  expire(exchange: Exchange): Promise<void>
}

const finish = async (
  settings: GatewaySettings,
  flow: Flow['detail']['flow'],
  { callbackUrl, browserSecret }: { readonly callbackUrl: string; readonly browserSecret: string },
): Promise<string> => {
  const callback = readCallback(callbackUrl, settings.redirectUris[flow])
  const found = await findFlow(settings.book, callback, { flow, browserSecret })
  const taken = await takeCallback(settings.book, found, callback)
  if (taken) await goOn(settings, taken)
  return found.id
}

/**
 * Creates a client of the credential gateway. Nothing is sent until it is used.
 * @throws TypeError when an option is missing or does not fit
 */
export const createGateway = (options: GatewayOptions): Gateway => {
  const settings = checkOptions(options)
  return {
    beginVerification: (request) => beginVerification(settings, request),
    beginPresentation: (request) => beginPresentation(settings, request),
    finishVerification: async (callbackUrl, browserSecret) =>
      verificationOutcome(settings, await finish(settings, 'verification', { callbackUrl, browserSecret })),
    beginIssuance: (request) => beginIssuance(settings, request),
    finishIssuance: async (callbackUrl, browserSecret) =>
      issuanceOutcome(settings, await finish(settings, 'issuance', { callbackUrl, browserSecret })),
    revoke: (exchangeId, reason) => revoke(settings, exchangeId, reason),
    sourceChanged: (change) => sourceChanged(settings, change),
    cancel: (exchangeId) => cancelFlow(settings, exchangeId),
    expire: (exchange) => expireFlow(settings, exchange),
  }
}
