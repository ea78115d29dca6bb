import { describe, expect, it } from 'vitest'
import { fromCsvCell, toCsvLine } from '../../src/bulk/csv/export-csv.js'
import { mapRow } from '../../src/bulk/csv/map-row.js'
import { matchRecords, rankCandidates } from '../../src/matching/match-records.js'
import { cellAs, faultsOf, readFile } from '../bulk/support/csv.js'

describe('IMP-01: formulas in what is exported', () => {
  const CELLS = [
    ...['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', ' =1', '＝1', "'=1", '=HYPERLINK("http://x","y")'],
    ...["=cmd|' /C calc'!A0", '=DDE("cmd";"/C calc";"!A0")', '+cmd|x', 'x,=1', '"=1'],
  ]
  it.each(CELLS)('%j is no formula in the file, and comes back as it was', async (text) => {
    const { rows } = await readFile(`Key,X\r\n${toCsvLine(['1', text])}`)
    const [, cell = ''] = rows[0]?.cells ?? []
    expect(cell).not.toMatch(/^\s*[=+\-@\t\r＝＋－＠]/)
    expect(fromCsvCell(cell)).toBe(text)
  })
})

const inUtf16 = (text: string): Uint8Array => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'))
const MAP = { rowKey: 'Key', fields: { '/claims/x': { column: 'X' } } }

/** What came of a file: each row as its cells or its code, then the code that ended it. */
const outcomeOf = async (content: string | Uint8Array, map: object = MAP): Promise<readonly unknown[]> => {
  try {
    const { map: found, rows, error } = await readFile(content, map)
    const read = rows.map((row) => faultsOf(found, row)[0]?.code ?? row.cells)
    return error === undefined ? read : [...read, (error as { readonly code?: string }).code]
  } catch (error) {
    return [(error as { readonly code?: string }).code]
  }
}

describe('IMP-02: the structure of a file', () => {
  const FILES: readonly (readonly [string, string | Uint8Array, object, readonly unknown[]])[] = [
    ['a byte order mark', '\ufeffKey,X\n1,a\n', {}, [['1', 'a']]],
    ['UTF-16, said so', inUtf16('Key,X\n1,Ŵ\n'), { encoding: 'utf-16' }, [['1', 'Ŵ']]],
    ['UTF-16, not said', inUtf16('Key,X\n1,Ŵ\n'), {}, ['import.encoding']],
    [
      'Windows-1252, said so',
      Uint8Array.of(...Buffer.from('Key,X\n1,caf'), 0xe9, 0x0a),
      { encoding: 'windows-1252' },
      [['1', 'café']],
    ],
    ['Windows-1252, not said', Uint8Array.of(...Buffer.from('Key,X\n1,caf'), 0xe9, 0x0a), {}, ['import.characters']],
    [
      'a line end in quotes',
      'Key,X\r\n1,"a\r\nb"\r\n2,c\r\n',
      {},
      [
        ['1', 'a\r\nb'],
        ['2', 'c'],
      ],
    ],
    ['a row too long', 'Key,X\n1,a,b\n2,c\n', {}, ['import.columns', ['2', 'c']]],
    ['a row too short', 'Key,X\n1\n2,c\n', {}, ['import.columns', ['2', 'c']]],
    ['a heading with a name twice', 'Key,X,X\n1,a,b\n', {}, ['import.heading']],
    ['a cell of 10 MB', `Key,X\n1,${'x'.repeat(10_000_000)}\n2,c\n`, {}, ['import.cellTooLarge']],
    ['NUL', 'Key,X\n1,a\u0000b\n2,c\n', {}, ['import.characters', ['2', 'c']]],
  ]
  it.each(FILES)('%s', async (_, content, more, expected) => {
    const read = await outcomeOf(content, { ...MAP, ...more })
    expect(read.slice(0, expected.length)).toEqual(expected)
    // Whatever could not be read, no cell stands in another's column.
    for (const row of read) if (Array.isArray(row)) expect(row).toHaveLength(2)
  })
})

describe('IMP-03: leading zeros and numbers', () => {
  it.each(['01234567-2', 'QQ123456C', '00A1234E', '0012', '1E5', '007', '+447700900000'])(
    '%s stays text',
    async (cell) => expect(await cellAs(cell, {})).toBe(cell),
  )
})

describe('IMP-04: the order of a date', () => {
  const DATES: readonly (readonly [string, string, string])[] = [
    ['03/04/2026', 'DD/MM/YYYY', '2026-04-03'],
    ['2026-04-03', 'YYYY-MM-DD', '2026-04-03'],
    ['46115', 'Excel serial', '2026-04-03'],
    ['31/02/2026', 'DD/MM/YYYY', 'import.date'],
    ['30/02/2026', 'DD/MM/YYYY', 'import.date'],
    ['04/13/2026', 'DD/MM/YYYY', 'import.date'],
  ]
  it.each(DATES)('%s, written %s: %s', async (cell, format, expected) =>
    expect(await cellAs(cell, { as: 'date', format })).toBe(expected),
  )

  it('no way of writing dates is American', async () => {
    const { map, rows } = await readFile('Key,X\n1,03/04/2026\n', {
      rowKey: 'Key',
      fields: { '/claims/x': { column: 'X', as: 'date', format: 'DD/MM/YYYY' } },
    })
    expect(mapRow(map, rows[0]?.cells ?? [])).toMatchObject({ request: { claims: { x: '2026-04-03' } } })
    await expect(
      readFile('Key,X\n1,a\n', {
        rowKey: 'Key',
        fields: { '/claims/x': { column: 'X', as: 'date', format: 'MM/DD/YYYY' } },
      }),
    ).rejects.toThrow(TypeError)
  })
})

describe('IMP-05: two people of one name and one birth date', () => {
  const person = { firstName: 'Pat', lastName: 'Testwell', birthDate: '1990-02-28' }
  const insured = (nationalInsuranceNumber: string) => ({ ...person, nationalInsuranceNumber })

  it.each([
    ['with different numbers of their own', insured('AB123456C'), insured('CB654321A'), 'noMatch'],
    ['of whom one has a number', person, insured('AB123456C'), 'possible'],
    ['of whom nothing else is known', person, person, 'possible'],
    ['at one address', { ...person, postcode: 'NX1 1AA' }, { ...person, postcode: 'NX1 1AA' }, 'possible'],
  ] as const)('IMP-05 %s: never one by itself', (_, a, b, verdict) => {
    expect(['noMatch', 'possible']).toContain(matchRecords(a, b).verdict)
    if (verdict === 'possible') expect(matchRecords(a, b).verdict).toBe('possible')
  })

  it('IMP-05 twins: neither is chosen, whoever is asked about', () => {
    const twins = [
      { ...person, assignment: '30679710' },
      { ...person, assignment: '30679711' },
    ]
    const { code, candidates } = rankCandidates(person, twins)
    expect(code).toBe('matching.ambiguous')
    expect(candidates.map(({ verdict }) => verdict)).toEqual(['possible', 'possible'])
  })
})
