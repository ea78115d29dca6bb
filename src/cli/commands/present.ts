import type { Command } from 'commander'
import type { JsonObject } from '../../core/json.js'
import { readInput } from '../../formats/read.js'
import { PRESENTATION_FORMATS } from '../../formats/sign.js'
import { createPresentation, type PresentationOptions } from '../../wallet/present.js'
import { misuse, unreadable } from '../exit.js'
import { credentialText, deliver, listInputs, readInputFile } from '../files.js'
import { type KeyOptions, openSigner } from '../keys.js'
import { shown, type Terminal } from '../terminal.js'

interface PresentOptions extends KeyOptions {
  readonly challenge: string
  readonly audience: string
  readonly format?: string
  readonly out?: string
}

const readCredential = async (path: string, terminal: Terminal): Promise<JsonObject | string> => {
  const bytes = await readInputFile(path, terminal)
  const read = readInput(bytes)
  if (!read.ok || read.input.kind !== 'credential')
    throw unreadable(`${shown(path)} holds no credential${read.ok ? '' : `: ${read.code}`}`)
  const text = new TextDecoder().decode(bytes).trim()
  return text.startsWith('{') ? JSON.parse(text) : text
}

const FORMATS = Object.keys(PRESENTATION_FORMATS) as readonly (keyof typeof PRESENTATION_FORMATS)[]

const formatOf = (name: string | undefined): Pick<PresentationOptions, 'format'> => {
  if (name === undefined) return {}
  const format = FORMATS.find((known) => known === name)
  if (format) return { format }
  throw misuse(`--format must be one of ${FORMATS.join(', ')}`)
}

const present = async (paths: readonly string[], options: PresentOptions, terminal: Terminal): Promise<void> => {
  const format = formatOf(options.format)
  const files = await listInputs(paths)
  const credentials: (JsonObject | string)[] = []
  for (const path of files) credentials.push(await readCredential(path, terminal))
  const { did, signer } = await openSigner(options, terminal)
  const { challenge, audience } = options
  const presentation = await createPresentation({ credentials, holder: did, signer, challenge, audience, ...format })
  await deliver(terminal, credentialText(presentation), options.out)
}

/** `present`: the holder's signature over credentials. */
export const addPresent = (program: Command, terminal: Terminal): void => {
  program
    .command('present <credential...>')
    .description('Present credentials to one verifier, as their holder')
    .requiredOption('--key <file>', 'the holder’s key file')
    .option('--passphrase-file <file>', 'read the passphrase from its first line instead of asking')
    .requiredOption('--challenge <text>', 'the verifier’s challenge')
    .requiredOption('--audience <id>', 'the verifier’s own identifier')
    .option('--format <format>', `${FORMATS.join(', ')}; by default what suits the key`)
    .option('--out <file>', 'where to put the presentation')
    .action((paths: string[], options: PresentOptions) => present(paths, options, terminal))
}
