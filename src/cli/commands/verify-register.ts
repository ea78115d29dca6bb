import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import { openLibsqlStore } from '../../adapters/libsql/libsql-store.js'
import { PassportError } from '../../core/errors.js'
import { CommandError, EXIT, unreadable } from '../exit.js'
import { pretty } from '../files.js'
import { shown, type Terminal } from '../terminal.js'

interface VerifyRegisterOptions {
  readonly store: string
  readonly json?: boolean
}

const check = async (path: string): Promise<number> => {
  const store = await openLibsqlStore({ path })
  try {
    return await store.verify()
  } finally {
    await store.close()
  }
}

const verifyRegister = async (options: VerifyRegisterOptions, terminal: Terminal): Promise<void> => {
  // Opening would make an empty store, and an empty register is whole.
  if (!existsSync(options.store)) throw unreadable(`There is no ${shown(options.store)}`)
  try {
    const events = await check(options.store)
    terminal.write(
      options.json ? pretty({ whole: true, events }) : `The register is whole: ${events} events, every seal holds`,
    )
  } catch (error) {
    if (!(error instanceof PassportError) || error.code !== 'store.corrupt') throw error
    if (options.json) terminal.write(pretty({ whole: false, code: error.code, message: error.message }))
    throw new CommandError(EXIT.rejected, `${error.code}: ${error.message}`, { cause: error })
  }
}

/** `verify-register`: whether anybody changed the issuer's own records. */
export const addVerifyRegister = (program: Command, terminal: Terminal): void => {
  program
    .command('verify-register')
    .description('Check that no entry of the issuer’s register was changed, removed, inserted or cut off')
    .requiredOption('--store <file>', 'the store')
    .option('--json', 'as JSON')
    .action((options: VerifyRegisterOptions) => verifyRegister(options, terminal))
}
