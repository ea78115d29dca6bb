import { writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cellAs, faultsOf, readFile } from '../bulk/support/csv.js'
import { cli, workspace } from '../cli/support.js'

let folder: Awaited<ReturnType<typeof workspace>>
beforeAll(async () => {
  folder = await workspace()
})
afterAll(() => folder.remove())

async function save(name: string, content: string | Uint8Array): Promise<string> {
  await writeFile(folder.path(name), content)
  return folder.path(name)
}

const marked = (text: string): string => `\ufeff${text}`
const utf16 = (text: string): Uint8Array => Buffer.from(marked(text), 'utf16le')
const utf16be = (text: string): Uint8Array => Buffer.from(marked(text), 'utf16le').swap16()

describe('HR-6: a port in a did:web', () => {
  const keygen = (did: string) =>
    cli([
      ...['keygen', '--algorithm', 'ES256', '--did', did, '--out', folder.path(`${encodeURIComponent(did)}.key`)],
      ...['--passphrase-file', folder.path('passphrase')],
    ])

  it.each(['web:trust.example:8443', 'web:trust.example:443:issuers', 'web:localhost:80'])(
    '%s is refused',
    async (did) => {
      const ran = await keygen(did)
      expect(ran.exitCode).toBe(64)
      expect(ran.err).toMatch(/write the port as %3A\d+/)
    },
  )

  it.each(['web:trust.example%3A8443', 'web:trust.example:issuers:8443', 'web:trust.example:99999'])(
    '%s is a name',
    async (did) => expect((await keygen(did)).exitCode).toBe(0),
  )
})

describe('HR-7: files saved by Windows', () => {
  let credential = ''
  const issueArguments = (claims: string) => [
    ...['issue', 'identity', '--claims', claims, '--subject', 'did:example:holder'],
    ...['--key', folder.path('key'), '--passphrase-file', folder.path('passphrase')],
    ...['--store', folder.path('store.db'), '--status-url', 'https://status.example/lists'],
  ]

  beforeAll(async () => {
    await cli([
      ...['keygen', '--algorithm', 'ES256', '--out', folder.path('key')],
      ...['--passphrase-file', folder.path('passphrase')],
    ])
    const { out } = await cli(['example', 'identity'])
    await save('claims.json', marked(out))
    await save('claims-utf16.json', utf16(out))
  })

  it('claims with a byte order mark are issued, a passphrase with one opens the key', async () => {
    await save('passphrase', marked('correct horse battery staple\r\n'))
    const ran = await cli(issueArguments(folder.path('claims.json')))
    expect(ran.err).not.toMatch(/usable JSON/)
    expect(ran.exitCode).toBe(0)
    credential = ran.out
  })

  it('claims in UTF-16 are refused with what mends them', async () => {
    const ran = await cli(issueArguments(folder.path('claims-utf16.json')))
    expect(ran.exitCode).toBe(66)
    expect(ran.err).toMatch(/save it as UTF-8/)
  })

  const verify = (...files: readonly string[]) => cli(['verify', ...files, '--policy', 'w3c-proof-only', '--json'])

  it('a credential is judged the same with the mark and without', async () => {
    for (const text of [credential, marked(credential)]) {
      const ran = await verify(await save('credential.json', text))
      expect(JSON.parse(ran.out)[0].report.checks.signature.outcome).toBe('passed')
    }
  })

  it.each([
    ['UTF-16, little-endian', utf16],
    ['UTF-16, big-endian', utf16be],
    ['UTF-16 without a mark', (text: string) => Buffer.from(text, 'utf16le')],
  ])('no verdict is given about a credential in %s', async (_, encode) => {
    const ran = await verify(await save('wide.json', encode(credential)))
    expect(ran.exitCode).toBe(66)
    expect(ran.out).toBe('')
    expect(ran.err).toMatch(/was not verified: .*save it as UTF-8/)
  })

  it('and the others of the folder are verified all the same', async () => {
    const ran = await verify(await save('wide.json', utf16(credential)), await save('credential.json', credential))
    expect(JSON.parse(ran.out)).toHaveLength(1)
    expect(ran.err).toMatch(/wide\.json was not verified/)
    expect(ran.exitCode).not.toBe(0)
  })
})

const MAP = { rowKey: 'Key', fields: { '/claims/x': { column: 'X' } } }

describe('HR-8: a CSV file whose columns are separated by something else', () => {
  it.each([
    ['semicolons', 'Key;X\n1;a\n', 'comma', 'semicolon'],
    ['tabs', 'Key\tX\n1\ta\n', 'semicolon', 'tab'],
    ['commas', 'Key,X\n1,a\n', 'semicolon', 'comma'],
  ])('says that the heading holds %s', async (_, text, delimiter, found) => {
    await expect(readFile(text, { ...MAP, delimiter })).rejects.toMatchObject({
      code: 'import.heading',
      message: expect.stringContaining(`"delimiter": "${found}"`),
    })
  })

  it.each([
    ['sep=;\r\nKey;X\r\n1;a\r\n2;b', 'comma'],
    ['\ufeffsep=;\nKey;X\n1;a\n2;b\n', 'comma'],
    ['SEP=\t\nKey\tX\n1\ta\n2\tb\n', 'semicolon'],
    ['sep=,\nKey,X\n1,a\n2,b\n', 'semicolon'],
    ['Key,X\n1,a\n2,b\n', 'comma'],
  ])('reads %j', async (text, delimiter) => {
    for (const chunk of [1, 3, 65_536]) {
      const { rows, error } = await readFile(text, { ...MAP, delimiter }, chunk)
      expect(error).toBeUndefined()
      expect(rows.map(({ number, cells }) => [number, ...(cells ?? [])])).toEqual([
        [2, '1', 'a'],
        [3, '2', 'b'],
      ])
    }
  })
})

describe('HR-9: a day with midnight', () => {
  it.each([
    ['07/07/2025 00:00', 'DD/MM/YYYY 00:00', '2025-07-07'],
    ['07/07/2025 00:00:00', 'DD/MM/YYYY 00:00', '2025-07-07'],
    ['2025-07-07 00:00:00.000', 'YYYY-MM-DD 00:00', '2025-07-07'],
    ['2025-07-07T00:00', 'YYYY-MM-DD 00:00', '2025-07-07'],
    ['07/07/2025 00:01', 'DD/MM/YYYY 00:00', 'import.date'],
    ['07/07/2025 12:00', 'DD/MM/YYYY 00:00', 'import.date'],
    ['07/07/2025', 'DD/MM/YYYY 00:00', 'import.date'],
    ['07/07/2025 00:00', 'DD/MM/YYYY', 'import.date'],
    ['31/02/2025 00:00', 'DD/MM/YYYY 00:00', 'import.date'],
  ])('%s as %s is %s', async (cell, format, expected) => {
    expect(await cellAs(cell, { as: 'date', format })).toBe(expected)
  })
})

describe('HR-10: a stray quote', () => {
  it.each([
    ['1,"Ward B" annexe', 1],
    ['1,Ward "B"', 1],
    ['1,"Ward "B", east"', 1],
    ['1,"Ward, "B" x', 1],
    ['"1"x,b', 1],
  ])('%s costs its own row, and the next is numbered as in the spreadsheet', async (line) => {
    for (const end of ['\n', '\r\n']) {
      const text = ['Key,X', '0,"a ""real"" one"', line, '2,"two\nlines"', '3,c', ''].join(end)
      const { map, rows, error } = await readFile(text, MAP)
      expect(error).toBeUndefined()
      expect(rows.map((row) => [row.number, row.cells?.[1], faultsOf(map, row)[0]?.code])).toEqual([
        [2, 'a "real" one', undefined],
        [3, undefined, 'import.quoting'],
        [4, 'two\nlines', undefined],
        [5, 'c', undefined],
      ])
    }
  })
})
