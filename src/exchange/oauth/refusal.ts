import type { JsonObject } from '../../core/json.js'

/** What a request to a protocol endpoint brings. */
export interface EndpointRequest {
  readonly method: string
  /** As the sender addressed it, with its query. */
  readonly url: string
  readonly headers: { get(name: string): string | null }
  readonly body: Uint8Array
}

/** What an endpoint answers. */
export interface EndpointAnswer {
  readonly status: number
  readonly body?: JsonObject | string
  /** By default `application/json`. */
  readonly contentType?: string
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * A refusal, in the words that the protocol has for it (RFC 6749, section 5.2, and the specifications on top of it).
 * Caught where endpoints are answered, and nowhere else. Its description never repeats what was sent.
 */
export class OAuthRefusal extends Error {
  override readonly name = 'OAuthRefusal'
  readonly error: string
  readonly description: string
  readonly status: number
  readonly headers: Readonly<Record<string, string>>

  constructor(error: string, description: string, status = 400, headers: Readonly<Record<string, string>> = {}) {
    super(error)
    this.error = error
    this.description = description
    this.status = status
    this.headers = headers
  }
}

/** Refuses a request. */
export const refuse = (error: string, description: string, status?: number): never => {
  throw new OAuthRefusal(error, description, status)
}

/** A refusal as the answer to a request. */
export const refusalAnswer = ({ error, description, status, headers }: OAuthRefusal): EndpointAnswer => ({
  status,
  body: { error, error_description: description },
  headers,
})
