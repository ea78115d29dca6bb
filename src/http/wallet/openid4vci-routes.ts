import type { Openid4vci } from '../../exchange/openid4vci/create-openid4vci.js'
import type { Route } from '../answer.js'
import { endpointRoute, pathOf } from './endpoint-route.js'

/**
 * The endpoints of an OpenID4VCI issuer, at its own address. Its metadata stands where 1.0 puts it, between host and path,
 * and where drafts put it, at the end.
 * @see OpenID for Verifiable Credential Issuance 1.0, section 12.2.2; RFC 8414, section 3
 */
export const openid4vciRoutes = ({ url, endpoints }: Openid4vci): readonly Route[] => {
  const base = pathOf(url)
  const wellKnown = (name: string): readonly string[] => [
    ...new Set([`/.well-known/${name}${base}`, `${base}/.well-known/${name}`]),
  ]
  return [
    ...wellKnown('openid-credential-issuer').map((path) => endpointRoute('GET', path, endpoints.issuerMetadata)),
    ...wellKnown('oauth-authorization-server').map((path) => endpointRoute('GET', path, endpoints.serverMetadata)),
    endpointRoute('GET', `${base}/offers/:offer`, endpoints.offer),
    endpointRoute('POST', `${base}/par`, endpoints.pushedRequest),
    endpointRoute('GET', `${base}/authorize`, endpoints.authorize),
    endpointRoute('POST', `${base}/token`, endpoints.token),
    endpointRoute('POST', `${base}/nonce`, endpoints.nonce),
    endpointRoute('POST', `${base}/credential`, endpoints.credential),
    endpointRoute('POST', `${base}/deferred`, endpoints.deferred),
    endpointRoute('POST', `${base}/notification`, endpoints.notification),
  ]
}
