import { describe, expect, it } from 'vitest'
import { CREDENTIAL_TYPES } from '../../../src/credentials/catalogue.js'
import { checkClaims } from '../../../src/credentials/check-claims.js'
import { CORE_SKILLS_FRAMEWORK } from '../../../src/credentials/core-skills-framework.js'
import type { CredentialTypeName } from '../../../src/credentials/rows.js'
import {
  coreSkillClaims,
  employmentAssignmentClaims,
  identityNames,
  parseCompetenceName,
  personalDetailsClaims,
  professionalRegistrationClaims,
} from '../../../src/doors/esr.js'
import { type Cells, valuesOf } from './support/file.js'
import {
  assignmentLine,
  competenceLine,
  definitionLine,
  organisationLine,
  personLine,
  positionLine,
  registrationLine,
} from './support/people.js'

const competence = (cells: Cells<'CM'> = {}, definition: Cells<'CD'> | undefined = {}) => ({
  competence: valuesOf('CM', competenceLine(cells)),
  definition: definition && valuesOf('CD', definitionLine(definition)),
})
const named = (name: string) => coreSkillClaims(competence({ 'Competency Name': name }, {}))

/** What the catalogue's rules say of claims, beside a sound rest. */
const rulesOf = (type: CredentialTypeName, claims: object) => {
  const { uniqueIdentifier, assurance } = CREDENTIAL_TYPES[type].examples[0]
  const issuer = { id: 'did:web:northfield.example', name: 'Northfield NHS Trust (fictional)', odsCode: 'RZ1' }
  return checkClaims(type, { uniqueIdentifier, assurance, claims }, { issuedOn: '2026-06-01', issuer })
}
const SOUND = { faults: [], warnings: [] }

describe('the name of a competence', () => {
  it.each([
    [
      'NHS|CSTF|Fire Safety - 2 Years|',
      { owner: 'NHS', framework: 'CSTF', title: 'Fire Safety', renewal: { period: '2', units: 'Year' } },
    ],
    [
      'NHS|CSTF|Moving and Handling - Level 1 - 18 Months|',
      {
        owner: 'NHS',
        framework: 'CSTF',
        title: 'Moving and Handling',
        level: '1',
        renewal: { period: '18', units: 'Month' },
      },
    ],
    ['457|LOCAL|Title|', { owner: '457', framework: 'LOCAL', title: 'Title' }],
    ['457|LOCAL|Pumps - Ward - No Renewal|', { owner: '457', framework: 'LOCAL', title: 'Pumps - Ward' }],
    [
      'NHS|KSF|Health, Safety and Security C3|Core',
      { owner: 'NHS', framework: 'KSF', title: 'Health, Safety and Security C3' },
    ],
    ['277|CNST', undefined],
    ['NHS|CSTF|  |', undefined],
    ['NHS|CSTF|Level 1 - 2 Years|', undefined],
    ['Fire Safety', undefined],
    ['', undefined],
  ])('%j', (name, parts) => expect(parseCompetenceName(name)).toEqual(parts))
})

describe('a core skill', () => {
  it('has its subject, its level, its renewal and its dates', () => {
    const mapped = coreSkillClaims(competence(), { employer: 'Northfield NHS Trust (fictional)' })
    expect(mapped).toEqual({
      claims: {
        competencyFramework: 'CSTF',
        statMandSubject: 'Fire safety',
        attainmentStatus: 'ACHIEVED',
        competencyName: 'NHS|CSTF|Fire Safety - 2 Years|',
        lastDateAwarded: '2025-09-01',
        renewalPeriod: '2',
        units: 'Year',
        dateTo: '2027-09-01',
        trustIdentifier: '218',
        employer: 'Northfield NHS Trust (fictional)',
        proficiencyLevel: '0 - Not Assessed',
      },
      omitted: [],
    })
    expect(rulesOf('CoreSkill', mapped.claims ?? {})).toEqual(SOUND)
  })

  it.each([
    ['Infection Prevention and Control - Level 2 - 1 Year', 'Infection prevention and control', '2'],
    ['Equality, Diversity and Human Rights - 3 Years', 'Equality diversity and human rights', undefined],
    ['Health, Safety and Welfare - 3 Years', 'Health safety and welfare', undefined],
    ['Resuscitation - Level 1', 'Resuscitation', '1'],
    ['Resuscitation - Level 2 - Adult Basic Life Support - 1 Year', 'Resuscitation adult basic life support', '2'],
    ['Safeguarding Children (Version 2) - Level 3 - 3 Years', 'Safeguarding children', '3'],
    [
      'Preventing Radicalisation - Levels 1 & 2 (Basic Prevent Awareness) - 3 Years',
      'Preventing radicalisation basic prevent awareness',
      undefined,
    ],
    [
      'Preventing Radicalisation - Levels 3, 4 & 5 (Prevent Awareness) - 3 Years',
      'Preventing radicalisation prevent awareness',
      undefined,
    ],
  ])('of ESR is one of the published: %s', (title, statMandSubject, level) => {
    const { claims } = named(`NHS|CSTF|${title}|`)
    expect(claims?.statMandSubject).toBe(statMandSubject)
    expect(claims?.level).toBe(level)
  })

  it.each(CORE_SKILLS_FRAMEWORK.map((row) => [row.name, row] as const))(
    'is recognised: %s',
    (_, { subject, level }) => {
      const mapped = named(`NHS|CSTF|${subject.toUpperCase()}${level ? ` - Level ${level}` : ''} - 2 Years|`)
      expect(mapped.claims).toMatchObject({ statMandSubject: subject, ...(level ? { level } : {}) })
      expect(rulesOf('CoreSkill', mapped.claims ?? {})).toEqual(SOUND)
    },
  )

  it('of the employer’s own is taken by its title', () => {
    const { claims } = named('218|LOCAL|Trust Induction - 2 Years|')
    expect(claims).toMatchObject({ competencyFramework: 'LOCAL', statMandSubject: 'Trust Induction' })
    expect(rulesOf('CoreSkill', claims ?? {})).toEqual(SOUND)
  })

  it.each([
    [
      'a Knowledge and Skills Framework entry',
      { 'Competency Name': 'NHS|KSF|Communication C1|Core' },
      'import.competenceFramework',
    ],
    ['a name without a title', { 'Competency Name': '277|CNST' }, 'import.competenceName'],
    ['no name', { 'Competency Name': '' }, 'import.competenceName'],
    ['a subject that there is not', { 'Competency Name': 'NHS|CSTF|Basket Weaving|' }, 'import.competenceUnknown'],
    [
      'a level that there is not',
      { 'Competency Name': 'NHS|CSTF|Safeguarding Adults - Level 9|' },
      'import.competenceUnknown',
    ],
    ['a level that is missing', { 'Competency Name': 'NHS|CSTF|Safeguarding Adults|' }, 'import.competenceUnknown'],
    ['a requirement of a position', { 'Competency Type': 'REQUIREMENT' }, 'import.competenceNotAchieved'],
    ['in progress', { 'Competency Status': 'IN PROGRESS' }, 'import.competenceNotAchieved'],
    ['without a status', { 'Competency Status': '' }, 'import.competenceNotAchieved'],
    ['without a day', { 'Date From': '' }, 'import.missing'],
  ])('is refused: %s', (_, cells, code) => {
    const mapped = coreSkillClaims(competence(cells))
    expect(mapped.claims).toBeUndefined()
    expect('refused' in mapped && mapped.refused).toMatchObject([{ type: 'CM', code }])
  })

  it('is recognised in any case', () => {
    const cells = { 'Competency Name': 'nhs|cstf|FIRE SAFETY - 2 YEARS|', 'Competency Status': 'Achieved' }
    const { claims } = coreSkillClaims(competence(cells))
    expect(claims).toMatchObject({ competencyFramework: 'CSTF', statMandSubject: 'Fire safety', renewalPeriod: '2' })
    expect(rulesOf('CoreSkill', claims ?? {})).toEqual(SOUND)
  })

  it('may be named by whoever knows the name', () => {
    const name = 'NHS|CSTF|Manual Lifting - Level 2|'
    const subjects = { [name]: { subject: 'Moving and handling', level: '2' } }
    const mapped = coreSkillClaims(competence({ 'Competency Name': name }), { subjects })
    expect(mapped.claims).toMatchObject({ statMandSubject: 'Moving and handling', level: '2' })
  })

  it.each([
    ['as its definition says', { 'Renewal Period Freq': '18', 'Renewal Period Units': 'Months' }, ['18', 'Month']],
    ['in letters', { 'Renewal Period Freq': '3', 'Renewal Period Units': 'Y' }, ['3', 'Year']],
    ['as its name says', undefined, ['2', 'Year']],
    ['as its name says, not by half a definition', { 'Renewal Period Units': '' }, ['2', 'Year']],
    ['as its name says, not never', { 'Renewal Period Freq': '0' }, ['2', 'Year']],
  ])('is due again %s', (_, definition, renewal) => {
    const record = { ...competence(), definition: definition && valuesOf('CD', definitionLine(definition)) }
    const { claims } = coreSkillClaims(record)
    expect([claims?.renewalPeriod, claims?.units]).toEqual(renewal)
  })

  it('is of the day of its certificate, and leaves out an end that is none and a level that is none', () => {
    const cells = { 'Certification Date': '20250905', 'Date To': '47121231', 'Proficiency Level': '1 - Level 1' }
    const mapped = coreSkillClaims(competence(cells))
    expect(mapped.claims).toMatchObject({ lastDateAwarded: '2025-09-05' })
    expect(mapped.claims).not.toHaveProperty('dateTo')
    expect(mapped).toMatchObject({
      omitted: [{ claim: 'proficiencyLevel', type: 'CM', column: 'Proficiency Level', code: 'schema.enum' }],
    })
  })
})

describe('an employment assignment', () => {
  const EMPLOYER = { name: 'Northfield NHS Trust (fictional)', odsCode: 'RZ1', vpd: '218' }
  const assignment = (cells: Cells<'AS'> = {}, position: Cells<'PO'> = {}) => ({
    assignment: valuesOf('AS', assignmentLine(cells)),
    position: valuesOf('PO', positionLine(position)),
    organisation: valuesOf('OR', organisationLine()),
    location: undefined,
  })

  it('says what the assignment, its position and its organisation say', () => {
    const mapped = employmentAssignmentClaims(assignment(), EMPLOYER)
    expect(mapped).toEqual({
      claims: {
        employingOrganisation: 'Northfield NHS Trust (fictional)',
        employingOrganisationOds: 'RZ1',
        department: '218 Elderly Care',
        staffGroup: 'Medical and Dental',
        jobRole: 'Specialty Registrar',
        jobTitle: 'Specialty Registrar in Geriatric Medicine',
        assignmentCategory: 'Permanent',
        assignmentStatus: 'Active Assignment',
        assignmentEffectiveStartDate: '2024-08-07',
        occupationCode: '011',
        payBandOrPayScale: 'MN37',
        vpd: '218',
        esrAssignmentNumber: '30679710',
      },
      omitted: [],
    })
    expect(rulesOf('EmploymentAssignment', mapped.claims ?? {})).toEqual(SOUND)
  })

  it('takes the role from the job where there is no position, and the end of a fixed term', () => {
    const cells = { 'Assignment Category': 'Fixed Term Temp', 'Contract End Date': '20270803' }
    const mapped = employmentAssignmentClaims({ ...assignment(cells), position: undefined }, EMPLOYER)
    expect(mapped.claims).toMatchObject({ jobRole: 'Specialty Registrar', fixedTermContractEndDate: '2027-08-03' })
    expect(rulesOf('EmploymentAssignment', mapped.claims ?? {})).toEqual(SOUND)
  })

  it('writes the staff group as published, and leaves out what is none', () => {
    const group = (text: string) => employmentAssignmentClaims(assignment({}, { 'Job Staff Group': text }), EMPLOYER)
    expect(group('Add Prof Scientific and Technic').claims?.staffGroup).toBe(
      'Additional Professional Scientific and Technical',
    )
    expect(group('Zzyzx')).toMatchObject({
      omitted: [{ claim: 'staffGroup', type: 'PO', column: 'Job Staff Group', code: 'import.lookup' }],
    })
    expect(JSON.stringify(group('Zzyzx'))).not.toContain('Zzyzx')
  })

  it('is refused without what it must say, all at once', () => {
    const cells = { 'Assignment Category': '', 'User Assignment Status': '' }
    const mapped = employmentAssignmentClaims(assignment(cells), EMPLOYER)
    expect(mapped).toEqual({
      refused: [
        { claim: 'assignmentCategory', type: 'AS', column: 'Assignment Category', code: 'import.missing' },
        { claim: 'assignmentStatus', type: 'AS', column: 'User Assignment Status', code: 'import.missing' },
      ],
    })
  })

  it('is refused for an employer without a code', () => {
    const mapped = employmentAssignmentClaims(assignment(), { ...EMPLOYER, odsCode: 'rz1' })
    expect(mapped).toEqual({ refused: [{ claim: 'employingOrganisationOds', code: 'schema.pattern' }] })
  })
})

describe('a professional registration', () => {
  const PERSON = valuesOf('PR', personLine())
  const CHECK = { status: 'Registered', restrictions: false, checkedOn: '2026-06-01' }
  const mapped = (cells: Cells<'ET'> = {}, check: Partial<typeof CHECK & { registerPart: string }> = {}) =>
    professionalRegistrationClaims(valuesOf('ET', registrationLine(cells)), PERSON, { ...CHECK, ...check })

  it('says what ESR keeps, and what the register said', () => {
    expect(mapped()).toEqual({
      claims: {
        professionalBody: 'Nursing and Midwifery Council',
        staffMember: 'Ŵyn O’Example-Testwell',
        registrationNumber: '99Z9999Z',
        registrationDate: '2022-08-31',
        expiryDate: '2027-08-31',
        registerPart: 'Sub-part 1 Adult',
        status: 'Registered',
        restrictions: false,
        checkedOn: '2026-06-01',
      },
      omitted: [],
    })
    expect(rulesOf('ProfessionalRegistration', mapped().claims ?? {})).toEqual(SOUND)
  })

  it.each([
    ['Health and Care Professions Council', 'PH095159', 'PH95159'],
    ['HCPC', 'ODP000001', 'ODP1'],
    ['General Medical Council', '0123456', '0123456'],
  ])('of the %s writes %s as %s', (body, number, written) => {
    const { claims } = mapped({ PEI_INFORMATION1: body, PEI_INFORMATION2: number })
    expect(claims?.registrationNumber).toBe(written)
    expect(rulesOf('ProfessionalRegistration', claims ?? {}).faults).toEqual([])
  })

  it('takes the part of the register that you saw', () =>
    expect(mapped({}, { registerPart: 'Nurse' }).claims?.registerPart).toBe('Nurse'))

  it('is refused for an impossible day, and leaves out an impossible end', () => {
    expect(mapped({ PEI_INFORMATION3: '31/02/2022' })).toMatchObject({
      refused: [{ claim: 'registrationDate', type: 'ET', column: 'PEI_INFORMATION3', code: 'import.date' }],
    })
    expect(mapped({ PEI_INFORMATION5: '2027-08-31' })).toMatchObject({
      omitted: [{ claim: 'expiryDate', type: 'ET', column: 'PEI_INFORMATION5', code: 'import.date' }],
    })
  })
})

describe('personal details', () => {
  const PERSON: Cells<'PR'> = {
    'Middle Names': 'Test',
    'Preferred Name': 'Wyn',
    'Previous Last Name': 'Before',
    'Maiden Name': 'Before',
    'Office E-mail Address': 'wyn.testwell@northfield.example',
    'National Insurance Number': 'AB012201B',
  }
  const mapped = (cells: Cells<'PR'> = {}) => personalDetailsClaims(valuesOf('PR', personLine({ ...PERSON, ...cells })))

  it('say how somebody is called and reached', () => {
    expect(mapped()).toEqual({
      claims: {
        title: 'Dr',
        preferredName: 'Wyn',
        legalFirstName: 'Ŵyn',
        middleName: 'Test',
        legalSurname: 'O’Example-Testwell',
        previousNames: ['Before'],
        birthDate: '1990-02-28',
        workEmail: 'wyn.testwell@northfield.example',
        employeeId: '30679710',
        nationalInsuranceNumber: 'AB012201B',
      },
      omitted: [],
    })
    expect(rulesOf('PersonalDetails', mapped().claims ?? {})).toEqual(SOUND)
  })

  it('have no insurance number that is a placeholder, and leave out what is no address', () => {
    expect(mapped({ 'National Insurance Number': 'TN010190F' })).toMatchObject({ omitted: [] })
    expect(mapped({ 'National Insurance Number': 'TN010190F' }).claims).not.toHaveProperty('nationalInsuranceNumber')
    expect(mapped({ 'Office E-mail Address': 'none', 'National Insurance Number': 'x' })).toMatchObject({
      omitted: [
        { claim: 'workEmail', column: 'Office E-mail Address', code: 'schema.pattern' },
        { claim: 'nationalInsuranceNumber', column: 'National Insurance Number', code: 'schema.pattern' },
      ],
    })
  })

  it('give the names of an identity, which needs them all', () => {
    const names = (cells: Cells<'PR'>) => identityNames(valuesOf('PR', personLine({ ...PERSON, ...cells })))
    expect(names({ 'Office E-mail Address': 'none' })).toEqual({
      claims: {
        legalFirstName: 'Ŵyn',
        middleName: 'Test',
        legalSurname: 'O’Example-Testwell',
        birthDate: '1990-02-28',
      },
      omitted: [],
    })
    expect(names({ 'First Name': '', 'Middle Names': '' })).toMatchObject({
      refused: [{ claim: 'legalFirstName', type: 'PR', column: 'First Name', code: 'import.missing' }],
    })
  })
})
