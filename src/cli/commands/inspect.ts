import type { Command } from 'commander'
import { readInput } from '../../formats/read.js'
import { CommandError, EXIT } from '../exit.js'
import { pretty, readInputFile } from '../files.js'
import { shown, type Terminal } from '../terminal.js'

const WARNING = 'NOT VERIFIED. This only decodes what the file says of itself; anybody can write anything into a file.'

const inspect = async (path: string, options: { readonly json?: boolean }, terminal: Terminal): Promise<void> => {
  const read = readInput(await readInputFile(path, terminal))
  if (!read.ok) {
    if (options.json) terminal.write(pretty({ verified: false, readable: false, code: read.code, faults: read.faults }))
    throw new CommandError(EXIT.rejected, `This cannot be read as a credential or presentation: ${read.code}`)
  }
  const { kind, format, sha256, document } = read.input
  if (options.json) return terminal.write(pretty({ verified: false, kind, format, sha256, document }))
  terminal.write(terminal.colours.bold(terminal.colours.yellow(WARNING)))
  terminal.write(`A ${kind} in the format ${format}, SHA-256 ${sha256}\n`)
  terminal.write(pretty(document).split('\n').map(shown).join('\n'))
}

/** `inspect`: decode, and say plainly that nothing was verified. */
export const addInspect = (program: Command, terminal: Terminal): void => {
  program
    .command('inspect <file>')
    .description('Decode a credential or presentation without verifying anything')
    .option('--json', 'as JSON')
    .action((path: string, options) => inspect(path, options, terminal))
}
