import type { JsonObject } from '../../core/json.js'
import type { StatusReason } from '../../ports/issuance-register.js'
import type { StatusPurpose } from '../../ports/status-list-store.js'
import type { PublishedList } from '../../status/publish.js'

/** An issuer, as one path names it. */
export interface IssuingEndpoint {
  readonly suite: string
  /** Of its key, such as `P-256`. */
  readonly curve: string
  /** The issuer's identifier. */
  readonly id: string
}

/** What a request to issue may ask for besides. */
export interface IssuingOptions {
  readonly credentialId?: string
  readonly mandatoryPointers?: readonly string[]
}

/** What a request to change a status says. */
export interface StatusRequest {
  readonly credentialId: string
  readonly purpose: StatusPurpose
  readonly set: boolean
  readonly reason?: StatusReason
}

/**
 * What stands behind the issuing endpoints. Everything that it refuses, it refuses by ending the request with a
 * `RequestProblem`.
 */
export interface VcApiIssuing {
  /** Whether it signs what no issuer vouches for, with keys that nobody trusts. Every answer says so. */
  readonly conformance: boolean
  readonly endpoints: readonly IssuingEndpoint[]
  issue(endpoint: IssuingEndpoint, credential: JsonObject, options: IssuingOptions): Promise<JsonObject | string>
  changeStatus(request: StatusRequest): Promise<void>
  /** A status list as it stands, or `undefined` when there is none of that name. */
  statusList(list: string): Promise<PublishedList | undefined>
}

/** The issuer of a path: of its curve, or the first of its suite. */
export const findEndpoint = (
  endpoints: readonly IssuingEndpoint[],
  suite: string,
  curve: string | undefined,
): IssuingEndpoint | undefined =>
  endpoints.find((endpoint) => endpoint.suite === suite && (curve === undefined || endpoint.curve === curve))
