import type { GovukWallet } from '../../exchange/govuk-wallet/create-govuk-wallet-exchange.js'
import type { Route } from '../answer.js'
import { endpointRoute } from './endpoint-route.js'

/** What GOV.UK Wallet and GOV.UK One Login call, at the root of the address that it was created with. */
export const govukWalletRoutes = ({ endpoints }: GovukWallet): readonly Route[] => [
  endpointRoute('GET', '/.well-known/openid-credential-issuer', endpoints.issuerMetadata),
  endpointRoute('GET', '/.well-known/jwks.json', endpoints.keySet),
  endpointRoute('GET', '/.well-known/did.json', endpoints.didDocument),
  endpointRoute('POST', '/credential', endpoints.credential),
  endpointRoute('POST', '/notification', endpoints.notification),
]
