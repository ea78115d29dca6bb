import { Command, CommanderError } from 'commander'
import { ERROR_CODES } from '../core/codes.js'
import { PassportError } from '../core/errors.js'
import { addCatalogue } from './commands/catalogue.js'
import { addCheckAdapter } from './commands/check-adapter.js'
import { addCheckApi } from './commands/check-api.js'
import { addDemo } from './commands/demo.js'
import { addDid } from './commands/did.js'
import { addInspect } from './commands/inspect.js'
import { addIssue } from './commands/issue.js'
import { addIssueBatch } from './commands/issue-batch.js'
import { addKeygen } from './commands/keygen.js'
import { addPresent } from './commands/present.js'
import { addServe } from './commands/serve.js'
import { addStatus } from './commands/status.js'
import { addTrust } from './commands/trust.js'
import { addVerify } from './commands/verify.js'
import { addVerifyRegister } from './commands/verify-register.js'
import { CommandError, EXIT } from './exit.js'
import { shown, type Terminal } from './terminal.js'
import { SOFTWARE } from './version.js'

const COMMANDS = [
  addKeygen,
  addDid,
  addCatalogue,
  addTrust,
  addIssue,
  addIssueBatch,
  addStatus,
  addPresent,
  addVerify,
  addVerifyRegister,
  addInspect,
  addServe,
  addCheckAdapter,
  addCheckApi,
  addDemo,
] as const

const createProgram = (terminal: Terminal): Command => {
  const program = new Command('staff-passport')
    .description('Issue, hold, present and verify NHS staff credentials')
    .version(SOFTWARE)
    .showHelpAfterError('(add --help for the options)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.write(text.trimEnd()),
      writeErr: (text) => terminal.note(text.trimEnd()),
    })
  for (const add of COMMANDS) add(program, terminal)
  return program
}

const HELP_CODES: readonly string[] = ['commander.helpDisplayed', 'commander.version', 'commander.help']

// A disk that is full, a file that is not ours: the system's own errors name their call.
const isOfTheSystem = (error: unknown): boolean => error instanceof Error && 'syscall' in error && 'errno' in error

const exitCodeOf = (error: unknown, terminal: Terminal): number => {
  if (error instanceof CommanderError)
    return HELP_CODES.includes(error.code) && error.exitCode === 0 ? EXIT.accepted : EXIT.misuse
  const message = error instanceof Error ? error.message : 'Something went wrong'
  if (error instanceof CommandError) {
    terminal.note(terminal.colours.red(message))
    return error.exitCode
  }
  if (error instanceof PassportError) {
    terminal.note(terminal.colours.red(`${error.code}: ${shown(message)}. ${ERROR_CODES[error.code].mend}`))
    return EXIT.worldFailed
  }
  if (isOfTheSystem(error)) {
    terminal.note(terminal.colours.red(`The system refused: ${shown(message)}`))
    return EXIT.worldFailed
  }
  if (error instanceof TypeError) {
    terminal.note(terminal.colours.red(shown(message)))
    return EXIT.misuse
  }
  throw error
}

/** Runs one command line. Returns its exit code; see the table in the documentation. */
export const run = async (commandLine: readonly string[], terminal: Terminal): Promise<number> => {
  try {
    let exitCode: number = EXIT.accepted
    const program = createProgram(terminal)
    program.hook('postAction', (_, command) => {
      exitCode = (command.getOptionValue('exitCode') as number | undefined) ?? EXIT.accepted
    })
    await program.parseAsync([...commandLine], { from: 'user' })
    return exitCode
  } catch (error) {
    return exitCodeOf(error, terminal)
  }
}
