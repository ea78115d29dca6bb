import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import { openLibsqlStore } from '../../adapters/libsql/libsql-store.js'
import { ERROR_CODES, type ErrorCode } from '../../core/codes.js'
import { PassportError } from '../../core/errors.js'
import { CommandError, EXIT, misuse, unreadable } from '../exit.js'
import { pretty } from '../files.js'
import { openRegisterAnchor, REGISTER_ANCHOR, registerAnchorPath } from '../register-anchor.js'
import { shown, type Terminal } from '../terminal.js'

interface VerifyRegisterOptions {
  readonly store: string
  readonly key?: string
  readonly registerAnchor?: string
  readonly repair?: boolean
  readonly accept?: boolean
  readonly json?: boolean
}

async function verifyRegister(options: VerifyRegisterOptions, terminal: Terminal): Promise<void> {
  // Opening would make an empty store, and an empty register is whole.
  if (!existsSync(options.store)) throw unreadable(`There is no ${shown(options.store)}`)
  if (options.repair && options.accept) throw misuse('Give --accept first, and --repair when that is done')
  const anchored = options.accept || existsSync(registerAnchorPath(options))
  if (!anchored && options.registerAnchor !== undefined)
    throw unreadable(`There is no ${shown(options.registerAnchor)}`)
  try {
    const events = await check(options, anchored ?? false, terminal)
    terminal.write(options.json ? pretty({ whole: true, events, anchored }) : `${done(options)}: ${events} events`)
    if (!anchored) terminal.note(NOT_ANCHORED)
  } catch (error) {
    throw options.accept ? error : asVerdict(error, options, terminal)
  }
}

const NOT_ANCHORED =
  'Note: no anchor was compared, so an older copy of the store would not be noticed; name it with --key or --register-anchor'

function done({ repair, accept }: VerifyRegisterOptions): string {
  if (repair) return 'The tables are made anew from the register, which is whole'
  return accept
    ? 'The store is anchored as it is. Revoke again what was revoked since, and publish the status lists'
    : 'The register is whole, every seal holds, and the tables say what it says'
}

async function check(options: VerifyRegisterOptions, anchored: boolean, terminal: Terminal): Promise<number> {
  const anchor = anchored ? { anchor: await openRegisterAnchor(options, terminal) } : {}
  const accept = options.accept ? { acceptStore: true } : {}
  const store = await openLibsqlStore({ path: options.store, ...anchor, ...accept })
  try {
    return await (options.repair ? store.repair() : store.verify())
  } finally {
    await store.close()
  }
}

const VERDICTS: readonly ErrorCode[] = [
  'store.corrupt',
  'store.tablesDisagree',
  'store.rolledBack',
  'store.anchorMismatch',
]

function asVerdict(error: unknown, options: VerifyRegisterOptions, terminal: Terminal): unknown {
  if (!(error instanceof PassportError) || !VERDICTS.includes(error.code)) return error
  const { code, message } = error
  if (options.json) terminal.write(pretty({ whole: false, code, message }))
  return new CommandError(EXIT.rejected, `${code}: ${message}. ${ERROR_CODES[code].mend}`, { cause: error })
}

/** `verify-register`: whether anybody changed the issuer's own records. */
export const addVerifyRegister = (program: Command, terminal: Terminal): void => {
  program
    .command('verify-register')
    .description('Check that nothing of the issuer’s register was changed, removed, inserted, cut off or put back')
    .requiredOption('--store <file>', 'the store')
    .option('--key <file>', 'the issuer’s key file, beside which the anchor is; it is not opened')
    .option(...REGISTER_ANCHOR)
    .option('--repair', 'make the tables that were drawn from the register anew, if the register is whole')
    .option('--accept', 'go on from this copy, knowing that what was issued and revoked since is forgotten')
    .option('--json', 'as JSON')
    .action((options: VerifyRegisterOptions) => verifyRegister(options, terminal))
}
