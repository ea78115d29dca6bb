import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import type { Command } from 'commander'
import { type CredentialFile, openCredentialFile } from '../../adapters/file/credential-file.js'
import { createWorkers } from '../../adapters/workers/worker-pool.js'
import { type BatchMap, parseBatchMap } from '../../bulk/csv/batch-map.js'
import { readCsv } from '../../bulk/csv/read-csv.js'
import { type BatchIssuer, type IssueBatchOptions, issueBatch } from '../../bulk/issue-batch.js'
import type { BatchProgress } from '../../bulk/rows.js'
import { PassportError } from '../../core/errors.js'
import { type CredentialTypeName, findRow } from '../../credentials/rows.js'
import type { IssuingFormat } from '../../formats/sign.js'
import type { Workers } from '../../ports/workers.js'
import { openBatchReport } from '../batch-report.js'
import { CommandError, EXIT, misuse, unreadable } from '../exit.js'
import { pretty, readJsonFile } from '../files.js'
import { openBatchIssuer } from '../open-batch-issuer.js'
import type { IssuerFileOptions } from '../open-issuer.js'
import { REGISTER_ANCHOR } from '../register-anchor.js'
import { shown, type Terminal } from '../terminal.js'

interface IssueBatchCommandOptions extends IssuerFileOptions {
  readonly csv: string
  readonly map: string
  readonly out?: string
  readonly format?: string
  readonly workers?: string
  readonly dryRun?: boolean
  readonly report?: string
  readonly resumeAfter: string
  readonly json?: boolean
}

const wholeNumber = (text: string, option: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw misuse(`${option} must be a whole number`)
  return Number(text)
}

const bytesIn = async (path: string): Promise<number> => {
  const found = await stat(path).catch((cause) => {
    throw unreadable(`Cannot read ${shown(path)}`, cause)
  })
  return found.size
}

// Below this, starting threads takes longer than they save.
const WORTH_THREADS = 500_000

const openWorkers = (wanted: string | undefined, bytes: number): Workers | undefined => {
  const sensible = bytes < WORTH_THREADS ? 0 : availableParallelism()
  const count = wanted === undefined ? sensible : wholeNumber(wanted, '--workers')
  return count === 0 ? undefined : createWorkers(count)
}

const PERCENT = 100

/** The file, in chunks, with the bar moved on as they are read. */
async function* readFile(path: string, bytes: number, onPercent: (steps: number) => void): AsyncGenerator<Uint8Array> {
  let read = 0
  let percent = 0
  for await (const chunk of createReadStream(path, { highWaterMark: 131_072 })) {
    yield chunk
    read += chunk.length
    const now = Math.floor((read / Math.max(bytes, 1)) * PERCENT)
    if (now > percent) onPercent(now - percent)
    percent = now
  }
}

const summaryOf = (progress: BatchProgress): string => {
  const { rows, issued, sound, alreadyIssued, inProgress, refused, failed } = progress
  const parts = Object.entries({
    issued,
    sound,
    'issued before': alreadyIssued,
    'in progress elsewhere': inProgress,
    refused,
    failed,
  })
  const said = parts.filter(([, count]) => count > 0).map(([name, count]) => `${count} ${name}`)
  return `${rows} ${rows === 1 ? 'row' : 'rows'}: ${said.join(', ') || 'nothing to do'}`
}

const NOTHING: BatchProgress = { rows: 0, issued: 0, sound: 0, alreadyIssued: 0, inProgress: 0, refused: 0, failed: 0 }

interface Job {
  readonly type: CredentialTypeName
  readonly map: BatchMap
  readonly bytes: number
  readonly issuer: BatchIssuer
  readonly outbox?: CredentialFile
  readonly workers?: Workers
}

const optionsOf = ({ type, outbox, workers }: Job, options: IssueBatchCommandOptions): IssueBatchOptions => ({
  type,
  dryRun: options.dryRun ?? false,
  resumeOlderThanSeconds: wholeNumber(options.resumeAfter, '--resume-after'),
  ...(outbox ? { outbox } : {}),
  ...(workers ? { workers } : {}),
})

// A second signal ends the process; what it cuts off, the next run resumes.
const stopOnSignal = (): { readonly signal: AbortSignal; release(): void } => {
  const controller = new AbortController()
  const stop = () => controller.abort(new CommandError(EXIT.stopped, 'Stopped. Run it again to go on'))
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, stop)
  const release = () => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.off(name, stop)
  }
  return { signal: controller.signal, release }
}

const asCommandError = (error: unknown): unknown =>
  error instanceof PassportError && error.code.startsWith('import.')
    ? new CommandError(EXIT.badData, `${error.code}: ${shown(error.message)}`, { cause: error })
    : error

const runJob = async (job: Job, options: IssueBatchCommandOptions, terminal: Terminal): Promise<BatchProgress> => {
  const report = await openBatchReport(terminal, options.report)
  const bar = terminal.startProgress(options.dryRun ? 'Looked at' : 'Issued', PERCENT)
  const { signal, release } = stopOnSignal()
  let progress = NOTHING
  const onPercent = (steps: number) => bar.advance(steps, summaryOf(progress))
  const onProgress = (now: BatchProgress) => {
    progress = now
  }
  // Formats are looked at by the issuer.
  const issuer = { ...job.issuer, ...(options.format ? { format: options.format as IssuingFormat } : {}) }
  try {
    const { map, rows } = await readCsv(job.type, job.map, readFile(options.csv, job.bytes, onPercent))
    const run = { ...optionsOf(job, options), map, signal, onProgress }
    for await (const result of issueBatch(issuer, rows, run)) await report.add(result)
    return progress
  } catch (error) {
    throw asCommandError(error)
  } finally {
    release()
    bar.done()
    await report.done()
    terminal.note(summaryOf(progress))
  }
}

const openOutbox = (options: IssueBatchCommandOptions): Promise<CredentialFile> | undefined => {
  if (options.dryRun) return undefined
  if (options.out === undefined) throw misuse('Give --out <file>, where the credentials are to be put, or --dry-run')
  return openCredentialFile(options.out)
}

const issueAll = async (
  name: string,
  options: IssueBatchCommandOptions,
  terminal: Terminal,
): Promise<BatchProgress> => {
  const row = findRow(name)
  if (!row) throw misuse(`There is no type ${shown(name)}; see: staff-passport types`)
  const map = parseBatchMap(await readJsonFile(options.map, terminal))
  const bytes = await bytesIn(options.csv)
  const opened: { close(): Promise<void> }[] = []
  const kept = <T extends { close(): Promise<void> }>(one: T): T => {
    opened.unshift(one)
    return one
  }
  try {
    const outbox = await openOutbox(options)
    if (outbox) opened.unshift(outbox)
    const { issuer } = kept(await openBatchIssuer(options, options.dryRun ?? false, terminal))
    const workers = openWorkers(options.workers, bytes)
    const used = { ...(outbox ? { outbox } : {}), ...(workers ? { workers: kept(workers) } : {}) }
    return await runJob({ type: row.type as CredentialTypeName, map, bytes, issuer, ...used }, options, terminal)
  } finally {
    for (const one of opened) await one.close()
  }
}

const isWhole = ({ refused, failed, inProgress }: BatchProgress): boolean => refused + failed + inProgress === 0

const HELP = `
Run it again after a crash, or with a longer file: rows that have a credential are not issued twice.

Exit codes:
  0   every row has its credential, or would get one
  64  the command or the map is wrong
  65  rows were refused or failed, or the file cannot be read to its end; the other rows are done
  66  a file could not be read or written
  69  the world failed: a store, a key, a thread
  75  stopped by a signal; run it again to go on`

/** `issue-batch`: one credential for each row of a CSV file. */
export const addIssueBatch = (program: Command, terminal: Terminal): void => {
  program
    .command('issue-batch <type>')
    .description('Issue a credential for every row of a CSV file')
    .requiredOption('--csv <file>', 'the rows, with a heading')
    .requiredOption('--map <file>', 'JSON that says which column becomes which claim')
    .requiredOption('--key <file>', 'the issuer’s key file')
    .option('--passphrase-file <file>', 'read the passphrase from its first line instead of asking')
    .option('--out <file>', 'where to put the credentials, one JSON object a line; an earlier run’s is continued')
    .option('--store <file>', 'the register and status lists, kept in one file')
    .option(...REGISTER_ANCHOR)
    .option('--status-url <https base>', 'where the status lists will be published; remembered in the store')
    .option('--name <name>', 'the issuing organisation’s name')
    .option('--ods <code>', 'the issuing organisation’s ODS code')
    .option('--format <format>', 'how to secure them; by default what suits the key')
    .option('--dry-run', 'say of every row what would come of it, and issue nothing')
    .option('--report <file>', 'write what came of every row, as CSV, without anybody’s data')
    .option('--workers <count>', 'threads; 0 for none. By default as many as processors, for a file worth it')
    .option('--resume-after <seconds>', 'where others issue from the store: how old a cut-off issuance must be', '0')
    .option('--json', 'print the summary as JSON')
    .addHelpText('after', HELP)
    .action(async (type: string, options: IssueBatchCommandOptions, command: Command) => {
      const progress = await issueAll(type, options, terminal)
      if (options.json) terminal.write(pretty(progress))
      command.setOptionValue('exitCode', isWhole(progress) ? EXIT.accepted : EXIT.badData)
    })
}
