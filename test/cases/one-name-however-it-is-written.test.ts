import { describe, expect, it } from 'vitest'
import { isSameName } from '../../src/codec/fold-name.js'
import { isBritishOrIrish } from '../../src/credentials/nationalities.js'
import { matchRecords } from '../../src/matching/match-records.js'
import { whyNotSent } from '../../src/systems/not-sent.js'
import type { NewRecord } from '../../src/systems/record-system.js'
import { BRITISH_STATUS } from '../../src/systems/recruitment-system.js'
import { sideBySide } from '../../src/systems/side-by-side.js'
import { simulateRecords } from '../../src/testing/simulators/systems/products.js'
import { simulateTrac } from '../../src/testing/simulators/systems/trac.js'
import { factsOf } from '../systems/support.js'

const BIRTH = '1990-02-28'

const SAME: readonly (readonly [string, string, string])[] = [
  ['typographic apostrophe', 'O’Example', "O'Example"],
  ['grave accent', 'O`Example', "O'Example"],
  ['acute accent', 'O´Example', "O'Example"],
  ['prime', 'O′Example', "O'Example"],
  ['modifier letter', 'OʼExample', "O'Example"],
  ['space', 'O Example', "O'Example"],
  ['zero-width space', 'O\u200bExample', 'OExample'],
  ['zero-width joiner', 'O\u200dExample', 'OExample'],
  ['accent', 'Ŵyn', 'Wyn'],
  ['composed and decomposed', 'W\u0302yn', 'Ŵyn'],
  ['capitals', 'EXAMPLE', 'Example'],
  ['space for a hyphen', 'Smith-Testwell', 'Smith Testwell'],
  ['en dash', 'Smith-Testwell', 'Smith–Testwell'],
  ['non-breaking hyphen', 'Smith-Testwell', 'Smith\u2011Testwell'],
  ['minus sign', 'Smith-Testwell', 'Smith−Testwell'],
  ['non-breaking space', 'Smith Testwell', 'Smith\u00a0Testwell'],
]

const OTHER: readonly (readonly [string, string])[] = [
  ['Example', 'Sample'],
  ['O’Example', 'O’Examples'],
  ['Wyn', 'Win'],
  ['', ''],
  ["'", '-'],
]

const trac = (firstName: string, lastName: string) => {
  const { system, recruiters } = simulateTrac()
  recruiters.apply({ firstName, lastName, birthDate: BIRTH, jobRole: 'Nurse', stage: 'Offer: Conditional' })
  return system
}

const esr = (firstName: string, lastName: string) => {
  const { system, users } = simulateRecords('ESR')
  users.enterPerson({ firstName, lastName, birthDate: BIRTH })
  return system
}

/** Everything that says whether two names are one. */
const USERS: readonly (readonly [string, (one: string, other: string) => boolean | Promise<boolean>])[] = [
  ['isSameName', isSameName],
  [
    'sideBySide',
    (one, other) =>
      sideBySide(
        { firstName: one, lastName: one, birthDate: BIRTH },
        { id: '1', firstName: other, lastName: other, birthDate: BIRTH },
      ).every(({ outcome }) => outcome !== 'different'),
  ],
  [
    'matchRecords',
    (one, other) =>
      matchRecords({ firstName: 'A', lastName: one }, { firstName: 'A', lastName: other }).evidence.some(
        ({ field, level }) => field === 'lastName' && level === 'equal',
      ),
  ],
  [
    'a search in Trac',
    async (one, other) =>
      (await trac(one, one).find({ firstName: other, lastName: other, birthDate: BIRTH })).length === 1,
  ],
  [
    'a search in staff records',
    async (one, other) =>
      (await esr(one, one).find({ firstName: other, lastName: other, birthDate: BIRTH })).length === 1,
  ],
]

describe('a name is one name, however it is written', () => {
  describe.each(USERS)('for %s', (_, isSame) => {
    it.each(SAME)('SEED-6, HR-4: %s: %s is %s', async (__, one, other) => {
      expect(await isSame(one, other)).toBe(true)
      expect(await isSame(other, one)).toBe(true)
    })

    it.each(OTHER.filter(([one]) => /\w/.test(one)))('SEED-6, HR-4: %s is not %s', async (one, other) => {
      expect(await isSame(one, other)).toBe(false)
    })
  })

  it.each(OTHER)('HR-4: %j and %j are not one name', (one, other) => expect(isSameName(one, other)).toBe(false))

  it('HR-4: dates are the same or different, however their hyphens are written', () => {
    const passport = { firstName: 'A', lastName: 'B', birthDate: BIRTH }
    const [, , date] = sideBySide(passport, { id: '1', ...passport, birthDate: '1990-0228' })
    expect(date?.outcome).toBe('different')
  })
})

describe('what is compared is bounded', () => {
  const LONG = 'ab'.repeat(100_000)
  const honest = { firstName: 'Ŵyn', lastName: 'Example', birthDate: BIRTH }
  it.each([
    ['surname', { lastName: LONG }],
    ['first name', { firstName: LONG }],
    ['previous surname', { previousLastNames: [LONG] }],
    ['previous surnames', { previousLastNames: Array.from({ length: 100_000 }, (_, at) => `x${at}`) }],
    ['number', { nationalInsuranceNumber: LONG }],
    ['registration', { registrations: [{ body: 'GMC', number: LONG }] }],
    ['registrations', { registrations: Array.from({ length: 20_000 }, (_, at) => ({ body: `B${at}`, number: '1' })) }],
    ['email', { email: LONG }],
    ['postcode', { postcode: LONG }],
  ])('WORK-4: a %s without end says nothing, at once', (_, more) => {
    const began = performance.now()
    const one = { ...honest, ...more }
    const other = JSON.parse(JSON.stringify(one).replaceAll('ab', 'ba').replaceAll('"B', '"C')) as typeof one
    expect(matchRecords(one, other).verdict).not.toBe('match')
    expect(performance.now() - began).toBeLessThan(1_000)
  })

  it('WORK-4: a long name is compared as every other', () => {
    const long = 'Testwell-'.repeat(20)
    expect(matchRecords({ ...honest, lastName: long }, { ...honest, lastName: long }).verdict).toBe('possible')
  })
})

describe('one list of nationalities', () => {
  const READY = {
    integrationOn: true,
    lifecycle: 'eligible',
    idCheckAsked: true,
    permitCheckAsked: true,
    immigrationStatus: BRITISH_STATUS,
  } as const
  const permit = (nationality: string) => {
    const record = factsOf('RightToWork', 0, '2026-01-05')
    return { ...record, claims: { ...record.claims, nationality } } as NewRecord
  }

  it.each([
    ...['British', 'british', 'British citizen', 'Irish', 'Scottish', 'Welsh', 'English', 'Northern Irish', 'GBR'],
    ...['United Kingdom', 'U.K.', 'Cymraes', ' scottish '],
  ])('SEED-2: %s is taken for a British-only route and sent to Trac', (nationality) => {
    expect(isBritishOrIrish(nationality)).toBe(true)
    expect(whyNotSent(READY, permit(nationality))).toBeUndefined()
  })

  it.each(['French', 'Indian', '', 'British Overseas Territories', 'Scottishish'])('SEED-2: %j is neither', (other) => {
    expect(isBritishOrIrish(other)).toBe(false)
    expect(whyNotSent(READY, permit(other))).toBe('manualCheckNeeded')
  })
})
