import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { createEventSender } from '../../../src/adapters/dsp-api/create-event-sender.js'
import { createYotiProvider } from '../../../src/adapters/identity/yoti/create-yoti-provider.js'
import type { Invitation } from '../../../src/exchange/wallet-exchange.js'
import { type ConnectedPassport, CREDENTIALS_TO_CONNECT } from '../../../src/patterns/connections/connection.js'
import { createConnections } from '../../../src/patterns/connections/create-connections.js'
import { createDirectToWallet } from '../../../src/patterns/direct-to-wallet.js'
import { createInbound } from '../../../src/patterns/inbound/create-inbound.js'
import { createOutbound, type OutboundPattern } from '../../../src/patterns/outbound/create-outbound.js'
import type { OutboundRoute } from '../../../src/patterns/outbound/routes.js'
import { recordsOf } from '../../../src/patterns/records-of.js'
import { tellChanges } from '../../../src/patterns/tell-changes.js'
import { transferRecruited } from '../../../src/patterns/transfer-checks.js'
import type { EmploymentCheck } from '../../../src/systems/doctors-in-training.js'
import { createIdentityRecords } from '../../../src/systems/identity-records.js'
import type { RecordSystem } from '../../../src/systems/record-system.js'
import { BRITISH_STATUS } from '../../../src/systems/recruitment-system.js'
import { simulateTrainingRecruitment } from '../../../src/testing/simulators/systems/doctors-in-training.js'
import { createYotiSimulator } from '../../../src/testing/simulators/systems/identity/yoti.js'
import type { AcceptedPresentation } from '../../../src/verifier/result.js'
import { openWallet } from '../../exchange/support/world.js'
import { factsOf } from '../../systems/support.js'
import { FIRE, HR, NORTHFIELD, type Person, type Trusts } from './trusts.js'

/** What somebody does, one thing after the other: each may be done again when it failed, and then the end must be as it should. */
export interface Journey {
  readonly steps: readonly (() => Promise<unknown>)[]
  readonly end: () => Promise<void>
}

/** Makes somebody, and what they are to do. */
export type Prepare = (world: Trusts) => Promise<Journey>

const isOn = (): boolean => true

const outboundOf = (
  { a, issuer, ledgerOf }: Trusts,
  system: RecordSystem,
  route: OutboundRoute,
  owner = 'northfield',
): OutboundPattern =>
  createOutbound({ system, exchange: a.exchange, issuer, ledger: ledgerOf(owner), route, employer: NORTHFIELD, isOn })

const named = ({ firstName, lastName, birthDate }: Person) => ({ firstName, lastName, birthDate })

/** Enters somebody in trust A’s ESR, who is trained in fire safety. */
const inEsr = ({ esr }: Trusts, person: Person, odsCode = 'RZ1') => {
  const users = esr.users(odsCode)
  const id = users.enterPerson(
    { 'First Name': person.firstName, 'Last Name': person.lastName, 'Date of Birth': person.birthDate },
    {
      assignment: {
        'Assignment Number': person.number,
        'User Assignment Status': 'Active Assignment',
        'Effective Start Date': '2024-08-07',
        'Assignment Category': 'Permanent',
        'Position Name': 'Specialty Doctor',
      },
      position: { 'Job Staff Group': 'Medical and Dental', 'Job Role': 'Specialty Doctor' },
    },
  )
  const skill = users.enter(id, 'CM', {
    'Competency Type': 'PERSONAL',
    'Competency Status': 'ACHIEVED',
    'Competency Name': FIRE,
    'Date From': '2025-09-01',
    'Date To': '2027-09-01',
  })
  return { users, id, skill }
}

/** The second and third patterns: HR finds the record, says whose it is, provides; the holder takes. */
const outbound =
  (route: OutboundRoute): Prepare =>
  async (world) => {
    const person = await world.newPerson()
    inEsr(world, person)
    const before = await world.valid('CoreSkill')
    const pattern = () => outboundOf(world, world.esrOf('RZ1'), route)
    let personId = ''
    let invitations: readonly Invitation[] = []
    const { passportId, uniqueIdentifier } = person
    return {
      steps: [
        async () => {
          const found = await pattern().candidates({ reference: person.number })
          expect(found).toHaveLength(1)
          personId = found[0]?.id ?? ''
        },
        () => pattern().match({ passportId, uniqueIdentifier }, personId, HR),
        async () => {
          invitations = (await pattern().provide(passportId, ['CoreSkill'], HR)).invitations
        },
        async () => {
          for (const one of invitations) await world.take(person.wallet, one)
        },
        () => pattern().current(passportId),
      ],
      end: async () => {
        expect(await world.valid('CoreSkill')).toBe(before + 1)
        expect((await pattern().current(passportId))?.provided).toMatchObject([{ type: 'CoreSkill', state: 'held' }])
        expect((await pattern().provide(passportId, ['CoreSkill'], HR)).invitations).toEqual([])
        const shown = await world.show(person, ['Identity', 'CoreSkill'])
        const skill = shown?.credentials.find(({ type }) => type === 'CoreSkill')
        const isSourced = route === 'viaEsr'
        expect(skill?.document.credentialSubject).toMatchObject({
          assurance: {
            provider: NORTHFIELD,
            pedigree: isSourced ? 'Sourced' : 'Authoritative',
            verifier: isSourced ? 'Origin' : 'Provider',
          },
        })
      },
    }
  }

/** The first pattern: whoever signed in to the training system shows their identity, and downloads. */
const directToWallet: Prepare = async (world) => {
  const person = await world.newPerson()
  const tis = await world.records('TIS')
  const id = tis.users.enterPerson({ ...named(person), reference: person.number })
  for (const type of ['TrainingProgramme', 'TrainingPlacement'] as const)
    for (const until of ['2099-08-01', '2020-08-01']) {
      const { claims, assurance } = factsOf(type)
      tis.users.enterRecord(id, { type, claims: { ...claims, endDate: until }, assurance } as never)
    }
  const before = await world.valid('TrainingPlacement')
  const outbound = () => outboundOf(world, tis.system, 'directToWallet', `tis of ${person.number}`)
  let shown: AcceptedPresentation | undefined
  let invitations: readonly Invitation[] = []
  return {
    steps: [
      async () => {
        shown = await world.show(person, ['Identity'], world.a)
      },
      async () => {
        if (!shown) throw new Error('It was not accepted')
        const account = { ...named(person), id }
        const downloads = createDirectToWallet({ outbound: outbound(), names: 'similar' })
        const download = await downloads.download(account, shown, ['TrainingProgramme', 'TrainingPlacement'])
        if (download.outcome !== 'offered') throw new Error('Nothing was offered')
        invitations = download.invitations
        // What is over is no credential, and keeps nothing else back.
        expect(download.refused.map(({ type }) => type)).toEqual(['TrainingProgramme', 'TrainingPlacement'])
      },
      async () => {
        expect(invitations).toHaveLength(2)
        for (const one of invitations) await world.take(person.wallet, one)
      },
    ],
    end: async () => {
      expect(await world.valid('TrainingPlacement')).toBe(before + 1)
      const held = await outbound().current(person.uniqueIdentifier)
      expect(held?.provided.map(({ state }) => state)).toEqual(['held', 'held'])
      expect(held?.history).toMatchObject([{ what: 'matched', role: 'Holder' }])
    },
  }
}

/** The second pattern with an identity provider: a new member of staff proves who they are, and gets their first credentials. */
const identity: Prepare = async (world) => {
  const passportId = `new starter ${randomUUID()}`
  const uniqueIdentifier = randomUUID()
  const simulator = await createYotiSimulator()
  world.closing.push(simulator.close)
  const provider = createYotiProvider({ ...simulator.register(), ...world.reach(simulator.origin) })
  const wallet = await openWallet(world.authority, [world.a.origin, world.b.origin])
  const before = await world.valid('Identity')
  const pattern = () =>
    outboundOf(world, createIdentityRecords(provider), 'identityViaPortal', `identities ${passportId}`)
  const request = {
    idempotencyKey: passportId,
    types: ['Identity', 'RightToWork'],
    confidence: 'M',
    returnUrl: 'https://portal.northfield.example/verified',
  } as const
  let session = { id: '', url: '' }
  let invitations: readonly Invitation[] = []
  return {
    steps: [
      async () => {
        session = await provider.begin(request)
      },
      async () => void (await simulator.people.pass(session.url)),
      async () => {
        expect(await pattern().candidates({ reference: session.id })).toMatchObject([{ firstName: 'Ŵyn' }])
      },
      () => pattern().match({ passportId, uniqueIdentifier }, session.id, HR),
      async () => {
        invitations = (await pattern().provide(passportId, ['Identity', 'RightToWork'], HR)).invitations
      },
      async () => {
        expect(invitations).toHaveLength(2)
        for (const one of invitations) await world.take(wallet, one)
      },
    ],
    end: async () => {
      expect(await world.valid('Identity')).toBe(before + 1)
      const shown = await world.show({ wallet }, ['Identity', 'RightToWork'])
      const [first] = shown?.credentials ?? []
      expect(first?.document.credentialSubject).toMatchObject({
        uniqueIdentifier,
        assurance: { verifier: 'Origin', pedigree: 'Authoritative', provider: expect.not.stringContaining(NORTHFIELD) },
      })
    },
  }
}

/** The fourth pattern: shown, accepted, matched, sent. */
const inbound: Prepare = async (world) => {
  const person = await world.newPerson(['CoreSkill'])
  const lms = await world.records('Think LMS')
  const id = lms.users.enterPerson({ ...named(person), reference: person.number })
  const pattern = () =>
    createInbound({ system: lms.system, ledger: world.ledgerOf(`southmere ${person.number}`), isOn })
  const { passportId } = person
  let personId = ''
  return {
    steps: [
      async () => {
        const shown = await world.show(person, ['Identity', 'CoreSkill'])
        if (!shown) throw new Error('It was not accepted')
        await pattern().accept(passportId, shown, HR)
      },
      async () => {
        personId = (await pattern().candidates(named(person)))[0]?.id ?? ''
      },
      () => pattern().match(passportId, personId, HR),
      () => pattern().send(passportId, HR),
    ],
    end: async () => {
      expect(personId).toBe(id)
      expect(await lms.own.read(id, ['CoreSkill', 'Identity'])).toHaveLength(1)
      const { items = [] } = (await pattern().current(passportId)) ?? {}
      expect(Object.fromEntries(items.map(({ type, state }) => [type, state]))).toEqual({
        Identity: 'notSent',
        CoreSkill: 'sent',
      })
    },
  }
}

/** Automated updates: ESR tells that something changed, and nothing of what; the portal reads, revokes and offers anew. */
const updates: Prepare = async (world) => {
  const person = await world.newPerson()
  const { users, id, skill } = inEsr(world, person)
  const before = await world.valid('CoreSkill')
  const pattern = () => outboundOf(world, world.esrOf('RZ1'), 'viaPortal')
  const { passportId, uniqueIdentifier } = person
  await pattern().match({ passportId, uniqueIdentifier }, id, HR)
  for (const one of (await pattern().provide(passportId, ['CoreSkill'], HR)).invitations)
    await world.take(person.wallet, one)
  const stranger = inEsr(world, { ...person, number: `${Number(person.number) + 1}` })
  const events = await world.openEvents(async (event) => void (await pattern().notice(event)))
  const send = createEventSender(events)
  const tell = () =>
    tellChanges({ system: world.esrOf('RZ1'), send, ledger: world.ledgerOf(`esr of ${person.number}`) })
  await tell()
  let reads = 0
  return {
    steps: [
      async () => {
        users.change('CM', skill, { 'Date From': '2026-02-01', 'Date To': '2028-02-01' })
        users.change('CM', stranger.skill, { 'Date To': '2028-03-01' })
        reads = world.esr.calls.filter((call) => call.includes(`/people/${stranger.id}/`)).length
      },
      tell,
      async () => {
        for (const one of (await pattern().provide(passportId, ['CoreSkill'], HR)).invitations)
          await world.take(person.wallet, one)
      },
    ],
    end: async () => {
      expect(await tell()).toBe(0)
      expect(await world.valid('CoreSkill')).toBe(before + 1)
      expect((await pattern().current(passportId))?.provided.map(({ state }) => state)).toEqual(['revoked', 'held'])
      // Of whom nobody knows here, nothing is read.
      expect(world.esr.calls.filter((call) => call.includes(`/people/${stranger.id}/`))).toHaveLength(reads)
    },
  }
}

/** Civica Trac: connected too early, disconnected, connected again, and the outcome comes back. */
const trac: Prepare = async (world) => {
  const person = await world.newPerson(['RightToWork', 'DbsSupportingInformation'])
  const { system, recruiters, own } = await world.openTrac()
  recruiters.switchIntegration(true)
  const application = recruiters.apply({ ...named(person), jobRole: 'Specialty doctor', stage: 'Offer: Conditional' })
  recruiters.setImmigrationStatus(application, BRITISH_STATUS)
  recruiters.pressPermitCheck(application)
  const connections = () => createConnections({ system, ledger: world.ledgerOf(`southmere ${person.number}`), isOn })
  let passport: ConnectedPassport | undefined
  const connected = (): ConnectedPassport => {
    if (!passport) throw new Error('Nothing was accepted')
    return passport
  }
  let found = ''
  return {
    steps: [
      async () => {
        const shown = await world.show(person, CREDENTIALS_TO_CONNECT)
        if (!shown) throw new Error('It was not accepted')
        passport = { id: person.passportId, ...named(person), accepted: recordsOf(shown) }
      },
      async () => {
        found = (await connections().search(connected()))[0]?.id ?? ''
      },
      () => connections().connect(connected(), found, HR),
      async () => {
        const { items = [] } = (await connections().resume(connected())) ?? {}
        expect(Object.fromEntries(items.map(({ type, reason, state }) => [type, reason ?? state]))).toEqual({
          DbsSupportingInformation: 'dbsLevelMissing',
          RightToWork: 'sent',
        })
      },
      async () => {
        recruiters.chooseDbsLevel(application, 'Enhanced')
        recruiters.pressIdCheck(application)
      },
      () => connections().disconnect(person.passportId, HR),
      () => connections().connect(connected(), found, HR),
      () => connections().resume(connected()),
      async () => {
        if (((await own.read(application, ['DisclosureAndBarringService'])) ?? []).length > 0) return
        const { claims, assurance } = factsOf('DisclosureAndBarringService')
        recruiters.enterDbsOutcome(application, { type: 'DisclosureAndBarringService', claims, assurance } as never)
      },
      () => connections().receive(person.passportId),
    ],
    end: async () => {
      expect(found).toBe(application)
      const look = recruiters.look(application)
      expect(look.received.map(({ type }) => type).sort()).toEqual(['DbsSupportingInformation', 'RightToWork'])
      expect([look.idCheck, look.permitCheck]).toEqual(['Information received', 'Information received'])
      const { items = [], history = [] } = (await connections().current(person.passportId)) ?? {}
      expect(Object.fromEntries(items.map(({ type, reason, state }) => [type, reason ?? state]))).toEqual({
        DbsSupportingInformation: 'sent',
        RightToWork: 'alreadyThere',
        DisclosureAndBarringService: 'received',
      })
      expect(history[0]).toMatchObject({ what: 'connected', role: HR.role })
    },
  }
}

const CHECKS: readonly EmploymentCheck[] = [
  {
    type: 'DbsRecord',
    content: { level: 'Enhanced', certificateNumber: '001234567890', issueDate: '2026-01-05', outcome: 'Clear' },
  },
  {
    type: 'ProfessionalRegistrationRecord',
    content: { body: 'GMC', registrationNumber: '9999999', checkedOn: '2026-01-05' },
  },
  { type: 'ReferencesRecord', content: { references: [{ requestedOn: '2026-01-05', outcome: 'Success' }] } },
  { type: 'EmploymentChecklistRecord', content: { checks: [{ check: 'Criminal record', completedOn: '2026-01-05' }] } },
  { type: 'IllegalWorkingChecklistRecord', content: { route: 'List A documents', checkedOn: '2026-01-05' } },
  { type: 'EuStatusRecord', content: { status: 'Not applicable', checkedOn: '2026-01-05' } },
]

/** Doctors in training: everybody who was recruited, onto the applicants whom TIS created at the lead employer. */
const doctorsInTraining: Prepare = async (world) => {
  const people = [await world.newPerson(), await world.newPerson()]
  const { recruitment, enter } = simulateTrainingRecruitment()
  const users = world.esr.users('RZ1')
  const applicants = people.map((person) => {
    const facts = { ...named(person), leadEmployer: 'RZ1' }
    enter({ ...facts, hostTrust: 'RZ2', isRecruited: true, checksComplete: true }, CHECKS)
    return users.createApplicant(facts)
  })
  const ledger = world.ledgerOf(`lead employer ${people[0]?.number}`)
  const preconditions = () => ({ tisInterface: true, esrServiceRequest: true, recruitmentNotified: true })
  const run = async () => {
    const options = { recruitment, esr: world.applicantsOf('RZ1'), ledger, preconditions }
    for await (const { transfer } of transferRecruited(options)) expect(transfer.outcome).toBe('transferred')
  }
  return {
    steps: [run, run],
    end: async () => {
      for (const applicant of applicants) expect(users.lookAtApplicant(applicant)).toEqual(CHECKS)
    },
  }
}

export const JOURNEYS: Readonly<Record<string, Prepare>> = {
  'pattern 1, direct to wallet': directToWallet,
  'pattern 2, via the portal': outbound('viaPortal'),
  'pattern 2, from an identity provider': identity,
  'pattern 3, via ESR': outbound('viaEsr'),
  'pattern 4, inbound': inbound,
  'automated updates': updates,
  'Civica Trac': trac,
  'doctors in training, to ESR': doctorsInTraining,
}
