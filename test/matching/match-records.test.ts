import { describe, expect, it } from 'vitest'
import { jaroWinkler } from '../../src/matching/jaro-winkler.js'
import { matchRecords, type PersonRecord, rankCandidates } from '../../src/matching/match-records.js'
import { LIKELIHOODS } from '../../src/matching/weights.js'
import { type LabelledPair, matchingPairs } from '../../src/testing/matching-pairs.js'

const PAT: PersonRecord = { firstName: 'Catherine', lastName: 'Example-Testwell', birthDate: '1990-02-08' }
const NI = { nationalInsuranceNumber: 'AB123456C' }

describe('Jaro–Winkler, by its published examples', () => {
  it.each([
    ['MARTHA', 'MARHTA', 0.961],
    ['DIXON', 'DICKSONX', 0.813],
    ['DWAYNE', 'DUANE', 0.84],
    ['JELLYFISH', 'SMELLYFISH', 0.896],
    ['ABC', 'ABC', 1],
    ['ABC', 'XYZ', 0],
    ['', 'ABC', 0],
  ])('%s, %s: %d', (a, b, expected) => {
    expect(jaroWinkler(a, b)).toBeCloseTo(expected, 3)
    expect(jaroWinkler(b, a)).toBeCloseTo(expected, 3)
  })
})

describe('how fields compare', () => {
  it.each([
    [{ firstName: 'CATHERINE' }, 'firstName', 'equal'],
    [{ firstName: 'Catherine Mary' }, 'firstName', 'equal'],
    [{ firstName: 'Kate' }, 'firstName', 'nickname'],
    [{ firstName: 'Cathrine' }, 'firstName', 'similar'],
    [{ firstName: 'C' }, 'firstName', 'initial'],
    [{ firstName: 'Robert' }, 'firstName', 'different'],
    [{ lastName: 'Éxample Testwell' }, 'lastName', 'equal'],
    [{ lastName: 'Example' }, 'lastName', 'part'],
    [{ lastName: 'Other', previousLastNames: ['Example-Testwell'] }, 'lastName', 'previous'],
    [{ lastName: 'Example-Testwel' }, 'lastName', 'similar'],
    [{ lastName: 'Other' }, 'lastName', 'different'],
    [{ birthDate: '1990-08-02' }, 'birthDate', 'swapped'],
    [{ birthDate: '1991-02-08' }, 'birthDate', 'oneDigit'],
    [{ birthDate: '1975-11-30' }, 'birthDate', 'different'],
  ] as const)('%j: %s %s', (change, field, level) => {
    const { evidence } = matchRecords(PAT, { ...PAT, ...change })
    expect(evidence.find((one) => one.field === field)?.level).toBe(level)
    expect(matchRecords({ ...PAT, ...change }, PAT).evidence).toEqual(evidence)
  })

  it('first and last name in each other’s place', () => {
    const swapped = { ...PAT, firstName: PAT.lastName, lastName: PAT.firstName }
    expect(matchRecords(PAT, swapped).evidence[0]).toMatchObject({ field: 'names', level: 'swapped' })
    expect(matchRecords(PAT, swapped).verdict).toBe('possible')
  })

  it('what is missing says nothing, and a placeholder is missing', () => {
    const { evidence } = matchRecords({ ...PAT, nationalInsuranceNumber: 'TN010203F' }, { ...PAT, ...NI })
    expect(evidence.map(({ field }) => field)).toEqual(['firstName', 'lastName', 'birthDate'])
  })

  it.each([
    ['राम', 'रमा'],
    ['กา', 'กี'],
    ['ကို', 'ကူ'],
  ])('marks that are vowels tell names apart: %s, %s', (one, other) => {
    const { evidence } = matchRecords({ ...PAT, firstName: one }, { ...PAT, firstName: other })
    expect(evidence.find(({ field }) => field === 'firstName')?.level).not.toBe('equal')
  })

  it.each([
    ['Ŵyn', 'Wyn'],
    ['José', 'Jose'],
    ['مُحَمَّد', 'محمد'],
    ['Нгуен', 'НГУЕН'],
  ])('marks that may be left out do not: %s, %s', (one, other) => {
    const { evidence } = matchRecords({ ...PAT, firstName: one }, { ...PAT, firstName: other })
    expect(evidence.find(({ field }) => field === 'firstName')?.level).toBe('equal')
  })

  it.each(['1900-01-01', '4712-12-31', 'nonsense', '1990-02-30', ''])(
    '%s is no birth date, whoever has it',
    (birthDate) => {
      const { evidence, verdict } = matchRecords({ ...PAT, ...NI, birthDate }, { ...PAT, ...NI, birthDate })
      expect(evidence.map(({ field }) => field)).not.toContain('birthDate')
      expect(verdict).toBe('possible')
    },
  )

  it('a body goes by its name, however that is written', () => {
    const of = (body: string) => ({ ...PAT, registrations: [{ body, number: '7654321' }] })
    expect(matchRecords(of('GMC'), of(' gmc ')).verdict).toBe('match')
  })

  it('a person without names is a mistake, and is told so', () => {
    expect(() => matchRecords(PAT, { birthDate: '1990-02-08' } as PersonRecord)).toThrow(/firstName and lastName/)
  })

  it('each level’s likelihoods are likelihoods', () => {
    for (const levels of Object.values(LIKELIHOODS))
      for (const { m, u } of Object.values(levels)) {
        expect(m > 0 && m < 1 && u > 0 && u < 1).toBe(true)
      }
  })

  it('evidence holds no value', () => {
    const { evidence } = matchRecords({ ...PAT, ...NI }, { ...PAT, ...NI })
    expect(JSON.stringify(evidence)).not.toMatch(/Catherine|Testwell|1990|AB123456C/)
  })
})

describe('a match', () => {
  it('needs a number of one’s own: names and birth date are possible, and no more', () => {
    expect(matchRecords(PAT, PAT).verdict).toBe('possible')
    expect(
      matchRecords(
        { ...PAT, email: 'pat@example.org', postcode: 'NX1 1AA' },
        { ...PAT, email: 'pat@example.org', postcode: 'NX1 1AA' },
      ).verdict,
    ).toBe('possible')
    expect(matchRecords({ ...PAT, ...NI }, { ...PAT, ...NI }).verdict).toBe('match')
  })

  it('is none where another number says otherwise, or a first name, or a birth date', () => {
    const gmc = (number: string) => ({ registrations: [{ body: 'GMC', number }] })
    const one = { ...PAT, ...NI, ...gmc('1234567') }
    expect(matchRecords(one, { ...one, ...gmc('7654321') }).verdict).not.toBe('match')
    expect(matchRecords(one, { ...one, firstName: 'Robert' }).verdict).not.toBe('match')
    expect(matchRecords(one, { ...one, birthDate: '1990-02-09' }).verdict).not.toBe('match')
  })

  it('is none where several could be meant', () => {
    const one = { ...PAT, ...NI }
    expect(rankCandidates(one, [one])).toMatchObject({ candidates: [{ verdict: 'match' }] })
    const ranking = rankCandidates(one, [PAT, one])
    expect(ranking).toMatchObject({
      code: 'matching.ambiguous',
      candidates: [{ verdict: 'possible' }, { verdict: 'possible' }],
    })
    expect(ranking.candidates[0]?.candidate).toBe(one)
    expect(rankCandidates(one, [{ ...PAT, firstName: 'Robert', birthDate: '1950-01-01' }])).toEqual({ candidates: [] })
  })
})

describe('on generated pairs', () => {
  const PAIRS = 20_000
  const seeds = [1, 2, 3].map(() => Math.floor(Math.random() * 2 ** 32))

  it.each(seeds)('seed %i', (seed) => {
    const pairs = matchingPairs(seed, PAIRS)
    const judged = pairs.map((pair) => ({ ...pair, ...matchRecords(pair.a, pair.b) }))
    const share = (some: readonly unknown[], of: readonly unknown[]) => some.length / of.length
    const ones = judged.filter(({ isOne }) => isOne)
    const found = ones.filter(({ verdict }) => verdict !== 'noMatch')
    const related = judged.filter(({ isOne, kind }) => !isOne && kind !== 'twins')
    const raised = related.filter(({ verdict }) => verdict !== 'noMatch')
    const wrong = judged.filter(({ isOne, verdict }) => !isOne && verdict === 'match')
    const lost = (kind: string): LabelledPair[] => ones.filter((one) => one.kind === kind && one.verdict === 'noMatch')
    console.info(
      `seed ${seed}: recall ${(share(found, ones) * 100).toFixed(2)} %, raised ${(share(raised, related) * 100).toFixed(2)} %, wrong ${wrong.length}; lost marriages ${lost('marriage').length}`,
    )
    expect(wrong).toEqual([])
    expect(share(found, ones)).toBeGreaterThanOrEqual(0.97)
    expect(share(raised, related)).toBeLessThanOrEqual(0.01)
  })

  it('the same seed gives the same pairs', () => {
    expect(matchingPairs(7, 50)).toEqual(matchingPairs(7, 50))
  })
})
