import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { BRITISH_STATUS } from '../../src/systems/recruitment-system.js'
import { PUBLISHED_USE_CASES, type SystemKind } from '../../src/systems/use-cases.js'
import { simulateRecords } from '../../src/testing/simulators/systems/products.js'
import { simulateTrac } from '../../src/testing/simulators/systems/trac.js'
import { factsOf, serveSystem } from './support.js'

const NAMES = { firstName: 'Ŵyn', lastName: 'O’Example-Testwell', birthDate: '1990-02-28' }

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const served = async <Given extends Parameters<typeof serveSystem>[0]>(system: Given) => {
  const all = await serveSystem(system)
  closing.push(all.close)
  return all.client
}

const records = async (product: 'Think LMS' | 'DBS registered body') => {
  const { system, users } = simulateRecords(product)
  const personId = users.enterPerson(NAMES)
  return {
    client: await served(system),
    personId,
    enter: (record: ReturnType<typeof factsOf>) => users.enterRecord(personId, record),
  }
}

const recruitment = async () => {
  const { system, recruiters } = simulateTrac()
  recruiters.switchIntegration(true)
  const personId = recruiters.apply({ ...NAMES, jobRole: 'Doctor', stage: 'Offer: Conditional' })
  recruiters.chooseDbsLevel(personId, 'Enhanced')
  recruiters.pressIdCheck(personId)
  recruiters.setImmigrationStatus(personId, BRITISH_STATUS)
  recruiters.pressPermitCheck(personId)
  return {
    client: await served(system),
    personId,
    enter: (record: ReturnType<typeof factsOf>) => recruiters.enterDbsOutcome(personId, record),
  }
}

const SYSTEMS: Readonly<Record<SystemKind, () => Promise<Awaited<ReturnType<typeof records | typeof recruitment>>>>> = {
  'Learning management system': () => records('Think LMS'),
  'DBS registered body': () => records('DBS registered body'),
  'Recruitment system': recruitment,
}

const CASES = PUBLISHED_USE_CASES.flatMap((useCase) => useCase.systems.map((kind) => ({ ...useCase, kind })))

describe('every published use case, over HTTP', () => {
  it('is there, and in the documentation', () => {
    expect(CASES).toHaveLength(8)
    const page = readFileSync(new URL('../../docs/digital-staff-passport-api.md', import.meta.url), 'utf8')
    for (const { name, type } of PUBLISHED_USE_CASES) expect(page).toMatch(new RegExp(`\\| ${name} \\|.*\`${type}\``))
  })

  it.each(CASES)('$name ($kind)', async ({ direction, type, kind }) => {
    const { client, personId, enter } = await SYSTEMS[kind]()
    const record = factsOf(type)
    if (direction === 'send') {
      expect(await client.add(personId, record, 'one')).toMatchObject({ outcome: 'added' })
      expect(await client.add(personId, record, 'one')).toMatchObject({ outcome: 'added' })
    } else {
      enter(record)
      expect(await client.read(personId, [type])).toMatchObject([{ type, claims: record.claims }])
    }
  })
})

describe('which applications are eligible', () => {
  it('is for an employer to say: others are too early or too late', async () => {
    const { system, recruiters } = simulateTrac({ eligibleStages: ['Interview', 'Offer: Conditional'] })
    const id = recruiters.apply({ ...NAMES, jobRole: 'Doctor', stage: 'Shortlisted' })
    const lifecycle = async () => (await system.readiness(id))?.lifecycle
    expect(await lifecycle()).toBe('tooEarly')
    expect(await system.find(NAMES)).toEqual([])
    recruiters.moveTo(id, 'Interview')
    expect(await lifecycle()).toBe('eligible')
    expect(await system.find(NAMES)).toHaveLength(1)
    recruiters.moveTo(id, 'Offer: Unconditional')
    expect(await lifecycle()).toBe('tooLate')
  })
})
