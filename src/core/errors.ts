import type { ErrorCode } from './codes.js'
import { LIMITS } from './limits.js'

/** How a {@link PassportError} came about. */
export interface PassportErrorOptions {
  /** Whether the same call may succeed later. */
  readonly retryable?: boolean
  readonly cause?: unknown
}

const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f-\u009f]+/g

const tidy = (message: string): string => message.replace(CONTROL_CHARACTERS, ' ').slice(0, LIMITS.messageCharacters)

/**
 * The world let us down: a store, the network, a key. The code is stable, the message is for operators, and neither
 * ever holds a value from a credential. A bad credential is never thrown; it is a value in a report.
 */
export class PassportError extends Error {
  override readonly name: string = 'PassportError'
  readonly code: ErrorCode
  readonly retryable: boolean

  constructor(code: ErrorCode, message: string, options: PassportErrorOptions = {}) {
    super(tidy(message), options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.retryable = options.retryable ?? false
  }
}

/** A rule that claims break: where, which, in words, and how to mend it. */
export interface ClaimFault {
  /** JSON pointer into what was passed to `issue`, such as `/claims/passportExpiryDate`. */
  readonly path: string
  readonly code: string
  readonly sentence: string
  readonly mend: string
}

/** The claims cannot be signed as they are. Lists every fault at once; nothing was signed, reserved or recorded. */
export class ClaimsError extends TypeError {
  override readonly name: string = 'ClaimsError'
  readonly code = 'claims.invalid'
  readonly faults: readonly ClaimFault[]

  constructor(faults: readonly ClaimFault[]) {
    const list = faults.map((fault) => `${fault.path || '(the whole)'}: ${fault.sentence} ${fault.mend}`).join(' | ')
    super(tidy(`Nothing was issued; ${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}. ${list}`))
    this.faults = faults
  }
}
