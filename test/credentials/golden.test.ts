import { describe, expect, it } from 'vitest'
import { CREDENTIAL_TYPES, type CredentialTypeName, findType } from '../../src/credentials/catalogue.js'
import { checkClaims } from '../../src/credentials/check-claims.js'
import type { CatalogueEntry } from '../../src/credentials/define.js'
import { checkChanged, golden, ISSUED_ON } from './support/check.js'

const rows: readonly CatalogueEntry[] = Object.values(CREDENTIAL_TYPES)
const examples = rows.flatMap((row) =>
  row.examples.map((example, variant) => [`${row.type}: ${example.title}`, row, example, variant] as const),
)

describe('the golden examples', () => {
  it.each(examples)('%s keeps its schema and its rules', (_, row, example) => {
    const checked = checkClaims(row.type as CredentialTypeName, example, { issuedOn: ISSUED_ON })
    expect(checked.faults).toEqual([])
  })
})

describe('the catalogue', () => {
  it('names every type as it is published, and in kebab-case', () => {
    expect(Object.keys(CREDENTIAL_TYPES)).toHaveLength(19)
    for (const [name, row] of Object.entries(CREDENTIAL_TYPES)) {
      expect(row.type).toBe(name)
      expect(row.claimsKey).toBe(name.charAt(0).toLowerCase() + name.slice(1))
      expect(findType(name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase())?.type).toBe(name)
    }
    expect(findType('Passport')).toBeUndefined()
  })

  it('gives a rule of one code one meaning', () => {
    const meanings = new Map<string, string>()
    for (const rule of rows.flatMap((row) => row.rules)) {
      expect(meanings.get(rule.code) ?? rule.sentence).toBe(rule.sentence)
      meanings.set(rule.code, rule.sentence)
      expect(rule.code).toMatch(/^schema\.[a-z][A-Za-z0-9]+$/)
    }
  })

  it('lets only the identity be required when sharing', () => {
    expect(rows.filter(({ requiredWhenSharing }) => requiredWhenSharing).map(({ type }) => type)).toEqual(['Identity'])
  })

  it('marks health, disclosures and the composite as special', () => {
    const special = rows.filter(({ specialCategory }) => specialCategory).map(({ type }) => type)
    expect(special.sort()).toEqual([
      'Covid19StaffPassport',
      'DisclosureAndBarringService',
      'Immunisation',
      'OccupationalHealth',
      'Tuberculosis',
      'Varicella',
    ])
  })
})

const ENDS = [
  ['TemporaryPlacement', 0, {}, '2026-12-28T23:59:59Z'],
  ['TrainingPlacement', 0, {}, '2026-08-04T22:59:59Z'],
  ['TrainingProgramme', 0, {}, '2029-08-06T22:59:59Z'],
  ['CoreSkill', 0, {}, '2027-09-01T22:59:59Z'],
  ['CoreSkill', 0, { dateTo: '2026-12-31' }, '2026-12-31T23:59:59Z'],
  ['CoreSkill', 1, {}, '2026-09-01T22:59:59Z'],
  ['CoreSkill', 1, { lastDateAwarded: '2024-02-29' }, '2025-02-28T23:59:59Z'],
  ['CoreSkill', 1, { lastDateAwarded: '2025-08-31', renewalPeriod: '6', units: 'Month' }, '2026-02-28T23:59:59Z'],
  ['CoreSkill', 1, { lastDateAwarded: '2025-09-01', renewalPeriod: '90', units: 'Day' }, '2025-11-30T23:59:59Z'],
  ['CoreSkill', 1, { renewalPeriod: '90', units: 'Minute' }, '2025-09-02T22:59:59Z'],
  ['CoreSkill', 1, { renewalPeriod: undefined, units: undefined }, undefined],
  ['RightToWork', 0, {}, undefined],
  ['RightToWork', 2, {}, '2028-09-28T22:59:59Z'],
  ['RightToWork', 4, {}, '2026-06-28T22:59:59Z'],
  ['ProfessionalRegistration', 0, {}, '2026-08-01T22:59:59Z'],
  ['ProfessionalRegistration', 1, {}, undefined],
  ['DisclosureAndBarringService', 0, {}, undefined],
  ['Identity', 0, {}, undefined],
] as const

describe('the default end of a credential', () => {
  it.each(ENDS)('%s %i with %j', (type, variant, change, end) => {
    const row: CatalogueEntry = CREDENTIAL_TYPES[type]
    expect(row.validUntil({ ...golden(type, variant).claims, ...change })).toBe(end)
  })
})

describe('what must not be turned away', () => {
  const accepted = [
    [
      'a Welsh board',
      'EmploymentAssignment',
      (claims: Record<string, unknown>) => {
        claims.employingOrganisationOds = '7A1'
      },
    ],
    [
      'a Northern Irish trust',
      'EmploymentAssignment',
      (claims: Record<string, unknown>) => {
        claims.employingOrganisationOds = 'ZT001'
      },
    ],
    [
      'no National Insurance number',
      'PersonalDetails',
      (claims: Record<string, unknown>) => {
        delete claims.nationalInsuranceNumber
      },
    ],
    [
      'an associate of the GMC',
      'ProfessionalRegistration',
      (claims: Record<string, unknown>) => {
        claims.registrationNumber = 'A1234567'
      },
    ],
    [
      'a body that we do not know',
      'ProfessionalRegistration',
      (claims: Record<string, unknown>) => {
        claims.professionalBody = 'Bundesärztekammer'
        claims.registrationNumber = 'X-1'
        delete claims.licenceToPractise
      },
    ],
    [
      'a dispensing optician, whose numbers differ',
      'ProfessionalRegistration',
      (claims: Record<string, unknown>) => {
        claims.professionalBody = 'GOC'
        claims.registrationNumber = 'D-99999'
        claims.registerPart = 'Dispensing opticians'
        delete claims.licenceToPractise
      },
    ],
    [
      'a Scottish disclosure of an earlier level',
      'DisclosureAndBarringService',
      (claims: Record<string, unknown>) => {
        claims.disclosureBody = 'Disclosure Scotland'
        claims.certificateReferenceNumber = '12345'
        claims.updateService = false
        delete claims.dbsUpdateServiceStatusCheckDate
        delete claims.updateServiceStatus
      },
    ],
    [
      'the short name of a body in small letters',
      'ProfessionalRegistration',
      (claims: Record<string, unknown>) => {
        claims.professionalBody = 'gmc'
      },
    ],
    [
      'a subject of one level at level 1',
      'CoreSkill',
      (claims: Record<string, unknown>) => {
        claims.level = '1'
      },
    ],
    [
      'a subject of one level without level',
      'CoreSkill',
      (claims: Record<string, unknown>) => {
        delete claims.level
      },
    ],
    [
      'a subject by its published name with level',
      'CoreSkill',
      (claims: Record<string, unknown>) => {
        claims.statMandSubject = 'Safeguarding adults (Level 2)'
        claims.level = '2'
      },
    ],
    [
      'a Welsh framework',
      'CoreSkill',
      (claims: Record<string, unknown>) => {
        claims.competencyFramework = 'NHS Wales CSTF'
        claims.statMandSubject = 'Treat me fairly'
      },
    ],
    [
      'a position without number',
      'TemporaryPlacement',
      (claims: Record<string, unknown>) => {
        delete claims.positionNumber
      },
    ],
  ] as const

  it.each(accepted)('%s', (_, type, change) => {
    const { faults } = checkChanged(type, 0, ({ claims }) => change(claims))
    expect(faults).toEqual([])
  })

  it.each([
    'British',
    'Irish',
    'Welsh',
    'Scottish',
    'English',
    'Northern Irish',
    'Cymraes',
    'Cymro',
    'Prydeinig',
    'GBR',
    'IRL',
    'British Citizen',
  ])('a British or Irish passport whose holder is named %s, by an identity service provider', (nationality) => {
    const { faults } = checkChanged('RightToWork', 0, ({ claims }) => {
      claims.nationality = nationality
    })
    expect(faults).toEqual([])
  })

  it.each([
    'WEEKLY MAX 20 HOURS',
    'WESTFIELD 20 hours',
    'WORCESTER HOSPITAL SITE 2 ONLY',
    'WARD 12 NORTH WING',
    'Work in W1T 4BJ only',
  ])('a restriction that only looks a little like a share code: %s', (workRestrictions) => {
    const { faults } = checkChanged('RightToWork', 2, ({ claims }) => {
      claims.workRestrictions = workRestrictions
    })
    expect(faults).toEqual([])
  })
})
