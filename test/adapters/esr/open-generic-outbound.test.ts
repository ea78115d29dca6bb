import { mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { IMPORT_LIMITS } from '../../../src/core/limits.js'
import {
  type GenericOutboundFiles,
  type OpenGenericOutboundOptions,
  openGenericOutbound,
} from '../../../src/doors/esr.js'
import { codeLine, deleteLine, FILE_NAME, fileOf, HEADER, upsertLine } from './support/file.js'
import { filesIn } from './support/folder.js'
import {
  assignmentLine,
  competenceLine,
  definitionLine,
  locationLine,
  organisationLine,
  personLine,
  positionLine,
  qualificationLine,
  registrationLine,
} from './support/people.js'

const CHANGES = 'GO_218_GDW_GOC_20260602_00000002.DAT'
const DAY = '2026-06-01'

const openLines = async (
  lines: readonly string[],
  options: OpenGenericOutboundOptions = {},
): Promise<GenericOutboundFiles> => {
  const files = await openGenericOutbound(await filesIn({ [FILE_NAME]: fileOf(...lines) }), options)
  onTestFinished(() => files.close())
  return files
}

const EVERYTHING = [
  personLine(),
  assignmentLine(),
  positionLine(),
  organisationLine(),
  locationLine(),
  registrationLine(),
  competenceLine(),
  definitionLine(),
  qualificationLine(),
  codeLine('218-RZ1'),
]

describe('somebody in ESR’s files', () => {
  it.each([
    ['in this order', EVERYTHING],
    ['in the opposite order', EVERYTHING.toReversed()],
  ])('is found by assignment number with all that belongs to them, %s', async (_, lines) => {
    const files = await openLines(lines)
    const record = await files.byAssignmentNumber('30679710', DAY)
    expect(record).toMatchObject({
      vpd: '218',
      person: { 'First Name': 'Ŵyn', 'Date of Birth': '1990-02-28' },
      assignments: [
        {
          assignment: { 'Assignment Number': '30679710' },
          position: { 'Job Role': 'Specialty Registrar' },
          organisation: { 'Organisation Name': '218 Elderly Care' },
          location: { Town: 'Northfield' },
        },
      ],
      registrations: [{ PEI_INFORMATION2: '99Z9999Z' }],
      competences: [{ competence: { 'Competency Element ID': '201' }, definition: { 'Renewal Period Freq': '2' } }],
      qualifications: [{ Title: 'MBBS' }],
    })
    expect(await files.byPerson('9001', DAY)).toEqual(record)
    expect(files.odsCode()).toBe('RZ1')
    expect(files.vpdOf('RZ1')).toBe('218')
    expect(files.files).toMatchObject([{ declared: { vpd: '218' }, came: { badLines: 0 } }])
  })

  it('is nobody under another number, another id, or before they came', async () => {
    const files = await openLines(EVERYTHING)
    expect(await files.byAssignmentNumber('30679711', DAY)).toBeUndefined()
    expect(await files.byPerson('9002', DAY)).toBeUndefined()
    expect(await files.byPerson('9001', '2023-12-31')).toBeUndefined()
    expect(await files.byAssignmentNumber('30679710', '2024-08-06')).toBeUndefined()
    expect(files.odsCode('219')).toBeUndefined()
    await expect(files.byPerson('9001', '20260601')).rejects.toThrow(TypeError)
  })

  it('is as they were on the day', async () => {
    const files = await openLines([
      personLine({ 'Effective End Date': '20251231' }),
      personLine({ 'Effective Start Date': '20260101', 'Last Name': 'Newname' }),
      assignmentLine({ 'Effective End Date': '20241231' }),
      assignmentLine({ 'Effective Start Date': '20250101', Grade: 'MN38' }),
      assignmentLine({ 'Assignment ID': '7002', 'Assignment Number': '30679710-2', 'Primary Assignment': 'N' }),
    ])
    const on = async (day: string) => {
      const record = await files.byPerson('9001', day)
      return [record?.person['Last Name'], ...(record?.assignments ?? []).map(({ assignment }) => assignment.Grade)]
    }
    expect(await on('2024-12-31')).toEqual(['O’Example-Testwell', undefined, undefined])
    expect(await on('2025-01-01')).toEqual(['O’Example-Testwell', 'MN38', undefined])
    expect(await on('2026-01-01')).toEqual(['Newname', 'MN38', undefined])
    const second = await files.byAssignmentNumber('30679710-2', DAY)
    expect(second?.assignments.map(({ assignment }) => assignment['Primary Assignment'])).toEqual(['Y', 'N'])
  })

  it.each([
    ['an applicant', { 'Assignment Type': 'A' }],
    ['over', { 'System Assignment Status': 'TERM_ASSIGN' }],
    ['at its end', { 'Assignment End Date': '20260531' }],
    ['yet to come', { 'Effective Start Date': '20260602' }],
  ])('has no assignment that is %s', async (_, cells) => {
    const files = await openLines([personLine(), assignmentLine(cells)])
    expect(await files.byAssignmentNumber('30679710', DAY)).toBeUndefined()
    expect(await files.byPerson('9001', DAY)).toMatchObject({ assignments: [] })
  })

  it('is refused where two people have the number', async () => {
    const other = { 'Person ID': '9002', 'Assignment ID': '7002' }
    const files = await openLines([...EVERYTHING, personLine({ 'Person ID': '9002' }), assignmentLine(other)])
    await expect(files.byAssignmentNumber('30679710', DAY)).rejects.toMatchObject({ code: 'import.severalPeople' })
    expect(await files.byPerson('9002', DAY)).toMatchObject({ assignments: [{}] })
  })

  it('has the definition of a competence by its name, where the record has no id of it', async () => {
    const files = await openLines([personLine(), competenceLine({ 'Competence ID': '' }), definitionLine()])
    expect((await files.byPerson('9001', DAY))?.competences[0]?.definition).toMatchObject({ 'Competence ID': '101' })
  })

  it('has no definition that was given another name since', async () => {
    const renamed = definitionLine({ 'Competence Name': 'NHS|CSTF|Something else|' })
    const lines = [personLine(), competenceLine({ 'Competence ID': '' }), definitionLine(), renamed]
    expect((await (await openLines(lines)).byPerson('9001', DAY))?.competences[0]?.definition).toBeUndefined()
  })

  it.each([
    ['a line that is much too long', 'x'.repeat(3 * IMPORT_LIMITS.esrLineBytes)],
    ['letters of several bytes', upsertLine('QL', { 'Qualification ID': '1', Title: 'Ŵŵ漢' })],
    ['an empty line', ''],
  ])('is found after %s', async (_, line) => {
    const files = await openLines([line, ...EVERYTHING])
    expect(await files.byAssignmentNumber('30679710', DAY)).toMatchObject({ competences: [{}], assignments: [{}] })
  })

  it.each([
    ['with Windows’ line ends', (content: string) => content.replaceAll('\n', '\r\n')],
    ['without a header, after a byte order mark', (content: string) => `\ufeff${content.slice(HEADER.length + 1)}`],
    ['without an end of the last line', (content: string) => content.slice(0, -1)],
  ])('is found in a file %s', async (_, change) => {
    const files = await openGenericOutbound(await filesIn({ [FILE_NAME]: change(fileOf(...EVERYTHING)) }))
    onTestFinished(() => files.close())
    expect(await files.byAssignmentNumber('30679710', DAY)).toMatchObject({ competences: [{}], assignments: [{}] })
    expect(files.odsCode()).toBe('RZ1')
  })

  it('has registrations alone among the extra information', async () => {
    const other = registrationLine({ 'Person Extra Information ID': '302', 'Information Type': 'Something else' })
    const files = await openLines([personLine(), registrationLine(), other])
    expect((await files.byPerson('9001', DAY))?.registrations).toHaveLength(1)
  })
})

describe('what comes later', () => {
  it('replaces what has the same id and start', async () => {
    const files = await openLines([
      personLine({ 'Last Name': 'Before' }),
      personLine({ 'Last Name': 'After' }),
      competenceLine({ 'Date To': '20260101' }),
      competenceLine({ 'Date To': '20280101' }),
    ])
    const record = await files.byPerson('9001', DAY)
    expect(record?.person['Last Name']).toBe('After')
    expect(record?.competences.map(({ competence }) => competence['Date To'])).toEqual(['2028-01-01'])
  })

  it('deletes every version, until the record comes again', async () => {
    const versions = [
      personLine({ 'Effective End Date': '20251231' }),
      personLine({ 'Effective Start Date': '20260101' }),
    ]
    const gone = await openLines([...versions, deleteLine('PR', '9001')])
    expect(await gone.byPerson('9001', DAY)).toBeUndefined()
    expect(await gone.byPerson('9001', '2025-01-01')).toBeUndefined()
    const back = await openLines([...versions, deleteLine('PR', '9001'), personLine({ 'Last Name': 'Again' })])
    expect(await back.byPerson('9001', DAY)).toMatchObject({ person: { 'Last Name': 'Again' } })
  })

  it('moves a record to another person', async () => {
    const people = [personLine(), personLine({ 'Person ID': '9002' })]
    const files = await openLines([...people, competenceLine(), competenceLine({ 'Person ID': '9002' })])
    expect((await files.byPerson('9001', DAY))?.competences).toEqual([])
    expect((await files.byPerson('9002', DAY))?.competences).toHaveLength(1)
  })

  it('gives an assignment another number', async () => {
    const files = await openLines([personLine(), assignmentLine(), assignmentLine({ 'Assignment Number': '11111111' })])
    expect(await files.byAssignmentNumber('30679710', DAY)).toBeUndefined()
    expect(await files.byAssignmentNumber('11111111', DAY)).toBeDefined()
  })

  it('ends an earlier version that was left without an end', async () => {
    const other = { 'Effective Start Date': '20250101', 'Person ID': '9002', 'Assignment Number': '11111111' }
    const people = [personLine(), personLine({ 'Person ID': '9002' })]
    const files = await openLines([...people, assignmentLine(), assignmentLine(other)])
    expect(await files.byAssignmentNumber('30679710', '2024-12-31')).toMatchObject({ person: { 'Person ID': '9001' } })
    expect(await files.byAssignmentNumber('30679710', DAY)).toBeUndefined()
    expect(await files.byAssignmentNumber('11111111', DAY)).toMatchObject({ person: { 'Person ID': '9002' } })
    expect(await files.byPerson('9001', DAY)).toMatchObject({ assignments: [] })
  })

  it('stands in a file of changes', async () => {
    const changes = [personLine({ 'Last Name': 'After' }), deleteLine('CM', '201'), codeLine('218-RZ1', 'N')]
    const paths = await filesIn({
      [FILE_NAME]: fileOf(...EVERYTHING),
      [CHANGES]: fileOf(...changes).replace(FILE_NAME, CHANGES),
    })
    const files = await openGenericOutbound(paths)
    onTestFinished(() => files.close())
    expect(await files.byAssignmentNumber('30679710', DAY)).toMatchObject({
      person: { 'Last Name': 'After' },
      competences: [],
      qualifications: [{}],
    })
    expect(files.odsCode()).toBeUndefined()
    expect(files.files.map(({ declared }) => declared?.fileName)).toEqual([FILE_NAME, CHANGES])
    await expect(openGenericOutbound(paths.toReversed())).rejects.toMatchObject({ code: 'import.order' })
  })

  it('is no second full file, and no file after a gap that nobody hears of', async () => {
    const full = 'GO_218_GDW_GOF_20260603_00000002.DAT'
    const later = 'GO_218_GDW_GOC_20260604_00000004.DAT'
    const [first = '', second = '', third = ''] = await filesIn(
      Object.fromEntries([FILE_NAME, full, later].map((name) => [name, fileOf().replace(FILE_NAME, name)])),
    )
    await expect(openGenericOutbound([first, second])).rejects.toMatchObject({ code: 'import.order' })
    await expect(openGenericOutbound([first, first])).rejects.toMatchObject({ code: 'import.order' })
    const found: unknown[] = []
    const files = await openGenericOutbound([second, third], { onFault: (fault, file) => found.push([fault, file]) })
    onTestFinished(() => files.close())
    expect(found).toEqual([[{ kind: 'fault', line: 0, code: 'import.filesMissing' }, 1]])
  })

  it('is what a map would hold, whatever came in which order', async () => {
    const change = fc.record({
      id: fc.constantFrom('1', '2', '3'),
      start: fc.constantFrom('20240101', '20250101', '20260101'),
      gone: fc.boolean(),
      grade: fc.stringMatching(/^[A-Z]{4}$/),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 250 }), async (changes) => {
        const expected = new Map<string, Map<string, string>>()
        for (const { id, start, gone, grade } of changes)
          if (gone) expected.delete(id)
          else expected.set(id, (expected.get(id) ?? new Map()).set(start, grade))
        const lines = changes.map(({ id, start, gone, grade }) =>
          gone
            ? deleteLine('AS', id)
            : assignmentLine({ 'Assignment ID': id, 'Effective Start Date': start, Grade: grade }),
        )
        const files = await openLines([personLine(), ...lines])
        const grades = (await files.byPerson('9001', DAY))?.assignments.map(({ assignment }) => assignment.Grade)
        const newest = [...expected.values()].map((versions) => [...versions].sort().at(-1)?.[1])
        expect(grades?.toSorted()).toEqual(newest.sort())
      }),
      { numRuns: 30 },
    )
  })
})

describe('what is kept while files are open', () => {
  const folderFor = async () => {
    const folder = await mkdtemp(join(tmpdir(), 'esr-index-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    return folder
  }
  const filesBelow = async (folder: string) => readdir(folder, { recursive: true, withFileTypes: true })

  it('are identifiers and places, and no more; and nothing afterwards', async () => {
    const folder = await folderFor()
    const files = await openLines(
      [...EVERYTHING, upsertLine('AB', { 'Absence Attendance ID': '1', 'Sickness Reason': 'Zzyzx' })],
      { folder },
    )
    const kept = (await filesBelow(folder)).filter((entry) => entry.isFile())
    expect(kept.length).toBeGreaterThan(0)
    const texts = await Promise.all(kept.map((entry) => readFile(join(entry.parentPath, entry.name), 'utf8')))
    expect(texts.join()).toContain('9001')
    expect(texts.join()).not.toMatch(/Testwell|Ŵyn|1990-02-28|99Z9999Z|Zzyzx/)
    const [own] = await readdir(folder)
    expect((await stat(join(folder, own ?? ''))).mode & 0o077).toBe(0)
    await files.close()
    expect(await readdir(folder)).toEqual([])
  })

  it('is nothing when opening fails', async () => {
    const folder = await folderFor()
    const [first = '', second = ''] = await filesIn({
      [FILE_NAME]: fileOf(),
      [CHANGES]: fileOf().replaceAll('218', '219'),
    })
    await expect(openGenericOutbound([first, second], { folder })).rejects.toMatchObject({ code: 'import.order' })
    await expect(openGenericOutbound([first, `${second}x`], { folder })).rejects.toMatchObject({
      code: 'import.unreadable',
    })
    await expect(openGenericOutbound(first, { folder, signal: AbortSignal.abort() })).rejects.toThrow()
    expect(await readdir(folder)).toEqual([])
    await expect(openGenericOutbound(first, { folder: join(folder, 'nowhere') })).rejects.toMatchObject({
      code: 'store.unavailable',
    })
    await expect(openGenericOutbound([])).rejects.toThrow(TypeError)
  })

  it('notices that a file was written to', async () => {
    const [path = ''] = await filesIn({ [FILE_NAME]: fileOf(...EVERYTHING) })
    const files = await openGenericOutbound(path)
    onTestFinished(() => files.close())
    await truncate(path, HEADER.length + 10)
    await expect(files.byPerson('9001', DAY)).rejects.toMatchObject({ code: 'import.unreadable' })
    await writeFile(path, fileOf(...EVERYTHING).replace('Testwell', 'Tastwell'))
    await expect(files.byPerson('9001', DAY)).rejects.toMatchObject({ code: 'import.unreadable' })
  })

  it('reports faults by file', async () => {
    const found: unknown[] = []
    const files = await openLines(['ZZA~1', personLine(), personLine({ 'Hire Date': 'x' })], {
      onFault: ({ line, code }, file) => found.push([file, line, code]),
    })
    expect(found).toEqual([
      [0, 2, 'import.recordType'],
      [0, 4, 'import.date'],
    ])
    expect(files.files[0]?.came.badLines).toBe(2)
    expect(await files.byPerson('9001', DAY)).toBeDefined()
  })
})
