import type { Command } from 'commander'
import { formatDateTime } from '../../codec/date-time.js'
import { asJsonObject, isJsonObject, type Json, type JsonObject } from '../../core/json.js'
import { ISSUER_ROLES } from '../../credentials/define.js'
import { openTrustList } from '../../trust/open.js'
import { signTrustList } from '../../trust/sign.js'
import { parseTrustList, type TrustList } from '../../trust/trust-list.js'
import { readAnchor } from '../anchor.js'
import { misuse, unreadable } from '../exit.js'
import { deliver, pretty, readJsonFile, readTextFile, writeFileWhole } from '../files.js'
import { type KeyOptions, openSigner } from '../keys.js'
import { table } from '../table.js'
import { shown, type Terminal } from '../terminal.js'

const DAY = 86_400_000

const asList = (json: Json, path: string): TrustList => {
  const parsed = parseTrustList(json)
  if (parsed.ok) return parsed.list
  const faults = parsed.faults.map((fault) => `${fault.path || '(the whole)'}: ${fault.code}`).join('\n  ')
  throw unreadable(`${shown(path)} is not a trust list:\n  ${faults}`)
}

const wholeDays = (text: string): number => {
  const days = Number(text)
  if (!Number.isInteger(days) || days < 1) throw misuse('--days must be a whole number of days')
  return days
}

const initialise = async (options: { name: string; out: string; days: string }): Promise<void> => {
  const days = wholeDays(options.days)
  const now = Date.now()
  const list = {
    version: 1,
    name: options.name,
    issuedAt: formatDateTime(now),
    expiresAt: formatDateTime(now + days * DAY),
    organisations: [],
  }
  await writeFileWhole(options.out, `${pretty(list)}\n`, { isNew: true })
}

interface AddOptions {
  readonly id: string
  readonly name: string
  readonly ods?: string
  readonly role: readonly string[]
  readonly issuer: readonly string[]
  readonly mayIssue: readonly string[]
  readonly key: readonly string[]
  readonly opened?: string
  readonly closed?: string
  readonly successor: readonly string[]
  readonly from?: string
}

// What keygen prints holds the public key under its own name; a bare JWK is taken as it is.
const publicKeyOf = (file: JsonObject, path: string): { id: Json; publicKeyJwk: Json } => {
  const publicKeyJwk = file.publicKeyJwk ?? file
  const id = file.keyId ?? (isJsonObject(publicKeyJwk) ? publicKeyJwk.kid : undefined)
  if (id === undefined) throw unreadable(`${shown(path)} holds no keyId; give what keygen printed`)
  if (isJsonObject(publicKeyJwk) && 'd' in publicKeyJwk)
    throw misuse(`${shown(path)} holds a private key; never list one`)
  return { id, publicKeyJwk }
}

const organisationOf = async (options: AddOptions, terminal: Terminal): Promise<JsonObject> => {
  const validFrom = options.from ?? formatDateTime(Date.now())
  const keys = await Promise.all(
    options.key.map(async (path) => ({ ...publicKeyOf(await readJsonFile(path, terminal), path), validFrom })),
  )
  return {
    id: options.id,
    name: options.name,
    ...(options.ods ? { odsCode: options.ods } : {}),
    ...(options.opened ? { opened: options.opened } : {}),
    ...(options.closed ? { closed: options.closed } : {}),
    ...(options.successor.length > 0 ? { successors: options.successor } : {}),
    roles: options.role,
    issuers: options.issuer,
    ...(keys.length > 0 ? { keys } : {}),
    mayIssue: options.mayIssue.map((type) => ({ type })),
  }
}

const add = async (path: string, options: AddOptions, terminal: Terminal): Promise<void> => {
  const list = asList(await readJsonFile(path, terminal), path)
  const organisation = await organisationOf(options, terminal)
  const others = list.organisations.filter(({ id }) => id !== options.id)
  const next = asJsonObject({ ...list, organisations: [...others, organisation] })
  asList(next, 'The list with this organisation')
  await writeFileWhole(path, `${pretty(next)}\n`)
  terminal.note(
    `${shown(options.name)} is ${others.length < list.organisations.length ? 'replaced' : 'added'}; now sign the list`,
  )
}

const show = async (
  path: string,
  options: { trustAnchor?: string; json?: boolean },
  terminal: Terminal,
): Promise<void> => {
  const list = await openForShow(path, options.trustAnchor, terminal)
  if (options.json) return terminal.write(pretty(list))
  terminal.write(`${shown(list.name)}, version ${list.version}, from ${list.issuedAt} until ${list.expiresAt}`)
  const rows = list.organisations.map((organisation) => [
    organisation.id,
    organisation.name,
    organisation.odsCode ?? '',
    organisation.roles.join(', '),
    organisation.mayIssue.map(({ type }) => type).join(', '),
    organisation.issuers.join(', '),
  ])
  terminal.write(table(terminal, ['Id', 'Organisation', 'ODS', 'Roles', 'May issue', 'Issuers'], rows))
}

const openForShow = async (path: string, anchor: string | undefined, terminal: Terminal): Promise<TrustList> => {
  const text = (await readTextFile(path, terminal)).trim()
  if (text.startsWith('{')) {
    terminal.note('This list is not signed')
    return asList(JSON.parse(text), path)
  }
  if (anchor === undefined) throw misuse('This list is signed; give --trust-anchor to check who signed it')
  const opened = await openTrustList(text, await readAnchor(anchor, terminal))
  if (!opened.ok) throw unreadable(`${shown(path)} cannot be trusted: ${opened.code}`)
  terminal.note(`Signed by the anchor (key ${opened.anchorThumbprint})`)
  return opened.list
}

interface SignOptions extends KeyOptions {
  readonly out?: string
  readonly days?: string
}

/** The list as it is signed now: dated now, and, where asked, good for so many days more. */
const dated = (list: TrustList, days: string | undefined): TrustList => {
  const now = Date.now()
  const expiresAt = days === undefined ? list.expiresAt : formatDateTime(now + wholeDays(days) * DAY)
  return { ...list, issuedAt: formatDateTime(now), expiresAt }
}

const sign = async (path: string, options: SignOptions, terminal: Terminal): Promise<void> => {
  const list = dated(asList(await readJsonFile(path, terminal), path), options.days)
  const { signer } = await openSigner(options, terminal)
  const signed = await signTrustList(list, signer)
  await deliver(terminal, signed, options.out)
  // The next signing must not reuse a version that somebody may already have seen.
  await writeFileWhole(path, `${pretty({ ...list, version: list.version + 1 })}\n`)
  terminal.note(
    `Signed as version ${list.version}; ${shown(path)} now stands at ${list.version + 1}. The anchor is ${signer.keyId.split('#')[0]}`,
  )
}

const collect = (value: string, previous: readonly string[]): readonly string[] => [...previous, value]

const addAddCommand = (trust: Command, terminal: Terminal): void => {
  trust
    .command('add <list>')
    .description('Add an organisation to an unsigned list, or replace the one of the same id')
    .requiredOption('--id <id>', 'a short name of its own within the list, such as northfield')
    .requiredOption('--name <name>', 'the organisation’s name')
    .option('--ods <code>', 'its ODS code')
    .requiredOption('--role <role>', `${ISSUER_ROLES.join(', ')}; repeatable`, collect, [])
    .requiredOption('--issuer <did>', 'a DID or https identifier it issues under; repeatable', collect, [])
    .requiredOption('--may-issue <type>', 'a credential type, or * for all its roles allow; repeatable', collect, [])
    .option('--key <file>', 'what keygen printed, to be used without resolving the DID; repeatable', collect, [])
    .option('--from <time>', 'when its keys came into use (default: now)')
    .option('--opened <date>', 'when it opened')
    .option('--closed <date>', 'when it closed')
    .option('--successor <id>', 'the id of an organisation that succeeded it; repeatable', collect, [])
    .action((path: string, options: AddOptions) => add(path, options, terminal))
}

/** `trust`: make, change, show and sign a trust list. */
export const addTrust = (program: Command, terminal: Terminal): void => {
  const trust = program.command('trust').description('Make, change, show and sign a trust list')
  trust
    .command('init')
    .description('Start an empty list')
    .requiredOption('--name <name>', 'who keeps it')
    .requiredOption('--out <file>', 'where to put it; must not exist')
    .option('--days <number>', 'days until it expires', '90')
    .action((options) => initialise(options))
  addAddCommand(trust, terminal)
  trust
    .command('show <list>')
    .description('Show a list, signed or not')
    .option('--trust-anchor <did or file>', 'whose signature to expect')
    .option('--json', 'as JSON')
    .action((path: string, options) => show(path, options, terminal))
  trust
    .command('sign <list>')
    .description('Sign a list with the anchor’s key; raises the version for next time')
    .requiredOption('--key <file>', 'the anchor’s key file')
    .option('--passphrase-file <file>', 'read the passphrase from its first line instead of asking')
    .option('--days <number>', 'let it expire so many days from now, instead of when it says')
    .option('--out <file>', 'where to put the signed list')
    .action((path: string, options: SignOptions) => sign(path, options, terminal))
}
