import { randomBytes } from 'node:crypto'
import { createGuardedRequest } from '#runtime'
import { createEsrClient } from '../../adapters/esr/rest/create-esr-client.js'
import { createMemoryStore } from '../../adapters/memory/memory-store.js'
import type { CredentialTypeName } from '../../credentials/rows.js'
import type { Invitation, OfferedCredential } from '../../exchange/wallet-exchange.js'
import { createLedger } from '../../patterns/ledger.js'
import { createOutbound } from '../../patterns/outbound/create-outbound.js'
import type { RecordSystem, SystemPerson } from '../../systems/record-system.js'
import { sideBySide } from '../../systems/side-by-side.js'
import { simulateEsr } from '../../testing/simulators/systems/esr/simulate-esr.js'
import type { Wallet } from '../../wallet/create-wallet.js'
import { table } from '../table.js'
import type { Terminal } from '../terminal.js'
import { enterInEsr } from './enter-in-esr.js'
import type { Exchanges } from './exchanges.js'
import type { Draft, HrRecord } from './hr-extract.js'
import { assuranceOf, type World } from './world.js'

const HR = { role: 'HR adviser' }
const ODS = 'RZ1'

/** What ESR has a record of; all else is what Northfield’s HR checked itself. */
const FROM_ESR: readonly CredentialTypeName[] = [
  'EmploymentAssignment',
  'PersonalDetails',
  'CoreSkill',
  'ProfessionalRegistration',
  'DisclosureAndBarringService',
  'Immunisation',
]

const take = async (wallet: Wallet, { uri, transactionCode = '' }: Invitation): Promise<number> => {
  const taken = await (await wallet.openOffer(uri)).accept({ transactionCode })
  return taken.filter(({ ok }) => ok).length
}

const openEsr = async (world: World, record: HrRecord) => {
  const esr = await simulateEsr([{ odsCode: ODS, vpd: '218' }])
  enterInEsr(esr.users(ODS), record)
  const { lastRefresh: _, ...assurance } = assuranceOf(world.northfield)
  const system = createEsrClient({
    ...esr.access(ODS),
    send: createGuardedRequest({ allowHosts: [esr.origin] }),
    employer: { name: world.northfield.entry.name, odsCode: ODS, vpd: '218' },
    assurance,
    coreSkills: { employer: world.northfield.entry.name },
    registerCheck: async () => ({
      status: 'Registered with a licence to practise',
      restrictions: false,
      licenceToPractise: true,
      checkedOn: record.assignment.start,
    }),
  })
  return { esr, system }
}

const WORDS = { firstName: 'First name', lastName: 'Last name', birthDate: 'Date of birth' } as const

const showPerson = (record: HrRecord, person: SystemPerson, terminal: Terminal): void => {
  const rows = sideBySide(record, person).map(({ detail, passport, system, outcome }) => [
    WORDS[detail],
    passport,
    system,
    outcome,
  ])
  terminal.write(table(terminal, ['', 'Passport', 'ESR', ''], rows))
}

/** HR finds the doctor by the assignment number, says that it is them, and offers what ESR has. */
const offerFromEsr = async (
  world: World,
  { northfield, wallet }: Exchanges,
  { system, record, uniqueIdentifier }: { system: RecordSystem; record: HrRecord; uniqueIdentifier: string },
  terminal: Terminal,
): Promise<number> => {
  const ledger = createLedger({
    store: createMemoryStore().exchanges,
    owner: 'northfield',
    sealingKey: randomBytes(32),
  })
  const { issuer, entry } = world.northfield
  const outbound = createOutbound({
    system,
    exchange: northfield,
    issuer,
    ledger,
    route: 'viaPortal',
    employer: entry.name,
    isOn: () => true,
  })
  const [person] = await outbound.candidates({ reference: record.assignment.number })
  if (!person) return 0
  showPerson(record, person, terminal)
  await outbound.match({ passportId: 'passport-1', uniqueIdentifier }, person.id, HR)
  const { invitations } = await outbound.provide('passport-1', FROM_ESR, HR)
  const progress = terminal.startProgress('Taken by the wallet', invitations.length)
  let taken = 0
  for (const invitation of invitations) {
    taken += await take(wallet, invitation)
    progress.advance()
  }
  progress.done()
  return taken
}

/** Fills the doctor’s wallet: with what Northfield’s HR checked itself, and with what its ESR has. @returns how many of each */
export const issueFromEsr = async (
  world: World,
  exchanges: Exchanges,
  { record, drafts }: { readonly record: HrRecord; readonly drafts: readonly Draft[] },
  terminal: Terminal,
): Promise<{ readonly checked: number; readonly fromEsr: number }> => {
  const uniqueIdentifier = crypto.randomUUID()
  const checkedHere = drafts.filter(({ type }) => !FROM_ESR.some((one) => one === type))
  const credentials = checkedHere.map(({ type, claims, assurance }) => ({
    type,
    facts: { uniqueIdentifier, claims, assurance: assuranceOf(world.northfield, assurance) },
  }))
  const offer = await exchanges.northfield.offer({ credentials: credentials as unknown as OfferedCredential[] })
  const checked = await take(exchanges.wallet, offer)
  const { esr, system } = await openEsr(world, record)
  try {
    const fromEsr = await offerFromEsr(world, exchanges, { system, record, uniqueIdentifier }, terminal)
    return { checked, fromEsr }
  } finally {
    await esr.close()
  }
}
