import type { Entra } from '../../exchange/entra/create-entra-exchange.js'
import type { Route } from '../answer.js'
import { endpointRoute, pathOf } from './endpoint-route.js'

/** The endpoint that Microsoft Entra Verified ID calls back, at the address that it was created with. */
export const entraRoutes = ({ url, endpoints }: Entra): readonly Route[] => [
  // A service calls it, and no page.
  { ...endpointRoute('POST', `${pathOf(url)}/callback`, endpoints.callback), crossOrigin: false },
]
