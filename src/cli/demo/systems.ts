import { randomBytes } from 'node:crypto'
import { createMemoryStore } from '../../adapters/memory/memory-store.js'
import type { ConnectedPassport } from '../../patterns/connections/connection.js'
import { createConnections } from '../../patterns/connections/create-connections.js'
import { createInbound, recordsOf } from '../../patterns/inbound.js'
import { createLedger } from '../../patterns/ledger.js'
import { BRITISH_STATUS } from '../../systems/recruitment-system.js'
import { simulateRecords } from '../../testing/simulators/systems/products.js'
import { simulateTrac } from '../../testing/simulators/systems/trac.js'
import type { AcceptedPresentation } from '../../verifier/result.js'
import { table } from '../table.js'
import type { Terminal } from '../terminal.js'

const HR = { role: 'HR adviser' }
const isOn = (): boolean => true

const passportOf = (shown: AcceptedPresentation): ConnectedPassport => {
  const claims = shown.credentials.find(({ type }) => type === 'Identity')?.claims ?? {}
  const text = (name: string): string => String(claims[name])
  return {
    id: 'passport-1',
    firstName: text('legalFirstName'),
    lastName: text('legalSurname'),
    birthDate: text('birthDate'),
    accepted: recordsOf(shown),
  }
}

/** Somebody's application, on which recruiters did everything but one thing. */
const recruit = ({ firstName, lastName, birthDate }: ConnectedPassport) => {
  const { system, recruiters } = simulateTrac()
  recruiters.switchIntegration(true)
  const id = recruiters.apply({
    firstName,
    lastName,
    birthDate,
    jobRole: 'Specialty doctor',
    stage: 'Offer: Conditional',
  })
  recruiters.chooseDbsLevel(id, 'Enhanced')
  recruiters.setImmigrationStatus(id, BRITISH_STATUS)
  recruiters.pressPermitCheck(id)
  return { system, recruiters }
}

/** The new employer's HR puts what it accepted into its own systems. @returns whether all of it went as it should */
export const showSystems = async (shown: AcceptedPresentation, terminal: Terminal): Promise<boolean> => {
  const ledger = createLedger({ store: createMemoryStore().exchanges, owner: 'southmere', sealingKey: randomBytes(32) })
  const passport = passportOf(shown)
  const { system, recruiters } = recruit(passport)
  const connections = createConnections({ system, ledger, isOn })
  const [applicant] = await connections.search(passport)
  if (!applicant) return false
  const first = await connections.connect(passport, applicant.id, HR)
  recruiters.pressIdCheck(applicant.id)
  await connections.disconnect(passport.id, HR)
  const second = await connections.connect(passport, applicant.id, HR)
  const rows = second.items.map(({ type, state, reason }) => {
    const before = first.items.find((item) => item.type === type)
    return [type, before?.remedy ?? before?.state ?? '', reason === 'alreadyThere' ? 'there already' : state]
  })
  terminal.write(table(terminal, ['To Trac', 'At first', 'After that, connected again'], rows))

  const esr = simulateRecords('ESR')
  const { firstName, lastName, birthDate } = passport
  const person = esr.users.enterPerson({ firstName, lastName, birthDate, reference: '30679710' })
  const inbound = createInbound({ system: esr.system, ledger, isOn })
  await inbound.accept(passport.id, shown, HR)
  await inbound.match(passport.id, person, HR)
  const { items } = await inbound.send(passport.id, HR)
  const sent = items.filter(({ state }) => state === 'sent').length
  terminal.write(`\nTo ESR: ${sent} records sent, ${items.length - sent} of types that it does not take.`)
  return second.items.every(({ state }) => state === 'sent' || state === 'notSent') && sent > 0
}
