import { afterEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/core/json.js'
import { createEsrApplicantsClient, createEsrClient, type EsrClientOptions } from '../../src/doors/esr.js'
import { type EsrCells, type SimulatedEsr, simulateEsr } from '../../src/doors/testing.js'
import { createGuardedRequest } from '../../src/runtime/guarded-fetch-node.js'
import type { EmploymentCheck } from '../../src/systems/doctors-in-training.js'
import type { NewRecord } from '../../src/systems/record-system.js'
import { recordSystemContract } from '../../src/testing/contracts/record-system.js'
import { factsOf } from './support.js'

const NAMES = { firstName: 'Ŵyn', lastName: 'O’Example-Testwell', birthDate: '1990-02-28' }
const PERSON = { 'First Name': NAMES.firstName, 'Last Name': NAMES.lastName, 'Date of Birth': NAMES.birthDate }
const ASSURANCE = {
  origin: 'Substantive NHS Employing Organisation',
  assurancePolicy: 'Local contractual arrangement',
  assuranceOutcome: 'Onboarding complete',
  provider: 'Northfield NHS Trust (fictional)',
  verifier: 'Provider',
  verificationMethod: 'Record Verification',
  pedigree: 'Authoritative',
} as const
const FIRE = 'NHS|CSTF|Fire Safety - 2 Years|'
const DOCTOR = {
  'Assignment Number': '30679710',
  'User Assignment Status': 'Active Assignment',
  'Effective Start Date': '2024-08-07',
  'Assignment Category': 'Permanent',
  'Position Name': 'Specialty Doctor',
  'Job Name': 'Medical and Dental|Specialty Doctor',
}

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** Somebody of whom ESR has everything, and somebody else of the same names. */
const enterPeople = (esr: SimulatedEsr) => {
  const users = esr.users('RZ1')
  users.define({ 'Competence Name': FIRE, 'Renewal Period Freq': '2', 'Renewal Period Units': 'Years' })
  const position = {
    'Job Staff Group': 'Medical and Dental',
    'Job Role': 'Specialty Doctor',
    'Position Name': 'Specialty Doctor',
  }
  const known = users.enterPerson(PERSON, {
    assignment: DOCTOR,
    position,
    organisation: { 'Organisation Name': '218 Geriatrics' },
  })
  const alike = users.enterPerson(PERSON, { assignment: { ...DOCTOR, 'Assignment Number': '30679711' }, position })
  const skill = users.enter(known, 'CM', {
    'Competency Type': 'PERSONAL',
    'Competency Status': 'ACHIEVED',
    'Competency Name': FIRE,
    'Date From': '2025-09-01',
    'Date To': '2027-09-01',
  })
  users.enter(known, 'ET', {
    'Information Type': 'NHS Regs and Memships',
    PEI_INFORMATION1: 'GMC',
    PEI_INFORMATION2: '7654321',
    PEI_INFORMATION3: '01/08/2015',
    PEI_INFORMATION5: '31/07/2027',
  })
  users.enter(known, 'DB', {
    'Disclosure Body': 'DBS',
    Level: 'Enhanced',
    'Certificate Number': '001234567890',
    'Issue Date': '2025-10-01',
    Outcome: 'Clear',
    Workforce: 'Child and Adult',
    'Adults Barred List': 'Y',
    'Childrens Barred List': 'Y',
    'Update Service': 'N',
    'Original Seen Date': '2025-10-08',
  })
  users.enter(known, 'IM', {
    'Immunisation Type': 'MMR',
    Evidence: 'Vaccination',
    Status: 'Immune',
    'Evidence Date': '2025-12-15',
    'Dose 1 Date': '2019-01-10',
    'Dose 2 Date': '2019-02-11',
    'Recorded By': 'Northfield Occupational Health (fictional)',
  })
  users.enterAddress(known, { 'Address Line 1': '1 Example Street', Town: 'Exampleton', Postcode: 'ZZ99 3WZ' })
  return { users, known, alike, skill }
}

const open = async (more: Partial<EsrClientOptions> = {}) => {
  const esr = await simulateEsr([
    { odsCode: 'RZ1', vpd: '218' },
    { odsCode: 'RZ2', vpd: '219' },
  ])
  const pauses: number[] = []
  const options: EsrClientOptions = {
    ...esr.access('RZ1'),
    send: createGuardedRequest({ allowHosts: [esr.origin], timeout: 2_000 }),
    wait: async (milliseconds) => void pauses.push(milliseconds),
    employer: { name: 'Northfield NHS Trust (fictional)', odsCode: 'RZ1', vpd: '218' },
    assurance: ASSURANCE,
    registerCheck: async () => ({
      status: 'Registered',
      restrictions: false,
      checkedOn: '2026-01-05',
      licenceToPractise: true,
    }),
    ...more,
  }
  return { esr, options, system: createEsrClient(options), ...enterPeople(esr) }
}

const opened = async (more?: Partial<EsrClientOptions>) => {
  const all = await open(more)
  closing.push(all.esr.close)
  return all
}

describe('ESR by its interface', () => {
  const cases = recordSystemContract(async () => {
    const { system, esr, users, known, alike, skill } = await open()
    const person = (id: string, reference: string) => ({ ...NAMES, id, reference })
    return {
      system,
      known: person(known, '30679710'),
      alike: person(alike, '30679711'),
      newRecord: factsOf('CoreSkill', 1),
      change: async () => users.change('CM', skill, { 'Date To': '2027-10-01' }),
      close: esr.close,
    }
  })
  it.each(cases)('$name', ({ run }) => run())

  it('says in the catalogue’s words what ESR says in its own', async () => {
    const { system, known } = await opened()
    const records = (await system.read(known, system.capabilities.provides)) ?? []
    const claims = Object.fromEntries(records.map((record) => [record.type, record.claims]))
    expect(claims).toMatchObject({
      EmploymentAssignment: { esrAssignmentNumber: '30679710', staffGroup: 'Medical and Dental', vpd: '218' },
      CoreSkill: { statMandSubject: 'Fire safety', renewalPeriod: '2', units: 'Year', dateTo: '2027-09-01' },
      PersonalDetails: { addressLine1: '1 Example Street', postcode: 'ZZ99 3WZ' },
      ProfessionalRegistration: { professionalBody: 'GMC', registrationNumber: '7654321', expiryDate: '2027-07-31' },
      DisclosureAndBarringService: { checkOutcome: 'No information recorded', workforce: 'childAndAdult' },
      Immunisation: { targetDiseases: ['14189004', '36989005', '36653000'], immunityStatus: 'immune' },
    })
  })

  it('asks for no more than what is read', async () => {
    const { system, esr, known } = await opened()
    await system.read(known, ['CoreSkill'])
    expect(esr.calls.at(-1)).toBe(`GET /organisations/RZ1/people/${known}/records`)
    const addressed = await system.read(known, ['PersonalDetails'])
    expect(addressed?.map(({ type }) => type)).toEqual(['PersonalDetails'])
  })

  it.each([
    ['an applicant', { 'Assignment Type': 'A' }],
    ['somebody whose assignment was terminated', { 'System Assignment Status': 'TERM_ASSIGN' }],
    ['somebody whose assignment ended', { 'Assignment End Date': '2020-01-31' }],
  ])('finds no %s: that is no employment', async (_, cells) => {
    const { system, users } = await opened()
    const id = users.enterPerson(PERSON, { assignment: { ...DOCTOR, 'Assignment Number': '30679799', ...cells } })
    expect(await system.find({ reference: '30679799' })).toEqual([])
    expect((await system.find(NAMES)).map((one) => one.id)).not.toContain(id)
    expect(await system.read(id, ['EmploymentAssignment'])).toEqual([])
  })

  it('provides no professional registration that nobody looked up', async () => {
    const { registerCheck: _, ...without } = (await opened()).options
    expect(createEsrClient(without).capabilities.provides).not.toContain('ProfessionalRegistration')
    const { system, known } = await opened({ registerCheck: async () => undefined })
    expect(await system.read(known, ['ProfessionalRegistration'])).toEqual([])
  })
})

/** What goes in, as ESR keeps it. */
const IN: readonly (readonly [NewRecord['type'], number, string, EsrCells])[] = [
  ['CoreSkill', 0, 'CM', { 'Competency Name': FIRE, 'Date From': '2025-09-01', 'Date To': '2027-09-01' }],
  ['DisclosureAndBarringService', 0, 'DB', { 'Certificate Number': '001234567890', Outcome: 'Clear' }],
  ['Immunisation', 0, 'IM', { 'Immunisation Type': 'HEPB', 'Dose 3 Date': '2019-07-11' }],
  ['RightToWork', 0, 'IllegalWorkingChecklistRecord', { route: 'Identity service provider' }],
]

describe('what goes into ESR', () => {
  it.each(IN)('%s (example %i) as %s', async (type, example, kind, cells) => {
    const { system, users, alike } = await opened()
    const record = factsOf(type, example, '2026-01-05')
    const added = await system.add(alike, record, 'one')
    expect(added).toMatchObject({ outcome: 'added', recordId: expect.stringContaining(kind) })
    expect(users.look(alike, kind as 'CM')).toMatchObject([cells])
    const [back] = (await system.read(alike, [type])) ?? []
    if (type !== 'RightToWork') {
      expect(back?.id).toBe(added.outcome === 'added' ? added.recordId : '')
      expect(record.claims).toMatchObject(expect.objectContaining({ ...narrowed(back?.claims, record.claims) }))
    }
  })

  it('every example of what it takes either arrives whole or is refused', async () => {
    const { system, alike } = await opened()
    let refused = 0
    for (const type of [
      'CoreSkill',
      'DisclosureAndBarringService',
      'Immunisation',
      'ProfessionalRegistration',
    ] as const)
      for (let example = 0; example < 6; example++) {
        const record = factsOf(type, example, '2026-01-05')
        const added = await system.add(alike, record, `${type}-${example}`)
        if (added.outcome === 'notAdded') {
          expect(['refused', 'alreadyThere']).toContain(added.reason)
          refused += 1
          continue
        }
        const back = (await system.read(alike, [type]))?.find(({ id }) => id === added.recordId)
        // Names are written as each system writes them.
        const { competencyName: _, attainmentStatus: _status, ...claims } = record.claims as unknown as JsonObject
        if (type !== 'ProfessionalRegistration')
          expect(folded(claims)).toMatchObject({ ...folded(narrowed(back?.claims, claims)) })
      }
    expect(refused).toBeLessThan(16)
  })

  it('no more of right to work than how and when it was checked', async () => {
    const { system, users, alike } = await opened()
    await system.add(alike, factsOf('RightToWork'), 'one')
    expect(JSON.stringify(users.look(alike, 'IllegalWorkingChecklistRecord'))).not.toMatch(
      /Testwell|1990|data:|passport/i,
    )
  })

  it('nothing that is there already, and nothing that ESR has no word for', async () => {
    const { system, known } = await opened()
    expect(await system.add(known, factsOf('DisclosureAndBarringService'), 'new')).toEqual({
      outcome: 'notAdded',
      reason: 'alreadyThere',
    })
    const record = factsOf('DisclosureAndBarringService')
    const vague = { ...record, claims: { ...record.claims, checkOutcome: 'Not Available' } } as NewRecord
    expect(await system.add(known, vague, 'vague')).toEqual({ outcome: 'notAdded', reason: 'refused' })
  })
})

const folded = (claims: object): JsonObject => JSON.parse(JSON.stringify(claims).toLowerCase()) as JsonObject

/** Of what came back, what the record said too: ESR does not keep everything. */
const narrowed = (back: object | undefined, claims: object): object =>
  Object.fromEntries(Object.entries(back ?? { missing: true }).filter(([name]) => name in claims || name === 'missing'))

describe('an employer’s ESR', () => {
  it('is nobody else’s: another organisation’s is refused, whether it is there or not', async () => {
    const { options, esr, known } = await opened()
    for (const organisation of ['RZ2', 'RZ9']) {
      const other = createEsrClient({ ...options, organisation })
      await expect(other.read(known, ['CoreSkill'])).rejects.toMatchObject({ code: 'system.refused' })
    }
    const own = createEsrClient({ ...options, ...esr.access('RZ2') })
    expect(await own.read(known, ['CoreSkill'])).toBeUndefined()
    expect(await own.find(NAMES)).toEqual([])
  })

  it.each(['dropAnswer', 'dropConnection', 'status500'] as const)('%s in between: added once', async (fault) => {
    const { system, esr, users, alike } = await opened()
    await system.find(NAMES)
    esr.faults[fault] = 2
    expect(await system.add(alike, factsOf('CoreSkill', 1), 'one')).toMatchObject({ outcome: 'added' })
    expect(users.look(alike, 'CM')).toHaveLength(1)
    esr.faults[fault] = 99
    await expect(system.add(alike, factsOf('CoreSkill', 1), 'one')).rejects.toMatchObject({
      code: 'system.unavailable',
      retryable: true,
    })
  })

  it('that answers something else is malformed, and no error repeats it', async () => {
    const { options } = await opened()
    const secret = 'Testwell'
    const send = async (url: string) => ({
      status: 200,
      headers: {},
      url,
      body: new TextEncoder().encode(
        url.endsWith('/token')
          ? '{"access_token":"a","expires_in":60}'
          : `{"person":"${secret}","people":[{"person":{"a":{}}}]}`,
      ),
    })
    const broken = createEsrClient({ ...options, send: send as unknown as EsrClientOptions['send'] })
    for (const work of [() => broken.find(NAMES), () => broken.read('1', ['CoreSkill'])]) {
      const error = await work().catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ code: 'system.malformed' })
      expect(String(error)).not.toContain(secret)
    }
  })
})

describe('ESR’s applicants by its interface', () => {
  const search = { ...NAMES, leadEmployer: 'RZ1' }
  const check: EmploymentCheck = {
    type: 'EuStatusRecord',
    content: { status: 'Not applicable', checkedOn: '2026-01-05' },
  }

  it('are found by exact names, birth date and lead employer, and take a record once', async () => {
    const { options, users } = await opened()
    const esr = createEsrApplicantsClient(options)
    const id = users.createApplicant(search)
    expect(await esr.find(search)).toEqual([{ id, leadEmployer: 'RZ1' }])
    expect(await esr.find({ ...search, lastName: 'Other' })).toEqual([])
    expect(await esr.wasTransferred(id)).toBe(false)
    await esr.add(id, check, 'key')
    await esr.add(id, check, 'key')
    expect(users.lookAtApplicant(id)).toEqual([check])
    expect(await esr.wasTransferred(id)).toBe(true)
  })

  it('take no identity, whatever it is called', async () => {
    const { options, users } = await opened()
    const esr = createEsrApplicantsClient(options)
    const id = users.createApplicant(search)
    const identity = { type: 'IdentityRecord', content: { passport: '123' } } as unknown as EmploymentCheck
    await expect(esr.add(id, identity, 'key')).rejects.toMatchObject({ code: 'system.malformed' })
    expect(users.lookAtApplicant(id)).toEqual([])
  })
})
