import type { JsonObject } from '../core/json.js'

/** A request on its way to its answer. */
export interface Call {
  readonly request: Request
  /** What the path's placeholders stand for. */
  readonly parameters: Readonly<Record<string, string>>
}

/** An answer. */
export interface Reply {
  readonly status: number
  /** Absent where the status says all. */
  readonly body?: JsonObject | string
  /** `application/json` unless it says otherwise. */
  readonly contentType?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** A way of answering. What it refuses, it throws as a `RequestProblem`. */
export type Answer = (call: Call) => Promise<Reply>

/** One endpoint. */
export interface Route {
  readonly method: 'GET' | 'POST'
  /** With placeholders, such as `/status/:list`. Logs say this, and never what a sender wrote. */
  readonly path: string
  /** Whether only the holder of the token may ask. */
  readonly guarded: boolean
  /**
   * Whether pages of any origin may ask it (CORS): what is public, and what a wallet in a browser calls. No cookie is ever sent
   * or heeded, so a page can do no more than any program.
   */
  readonly crossOrigin?: boolean
  readonly answer: Answer
}
