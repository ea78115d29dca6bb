import type { Command } from 'commander'
import { createGuardedFetch } from '#runtime'
import { createFileVersionMemory } from '../../adapters/file/version-memory-file.js'
import { createVerifier, type Verifier, type VerifierOptions } from '../../verifier/create-verifier.js'
import { explain } from '../../verifier/explain.js'
import { POLICIES, type Policy, parsePolicy } from '../../verifier/policy.js'
import type { Report } from '../../verifier/report.js'
import { isStatusList } from '../../verifier/status-checker.js'
import { readAnchor } from '../anchor.js'
import { readCertificateAnchors } from '../certificate-anchors.js'
import { EXIT, misuse } from '../exit.js'
import { listInputs, pretty, readBytes, readInputFile, readJsonFile, utf8Text } from '../files.js'
import { shown, type Terminal } from '../terminal.js'
import { verdictTable } from '../verdict-table.js'

interface VerifyOptions {
  readonly trust?: string
  readonly trustAnchor?: string
  readonly policy: string
  readonly at?: string
  readonly status?: string
  readonly state?: string
  readonly certificateAnchor?: readonly string[]
  readonly challenge?: string
  readonly audience?: string
  readonly offline?: boolean
  readonly json?: boolean
}

interface Verified {
  readonly file: string
  readonly report: Report
}

const readPolicy = async (nameOrFile: string, terminal: Terminal): Promise<Policy> => {
  if (Object.hasOwn(POLICIES, nameOrFile)) return POLICIES[nameOrFile as keyof typeof POLICIES]
  if (!/[./]/.test(nameOrFile)) throw misuse(`--policy must be ${Object.keys(POLICIES).join(', ')} or a file`)
  return parsePolicy(await readJsonFile(nameOrFile, terminal))
}

// A folder of lists may hold a stray file; what is no list cannot answer for one.
async function readStatusLists(
  folder: string | undefined,
  policy: Policy,
  terminal: Terminal,
): Promise<readonly Uint8Array[]> {
  const rules = { contexts: policy.contexts, certificateChain: policy.issuerBinding === 'certificate' }
  if (folder === undefined) return []
  const lists: Uint8Array[] = []
  for (const file of await listInputs([folder])) {
    const bytes = utf8Text(await readBytes(file, terminal))
    if (bytes && isStatusList(bytes, rules)) lists.push(bytes)
    else terminal.note(`${shown(file)} is no status list, and is left out`)
  }
  return lists
}

const refuseFetch = async (): Promise<never> => {
  const { PassportError } = await import('../../core/errors.js')
  throw new PassportError('fetch.blocked', 'Fetching is switched off by --offline')
}

const readCertificates = (
  files: readonly string[] = [],
  policy: Policy,
  terminal: Terminal,
): Promise<Pick<VerifierOptions, 'certificates'>> => {
  if ((policy.issuerBinding === 'certificate') !== files.length > 0)
    throw misuse('Give --certificate-anchor <file> with a policy that knows issuers by certificate, and only then')
  return readCertificateAnchors(files, terminal)
}

const openVerifier = async (options: VerifyOptions, terminal: Terminal): Promise<Verifier> => {
  const policy = await readPolicy(options.policy, terminal)
  const needsTrust = policy.skip.issuerTrust === undefined
  if (needsTrust && (!options.trust || !options.trustAnchor))
    throw misuse('Give --trust <file> and --trust-anchor <did or file>: whom to trust has no default')
  return createVerifier({
    policy,
    ...(options.trust && options.trustAnchor
      ? {
          trustList: await readInputFile(options.trust, terminal),
          anchor: await readAnchor(options.trustAnchor, terminal),
        }
      : {}),
    fetch: options.offline ? refuseFetch : createGuardedFetch(),
    statusLists: await readStatusLists(options.status, policy, terminal),
    ...(await readCertificates(options.certificateAnchor, policy, terminal)),
    ...(options.state === undefined ? {} : { versionMemory: createFileVersionMemory(options.state) }),
  })
}

const verifyFiles = async (
  verifier: Verifier,
  files: readonly string[],
  options: VerifyOptions,
  terminal: Terminal,
): Promise<readonly Verified[]> => {
  const progress = terminal.startProgress('Verified', files.length)
  const verified: Verified[] = []
  for (const file of files) {
    const bytes = utf8Text(await readBytes(file, terminal))
    progress.advance()
    if (!bytes) {
      terminal.note(`${shown(file)} was not verified: it is not text in UTF-8; save it as UTF-8 and try again`)
      continue
    }
    const { report } = await verifier.verify(bytes, {
      ...(options.at === undefined ? {} : { at: options.at }),
      ...(options.challenge === undefined ? {} : { expectedChallenge: options.challenge }),
      ...(options.audience === undefined ? {} : { expectedAudience: options.audience }),
    })
    verified.push({ file, report })
  }
  progress.done()
  return verified
}

const exitCodeFor = (verified: readonly Verified[], files: number): number => {
  const verdicts = verified.map(({ report }) => report.verdict)
  if (verdicts.includes('rejected')) return EXIT.rejected
  if (verified.length < files) return EXIT.unreadable
  return verdicts.includes('undecided') ? EXIT.undecided : EXIT.accepted
}

const show = (verified: readonly Verified[], options: VerifyOptions, terminal: Terminal): void => {
  if (options.json) return terminal.write(pretty(verified))
  const [only] = verified
  if (verified.length === 1 && only) return terminal.write(explain(only.report).split('\n').map(shown).join('\n'))
  terminal.write(verdictTable(terminal, verified))
}

const verify = async (paths: readonly string[], options: VerifyOptions, terminal: Terminal): Promise<number> => {
  const files = await listInputs(paths)
  if (files.length === 0) throw misuse('There is nothing to verify in there')
  const verified = await verifyFiles(await openVerifier(options, terminal), files, options, terminal)
  if (verified.length > 0) show(verified, options, terminal)
  return exitCodeFor(verified, files.length)
}

const EXIT_CODES = `
Exit codes:
  0   everything was accepted
  1   something was rejected
  2   something could not be decided, and nothing was rejected
  64  the command was called wrongly (--challenge without --audience, too)
  66  a file could not be read
  69  the world failed: a store, a key, the network`

/** `verify`: the seven checks, for one file or a thousand. */
export const addVerify = (program: Command, terminal: Terminal): void => {
  program
    .command('verify <input...>')
    .description('Verify credentials and presentations: files, folders, or - for standard input')
    .option('--trust <file>', 'the signed trust list')
    .option('--trust-anchor <did or file>', 'the key of whoever keeps the list, as given to you by them')
    .option('--policy <name or file>', Object.keys(POLICIES).join(', '), 'nhs')
    .option(
      '--certificate-anchor <file...>',
      'certificates (PEM) that issuers’ must lead to, for policies such as haip',
    )
    .option('--at <time>', 'ask about a past moment, such as 2026-01-31T09:00:00Z')
    .option('--status <dir>', 'status lists to use, matched by their own id')
    .option('--state <file>', 'remember the newest lists seen, so that older ones are refused')
    .option(
      '--challenge <text>',
      'the challenge that a presentation must answer; a credential on its own is then rejected',
    )
    .option('--audience <id>', 'your own identifier, to which a presentation must be addressed')
    .option('--offline', 'fetch nothing')
    .option('--json', 'the full reports')
    .addHelpText('after', EXIT_CODES)
    .action(async (paths: string[], options: VerifyOptions, command: Command) => {
      command.setOptionValue('exitCode', await verify(paths, options, terminal))
    })
}
