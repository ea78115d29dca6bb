import type { Command } from 'commander'
import { type ClaimFault, ClaimsError } from '../../core/errors.js'
import type { JsonObject } from '../../core/json.js'
import { type CredentialTypeName, findRow } from '../../credentials/rows.js'
import { CREDENTIAL_FORMATS, type IssuingFormat } from '../../formats/sign.js'
import type { IssueRequest } from '../../issuer/issuer.js'
import { CommandError, EXIT, misuse } from '../exit.js'
import { credentialText, openForWriting, type PendingFile, pretty, readJsonFile } from '../files.js'
import { type IssuerFileOptions, openIssuer } from '../open-issuer.js'
import { REGISTER_ANCHOR } from '../register-anchor.js'
import { table } from '../table.js'
import { shown, type Terminal } from '../terminal.js'

interface IssueCommandOptions extends IssuerFileOptions {
  readonly claims: string
  readonly subject?: string
  readonly format?: string
  readonly out?: string
  readonly idempotencyKey?: string
  readonly json?: boolean
}

const FORMATS = Object.keys(CREDENTIAL_FORMATS) as readonly IssuingFormat[]

const formatOf = (name: string | undefined): { readonly format?: IssuingFormat } => {
  if (name === undefined) return {}
  const format = FORMATS.find((known) => known === name)
  if (format) return { format }
  throw misuse(`--format must be one of ${FORMATS.join(', ')}`)
}

const faultTable = (terminal: Terminal, faults: readonly ClaimFault[]): string =>
  table(
    terminal,
    ['Where', 'Code', 'What is wrong', 'What to do'],
    faults.map(({ path, code, sentence, mend }) => [path || '/', code, sentence, mend]),
  )

const asCommandError = (error: unknown, terminal: Terminal, json: boolean): unknown => {
  if (!(error instanceof ClaimsError)) return error
  if (json) terminal.write(pretty({ issued: false, code: error.code, faults: error.faults }))
  else terminal.note(faultTable(terminal, error.faults))
  const count = error.faults.length
  return new CommandError(
    EXIT.badData,
    `Nothing was issued: ${count} ${count === 1 ? 'fault' : 'faults'} in the claims`,
  )
}

const SUBJECT_NOTE = 'Note: no --subject was given, so the credential is bound to no wallet key and cannot be presented'

// Without a wallet key the credential is about the person of its unique identifier, and nobody can present it.
const subjectOf = (options: IssueCommandOptions, file: JsonObject, terminal: Terminal): string => {
  const subject = options.subject ?? file.subject
  if (typeof subject === 'string') return subject
  terminal.note(SUBJECT_NOTE)
  return `urn:uuid:${String(file.uniqueIdentifier)}`
}

const requestOf = (
  options: IssueCommandOptions,
  file: JsonObject,
  terminal: Terminal,
): IssueRequest<CredentialTypeName> => {
  const { uniqueIdentifier, assurance, claims, evidence, validFrom, validUntil } = file
  const request = { uniqueIdentifier, assurance, claims, evidence, validFrom, validUntil }
  // The issuer checks every part of what came out of a file.
  return { ...request, subject: subjectOf(options, file, terminal) } as unknown as IssueRequest<CredentialTypeName>
}

// It is issued, and its key is used: where the disk filled up meanwhile, the terminal is the only place left for it.
async function handOver(
  text: string,
  path: string | undefined,
  file: PendingFile | undefined,
  terminal: Terminal,
): Promise<void> {
  if (!file || path === undefined) return terminal.write(text)
  try {
    await file.write(`${text}\n`)
  } catch (error) {
    terminal.write(text)
    terminal.note('It could not be written, so it is printed: keep what was printed')
    throw error
  }
  terminal.note(`Written to ${shown(path)}`)
}

const issue = async (name: string, options: IssueCommandOptions, terminal: Terminal): Promise<void> => {
  const row = findRow(name)
  if (!row) throw misuse(`There is no type ${shown(name)}; see: staff-passport types`)
  const format = formatOf(options.format)
  const request = requestOf(options, await readJsonFile(options.claims, terminal), terminal)
  const out = options.out === undefined ? undefined : await openForWriting(options.out)
  const { issuer, close } = await openIssuer(options, terminal).catch(async (error) => {
    await out?.discard()
    throw error
  })
  try {
    const issued = await issuer.issue(row.type as CredentialTypeName, request, {
      ...format,
      ...(options.idempotencyKey === undefined ? {} : { idempotencyKey: options.idempotencyKey }),
    })
    if (issued.warnings.length > 0) terminal.note(faultTable(terminal, issued.warnings))
    terminal.note(`Issued ${issued.type}, ${issued.id}`)
    await handOver(credentialText(issued.credential), options.out, out, terminal)
  } catch (error) {
    await out?.discard()
    throw asCommandError(error, terminal, options.json ?? false)
  } finally {
    await close()
  }
}

/** `issue`: sign one credential. */
export const addIssue = (program: Command, terminal: Terminal): void => {
  program
    .command('issue <type>')
    .description('Issue one credential')
    .requiredOption(
      '--claims <file>',
      'JSON with uniqueIdentifier, assurance and claims; see: staff-passport example <type>',
    )
    .requiredOption('--key <file>', 'the issuer’s key file')
    .option('--passphrase-file <file>', 'read the passphrase from its first line instead of asking')
    .option('--subject <did>', 'the DID of the holder’s wallet')
    .option('--format <format>', `${FORMATS.join(', ')}; by default what suits the key`)
    .option(
      '--store <file>',
      'the register and status lists, kept in one file; without it the credential cannot be revoked',
    )
    .option(...REGISTER_ANCHOR)
    .option('--status-url <https base>', 'where the status lists will be published; remembered in the store')
    .option('--name <name>', 'the issuing organisation’s name')
    .option('--ods <code>', 'the issuing organisation’s ODS code')
    .option('--idempotency-key <key>', 'never issue twice under this key')
    .option('--out <file>', 'where to put the credential')
    .option('--json', 'print faults as JSON')
    .action((type: string, options: IssueCommandOptions) => issue(type, options, terminal))
}
