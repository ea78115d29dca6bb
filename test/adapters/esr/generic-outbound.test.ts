import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LAYOUTS } from '../../../src/adapters/esr/generic-outbound/generated/layouts.js'
import { RECORD_TYPES, type RecordType } from '../../../src/adapters/esr/generic-outbound/layout.js'
import { IMPORT_LIMITS } from '../../../src/core/limits.js'
import { parseGenericOutboundFileName, readGenericOutbound } from '../../../src/doors/esr.js'
import { publishedList } from '../../support/vectors.js'
import {
  codeLine,
  deleteLine,
  endOf,
  FILE_NAME,
  faultsOf,
  fileOf,
  HEADER,
  inChunks,
  rowsOf,
  upsertLine,
} from './support/file.js'

const SAMPLES = publishedList('domain/esr-generic-outbound-samples.DAT.txt')
const LIST = publishedList('domain/esr-generic-outbound-layouts.json')

describe.runIf(SAMPLES && LIST)('the published layouts and samples', () => {
  it('has the columns of every record type', () => {
    const records: Record<string, { prefix: string; columns: string[] }> = JSON.parse(LIST ?? '').records
    expect(Object.fromEntries(Object.values(records).map(({ prefix, columns }) => [prefix, columns]))).toEqual(
      Object.fromEntries(RECORD_TYPES.map((type) => [type, LAYOUTS[type].columns])),
    )
  })

  it('reads every sample line', async () => {
    const rows = await rowsOf(SAMPLES ?? '')
    expect(rows.map((row) => ('type' in row ? `${row.kind} ${row.type} ${'id' in row && row.id}` : row.kind))).toEqual([
      'upsert CM 10005280',
      'delete CM 10005280',
      'upsert PR A48180',
      'upsert PR A48180',
      'delete PR A48180',
      'upsert ET 957384',
      'delete ET 957384',
      'upsert ST 2075698',
      'delete ST 2075698',
      'upsert AS 936458',
      'upsert AS 936458',
      'delete AS 936458',
      'upsert QL 4698382',
      'delete QL 4698382',
      'upsert CD 1234567',
      'delete CD 1234567',
      'header',
      'upsert CD 1234567',
      'lookup',
      'end',
    ])
    expect(rows[0]).toMatchObject({
      values: {
        'Person ID': '1234567',
        'Competency Name': 'NHS|KSF|Health, Safety and Security C3|Core',
        'Date From': '2009-10-27',
        'Next Certification Date': undefined,
        'Last Update Date': '2009-11-01T07:03:36',
      },
    })
    // Trimmed: the sample has a space before it.
    expect(rows[5]).toMatchObject({
      values: { 'Information Type': 'NHS Regs and Memships', PEI_INFORMATION2: '94I0864E' },
    })
    expect(endOf(rows)).toMatchObject({
      declared: { fileName: 'GO_123_GDW_GOF_2020602_00001234.DAT', vpd: '123', created: '2020-06-03T01:23:45' },
      came: { lines: 19, bytes: 1987, lookups: 1, badLines: 0, faults: 0 },
    })
  })
})

describe('the name of a file', () => {
  it('says whose it is, which kind, of which day, and its number', () => {
    expect(parseGenericOutboundFileName('GO_218_GDW_GOC_20260601_00001633.DAT')).toEqual({
      vpd: '218',
      kind: 'GOC',
      date: '2026-06-01',
      sequence: 1633,
    })
  })
  it.each([
    'GO_218_GDW_GOF_20260631_00001633.DAT',
    'GO_218_GDW_GOF_2026061_00001633.DAT',
    'GO_218_GDW_GOX_20260601_00001633.DAT',
    'GO_21_GDW_GOF_20260601_00001633.DAT',
    'GO_218_GDW_GOF_20260601_00001633.DAT.gpg',
    'folder/GO_218_GDW_GOF_20260601_00001633.DAT',
    '',
  ])('is not one: %j', (name) => expect(parseGenericOutboundFileName(name)).toBeUndefined())
})

const PERSON = upsertLine('PR', { 'Person ID': '1', 'Effective Start Date': '20200101', 'Last Name': 'Zzyzx' })
const bytes = (...parts: readonly (string | number)[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'number' ? [part] : [...new TextEncoder().encode(part)])))

describe('a bad line is reported by its number and code, and the others are kept', () => {
  const person = (cells: Parameters<typeof upsertLine<'PR'>>[1]) => upsertLine('PR', { 'Person ID': 'Zzyzx', ...cells })
  const CASES: readonly (readonly [title: string, line: string | Uint8Array, fault: object])[] = [
    ['a cell too few', PERSON.slice(0, -1), { code: 'import.columns', type: 'PR' }],
    ['a cell too many', `${PERSON}~`, { code: 'import.columns', type: 'PR' }],
    ['a delete with more than an id', 'PRD~1~2', { code: 'import.columns', type: 'PR' }],
    ['a delete without an id', 'PRD~ ', { code: 'import.noKey', type: 'PR', column: 'Person ID' }],
    ['a record without an id', person({ 'Person ID': ' ' }), { code: 'import.noKey', type: 'PR', column: 'Person ID' }],
    ['an unknown type', `ZZA${PERSON.slice(3)}`, { code: 'import.recordType' }],
    ['an unknown action', `PRX${PERSON.slice(3)}`, { code: 'import.recordType' }],
    ['an action in small letters', `PRa${PERSON.slice(3)}`, { code: 'import.recordType' }],
    ['a type that is a member of every object', 'constructor~1', { code: 'import.recordType' }],
    ['no delimiter', 'Zzyzx', { code: 'import.recordType' }],
    ['a trailer, which the layouts do not have', 'TRL~2', { code: 'import.recordType' }],
    ['an impossible day', person({ 'Date of Birth': '19860231' }), { code: 'import.date', column: 'Date of Birth' }],
    ['a day of zeros', person({ 'Hire Date': '00000000' }), { code: 'import.date', column: 'Hire Date' }],
    ['a day in another form', person({ 'Hire Date': '2020-01-01' }), { code: 'import.date', column: 'Hire Date' }],
    [
      'an impossible time',
      upsertLine('QL', { 'Qualification ID': '1', 'Last Update Date': '20200101 240000' }),
      { code: 'import.date', type: 'QL', column: 'Last Update Date' },
    ],
    ['a second header', HEADER, { code: 'import.header' }],
    ['a look-up with a cell too few', codeLine('218-RZ1').slice(0, -18), { code: 'import.columns' }],
    ['a look-up without a code', codeLine(''), { code: 'import.noKey' }],
    ['bytes that are not UTF-8', bytes(PERSON.slice(0, -5), 0xe9, '~~~~'), { code: 'import.characters' }],
    ['a control character', PERSON.replace('Zzyzx', 'Zzy\u0000zx'), { code: 'import.characters' }],
    ['a return within the line', PERSON.replace('Zzyzx', 'Zzy\rzx'), { code: 'import.characters' }],
    ['what another program could not read', PERSON.replace('Zzyzx', 'Zzy\ufffdzx'), { code: 'import.characters' }],
    ['a line that is too long', PERSON.padEnd(IMPORT_LIMITS.esrLineBytes + 1, 'x'), { code: 'import.cellTooLarge' }],
    ['a line far too long', PERSON.padEnd(3 * IMPORT_LIMITS.esrLineBytes, 'x'), { code: 'import.cellTooLarge' }],
  ]

  it.each(CASES)('%s', async (_, line, fault) => {
    const content = bytes(HEADER, 10, PERSON, 10, ...(typeof line === 'string' ? [line] : line), 10, PERSON, 10)
    for (const sizes of [[content.length], [7], [40_000]]) {
      const rows = await rowsOf(content, { fileName: FILE_NAME }, sizes)
      expect(faultsOf(rows)).toEqual([expect.objectContaining({ line: 3, ...fault })])
      expect(rows.filter(({ kind }) => kind === 'upsert').map(({ line }) => line)).toEqual([2, 4])
      expect(endOf(rows).came).toMatchObject({ lines: 4, bytes: content.length, badLines: 1, faults: 1 })
      expect(JSON.stringify(faultsOf(rows))).not.toMatch(/Zzyzx|1986/i)
    }
  })

  it('reports every column that is wrong', async () => {
    const rows = await rowsOf(fileOf(person({ 'Date of Birth': 'x', 'Hire Date': 'y' })))
    expect(faultsOf(rows).map(({ column }) => column)).toEqual(['Date of Birth', 'Hire Date'])
    expect(endOf(rows).came).toMatchObject({ badLines: 1, faults: 2 })
  })

  it('takes a line of the longest length', async () => {
    const cells = { 'Person ID': '1', 'Last Name': '' }
    const room = IMPORT_LIMITS.esrLineBytes - upsertLine('PR', cells).length
    const rows = await rowsOf(fileOf(upsertLine('PR', { ...cells, 'Last Name': 'x'.repeat(room) })))
    expect(faultsOf(rows)).toEqual([])
  })
})

describe('what belongs to the whole file', () => {
  const codes = async (content: string, options = {}) =>
    faultsOf(await rowsOf(content, options)).map(({ code }) => code)

  it('has a header', async () => expect(await codes(`${PERSON}\n`)).toEqual(['import.header']))
  it('is empty', async () => {
    const rows = await rowsOf('')
    expect(faultsOf(rows)).toMatchObject([{ line: 0, code: 'import.header' }])
    expect(endOf(rows)).toMatchObject({ declared: undefined, came: { lines: 0, bytes: 0, records: {} } })
  })
  it('has a header that is not one', async () =>
    expect(await codes(`HDR~x~20260601~21~~~\n`)).toEqual(['import.header', 'import.header']))
  it('has a header of another file', async () =>
    expect(await codes(fileOf(), { fileName: 'GO_218_GDW_GOF_20260601_00000002.DAT' })).toEqual([
      'import.headerDisagrees',
    ]))
  it('has a header that contradicts itself', async () =>
    expect(await codes(`${HEADER.replace('~218~', '~219~')}\n`)).toEqual(['import.headerDisagrees']))
  it('may have been cut off', async () => {
    const rows = await rowsOf(fileOf(PERSON).trimEnd())
    expect(rows.map(({ kind }) => kind)).toEqual(['header', 'upsert', 'fault', 'end'])
    expect(faultsOf(rows)).toMatchObject([{ line: 2, code: 'import.noLineEnd' }])
  })
  it('was cut off', async () => {
    const rows = await rowsOf(fileOf(PERSON).slice(0, -20))
    expect(faultsOf(rows).map(({ code }) => code)).toEqual(['import.columns', 'import.noLineEnd'])
  })
  it('has line ends as Windows has them, a byte order mark, and empty lines', async () => {
    const rows = await rowsOf(`\ufeff${fileOf(PERSON, '', '  ', deleteLine('PR', '1')).replaceAll('\n', '\r\n')}`)
    expect(rows.map(({ kind }) => kind)).toEqual(['header', 'upsert', 'delete', 'end'])
    expect(endOf(rows).came.lines).toBe(5)
  })
  it('is not UTF-16', async () => {
    const reading = rowsOf(new Uint8Array([0xff, 0xfe, ...new Uint8Array(Uint16Array.from([72, 10]).buffer)]))
    await expect(reading).rejects.toMatchObject({ code: 'import.encoding' })
  })
  it('is in the encoding that you say', async () => {
    const named = Buffer.from(fileOf(PERSON.replace('Zzyzx', 'Gár')), 'latin1')
    const [, person] = await rowsOf(named, { encoding: 'windows-1252' })
    expect(person).toMatchObject({ values: { 'Last Name': 'Gár' } })
    expect(faultsOf(await rowsOf(named))).toMatchObject([{ line: 2, code: 'import.characters' }])
  })
  it('counts what was not asked for, and does not look into it', async () => {
    const rows = await rowsOf(fileOf(PERSON, 'ABA~nonsense', 'ZZA~nonsense', deleteLine('AB', '1')), { types: ['PR'] })
    expect(faultsOf(rows)).toMatchObject([{ line: 4, code: 'import.recordType' }])
    expect(endOf(rows).came).toMatchObject({ skipped: 2, records: { PR: { upserts: 1, deletes: 0 } } })
  })
  it('tells how far it came', async () => {
    const seen: number[] = []
    await rowsOf(fileOf(PERSON, PERSON), { onProgress: ({ lines }) => seen.push(lines) }, [HEADER.length + 1])
    expect(seen.at(0)).toBe(1)
    expect(seen.at(-1)).toBe(3)
  })
  it('stops when it is told to', async () => {
    const signal = AbortSignal.abort()
    await expect(rowsOf(fileOf(PERSON), { signal })).rejects.toBe(signal.reason)
  })
  it('refuses options that there are not', () => {
    const chunks = inChunks(new Uint8Array())
    expect(() => readGenericOutbound(chunks, { types: ['XX' as RecordType] })).toThrow(TypeError)
    expect(() => readGenericOutbound(chunks, { encoding: 'utf-16' as 'utf-8' })).toThrow(TypeError)
  })
})

describe('a file on disk', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'esr-test-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  it('is compared with its own name', async () => {
    const kinds = async (name: string) => {
      await writeFile(join(folder, name), fileOf(PERSON))
      const rows = []
      for await (const row of readGenericOutbound(join(folder, name))) rows.push(row)
      return rows.map(({ kind }) => kind)
    }
    expect(await kinds(FILE_NAME)).toEqual(['header', 'upsert', 'end'])
    expect(await kinds('other.DAT')).toEqual(['header', 'fault', 'upsert', 'end'])
  })

  it('must be there', async () => {
    const reading = async () => {
      for await (const _ of readGenericOutbound(join(folder, 'nothing.DAT'))) expect.unreachable()
    }
    await expect(reading()).rejects.toMatchObject({ code: 'import.unreadable' })
  })
})

const DIGITS = { day: 'YYYYMMDD', moment: 'YYYYMMDD HHMMSS' }
const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('4712-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString())
const cellText = fc
  .string({ unit: fc.constantFrom(...'abcZ01 |-.,’ŵéÅ漢\t'), maxLength: 12 })
  .map((text) => text.trim())

/** A cell as it is written, and the value that it stands for. */
const cellOf = (type: RecordType, column: string) => {
  const { dates, moments, id }: { dates: readonly string[]; moments: readonly string[]; id: string } = LAYOUTS[type]
  const plain = day.map((text) => [text.slice(0, 10).replaceAll('-', ''), text.slice(0, 10)] as const)
  const timed = (keeps: boolean) =>
    day.map((text) => {
      const digits = text.slice(0, 19).replace('T', ' ').replaceAll(/[-:]/g, '')
      expect(digits).toHaveLength(DIGITS.moment.length)
      return [digits, text.slice(0, keeps ? 19 : 10)] as const
    })
  const empty = fc.constantFrom(['', undefined] as const, ['  ', undefined] as const)
  if (dates.includes(column)) return fc.oneof(empty, plain, timed(false))
  if (moments.includes(column)) return fc.oneof(empty, plain, timed(true))
  if (column === id) return fc.stringMatching(/^[A-Z0-9]{1,9}$/).map((text) => [text, text] as const)
  return cellText.chain((text) =>
    fc.constantFrom(...[text, ` ${text}`, `${text} `].map((cell) => [cell, text || undefined] as const)),
  )
}

const columnsOf = (type: RecordType): readonly string[] =>
  LAYOUTS[type].columns.filter((name) => name !== 'Record Type' && name !== 'not_used')

const record = fc.constantFrom(...RECORD_TYPES).chain((type) =>
  fc.tuple(...columnsOf(type).map((column) => cellOf(type, column))).map((cells) => {
    const named = columnsOf(type).map((column, at) => [column, cells[at] ?? ['', undefined]] as const)
    const written = Object.fromEntries(named.map(([column, [cell]]) => [column, cell]))
    const values = Object.fromEntries(named.map(([column, [, value]]) => [column, value]))
    return { line: upsertLine(type, written), row: { kind: 'upsert', type, id: values[LAYOUTS[type].id], values } }
  }),
)
const removal = fc
  .tuple(fc.constantFrom(...RECORD_TYPES), fc.stringMatching(/^[A-Z0-9]{1,9}$/))
  .map(([type, id]) => ({ line: deleteLine(type, id), row: { kind: 'delete', type, id } }))

describe('any valid file', () => {
  it('comes out as it was written, wherever its chunks begin', async () => {
    const lines = fc.array(fc.oneof({ weight: 4, arbitrary: record }, removal), { maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(
        lines,
        fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 5 }),
        fc.constantFrom('\n', '\r\n'),
        async (written, sizes, end) => {
          const content = fileOf(...written.map(({ line }) => line)).replaceAll('\n', end)
          const rows = await rowsOf(content, {}, sizes)
          expect(rows.slice(1, -1)).toEqual(written.map(({ row }, at) => ({ ...row, line: at + 2 })))
          expect(endOf(rows).came).toMatchObject({ lines: written.length + 1, badLines: 0, faults: 0 })
        },
      ),
      { numRuns: 150 },
    )
  })

  it('is never read as something else when bytes of it change', async () => {
    const content = new TextEncoder().encode(fileOf(PERSON, deleteLine('PR', '1'), codeLine('218-RZ1')))
    await fc.assert(
      fc.asyncProperty(fc.nat(content.length - 1), fc.nat(255), async (at, byte) => {
        const changed = Uint8Array.from(content, (old, place) => (place === at ? byte : old))
        if (changed[0] === 0xff || changed[0] === 0xfe) return
        const rows = await rowsOf(changed)
        expect(endOf(rows).came.bytes).toBe(content.length)
      }),
      { numRuns: 300 },
    )
  })
})
