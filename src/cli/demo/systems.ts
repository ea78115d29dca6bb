import { randomBytes } from 'node:crypto'
import { createGuardedRequest } from '#runtime'
import { createRecruitmentSystemClient } from '../../adapters/dsp-api/create-system-client.js'
import { createEsrClient } from '../../adapters/esr/rest/create-esr-client.js'
import { createMemoryStore } from '../../adapters/memory/memory-store.js'
import { createSystemApi } from '../../http/systems/create-system-api.js'
import type { ConnectedPassport } from '../../patterns/connections/connection.js'
import { createConnections } from '../../patterns/connections/create-connections.js'
import { createInbound } from '../../patterns/inbound/create-inbound.js'
import { createLedger, type Ledger } from '../../patterns/ledger.js'
import { recordsOf } from '../../patterns/records-of.js'
import { BRITISH_STATUS } from '../../systems/recruitment-system.js'
import { listenWith } from '../../testing/simulators/loopback.js'
import { simulateEsr } from '../../testing/simulators/systems/esr/simulate-esr.js'
import { simulateTrac } from '../../testing/simulators/systems/trac.js'
import type { AcceptedPresentation } from '../../verifier/result.js'
import { table } from '../table.js'
import type { Terminal } from '../terminal.js'
import { assuranceOf, type World } from './world.js'

const HR = { role: 'HR adviser' }
const ODS = 'RZ2'
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

/** Southmere’s Trac behind its interface, with an application on which recruiters did everything but one thing. */
const openTrac = async ({ firstName, lastName, birthDate }: ConnectedPassport) => {
  const { system, recruiters } = simulateTrac()
  recruiters.switchIntegration(true)
  const stage = 'Offer: Conditional'
  const id = recruiters.apply({ firstName, lastName, birthDate, jobRole: 'Specialty doctor', stage })
  recruiters.chooseDbsLevel(id, 'Enhanced')
  recruiters.setImmigrationStatus(id, BRITISH_STATUS)
  recruiters.pressPermitCheck(id)
  const organisation = ODS
  const client = { clientId: 'portal', clientSecret: randomBytes(24).toString('base64url') }
  const clients = [{ ...client, organisations: [organisation] }]
  const api = createSystemApi({ organisations: { [organisation]: system }, clients, tokenKey: randomBytes(32) })
  const { origin, close } = await listenWith(api)
  const send = createGuardedRequest({ allowHosts: [origin] })
  const { name, capabilities } = system
  const access = { url: origin, ...client, organisation, send }
  return { system: createRecruitmentSystemClient(access, { name, capabilities }), recruiters, close }
}

/** Connects, is told what is missing, and connects again once it is there. */
const connectToTrac = async (passport: ConnectedPassport, ledger: Ledger, terminal: Terminal): Promise<boolean> => {
  const { system, recruiters, close } = await openTrac(passport)
  const connections = createConnections({ system, ledger, isOn })
  const [applicant] = await connections.search(passport)
  if (!applicant) return false
  const first = await connections.connect(passport, applicant.id, HR)
  recruiters.pressIdCheck(applicant.id)
  await connections.disconnect(passport.id, HR)
  const second = await connections.connect(passport, applicant.id, HR)
  await close()
  const rows = second.items.map(({ type, state, reason }) => {
    const before = first.items.find((item) => item.type === type)
    return [type, before?.remedy ?? before?.state ?? '', reason === 'alreadyThere' ? 'there already' : state]
  })
  terminal.write(table(terminal, ['To Trac', 'At first', 'After that, connected again'], rows))
  return second.items.every(({ state, reason }) => state === 'sent' || reason === 'alreadyThere')
}

const sendToEsr = async (
  { southmere }: World,
  shown: AcceptedPresentation,
  { id, firstName, lastName, birthDate }: ConnectedPassport,
  ledger: Ledger,
  terminal: Terminal,
): Promise<boolean> => {
  const esr = await simulateEsr([{ odsCode: ODS, vpd: '219' }])
  const names = { 'First Name': firstName, 'Last Name': lastName, 'Date of Birth': birthDate }
  esr.users(ODS).enterPerson(names, { assignment: { 'Assignment Number': '40010002' } })
  const system = createEsrClient({
    ...esr.access(ODS),
    send: createGuardedRequest({ allowHosts: [esr.origin] }),
    employer: { name: southmere.entry.name, odsCode: ODS },
    assurance: assuranceOf(southmere),
  })
  const inbound = createInbound({ system, ledger, isOn })
  await inbound.accept(id, shown, HR)
  const [person] = await inbound.candidates({ firstName, lastName, birthDate })
  if (!person) return false
  await inbound.match(id, person.id, HR)
  const { items } = await inbound.send(id, HR)
  await esr.close()
  const counted = (type: string, state: string): string =>
    String(items.filter((item) => item.type === type && item.state === state).length)
  const types = [...new Set(items.map(({ type }) => type))]
  const rows = types.map((type) => {
    const reason = items.find((item) => item.type === type && item.reason !== undefined)?.remedy ?? ''
    return [type, counted(type, 'sent'), counted(type, 'notSent'), reason]
  })
  terminal.write(`\n${table(terminal, ['To ESR', 'Sent', 'Not sent', 'Why'], rows)}`)
  return items.some(({ state }) => state === 'sent')
}

/** The new employer's HR puts what it accepted into its own systems. @returns whether all of it went as it should */
export const showSystems = async (world: World, shown: AcceptedPresentation, terminal: Terminal): Promise<boolean> => {
  const ledger = createLedger({ store: createMemoryStore().exchanges, owner: 'southmere', sealingKey: randomBytes(32) })
  const passport = passportOf(shown)
  const isConnected = await connectToTrac(passport, ledger, terminal)
  return (await sendToEsr(world, shown, passport, ledger, terminal)) && isConnected
}
