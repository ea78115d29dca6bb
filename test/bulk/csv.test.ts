import { readFileSync } from 'node:fs'
import Ajv2020 from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseBatchMap } from '../../src/bulk/csv/batch-map.js'
import { fromCsvCell, toCsvLine } from '../../src/bulk/csv/export-csv.js'
import { mapRow } from '../../src/bulk/csv/map-row.js'
import { IMPORT_LIMITS } from '../../src/core/limits.js'
import { cellAs, faultsOf, readFile } from './support/csv.js'

const schema = JSON.parse(readFileSync(new URL('../../schemas/batch-map.v1.json', import.meta.url), 'utf8'))
const fits = new Ajv2020.default({ strict: true, allErrors: true }).compile(schema)

const MAP = { rowKey: 'Key', fields: { '/subject': { column: 'Key' } } }
const withField = (pointer: string, field: unknown) => ({ ...MAP, fields: { [pointer]: field } })

describe('a map', () => {
  const GOOD: readonly object[] = [
    MAP,
    { ...MAP, $schema: schema.$id, encoding: 'windows-1252', delimiter: 'semicolon', rowKey: ['Key', 'Start'] },
    withField('/claims/doses/0/date', { column: 'X', as: 'date', format: 'DD/MM/YYYY' }),
    withField('/claims/x', { constant: null }),
    withField('/assurance', { constant: { origin: 'x' } }),
    withField('/claims/x', { column: 'X', as: 'lookup', table: { Y: 'Yes' } }),
    withField('/claims/x', { column: 'X', as: 'list', separator: ';' }),
    withField('/claims/x', { column: 'X', as: 'number' }),
    withField('/claims/x', { column: 'X', as: 'yesNo' }),
    withField('/claims/x', { column: 'X', as: 'text' }),
  ]
  it.each(GOOD.map((map) => [JSON.stringify(map), map]))('is one: %s', (_, map) => {
    expect(fits(map), JSON.stringify(fits.errors)).toBe(true)
    expect(() => parseBatchMap(map)).not.toThrow()
  })

  const BAD: readonly unknown[] = [
    null,
    [],
    {},
    { rowKey: 'Key' },
    { rowKey: 'Key', fields: {} },
    { fields: MAP.fields },
    { ...MAP, rowKey: [] },
    { ...MAP, rowKey: '' },
    { ...MAP, rowKey: ['Key', 7] },
    { ...MAP, encoding: 'latin1' },
    { ...MAP, delimiter: ',' },
    { ...MAP, quote: "'" },
    withField('subject', { column: 'X' }),
    withField('/issuer', { column: 'X' }),
    withField('/claims/__proto__/x', { column: 'X' }),
    withField('/claims/100', { column: 'X' }),
    withField('/claims/a~1b', { column: 'X' }),
    withField('/claims/x', {}),
    withField('/claims/x', 'X'),
    withField('/claims/x', { column: '' }),
    withField('/claims/x', { column: 'X', constant: 1 }),
    withField('/claims/x', { column: 'X', as: 'eval' }),
    withField('/claims/x', { column: 'X', as: 'toString' }),
    withField('/claims/x', { column: 'X', as: 'date' }),
    withField('/claims/x', { column: 'X', as: 'date', format: 'MM/DD/YYYY' }),
    withField('/claims/x', { column: 'X', as: 'date', format: 'constructor' }),
    withField('/claims/x', { column: 'X', format: 'DD/MM/YYYY' }),
    withField('/claims/x', { column: 'X', as: 'lookup' }),
    withField('/claims/x', { column: 'X', as: 'lookup', table: {} }),
    withField('/claims/x', { column: 'X', as: 'list', separator: '' }),
  ]
  it.each(BAD.map((map) => [JSON.stringify(map), map]))('is none: %s', (_, map) => {
    expect(fits(map)).toBe(false)
    expect(() => parseBatchMap(map)).toThrow(TypeError)
  })

  it('has no field within another, which no schema can say', () => {
    const fields = { '/claims/x': { column: 'A' }, '/claims/x/y': { column: 'B' } }
    expect(() => parseBatchMap({ ...MAP, fields })).toThrow(/lies within/)
    expect(() =>
      parseBatchMap({ ...MAP, fields: { '/claims/x': { column: 'A' }, '/claims/xy': { column: 'B' } } }),
    ).not.toThrow()
  })
})

describe('reading a file', () => {
  it('is the same however it comes in chunks', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.string({ unit: 'grapheme', maxLength: 8 }), { minLength: 2, maxLength: 2 }), {
          maxLength: 8,
        }),
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom('\n', '\r\n', '\r'),
        async (cells, chunk, end) => {
          const quoted = cells.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','))
          const text = ['Key,X', ...quoted].join(end)
          const { rows, error } = await readFile(text, MAP, chunk)
          expect(error).toBeUndefined()
          const expected = cells.filter((row) => row.some((cell) => cell.trim() !== ''))
          expect(rows.map(({ cells: read, faults }) => read ?? faults?.[0]?.code)).toEqual(
            expected.map((row) => (row[0]?.trim() ? row : 'import.noKey')),
          )
        },
      ),
      { numRuns: 200 },
    ))

  it('numbers rows as a spreadsheet does, and leaves blank ones out', async () => {
    const { rows } = await readFile('Key,X\n1,a\n\n ,\n2,"b\nc"\n3,d\n')
    expect(rows.map(({ number, label }) => [number, label])).toEqual([
      [2, '1'],
      [5, '2'],
      [6, '3'],
    ])
  })

  it('gives one key to one row and type, and keeps it out of the register', async () => {
    const [first, again, other] = (await readFile('Key,X\n00123,a\n 00123 ,b\n123,a\n')).rows
    expect(first?.idempotencyKey).toBe(again?.idempotencyKey)
    expect(first?.idempotencyKey).not.toBe(other?.idempotencyKey)
    expect(first?.idempotencyKey).toMatch(/^row:[\w-]{43}$/)
    expect(first?.label).toBe('00123')
  })

  it('tells two columns of a key apart, wherever one ends', async () => {
    const { rows } = await readFile('A,B\n1 2,3\n1,2 3\n', {
      ...MAP,
      rowKey: ['A', 'B'],
      fields: { '/subject': { column: 'A' } },
    })
    expect(rows[0]?.idempotencyKey).not.toBe(rows[1]?.idempotencyKey)
  })

  it.each([
    ['nothing', ''],
    ['a heading without the key', 'Number,X\n1,2\n'],
    ['a heading with a name twice', 'Key,X,X\n1,2,3\n'],
    ['a heading whose quotes do not match', '"Key,X\n1,2\n'],
  ])('refuses a file with %s', async (_, text) => {
    await expect(readFile(text)).rejects.toMatchObject({ code: 'import.heading' })
  })

  it('says nothing of what stands where a heading should', async () => {
    const error = await readFile('Zzyzx,Zzyzx\n1,2\n').catch((thrown) => thrown)
    expect(`${error.message} ${JSON.stringify(error)}`).not.toContain('Zzyzx')
  })

  it('reads nothing after a row from which on nobody knows where rows begin', async () => {
    const { rows, error } = await readFile('Key,X\n1,a\n"2,b\n3,c\n4,d\n')
    expect(rows.map(({ number, faults }) => [number, faults?.[0]?.code])).toEqual([
      [2, undefined],
      [3, 'import.quoting'],
    ])
    expect(error).toMatchObject({ code: 'import.stopped', message: 'Nothing after row 3 could be read' })
  })

  it('does not read a quote that is never closed into memory', async () => {
    const endless = async function* () {
      yield new TextEncoder().encode('Key,X\n1,"')
      const megabyte = new TextEncoder().encode('x,y\n'.repeat(262_144))
      for (let count = 0; count < 1_000; count++) yield megabyte
    }
    const { readCsv } = await import('../../src/bulk/csv/read-csv.js')
    const { rows } = await readCsv('RightToWork', parseBatchMap(MAP), endless())
    const codes: unknown[] = []
    const run = async () => {
      for await (const { faults } of rows) codes.push(faults?.[0]?.code)
    }
    await expect(run()).rejects.toMatchObject({ code: 'import.stopped' })
    expect(codes).toEqual(['import.cellTooLarge'])
  })

  it('takes a photograph, and no more', async () => {
    const { map, rows } = await readFile(
      `Key,X\n1,${'x'.repeat(700_000)}\n2,${'x'.repeat(IMPORT_LIMITS.csvCellCharacters + 1)}\n`,
    )
    expect(rows.map((row) => faultsOf(map, row).map(({ code }) => code))).toEqual([[], ['import.cellTooLarge']])
  })
})

describe('a cell', () => {
  const DATES: readonly (readonly [string, string, string])[] = [
    ['2026-04-03', 'YYYY-MM-DD', '2026-04-03'],
    ['03/04/2026', 'DD/MM/YYYY', '2026-04-03'],
    ['3/4/2026', 'D/M/YYYY', '2026-04-03'],
    ['3/4/2026', 'DD/MM/YYYY', 'import.date'],
    ['29/02/2024', 'DD/MM/YYYY', '2024-02-29'],
    ['29/02/2023', 'DD/MM/YYYY', 'import.date'],
    ['30/02/2024', 'DD/MM/YYYY', 'import.date'],
    ['04/13/2026', 'DD/MM/YYYY', 'import.date'],
    ['03-04-2026', 'DD-MM-YYYY', '2026-04-03'],
    ['03.04.2026', 'DD.MM.YYYY', '2026-04-03'],
    ['20260403', 'YYYYMMDD', '2026-04-03'],
    ['03-apr-2026', 'DD-MON-YYYY', '2026-04-03'],
    ['03-APL-2026', 'DD-MON-YYYY', 'import.date'],
    ['46115', 'Excel serial', '2026-04-03'],
    ['61', 'Excel serial', '1900-03-01'],
    ['60', 'Excel serial', 'import.date'],
    ['9999999', 'Excel serial', 'import.date'],
    ['46115', 'DD/MM/YYYY', 'import.date'],
    ['03/04/26', 'DD/MM/YYYY', 'import.date'],
    ['٠٣/٠٤/٢٠٢٦', 'DD/MM/YYYY', 'import.date'],
  ]
  it.each(DATES)('%s as a date written %s', async (cell, format, expected) => {
    expect(await cellAs(cell, { as: 'date', format })).toBe(expected)
  })

  const TABLE = { Basic: '1', toString: 2 }
  const OTHERS: readonly (readonly [string, object, unknown])[] = [
    [' Ŵyn ', {}, 'Ŵyn'],
    ['   ', {}, undefined],
    ['=cmd|x', {}, '=cmd|x'],
    ['yes', { as: 'yesNo' }, true],
    ['N', { as: 'yesNo' }, false],
    ['perhaps', { as: 'yesNo' }, 'import.yesNo'],
    ['', { as: 'yesNo' }, undefined],
    ['37.5', { as: 'number' }, 37.5],
    ['-1', { as: 'number' }, -1],
    ['007', { as: 'number' }, 'import.number'],
    ['1,000', { as: 'number' }, 'import.number'],
    ['1e3', { as: 'number' }, 'import.number'],
    ['0x10', { as: 'number' }, 'import.number'],
    ['12345678901234567', { as: 'number' }, 'import.number'],
    ['Basic', { as: 'lookup', table: TABLE }, '1'],
    ['basic', { as: 'lookup', table: TABLE }, 'import.lookup'],
    ['constructor', { as: 'lookup', table: TABLE }, 'import.lookup'],
    ['Passport; Utility bill;', { as: 'list', separator: ';' }, ['Passport', 'Utility bill']],
    ['a\u0007b', {}, 'import.characters'],
    ['a\u009bb', {}, 'import.characters'],
    ['two\nlines', {}, 'two\nlines'],
  ]
  it.each(OTHERS)('%j, %j', async (cell, how, expected) => expect(await cellAs(cell, how)).toEqual(expected))
})

describe('a row', () => {
  const doses = {
    rowKey: 'Key',
    fields: {
      '/uniqueIdentifier': { column: 'Key' },
      '/claims/doses/0/date': { column: 'First', as: 'date', format: 'DD/MM/YYYY' },
      '/claims/doses/1/date': { column: 'Second', as: 'date', format: 'DD/MM/YYYY' },
      '/claims/doses/1/batch': { column: 'Batch' },
      '/claims/kind': { constant: 'vaccination' },
    },
  }
  const mapped = async (line: string) => {
    const { map, rows } = await readFile(`Key,First,Second,Batch\n${line}\n`, doses)
    return mapRow(map, rows[0]?.cells ?? [])
  }

  it('becomes a request, with lists of what is there', async () => {
    expect(await mapped('7,01/02/2026,03/02/2026,B1')).toEqual({
      request: {
        subject: 'urn:uuid:7',
        uniqueIdentifier: '7',
        claims: { doses: [{ date: '2026-02-01' }, { date: '2026-02-03', batch: 'B1' }], kind: 'vaccination' },
      },
    })
    expect(await mapped('7,01/02/2026,,')).toMatchObject({ request: { claims: { doses: [{ date: '2026-02-01' }] } } })
    expect(await mapped('7,,,')).toMatchObject({ request: { claims: { kind: 'vaccination' } } })
  })

  it('with a gap in a list, or several bad cells, says where', async () => {
    expect(await mapped('7,,03/02/2026,')).toMatchObject({ faults: [{ path: '/claims/doses/0', code: 'import.gap' }] })
    expect(await mapped('7,1/2/26,soon,')).toMatchObject({
      faults: [
        { path: '/claims/doses/0/date', code: 'import.date', column: 'First' },
        { path: '/claims/doses/1/date', code: 'import.date', column: 'Second' },
      ],
    })
  })
})

describe('what is written for spreadsheets', () => {
  it('comes back as it was, and never begins as a formula', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', '\r', '\n', ' ', '"', ',', 'a', '＝') }),
            fc.string({ unit: 'grapheme' }),
          ),
          { minLength: 1, maxLength: 4 },
        ),
        async (texts) => {
          const { parse } = await import('csv-parse/sync')
          const line = toCsvLine(texts)
          const [cells = []]: string[][] = parse(line, { record_delimiter: '\r\n' })
          expect(cells.filter((cell) => /^\s*[=+\-@\t\r＝＋－＠]/.test(cell))).toEqual([])
          expect(cells.map(fromCsvCell)).toEqual(texts)
        },
      ),
      { numRuns: 500 },
    ))
})
