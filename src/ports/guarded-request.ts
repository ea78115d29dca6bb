/** What to send. */
export interface OutboundRequest {
  /** By default `GET`. */
  readonly method?: 'GET' | 'POST' | 'PATCH'
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** How much of the answer to accept. */
  readonly maximumBytes: number
  readonly signal?: AbortSignal
}

/** What came back, whatever its status. */
export interface OutboundResponse {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/**
 * Sends a request and gives the answer as it is. https only; private and loopback addresses refused unless allowed by
 * name; no redirect followed; time, size and inflate ratio bounded.
 * @throws PassportError `fetch.blocked`, `fetch.failed`, `fetch.timeout`, `fetch.tooLarge`
 */
export type GuardedRequest = (url: string, request: OutboundRequest) => Promise<OutboundResponse>
