/** Exit codes, after sysexits.h where it has one. */
export const EXIT = {
  accepted: 0,
  rejected: 1,
  undecided: 2,
  misuse: 64,
  badData: 65,
  unreadable: 66,
  worldFailed: 69,
  stopped: 75,
} as const

/** Ends the command with a message and an exit code. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
  readonly exitCode: number

  constructor(exitCode: number, message: string, options?: ErrorOptions) {
    super(message, options)
    this.exitCode = exitCode
  }
}

/** The command was called wrongly. */
export const misuse = (message: string): CommandError => new CommandError(EXIT.misuse, message)

/** A file cannot be read, or is not what it should be. */
export const unreadable = (message: string, cause?: unknown): CommandError =>
  new CommandError(EXIT.unreadable, message, { cause })
