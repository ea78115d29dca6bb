import { describe, expect, it } from 'vitest'
import { createEsrApplicantsClient } from '../../src/doors/esr.js'
import { createGuardedRequest } from '../../src/runtime/guarded-fetch-node.js'
import type { EmploymentCheck, EsrApplicants, TrainingRecruitment } from '../../src/systems/doctors-in-training.js'
import {
  type EsrApplicantsUnderTest,
  esrApplicantsContract,
  type TrainingRecruitmentUnderTest,
  trainingRecruitmentContract,
} from '../../src/testing/contracts/doctors-in-training.js'
import {
  simulateEsrApplicants,
  simulateTrainingRecruitment,
} from '../../src/testing/simulators/systems/doctors-in-training.js'
import { simulateEsr } from '../../src/testing/simulators/systems/esr/simulate-esr.js'

const PERSON = { firstName: 'Ŵyn', lastName: 'O’Example-Testwell', birthDate: '1990-02-28', leadEmployer: 'RZ9' }
const CHECK: EmploymentCheck = { type: 'EuStatusRecord', content: { status: 'Settled', checkedOn: '2026-01-05' } }

const inMemory = async (): Promise<EsrApplicantsUnderTest> => {
  const { esr, create, look } = simulateEsrApplicants()
  create(PERSON)
  create({ ...PERSON, leadEmployer: 'RZ8' })
  return { esr, known: PERSON, look: async (id) => look(id), close: async () => {} }
}

const overHttp = async (): Promise<EsrApplicantsUnderTest> => {
  const simulated = await simulateEsr([{ odsCode: 'RZ9', vpd: '300' }])
  const users = simulated.users('RZ9')
  users.createApplicant(PERSON)
  users.createApplicant({ ...PERSON, leadEmployer: 'RZ8' })
  const send = createGuardedRequest({ allowHosts: [simulated.origin], timeout: 2_000 })
  const esr = createEsrApplicantsClient({ ...simulated.access('RZ9'), send, wait: async () => undefined })
  return { esr, known: PERSON, look: async (id) => users.lookAtApplicant(id), close: simulated.close }
}

const recruitment = async (): Promise<TrainingRecruitmentUnderTest> => {
  const { recruitment: port, enter } = simulateTrainingRecruitment()
  const recruit = { ...PERSON, hostTrust: 'RZ1', isRecruited: true, checksComplete: true }
  const ready = { ...recruit, applicationId: enter(recruit, [CHECK]) }
  const unready = enter({ ...recruit, isRecruited: false }, [CHECK])
  return { recruitment: port, ready, unready, close: async () => {} }
}

describe.each([
  ['in memory', inMemory],
  ['over HTTP', overHttp],
] as const)('ESR’s applicants, %s', (_, open) => {
  it.each(esrApplicantsContract(open))('$name', ({ run }) => run())
})

describe('recruitment of doctors in training', () => {
  it.each(trainingRecruitmentContract(recruitment))('$name', ({ run }) => run())
})

const brokenIn = async (cases: ReturnType<typeof esrApplicantsContract>): Promise<string> => {
  const broken: string[] = []
  for (const { name, run } of cases) await run().catch(() => broken.push(name))
  return broken.join('\n')
}

describe('a contract notices', () => {
  const applicants: readonly (readonly [string, (esr: EsrApplicants) => EsrApplicants, RegExp])[] = [
    ['another version', (esr) => ({ ...esr, portVersion: 2 as 1 }), /which version/],
    [
      'finding by likeness',
      (esr) => ({ ...esr, find: ({ leadEmployer }) => esr.find({ ...PERSON, leadEmployer }) }),
      /exact names/,
    ],
    [
      'what is added twice',
      (esr) => ({ ...esr, add: (id, check, key) => esr.add(id, check, key + Math.random()) }),
      /once/,
    ],
    ['what is never transferred', (esr) => ({ ...esr, wasTransferred: async () => false }), /transferred before/],
    [
      'an identity that is swallowed',
      (esr) => ({ ...esr, add: (id, check, key) => esr.add(id, check, key).catch(() => undefined) }),
      /no identity/,
    ],
  ]
  it.each(applicants)('of applicants: %s', async (_, spoil, expected) => {
    const open = async () => {
      const opened = await inMemory()
      return { ...opened, esr: spoil(opened.esr) }
    }
    expect(await brokenIn(esrApplicantsContract(open))).toMatch(expected)
  })

  const recruitments: readonly (readonly [string, (port: TrainingRecruitment) => TrainingRecruitment, RegExp])[] = [
    ['another version', (port) => ({ ...port, portVersion: 2 as 1 }), /which version/],
    ['a stranger who is there', (port) => ({ ...port, recruit: () => port.recruit('20000001') }), /stranger/],
    ['no records', (port) => ({ ...port, checks: async () => [] }), /records that hold/],
    ['records twice', (port) => ({ ...port, checks: async () => [CHECK, CHECK] }), /each type once/],
    [
      'everybody listed',
      (port) => ({
        ...port,
        recruited: async function* () {
          yield* ['20000001', '20000002']
        },
      }),
      /nobody else/,
    ],
  ]
  it.each(recruitments)('of recruitment: %s', async (_, spoil, expected) => {
    const open = async () => {
      const opened = await recruitment()
      return { ...opened, recruitment: spoil(opened.recruitment) }
    }
    expect(await brokenIn(trainingRecruitmentContract(open))).toMatch(expected)
  })
})
