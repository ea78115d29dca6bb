import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createMemoryStore } from '../../src/adapters/memory/memory-store.js'
import { createLedger } from '../../src/patterns/ledger.js'
import {
  NOT_TRANSFERRED_REASONS,
  type TransferPreconditions,
  transferChecks,
} from '../../src/patterns/transfer-checks.js'
import {
  EMPLOYMENT_CHECK_TYPES,
  type EmploymentCheck,
  type EsrApplicants,
  faultsOfCheck,
  type Recruit,
} from '../../src/systems/doctors-in-training.js'
import {
  simulateEsrApplicants,
  simulateTrainingRecruitment,
} from '../../src/testing/simulators/systems/doctors-in-training.js'

const PERSON = { firstName: 'Ŵyn', lastName: 'O’Example-Testwell', birthDate: '1990-02-28', leadEmployer: 'RZ9' }
const RECRUIT: Omit<Recruit, 'applicationId'> = { ...PERSON, hostTrust: 'RZ1', isRecruited: true, checksComplete: true }
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
const ALL: TransferPreconditions = { tisInterface: true, esrServiceRequest: true, recruitmentNotified: true }

const open = (recruit = RECRUIT, checks = CHECKS, preconditions = ALL) => {
  const { recruitment, enter, change } = simulateTrainingRecruitment()
  const simulated = simulateEsrApplicants()
  const kept = { store: createMemoryStore().exchanges, owner: 'RZ9', sealingKey: randomBytes(32) }
  const applicationId = enter(recruit, checks)
  const transfer = (esr: EsrApplicants = simulated.esr, id = applicationId) =>
    transferChecks({ recruitment, esr, ledger: createLedger(kept), preconditions: () => preconditions }, id)
  return { ...simulated, change, transfer, applicationId }
}

describe('the checks of a doctor in training go to ESR', () => {
  it('all six, once, onto the applicant whom TIS created at the lead employer', async () => {
    const { transfer, create, look } = open()
    const elsewhere = create({ ...PERSON, leadEmployer: 'RZ1' })
    const applicant = create(PERSON)
    expect(await transfer()).toEqual({
      outcome: 'transferred',
      applicantId: applicant,
      types: [...EMPLOYMENT_CHECK_TYPES],
    })
    expect(look(applicant)).toEqual(CHECKS)
    expect(look(elsewhere)).toEqual([])
    expect(await transfer()).toMatchObject({ outcome: 'notTransferred', reason: 'alreadyTransferred' })
    expect(look(applicant)).toHaveLength(6)
  })

  it.each([
    ['tisInterfaceMissing', {}, CHECKS, { ...ALL, tisInterface: false }],
    ['esrServiceRequestMissing', {}, CHECKS, { ...ALL, esrServiceRequest: false }],
    ['recruitmentNotNotified', {}, CHECKS, { ...ALL, recruitmentNotified: false }],
    ['notRecruited', { isRecruited: false }, CHECKS, ALL],
    ['checksIncomplete', { checksComplete: false }, CHECKS, ALL],
    ['malformedRecord', {}, [{ ...CHECKS[0], content: {} } as EmploymentCheck], ALL],
    ['malformedRecord', {}, [...CHECKS, CHECKS[0] as EmploymentCheck], ALL],
  ] as const)('%s: nothing goes, and what to do is said', async (reason, recruit, checks, preconditions) => {
    const { transfer, create, look } = open({ ...RECRUIT, ...recruit }, checks, preconditions)
    const applicant = create(PERSON)
    expect(await transfer()).toEqual({ outcome: 'notTransferred', reason, remedy: NOT_TRANSFERRED_REASONS[reason] })
    expect(look(applicant)).toEqual([])
  })

  it('not where there is no applicant, or several, or their checks were transferred by somebody else', async () => {
    const none = open()
    expect(await none.transfer()).toMatchObject({ reason: 'noApplicant' })
    expect(await none.transfer(none.esr, 'unknown')).toMatchObject({ reason: 'noSuchApplication' })
    const several = open()
    several.create(PERSON)
    several.create(PERSON)
    expect(await several.transfer()).toMatchObject({ reason: 'severalApplicants' })
    const before = open()
    const applicant = before.create(PERSON)
    await before.esr.add(applicant, CHECKS[0] as EmploymentCheck, 'somebody else')
    expect(await before.transfer()).toMatchObject({ reason: 'alreadyTransferred' })
    expect(before.look(applicant)).toHaveLength(1)
  })

  it.each([1, 2, 3, 4, 5, 6])(
    'a crash around the %ith record: the rest goes later, and nothing is there twice',
    async (at) => {
      for (const when of ['before', 'after']) {
        const { transfer, create, look, esr } = open()
        const applicant = create(PERSON)
        let calls = 0
        const brittle: EsrApplicants = {
          ...esr,
          add: async (...given) => {
            calls += 1
            if (calls === at && when === 'before') throw new Error('crash')
            await esr.add(...given)
            if (calls === at) throw new Error('crash')
          },
        }
        await expect(transfer(brittle)).rejects.toThrow('crash')
        expect(await transfer()).toMatchObject({ outcome: 'transferred' })
        expect(
          look(applicant)
            .map(({ type }) => type)
            .sort(),
        ).toEqual([...EMPLOYMENT_CHECK_TYPES].sort())
      }
    },
  )
})

describe('identity never goes', () => {
  const identity = { type: 'IdentityRecord', content: { firstName: 'Ŵyn' } } as unknown as EmploymentCheck

  it('as a record: nothing goes at all', async () => {
    const { transfer, create, look } = open(RECRUIT, [...CHECKS, identity])
    const applicant = create(PERSON)
    expect(await transfer()).toMatchObject({ reason: 'malformedRecord' })
    expect(look(applicant)).toEqual([])
    expect(faultsOfCheck(identity)).toEqual(['/type'])
  })

  it.each(EMPLOYMENT_CHECK_TYPES)('as a member of another (%s)', (type) => {
    const [check] = CHECKS.filter((one) => one.type === type)
    for (const name of ['identity', 'firstName', 'birthDate', 'passportNumber', 'nhsIdentity']) {
      const smuggled = { type, content: { ...check?.content, [name]: 'x' } } as unknown as EmploymentCheck
      expect(faultsOfCheck(smuggled)).not.toEqual([])
    }
    expect(faultsOfCheck(check as EmploymentCheck)).toEqual([])
  })

  it('as a check of the checklist', () => {
    const content = { checks: [{ check: 'Identity', completedOn: '2026-01-05' }] }
    const check = { type: 'EmploymentChecklistRecord', content } as unknown as EmploymentCheck
    expect(faultsOfCheck(check)).toEqual(['/content/checks/0/check'])
  })

  it('nor does any schema have a place for it', () => {
    const schema = JSON.parse(readFileSync(new URL('../../schemas/employment-checks.v1.json', import.meta.url), 'utf8'))
    expect(JSON.stringify(schema.$defs)).not.toMatch(/surname|firstName|birthDate|passport|photo|nhsNumber/i)
  })
})
