import { describe, expect, it } from 'vitest'
import { createEsrFileRecords, type EsrFileOptions, openGenericOutbound } from '../../../src/doors/esr.js'
import { recordSystemContract } from '../../../src/testing/contracts/record-system.js'
import { FILE_NAME, fileOf } from './support/file.js'
import { filesIn } from './support/folder.js'
import {
  assignmentLine,
  competenceLine,
  definitionLine,
  locationLine,
  organisationLine,
  personLine,
  positionLine,
} from './support/people.js'

const ASSURANCE: EsrFileOptions['assurance'] = {
  origin: 'Substantive NHS Employing Organisation',
  assurancePolicy: 'Local contractual arrangement',
  assuranceOutcome: 'Onboarding complete',
  provider: 'Northfield NHS Trust (fictional)',
  verifier: 'Provider',
  verificationMethod: 'Record Verification',
  pedigree: 'Authoritative',
}
const NAMES = { firstName: 'Ŵyn', lastName: 'O’Example-Testwell', birthDate: '1990-02-28' }

const open = async (more: Partial<EsrFileOptions> = {}) => {
  const lines = [
    personLine(),
    assignmentLine(),
    positionLine(),
    organisationLine(),
    locationLine(),
    competenceLine(),
    definitionLine(),
    personLine({ 'Person ID': '9002', 'Employee Number': '30679711' }),
    assignmentLine({ 'Person ID': '9002', 'Assignment ID': '7002', 'Assignment Number': '30679711' }),
  ]
  const [path = ''] = await filesIn({ [FILE_NAME]: fileOf(...lines) })
  const files = await openGenericOutbound(path)
  const employer = { name: 'Northfield NHS Trust (fictional)', odsCode: 'RZ1' }
  const system = createEsrFileRecords({ files, employer, assurance: ASSURANCE, on: '2026-06-01', ...more })
  return { system, files }
}

describe('ESR’s files as a system', () => {
  const cases = recordSystemContract(async () => {
    const { system, files } = await open()
    const person = (id: string, reference: string) => ({ ...NAMES, id, reference })
    return { system, known: person('9001', '30679710'), alike: person('9002', '30679711'), close: files.close }
  })
  it.each(cases)('$name', ({ run }) => run())

  it('shows somebody by their assignment number, to be told apart by a person', async () => {
    const { system, files } = await open()
    expect(await system.find({ reference: '30679710' })).toEqual([
      { ...NAMES, id: '9001', reference: '30679710', jobTitle: 'Specialty Registrar in Geriatric Medicine' },
    ])
    expect(await system.find(NAMES)).toEqual([])
    await files.close()
  })

  it('leaves out what lacks something, and says which column', async () => {
    const gaps: unknown[] = []
    const { system, files } = await open({ onRefused: (all) => gaps.push(...all) })
    expect(await system.read('9002', ['CoreSkill'])).toEqual([])
    expect(gaps).toEqual([])
    const [path = ''] = await filesIn({
      [FILE_NAME]: fileOf(personLine(), competenceLine({ 'Competency Name': 'NHS|KSF|Core 1|' })),
    })
    const other = await openGenericOutbound(path)
    const refusing = createEsrFileRecords({
      files: other,
      employer: { name: 'Northfield', odsCode: 'RZ1' },
      assurance: ASSURANCE,
      on: '2026-06-01',
      onRefused: (all) => gaps.push(...all),
    })
    expect(await refusing.read('9001', ['CoreSkill'])).toEqual([])
    expect(gaps).toMatchObject([{ type: 'CM', column: 'Competency Name', code: 'import.competenceFramework' }])
    await Promise.all([files.close(), other.close()])
  })
})
