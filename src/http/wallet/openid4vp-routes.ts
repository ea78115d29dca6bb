import type { Openid4vp } from '../../exchange/openid4vp/create-openid4vp.js'
import type { Route } from '../answer.js'
import { endpointRoute, pathOf } from './endpoint-route.js'

/** The endpoints of an OpenID4VP verifier, at its own address. */
export const openid4vpRoutes = ({ url, endpoints }: Openid4vp): readonly Route[] => {
  const base = pathOf(url)
  return [
    endpointRoute('GET', `${base}/request/:request`, endpoints.request),
    endpointRoute('POST', `${base}/request/:request`, endpoints.request),
    endpointRoute('POST', `${base}/response/:response`, endpoints.response),
  ]
}
