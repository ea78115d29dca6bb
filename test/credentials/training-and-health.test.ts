import { describe, expect, it } from 'vitest'
import { endOfDay } from '../../src/codec/date-time.js'
import { CREDENTIAL_TYPES, type CredentialTypeName } from '../../src/credentials/catalogue.js'
import { CORE_SKILLS_FRAMEWORK, findCoreSkill } from '../../src/credentials/core-skills-framework.js'
import type { CredentialTypeRow, RuleInput } from '../../src/credentials/define.js'
import { DISEASE, DISEASES } from '../../src/credentials/diseases.js'
import { publishedList } from '../support/vectors.js'
import { checkChanged, codesOf, golden } from './support/check.js'

const NOTHING = { faults: [], warnings: [] }
const SKILL = { competencyFramework: 'CSTF', dateTo: undefined, renewalPeriod: undefined, units: undefined }

type Case = readonly [
  title: string,
  type: CredentialTypeName,
  variant: number,
  claims: object,
  context?: Partial<RuleInput>,
]

const check = (type: CredentialTypeName, variant: number, claims: object, context?: Partial<RuleInput>) =>
  codesOf(checkChanged(type, variant, (parts) => Object.assign(parts.claims, claims), context))

const endOf = (type: CredentialTypeName, variant: number, claims: object): string | undefined => {
  const row: CredentialTypeRow = CREDENTIAL_TYPES[type]
  return row.validUntil(JSON.parse(JSON.stringify({ ...golden(type, variant).claims, ...claims })))
}

const issuer = (name: string, more: object = {}): Partial<RuleInput> => ({
  issuer: { id: 'did:web:issuer.example', name, ...more },
})

const levelsOf = (subject: string): number => CORE_SKILLS_FRAMEWORK.filter((skill) => skill.subject === subject).length

describe('the 24 core skills', () => {
  it.each(CORE_SKILLS_FRAMEWORK.map((skill) => [skill.name, skill] as const))('%s', (name, skill) => {
    const { subject, level } = skill
    expect(findCoreSkill(subject, level)).toBe(skill)
    expect(findCoreSkill(name, undefined)).toBe(skill)
    expect(findCoreSkill(name, level)).toBe(skill)
    expect(check('CoreSkill', 0, { ...SKILL, statMandSubject: subject, level })).toEqual(NOTHING)
    expect(findCoreSkill(subject, '4')).toBeUndefined()
    // A subject of one level takes none; where there are several, none is ambiguous.
    const isSingle = levelsOf(subject) === 1
    expect(findCoreSkill(subject, undefined)).toBe(isSingle || subject === name ? skill : undefined)
    expect(check('CoreSkill', 0, { ...SKILL, statMandSubject: subject, level: undefined })).toEqual(
      isSingle ? NOTHING : { faults: ['schema.notInCoreSkillsFramework'], warnings: [] },
    )
  })

  it('Resuscitation: basic awareness is 1, basic life support 2, immediate life support 3', () => {
    const levels = CORE_SKILLS_FRAMEWORK.filter(({ name }) => name.startsWith('Resuscitation')).map(
      ({ name, level }) => [/basic life/.test(name) ? 'basic' : /immediate/.test(name) ? 'immediate' : 'aware', level],
    )
    expect(new Set(levels.map(String))).toEqual(new Set(['aware,1', 'basic,2', 'immediate,3']))
  })

  it.each(['cstf', 'Core Skills Training Framework', 'Core Skills Training Framework (CSTF)', ' CSTF '])(
    'the framework called %j is the same one',
    (competencyFramework) => {
      expect(check('CoreSkill', 0, { competencyFramework })).toEqual(NOTHING)
      expect(check('CoreSkill', 0, { competencyFramework, statMandSubject: 'Juggling' }).faults).toEqual([
        'schema.notInCoreSkillsFramework',
      ])
    },
  )

  it.each(['LOCAL', 'NHS Wales CSTF', 'NHS Scotland', 'KSF', 'Oliver McGowan Mandatory Training', 'Fframwaith Ŵ'])(
    'the framework called %j has subjects and levels of its own',
    (competencyFramework) =>
      expect(check('CoreSkill', 0, { competencyFramework, statMandSubject: 'Juggling', level: 'Tier 2' })).toEqual(
        NOTHING,
      ),
  )
})

describe('when a core skill ends', () => {
  const renewed = (lastDateAwarded: string, renewalPeriod: string, units: string) =>
    endOf('CoreSkill', 1, { lastDateAwarded, renewalPeriod, units })

  it.each([
    ['2024-02-29', '1', 'Year', '2025-02-28'],
    ['2024-02-29', '4', 'Year', '2028-02-29'],
    ['2025-01-31', '1', 'Month', '2025-02-28'],
    ['2027-08-31', '6', 'Month', '2028-02-29'],
    ['2025-12-31', '2', 'Month', '2026-02-28'],
    ['2025-12-24', '2', 'Week', '2026-01-07'],
    ['2025-12-31', '1', 'Day', '2026-01-01'],
    ['2025-12-31', '24', 'Hour', '2026-01-01'],
    ['2025-12-31', '36', 'Hour', '2026-01-02'],
    ['2025-12-31', '1', 'Minute', '2026-01-01'],
    ['2025-09-01', '999', 'Year', '3024-09-01'],
  ])('awarded %s, %s %s', (awarded, period, units, end) => expect(renewed(awarded, period, units)).toBe(endOfDay(end)))

  it('the source’s end wins, and a disagreement warns', () => {
    expect(endOf('CoreSkill', 0, { dateTo: '2025-11-20' })).toBe('2025-11-20T23:59:59Z')
    expect(check('CoreSkill', 0, { dateTo: '2027-08-31' })).toEqual({
      faults: [],
      warnings: ['schema.renewalDisagreesWithEnd'],
    })
  })

  it('never, without a renewal period', () =>
    expect(endOf('CoreSkill', 1, { renewalPeriod: undefined, units: undefined })).toBeUndefined())

  it('beyond the calendar: refused, and no end that is no date', () => {
    expect(renewed('2025-09-01', '9999', 'Year')).toBeUndefined()
    expect(check('CoreSkill', 1, { renewalPeriod: '9999' }).faults).toEqual(['schema.renewalBeyondCalendar'])
  })

  it('other types: a placement and a programme with their last day, a clearance with its review, immunity never', () => {
    expect(endOf('TemporaryPlacement', 0, { endDate: '2028-02-29' })).toBe('2028-02-29T23:59:59Z')
    expect(endOf('TrainingPlacement', 0, { endDate: '2026-12-31' })).toBe('2026-12-31T23:59:59Z')
    expect(endOf('TrainingProgramme', 0, { endDate: '2026-12-31' })).toBe('2026-12-31T23:59:59Z')
    expect(endOf('OccupationalHealth', 0, {})).toBeUndefined()
    expect(endOf('OccupationalHealth', 1, {})).toBe('2026-12-15T23:59:59Z')
    expect(endOf('Immunisation', 3, { boosterDue: '2020-01-01' })).toBeUndefined()
    expect(endOf('NewStarterInformation', 0, {})).toBeUndefined()
    expect(endOf('AccessKey', 0, {})).toBeUndefined()
  })
})

const ALL_FOUR = [DISEASE.measles, DISEASE.mumps, DISEASE.rubella, DISEASE.varicella]

const ACCEPTED: readonly Case[] = [
  ['somebody allergic', 'OccupationalHealth', 1, { adjustments: 'No latex: hives. Journal desk, not by the beehive' }],
  ['a booster that is overdue', 'Immunisation', 3, { boosterDue: '2025-12-31' }],
  ['measles, mumps, rubella and varicella in one', 'Immunisation', 2, { targetDiseases: ALL_FOUR }],
  ['antibodies against hepatitis B, without a result', 'Immunisation', 1, {}],
  ['no immunity after a negative serology', 'Varicella', 1, { testResult: 'negative', immunityStatus: 'notImmune' }],
  ['an equivocal serology', 'Varicella', 1, { testResult: 'equivocal', immunityStatus: 'notDetermined' }],
  ['tuberculosis as an immunisation', 'Immunisation', 5, { targetDiseases: [DISEASE.tuberculosis] }],
  ['a host by its code', 'TemporaryPlacement', 0, { host: 'RZ2' }, issuer('Southmere', { odsCode: 'RZ2' })],
  [
    'a host written with another form of the same letters',
    'TemporaryPlacement',
    0,
    { host: 'Bwrdd Iechyd Ŵyl'.normalize('NFD') },
    issuer('Bwrdd Iechyd Ŵyl'.normalize('NFC')),
  ],
  [
    'a host that has merged into the issuer',
    'TemporaryPlacement',
    0,
    {},
    issuer('Greater Mere', { predecessors: ['Southmere NHS Trust (fictional)'] }),
  ],
  ['an issuer of whom nobody knows the name', 'TemporaryPlacement', 0, {}, { issuer: { id: 'did:example:1' } }],
  ['a training body', 'TrainingPlacement', 0, {}, issuer('Region Nine Postgraduate Training (fictional)')],
  ['the employing body of a post', 'TrainingPlacement', 0, {}, issuer('Northfield NHS Trust (fictional)')],
  ['a post number with a suffix', 'TrainingPlacement', 0, { nationalPostNumber: 'NTH/RTD01/001/STR/001/C' }],
  ['a day’s placement', 'TemporaryPlacement', 0, { endDate: '2026-02-02' }],
  [
    'an access key by its employer’s code',
    'AccessKey',
    0,
    {},
    { issuer: { id: 'did:web:issuer.example', odsCode: 'RZ1' } },
  ],
  ['a Welsh board’s access key', 'AccessKey', 0, { employerOds: '7A1' }],
]

const NAMES = [
  'Ŵyn',
  'Łukasz',
  'O’Brien',
  "O'Brien",
  'D’Souza-Ní',
  'Sukarno',
  'Zoë'.normalize('NFC'),
  'Zoë'.normalize('NFD'),
  '李小龍',
  'محمد',
  'X Æ A-12',
  'Jr.',
  'N'.repeat(80),
]

const TELEPHONES = [
  '+44 7700 900001',
  '(0113) 496 0000',
  '0113 496 0000 ext 1234',
  '020-7946.0000 x12',
  '+44 (0)20 7946 0000',
  '4711',
]

describe('what must not be turned away', () => {
  it.each(ACCEPTED.map((one) => [one[0], one] as const))('%s', (_, [, type, variant, claims, context]) =>
    expect(check(type, variant, claims, context)).toEqual(NOTHING),
  )

  it.each(NAMES)('TXT-05 the name %s', (name) => {
    expect(check('TemporaryPlacement', 0, { departmentContactName: name })).toEqual(NOTHING)
    const contact = { name, relationship: 'Friend', telephone: '4711' }
    const claims = { preferredName: name, previousNames: [name], emergencyContacts: [contact] }
    expect(check('NewStarterInformation', 0, claims)).toEqual(NOTHING)
  })

  it.each(TELEPHONES)('the telephone number %s', (departmentContactTelephone) =>
    expect(check('TemporaryPlacement', 0, { departmentContactTelephone })).toEqual(NOTHING),
  )
})

const VIRUSES = [
  'HIV positive',
  'hiv',
  'HBsAg carrier',
  'HCV',
  'Hepatitis B course',
  'hepatitis-c',
  'Hep B',
  'BBV',
  'a blood-borne virus',
  'viral load',
  'Antibodies low',
]

describe('what a health credential never states', () => {
  it.each(VIRUSES)('%s', (text) => {
    for (const name of ['restrictions', 'adjustments', 'clearedForRole'])
      expect(check('OccupationalHealth', 2, { adjustments: 'A chair', [name]: `Not now: ${text}.` }).faults).toEqual([
        'schema.bloodBorneVirusStated',
      ])
  })

  it.each(['positive', 'negative', 'equivocal'])('a result of %s for hepatitis B', (testResult) =>
    expect(check('Immunisation', 1, { testResult }).faults).toEqual(['schema.hepatitisBResultStated']),
  )

  it('a diagnosis: there is no place for one', () =>
    expect(check('OccupationalHealth', 0, { diagnosis: 'x' }).faults).toEqual(['schema.unknownProperty']))

  it('another disease than its own', () => {
    const targetDiseases = [DISEASE.influenza]
    expect(check('Tuberculosis', 3, { targetDiseases }).faults).toEqual(['schema.enum'])
    expect(check('Varicella', 2, { targetDiseases }).faults).toEqual(['schema.enum'])
  })
})

describe('the diseases', () => {
  it('are those that have a name', () =>
    expect(Object.values(DISEASE).toSorted()).toEqual(Object.keys(DISEASES).toSorted()))

  const published = publishedList('domain/nhs-disease-mapping-snomed.json')

  it.runIf(published)('have the codes and terms that the NHS publishes', () => {
    const mapping: { diseases: { code: string; term: string }[] }[] = JSON.parse(published ?? '')
    const terms = new Map(mapping.flatMap(({ diseases }) => diseases).map(({ code, term }) => [code, term]))
    for (const [code, term] of Object.entries(DISEASES)) expect(terms.get(code)).toBe(term)
  })
})
