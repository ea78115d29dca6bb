import type { DidResolver } from '../../dids/resolver.js'
import type { RoutingOptions } from '../route-requests.js'
import type { HoldingOptions } from './holding.js'
import type { VcApiIssuing } from './issuing.js'
import type { Verifiers } from './verify.js'

/** What a VC-API server is made of. What is absent, it does not offer. */
export interface VcApiOptions extends Pick<RoutingOptions, 'hosts' | 'log' | 'onError'> {
  readonly verifiers: Verifiers
  readonly resolver: DidResolver
  readonly issuing?: VcApiIssuing
  readonly holding?: HoldingOptions
  /** Whoever presents it may issue, present, and have a did:web fetched. Only a server for conformance tests does without. */
  readonly token?: string
}
