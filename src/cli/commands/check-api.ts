import type { Command } from 'commander'
import { createGuardedRequest } from '#runtime'
import { createRecordSystemClient, createRecruitmentSystemClient } from '../../adapters/dsp-api/create-system-client.js'
import { isJsonObject, type JsonObject } from '../../core/json.js'
import type { SystemClientOptions } from '../../systems/call-system.js'
import type { NewRecord, SystemCapabilities, SystemPerson } from '../../systems/record-system.js'
import type { Applicant } from '../../systems/recruitment-system.js'
import type { Case } from '../../testing/contracts/case.js'
import { recordSystemContract } from '../../testing/contracts/record-system.js'
import { recruitmentSystemContract } from '../../testing/contracts/recruitment-system.js'
import { systemApiContract } from '../../testing/contracts/system-api.js'
import { checkCases } from '../check-cases.js'
import { CommandError, EXIT, misuse, unreadable } from '../exit.js'
import { readJsonFile, readTextFile } from '../files.js'
import { warnIfExposed } from '../keys.js'
import { shown, type Terminal } from '../terminal.js'

interface CheckApiOptions {
  readonly clientId: string
  readonly clientSecretFile: string
  readonly organisation: string
  readonly otherOrganisation: string
  readonly people: string
  readonly json?: boolean
}

interface Installation {
  readonly name: string
  readonly capabilities: SystemCapabilities
}

/** Who is in the test installation of a system that keeps records. */
interface RecordsFile extends Installation {
  readonly known: SystemPerson
  readonly alike: SystemPerson
  readonly newRecord?: NewRecord
}

/** Who is in the test installation of a recruitment system. */
interface RecruitmentFile extends Installation {
  readonly ready: Applicant
  readonly tooEarly: string
  readonly unprepared: string
  readonly newRecord: NewRecord
}

const PERSON = ['id', 'firstName', 'lastName', 'birthDate']

const isPerson = (value: unknown): boolean =>
  isJsonObject(value) && PERSON.every((name) => typeof (value as JsonObject)[name] === 'string')

const isRecords = ({ known, alike }: JsonObject): boolean => isPerson(known) && isPerson(alike)

const isRecruitment = ({ ready, tooEarly, unprepared, newRecord }: JsonObject): boolean =>
  isPerson(ready) && typeof tooEarly === 'string' && typeof unprepared === 'string' && isJsonObject(newRecord)

const readPeople = async (path: string, terminal: Terminal): Promise<RecordsFile | RecruitmentFile> => {
  const file = await readJsonFile(path, terminal)
  const isInstallation = typeof file.name === 'string' && isJsonObject(file.capabilities)
  if (!isInstallation || !(isRecords(file) || isRecruitment(file)))
    throw unreadable(
      `${shown(path)} must hold name, capabilities, and two people: known and alike (${PERSON.join(', ')}); or, of a recruitment system, ready (a person), tooEarly and unprepared (application ids), and newRecord`,
    )
  return file as unknown as RecordsFile | RecruitmentFile
}

const portCases = (where: SystemClientOptions, people: RecordsFile | RecruitmentFile): readonly Case[] => {
  const { name, capabilities } = people
  const close = async () => {}
  if (!('ready' in people))
    return recordSystemContract(async () => ({
      ...people,
      system: createRecordSystemClient(where, { name, capabilities }),
      close,
    }))
  return recruitmentSystemContract(async () => ({
    ...people,
    system: createRecruitmentSystemClient(where, { name, capabilities }),
    close,
  }))
}

const checkApi = async (url: string, options: CheckApiOptions, terminal: Terminal): Promise<void> => {
  if (!URL.canParse(url)) throw misuse('Give the address of the interface, such as https://lms.trust.example/dsp')
  await warnIfExposed(options.clientSecretFile, terminal)
  const clientSecret = (await readTextFile(options.clientSecretFile, terminal)).trim()
  const people = await readPeople(options.people, terminal)
  const { clientId, organisation, otherOrganisation } = options
  // The operator named it, so it may be inside.
  const send = createGuardedRequest({ allowHosts: [new URL(url).origin] })
  await send(`${url.replace(/\/$/, '')}/status`, { maximumBytes: 1_000_000 }).catch((cause) => {
    throw new CommandError(EXIT.worldFailed, `Nobody answers at ${shown(url)}`, { cause })
  })
  const where = { url: url.replace(/\/$/, ''), clientId, clientSecret, organisation, send }
  const known = 'ready' in people ? people.ready : people.known
  const cases = [...systemApiContract({ ...where, otherOrganisation, known }), ...portCases(where, people)]
  return checkCases(cases, options.json, terminal)
}

const HELP = `
The file of people says who is in the test installation: { "name", "capabilities": { "provides", "receives", "findsByName",
"findsByReference", "notifies" }, "known": { "id", "firstName", "lastName", "birthDate", "reference"? }, "alike": { … },
"newRecord"? }. The two people share a surname or a date of birth. Of a recruitment system, instead of the two: "ready": { … },
"tooEarly": "an application id", "unprepared": "another", and "newRecord". Use invented people only. See docs/digital-staff-passport-api.md.`

/** `check-api`: whether a vendor's implementation of the Digital Staff Passport API keeps its promises. */
export const addCheckApi = (program: Command, terminal: Terminal): void => {
  program
    .command('check-api <url>')
    .description('Check an implementation of the Digital Staff Passport API, and say what holds')
    .requiredOption('--client-id <id>', 'the client to be')
    .requiredOption('--client-secret-file <file>', 'read its secret from this file')
    .requiredOption('--organisation <code>', 'the organisation that it speaks for')
    .requiredOption('--other-organisation <code>', 'one that it does not speak for')
    .requiredOption('--people <file>', 'who is in the test installation (JSON)')
    .option('--json', 'as JSON')
    .addHelpText('after', HELP)
    .action((url: string, options: CheckApiOptions) => checkApi(url, options, terminal))
}
