/** What to fetch, and how much of it to accept. */
export interface FetchRequest {
  readonly maximumBytes: number
  /** Media types to ask for, as an `Accept` header. */
  readonly accept: string
  readonly signal?: AbortSignal
}

/** What came back: always a success (status 200), whole, within the limits. */
export interface FetchResponse {
  /** The address that answered, after redirects on the same host. */
  readonly url: string
  readonly contentType: string
  readonly body: Uint8Array
  /** How long the sender allows it to be kept, in milliseconds; 0 when it says nothing. */
  readonly freshFor: number
}

/**
 * The only way out. https only; private and loopback addresses refused unless allowed by name; redirects stay on the
 * host; time, size and inflate ratio bounded.
 * @throws PassportError `fetch.blocked`, `fetch.failed`, `fetch.timeout`, `fetch.tooLarge`
 */
export type GuardedFetch = (url: string, request: FetchRequest) => Promise<FetchResponse>
