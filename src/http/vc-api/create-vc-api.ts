import { LIMITS } from '../../core/limits.js'
import type { Route } from '../answer.js'
import { createBearerGuard } from '../bearer.js'
import { refuseWith } from '../problem.js'
import { type ReadBody, readJsonBody } from '../read-json.js'
import { type RoutingOptions, routeRequests } from '../route-requests.js'
import { derivingRoutes } from './derive.js'
import { describeRoutes } from './describe.js'
import { identifierRoutes } from './identifiers.js'
import { issuingRoutes } from './issue.js'
import type { VcApiOptions } from './options.js'
import { presentingRoutes } from './present.js'
import { statusRoutes } from './status-lists.js'
import { verifyingRoutes } from './verify.js'

type Guard = RoutingOptions['guard']

const isConformance = ({ issuing }: VcApiOptions): boolean => issuing?.conformance === true

const guardOf = (options: VcApiOptions): Guard => {
  const { token, issuing, holding } = options
  if (token !== undefined) return createBearerGuard(token)
  if ((issuing || holding) && !isConformance(options))
    throw new TypeError('token is needed wherever something is signed')
  return () => undefined
}

const outGuardOf = ({ token }: VcApiOptions): Guard =>
  token === undefined
    ? () => refuseWith(401, 'This server fetches DID documents for nobody.')
    : createBearerGuard(token)

// A document as large as any that is read, and the request around it.
const MAXIMUM_BODY_BYTES = LIMITS.inputBytes + 65_536

const readBody: ReadBody = (request) => readJsonBody(request, MAXIMUM_BODY_BYTES)

const routesOf = (options: VcApiOptions): readonly Route[] => {
  const { issuing, holding, verifiers, resolver, contexts = [] } = options
  return [
    ...describeRoutes(options),
    ...verifyingRoutes(verifiers, readBody),
    ...derivingRoutes(contexts, readBody),
    ...(holding ? presentingRoutes(holding, readBody) : []),
    ...identifierRoutes(resolver, outGuardOf(options)),
    ...(issuing ? [...issuingRoutes(issuing, readBody), ...statusRoutes(issuing)] : []),
  ]
}

const CONFORMANCE = 'throwaway keys, for tests only; believe nothing that is signed here'

/**
 * Makes the server: a function from a request to its answer, to be mounted in any server that speaks Fetch. It answers
 * every request, never throws, and logs nothing that a sender wrote.
 * @throws TypeError when something would be signed for whoever asks, or the token does not fit
 * @see VCALM 0.9, formerly the VC-API
 */
export const createVcApi = (options: VcApiOptions): ((request: Request) => Promise<Response>) =>
  routeRequests(routesOf(options), {
    ...options,
    guard: guardOf(options),
    headers: isConformance(options) ? { 'staff-passport-conformance': CONFORMANCE } : {},
  })
