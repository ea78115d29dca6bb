import type { Entra } from '../../exchange/entra/create-entra-exchange.js'
import type { GovukWallet } from '../../exchange/govuk-wallet/create-govuk-wallet-exchange.js'
import type { Openid4vci } from '../../exchange/openid4vci/create-openid4vci.js'
import type { Openid4vp } from '../../exchange/openid4vp/create-openid4vp.js'
import { type LogLine, routeRequests } from '../route-requests.js'
import { entraRoutes } from './entra-routes.js'
import { govukWalletRoutes } from './govuk-wallet-routes.js'
import { openid4vciRoutes } from './openid4vci-routes.js'
import { openid4vpRoutes } from './openid4vp-routes.js'

/** What wallets can reach. */
export interface WalletHandlerOptions {
  readonly openid4vci?: Openid4vci
  readonly openid4vp?: Openid4vp
  /** What Microsoft Entra Verified ID calls back, for wallets. */
  readonly entra?: Entra
  /** What GOV.UK Wallet and GOV.UK One Login call: mount it at the root of its host. */
  readonly govukWallet?: GovukWallet
  /** The authorities (`wallet.trust.example`) that requests may be addressed to; any, where absent. */
  readonly hosts?: readonly string[]
  readonly log?: (line: LogLine) => void
  /** Told of what should not have happened: for the operator, never for the caller. */
  readonly onError?: (error: unknown) => void
}

const open = (): void => undefined

/**
 * A function from a request to its answer, for every endpoint that wallets call: mount it in any server at the addresses
 * that the issuer and the verifier were created with. It answers every request and never throws.
 */
export const createWalletHandler = (options: WalletHandlerOptions): ((request: Request) => Promise<Response>) => {
  const { openid4vci, openid4vp, entra, govukWallet, hosts, log, onError } = options
  const routes = [
    ...(openid4vci ? openid4vciRoutes(openid4vci) : []),
    ...(openid4vp ? openid4vpRoutes(openid4vp) : []),
    ...(entra ? entraRoutes(entra) : []),
    ...(govukWallet ? govukWalletRoutes(govukWallet) : []),
  ]
  return routeRequests(routes, {
    guard: open,
    ...(hosts ? { hosts } : {}),
    ...(log ? { log } : {}),
    ...(onError ? { onError } : {}),
  })
}
