import type { Command } from 'commander'
import { createGuardedRequest } from '#runtime'
import { createRecordSystemClient } from '../../adapters/dsp-api/create-system-client.js'
import { isJsonObject, type JsonObject } from '../../core/json.js'
import type { NewRecord, SystemCapabilities, SystemPerson } from '../../systems/record-system.js'
import { recordSystemContract } from '../../testing/contracts/record-system.js'
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

/** Who is in the test installation, and what it can do. */
interface TestPeople {
  readonly name: string
  readonly capabilities: SystemCapabilities
  readonly known: SystemPerson
  readonly alike: SystemPerson
  readonly newRecord?: NewRecord
}

const PERSON = ['id', 'firstName', 'lastName', 'birthDate']

const isPerson = (value: unknown): boolean =>
  isJsonObject(value) && PERSON.every((name) => typeof (value as JsonObject)[name] === 'string')

const readPeople = async (path: string, terminal: Terminal): Promise<TestPeople> => {
  const file = await readJsonFile(path, terminal)
  const { name, capabilities, known, alike } = file
  if (typeof name !== 'string' || !isJsonObject(capabilities) || !isPerson(known) || !isPerson(alike))
    throw unreadable(
      `${shown(path)} must hold name, capabilities, and two people: known and alike (${PERSON.join(', ')})`,
    )
  return file as unknown as TestPeople
}

const checkApi = async (url: string, options: CheckApiOptions, terminal: Terminal): Promise<void> => {
  if (!URL.canParse(url)) throw misuse('Give the address of the interface, such as https://lms.trust.example/dsp')
  await warnIfExposed(options.clientSecretFile, terminal)
  const clientSecret = (await readTextFile(options.clientSecretFile, terminal)).trim()
  const { name, capabilities, known, alike, newRecord } = await readPeople(options.people, terminal)
  const { clientId, organisation, otherOrganisation } = options
  // The operator named it, so it may be inside.
  const send = createGuardedRequest({ allowHosts: [new URL(url).origin] })
  await send(`${url.replace(/\/$/, '')}/status`, { maximumBytes: 1_000_000 }).catch((cause) => {
    throw new CommandError(EXIT.worldFailed, `Nobody answers at ${shown(url)}`, { cause })
  })
  const where = { url: url.replace(/\/$/, ''), clientId, clientSecret, organisation, send }
  const open = async () => {
    const system = createRecordSystemClient(where, { name, capabilities })
    return { system, known, alike, ...(newRecord ? { newRecord } : {}), close: async () => {} }
  }
  const cases = [...systemApiContract({ ...where, otherOrganisation, known }), ...recordSystemContract(open)]
  return checkCases(cases, options.json, terminal)
}

const HELP = `
The file of people says who is in the test installation: { "name", "capabilities": { "provides", "receives", "findsByName",
"findsByReference", "notifies" }, "known": { "id", "firstName", "lastName", "birthDate", "reference"? }, "alike": { … },
"newRecord"? }. The two people share a surname or a date of birth. Use invented people only. See docs/digital-staff-passport-api.md.`

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
