import type { DidResolver } from '../../dids/resolver.js'
import type { ContextDocument } from '../../formats/input.js'
import type { RoutingOptions } from '../route-requests.js'
import type { VcApiIssuing } from './issuing.js'
import type { HoldingOptions } from './present.js'
import type { Verifiers } from './verify.js'

/** What a VC-API server is made of. What is absent, it does not offer. */
export interface VcApiOptions extends Pick<RoutingOptions, 'hosts' | 'log' | 'onError'> {
  readonly verifiers: Verifiers
  readonly resolver: DidResolver
  readonly issuing?: VcApiIssuing
  readonly holding?: HoldingOptions
  /** Contexts that credentials to derive from may use, besides those at hand. */
  readonly contexts?: readonly ContextDocument[]
  /** Whoever presents it may issue, present, and have a did:web fetched. Only a server for conformance tests does without. */
  readonly token?: string
}
