import { randomBytes } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { createMemoryStore } from '../../src/adapters/memory/memory-store.js'
import { createEsrApplicantsClient } from '../../src/doors/esr.js'
import { createLedger } from '../../src/patterns/ledger.js'
import { type ChosenApplicant, transferChecks, transferOf } from '../../src/patterns/transfer-checks.js'
import { createGuardedRequest } from '../../src/runtime/guarded-fetch-node.js'
import type {
  EmploymentCheck,
  EmploymentCheckType,
  EsrApplicantSearch,
  Recruit,
} from '../../src/systems/doctors-in-training.js'
import {
  simulateEsrApplicants,
  simulateTrainingRecruitment,
} from '../../src/testing/simulators/systems/doctors-in-training.js'
import { simulateEsr } from '../../src/testing/simulators/systems/esr/simulate-esr.js'

const PERSON = { firstName: 'Ŵyn', lastName: 'O’Example-Testwell', birthDate: '1990-02-28', leadEmployer: 'RZ9' }
const RECRUIT = { ...PERSON, hostTrust: 'RZ1', isRecruited: true, checksComplete: true }
const EU: EmploymentCheck = {
  type: 'EuStatusRecord',
  content: { status: 'Not applicable', checkedOn: '2026-01-05' },
}
const HR = { role: 'HR adviser' }

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** ESR's applicants in memory, and behind ESR's interface. */
const inMemory = async () => simulateEsrApplicants()
const behindInterface = async () => {
  const simulated = await simulateEsr([{ odsCode: 'RZ9', vpd: '300' }])
  closing.push(simulated.close)
  const send = createGuardedRequest({ allowHosts: [simulated.origin] })
  const { createApplicant: create, lookAtApplicant: look } = simulated.users('RZ9')
  return { esr: createEsrApplicantsClient({ ...simulated.access('RZ9'), send }), create, look }
}
const WAYS = [
  ['in memory', inMemory],
  ['behind its interface', behindInterface],
] as const

const open = async (
  way: typeof inMemory,
  recruit: Partial<Omit<Recruit, 'applicationId'>> = {},
  checks: readonly EmploymentCheck[] = [EU],
) => {
  const applicants = await way()
  const { recruitment, enter, change } = simulateTrainingRecruitment()
  const id = enter({ ...RECRUIT, ...recruit }, checks)
  const ledger = createLedger({ store: createMemoryStore().exchanges, owner: 'RZ9', sealingKey: randomBytes(32) })
  const preconditions = () => ({ tisInterface: true, esrServiceRequest: true, recruitmentNotified: true })
  const transfer = (chosen?: ChosenApplicant, needs: readonly EmploymentCheckType[] = []) =>
    transferChecks({ recruitment, esr: applicants.esr, ledger, preconditions, needs }, id, chosen)
  return { ...applicants, enter, change, transfer, record: () => transferOf({ ledger }, id) }
}

describe.each(WAYS)('the checks of a doctor in training, %s', (_, way) => {
  it('SEED-3: none at all do not use up the one transfer', async () => {
    const { create, transfer, look, record } = await open(way, {}, [])
    const applicant = create(PERSON)
    expect(await transfer()).toMatchObject({ outcome: 'notTransferred', reason: 'checksIncomplete' })
    expect(await transfer()).toMatchObject({ reason: 'checksIncomplete' })
    expect(look(applicant)).toEqual([])
    expect(await record()).toBeUndefined()
  })

  it('SEED-3: all that the employer needs have to be there', async () => {
    const { create, transfer } = await open(way)
    create(PERSON)
    expect(await transfer(undefined, ['EuStatusRecord', 'DbsRecord'])).toMatchObject({ reason: 'checksIncomplete' })
    expect(await transfer(undefined, ['EuStatusRecord'])).toMatchObject({ outcome: 'transferred' })
  })

  it('SEED-4: where there are several, somebody says which it is, and it is kept who and when', async () => {
    const { create, transfer, look, record } = await open(way)
    const [one, other] = [create(PERSON), create(PERSON)]
    const stranger = create({ ...PERSON, lastName: 'Sample' })
    expect(await transfer()).toMatchObject({ reason: 'severalApplicants', applicantIds: [one, other] })
    expect(await transfer({ applicantId: stranger, actor: HR })).toMatchObject({ reason: 'notThisApplicant' })
    expect(await record()).toBeUndefined()
    expect(await transfer({ applicantId: other, actor: HR })).toMatchObject({ applicantId: other })
    expect([look(one).length, look(other).length, look(stranger).length]).toEqual([0, 1, 0])
    const kept = await record()
    expect(kept).toMatchObject({ applicantId: other, isDone: true })
    expect(kept?.history.map(({ what, role }) => [what, role])).toEqual([
      ['applicantChosen', 'HR adviser'],
      ['transferred', undefined],
    ])
    expect(await transfer({ applicantId: one, actor: HR })).toMatchObject({ reason: 'alreadyTransferred' })
  })

  const found: readonly (readonly [string, Partial<EsrApplicantSearch>, string | undefined, string])[] = [
    ['without the accent', { firstName: 'Wyn' }, undefined, 'transferred'],
    ['in capitals', { firstName: 'WYN', lastName: 'O’EXAMPLE-TESTWELL' }, undefined, 'transferred'],
    ['with another apostrophe and a space', { lastName: "O'Example Testwell" }, undefined, 'transferred'],
    [
      'by the GMC number, under another surname',
      { lastName: 'Sample', gmcNumber: '9999999' },
      '9999999',
      'transferred',
    ],
    ['with another GMC number', { gmcNumber: '9999998' }, '9999999', 'noApplicant'],
    [
      'of another birth date, with the GMC number',
      { birthDate: '1990-02-27', gmcNumber: '9999999' },
      '9999999',
      'noApplicant',
    ],
    ['of another surname', { lastName: 'Sample' }, undefined, 'noApplicant'],
  ]
  it.each(found)('SEED-4: an applicant %s', async (__, applicant, gmcNumber, expected) => {
    const { create, transfer } = await open(way, gmcNumber === undefined ? {} : { gmcNumber })
    create({ ...PERSON, ...applicant })
    const transferred = await transfer()
    expect(transferred.outcome === 'transferred' ? 'transferred' : transferred.reason).toBe(expected)
  })

  it('SEED-4: of two namesakes the one with the GMC number is meant', async () => {
    const { create, transfer } = await open(way, { gmcNumber: '9999999' })
    create(PERSON)
    const own = create({ ...PERSON, gmcNumber: '9999999' })
    expect(await transfer()).toMatchObject({ outcome: 'transferred', applicantId: own })
  })
})
