import { type Clock, systemClock } from '../../core/clock.js'
import type { GovukEnvironment } from '../../exchange/govuk-wallet/settings.js'
import {
  newOneLogin,
  newServiceKey,
  type OneLogin,
  type RegisteredIssuer,
  type UnsignedToken,
} from './govuk-wallet/one-login.js'
import { answerCall, unable } from './govuk-wallet/token-service.js'
import { newWallet, OFFER_URL, type SimulatedGovukWallet } from './govuk-wallet/wallet.js'
import { listenOnLoopback, type ServiceCall, type TransportFaults } from './loopback.js'

/** What the simulator is told. */
export interface GovukWalletSimulatorOptions {
  /** The issuers that were registered, by their addresses. */
  readonly issuers: Readonly<Record<string, RegisteredIssuer>>
  readonly clock?: Clock
}

/** GOV.UK One Login and GOV.UK Wallet, on this machine. */
export interface GovukWalletSimulator {
  /** Such as `http://127.0.0.1:8080`: let your guarded fetch reach it by name. */
  readonly origin: string
  /** What an exchange is created with. */
  readonly environment: GovukEnvironment
  /** What goes wrong on the way to its token service, and how often from now on. */
  readonly faults: TransportFaults
  /** The requests that its token service got, such as `POST /token`. */
  readonly calls: readonly string[]
  /** Changes what access tokens say from now on: to lie. They are signed all the same. */
  rewriteTokens(rewrite: (token: UnsignedToken) => UnsignedToken): void
  /** Signs with a new key from now on, and publishes that alone. */
  rotateKey(): Promise<void>
  /** Takes a code again from now on, as OpenID4VCI forbids, for a wallet whose answer got lost. */
  takeCodesAgain(): void
  /** Somebody with a wallet. */
  newWallet(): Promise<SimulatedGovukWallet>
  close(): Promise<void>
}

const asSimulator = (oneLogin: OneLogin, close: () => Promise<void>): GovukWalletSimulator => ({
  origin: oneLogin.origin,
  environment: { tokenService: oneLogin.origin, offerUrl: OFFER_URL },
  faults: oneLogin.faults,
  calls: oneLogin.calls,
  rewriteTokens: (rewrite) => {
    oneLogin.rewrite = rewrite
  },
  rotateKey: async () => {
    oneLogin.signer = await newServiceKey()
  },
  takeCodesAgain: () => {
    oneLogin.takesAgain = true
  },
  newWallet: () => newWallet(oneLogin),
  close,
})

/**
 * Starts the token service of GOV.UK One Login on 127.0.0.1, with wallets of people who are signed in to it. Both check
 * what they get as their documentation says, really sign, and lie when they are told to. For tests and demonstrations;
 * nothing of it leaves this machine.
 */
export const createGovukWalletSimulator = async (
  options: GovukWalletSimulatorOptions,
): Promise<GovukWalletSimulator> => {
  const oneLogin = await newOneLogin(options.clock ?? systemClock, options.issuers)
  const { faults, calls } = oneLogin
  const answer = (call: ServiceCall) => answerCall(oneLogin, call)
  const { origin, close } = await listenOnLoopback({ faults, calls, answer, unable })
  oneLogin.origin = origin
  return asSimulator(oneLogin, close)
}
