import type { Wire } from './wire.js'

/** What came of a call: what it gave, or what it threw (a code, or the kind of error). */
export type Outcome = { readonly gave: Wire } | { readonly threw: string }

/** What something outside answered while a verifier was at work; replayed in the same order. */
export interface Answer {
  /** The address that was fetched, or the name whose version was asked for. */
  readonly asked: string
  readonly outcome: Outcome
}

/** One call of a verifier. */
export interface Call {
  readonly method: 'verify' | 'verifyCredential' | 'verifyPresentation'
  readonly input: Wire
  readonly ask: Wire
  /** What the clock said, in milliseconds since 1970; absent where it was not asked. */
  readonly now?: number
  readonly outcome: Outcome
}

/** A verifier that a test made, and everything that was asked of it, in order. */
export interface VerifierRecord {
  readonly kind: 'verifier'
  /** The test's file and title. */
  readonly test: string
  readonly options: Wire
  readonly calls: readonly Call[]
  readonly fetched: readonly Answer[]
  readonly versions: readonly Answer[]
}

/** A key that a test imported, and the signatures that it was asked about. */
export interface KeyRecord {
  readonly kind: 'key'
  readonly test: string
  readonly jwk: Wire
  readonly outcome: Outcome
  readonly signatures: readonly { readonly data: Wire; readonly signature: Wire; readonly holds: boolean }[]
}

/** A call of a pure function. */
export interface FunctionRecord {
  readonly kind: 'function'
  readonly test: string
  readonly name: string
  readonly given: readonly Wire[]
  readonly outcome: Outcome
}

/** Something that a test did in Node, and what came of it, to be done again in a browser. */
export type Recorded = VerifierRecord | KeyRecord | FunctionRecord

/** Something that a test did and no JSON can carry. */
export interface Unrecorded {
  readonly kind: 'unrecorded'
  readonly test: string
  readonly why: string
}

/** What an error is known by on either platform. */
export const errorName = (error: unknown): string => {
  if (error instanceof Error && 'code' in error) return String(error.code)
  return error instanceof Error ? error.name : 'no error'
}
