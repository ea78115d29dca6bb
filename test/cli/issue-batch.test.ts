import { spawn } from 'node:child_process'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openLibsqlStore } from '../../src/adapters/libsql/libsql-store.js'
import { collect } from '../../src/testing/contracts/case.js'
import { buildOnce } from '../bulk/support/build.js'
import { cli, type Ran, workspace } from './support.js'

let space: Awaited<ReturnType<typeof workspace>>
const at = (name: string): string => space.path(name)

const MAP = {
  $schema: 'https://w3id.org/staff-passport/schemas/batch-map/v1',
  rowKey: 'Employee Number',
  fields: {
    '/uniqueIdentifier': { column: 'Passport' },
    '/assurance': {
      constant: {
        origin: 'Northfield NHS Trust (fictional)',
        assurancePolicy: 'Employment record',
        assuranceOutcome: 'Recorded',
        provider: 'Northfield NHS Trust (fictional)',
        verifier: 'Northfield NHS Trust (fictional)',
        verificationMethod: 'Document Verification',
        pedigree: 'Authoritative',
        lastRefresh: '2025-04-03',
      },
    },
    '/claims/employingOrganisation': { constant: 'Northfield NHS Trust (fictional)' },
    '/claims/employingOrganisationOds': { constant: 'RZ1' },
    '/claims/department': { column: 'Department' },
    '/claims/staffGroup': { constant: 'Medical and Dental' },
    '/claims/jobRole': { column: 'Role' },
    '/claims/assignmentCategory': { column: 'Contract', as: 'lookup', table: { P: 'Permanent', F: 'Fixed Term Temp' } },
    '/claims/assignmentStatus': { constant: 'Active Assignment' },
    '/claims/assignmentEffectiveStartDate': { column: 'Start', as: 'date', format: 'DD/MM/YYYY' },
    '/claims/esrAssignmentNumber': { column: 'Employee Number' },
  },
}

const HEADING = 'Employee Number,Passport,Department,Role,Contract,Start'
const lineFor = (row: number, more: { readonly start?: string; readonly contract?: string } = {}): string =>
  [
    String(row).padStart(8, '0'),
    `${row.toString(16).padStart(8, '0')}-5a5a-4c1f-9b61-4f2d8b7f6a10`,
    '"Elderly Care, Ŵest"',
    'Specialty Registrar',
    more.contract ?? 'P',
    more.start ?? '03/04/2025',
  ].join(',')
const fileOf = (lines: readonly string[]): string => [HEADING, ...lines, ''].join('\r\n')
const linesTo = (count: number): readonly string[] => Array.from({ length: count }, (_, row) => lineFor(row))

const commandFor = (csv: string, more: readonly string[] = []): readonly string[] => [
  ...['issue-batch', 'employment-assignment', '--csv', at(csv), '--map', at('map.json')],
  ...['--key', at('trust.key'), '--passphrase-file', at('passphrase')],
  ...['--name', 'Northfield NHS Trust (fictional)', '--ods', 'RZ1', ...more],
]
const putInto = (name: string): readonly string[] => [
  ...['--out', at(`${name}.ndjson`), '--store', at(`${name}.db`)],
  ...['--status-url', 'https://status.northfield.example/lists'],
]
const issueBatch = (csv: string, more: readonly string[] = []): Promise<Ran> => cli(commandFor(csv, more))

const handedOut = async (
  name: string,
): Promise<readonly { row: number; key: string; id: string; credential: unknown }[]> =>
  (await readFile(at(`${name}.ndjson`), 'utf8'))
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line))

const register = async (name: string) => {
  const store = await openLibsqlStore({ path: at(`${name}.db`) })
  const states = ['intended', 'issued', 'abandoned'] as const
  const [intended = [], issued = [], abandoned = []] = await Promise.all(
    states.map((state) => collect(store.register.find({ state }))),
  )
  await store.verify()
  await store.close()
  return { intended, issued, abandoned }
}

beforeAll(async () => {
  space = await workspace()
  await cli(['keygen', '--algorithm', 'Ed25519', '--out', at('trust.key'), '--passphrase-file', at('passphrase')])
  await writeFile(at('map.json'), JSON.stringify(MAP))
  await writeFile(at('ten.csv'), fileOf(linesTo(10)))
}, 60_000)
afterAll(() => space.remove())

describe('issue-batch', () => {
  it('issues every row once, however often it is run', async () => {
    const first = await issueBatch('ten.csv', [...putInto('once'), '--report', at('once.csv')])
    expect(first, first.err).toMatchObject({ exitCode: 0, err: expect.stringContaining('10 rows: 10 issued') })
    const again = await issueBatch('ten.csv', [...putInto('once'), '--json'])
    expect(JSON.parse(again.out)).toMatchObject({ rows: 10, issued: 0, alreadyIssued: 10 })
    await writeFile(at('more.csv'), fileOf([...linesTo(12)].reverse()))
    const longer = await issueBatch('more.csv', putInto('once'))
    expect(longer.err).toContain('12 rows: 2 issued, 10 issued before')
    const out = await handedOut('once')
    expect(new Set(out.map(({ key }) => key)).size).toBe(12)
    expect(out.map(({ row }) => row)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 2, 3])
    expect((await register('once')).issued.map(({ credentialId }) => credentialId)).toEqual(out.map(({ id }) => id))
    const report = await readFile(at('once.csv'), 'utf8')
    expect(report.split('\r\n')).toHaveLength(12)
    for (const name of ['once.ndjson', 'once.csv']) expect((await stat(at(name))).mode & 0o077).toBe(0)
  })

  it('hands out what verifies', async () => {
    const [first] = await handedOut('once')
    await writeFile(at('first.json'), JSON.stringify(first?.credential))
    const verified = await cli(['verify', at('first.json'), '--policy', 'w3c-proof-only', '--offline'])
    expect(verified, verified.err).toMatchObject({ exitCode: 0 })
  })

  it('says of bad rows what is wrong, where and how to mend it, and never what stood there', async () => {
    const lines = [
      lineFor(1),
      lineFor(2, { start: '31/02/2025' }),
      lineFor(3, { contract: 'Zzyzx' }),
      `${lineFor(4)},one too many`,
      ',no key,,,,',
      lineFor(6),
    ]
    await writeFile(at('bad.csv'), fileOf(lines))
    const ran = await issueBatch('bad.csv', [...putInto('bad'), '--report', at('bad-report.csv')])
    expect(ran.exitCode).toBe(65)
    expect(ran.err).toContain('6 rows: 2 issued, 4 refused')
    const report = await readFile(at('bad-report.csv'), 'utf8')
    for (const text of [report, ran.err]) {
      expect(text).toContain('import.date')
      expect(text).toContain('/claims/assignmentEffectiveStartDate')
      expect(text).toContain('Contract')
      expect(text).not.toMatch(/Zzyzx|31\/02|one too many|00000002|no key/)
    }
    const rows = report
      .split('\r\n')
      .slice(1, -1)
      .map((line) => line.split(',').slice(0, 2))
    expect(rows).toEqual([
      ['2', 'issued'],
      ['3', 'refused'],
      ['4', 'refused'],
      ['5', 'refused'],
      ['6', 'refused'],
      ['7', 'issued'],
    ])
  })

  it('dry: says the same, needs no store and makes none', async () => {
    const ran = await issueBatch('bad.csv', ['--dry-run', '--store', at('dry.db'), '--json'])
    expect(ran.exitCode).toBe(65)
    expect(JSON.parse(ran.out)).toMatchObject({ rows: 6, sound: 2, refused: 4, issued: 0 })
    await expect(stat(at('dry.db'))).rejects.toThrow()
    const known = await issueBatch('ten.csv', ['--dry-run', '--store', at('once.db')])
    expect(known.err).toContain('10 rows: 10 issued before')
  })

  it('stops where nobody knows where a row begins, and goes on when that is mended', async () => {
    await writeFile(at('quotes.csv'), fileOf([lineFor(1), '"2,,,,,', lineFor(3).replaceAll('"', '')]))
    const ran = await issueBatch('quotes.csv', putInto('quotes'))
    expect(ran.exitCode).toBe(65)
    expect(ran.err).toContain('import.stopped: Nothing after row 3 could be read')
    await writeFile(at('quotes.csv'), fileOf([lineFor(1), lineFor(2), lineFor(3)]))
    const mended = await issueBatch('quotes.csv', putInto('quotes'))
    expect(mended.exitCode).toBe(0)
    expect((await register('quotes')).issued).toHaveLength(3)
  })

  it.each([
    ['no such type', ['issue-batch', 'passport'], 64],
    ['no place to put them', [], 64],
    ['no store', ['--out', 'x'], 64],
    ['a count of threads that is none', ['--workers', 'two'], 64],
    ['a format that the key cannot write', ['--format', 'ecdsa-jcs-2019'], 64],
    ['no such file', ['--csv', '/nowhere/x.csv'], 66],
    ['no such map', ['--map', '/nowhere/x.json'], 66],
  ])('%s: exit code', async (name, change, exitCode) => {
    const base = name === 'no place to put them' || name === 'no store' ? [] : putInto(`wrong ${exitCode}`)
    const [, , ...rest] = commandFor('ten.csv', base)
    const [verb, ...args] = change[0] === 'issue-batch' ? change : ['issue-batch', 'employment-assignment', ...change]
    const ran = await cli([
      verb ?? '',
      args[0] ?? '',
      ...rest,
      ...args.slice(1).map((arg) => (arg === 'x' ? at('x') : arg)),
    ])
    expect(ran.exitCode, ran.err).toBe(exitCode)
    expect(ran.err).not.toContain('    at ')
  })

  it('a map that is none says where', async () => {
    await writeFile(at('bad-map.json'), JSON.stringify({ ...MAP, rowKey: [] }))
    const ran = await issueBatch('ten.csv', ['--map', at('bad-map.json'), '--dry-run'])
    expect(ran).toMatchObject({ exitCode: 64, err: expect.stringContaining('rowKey') })
  })
})

interface Ended {
  readonly code: number | null
  readonly signal: string | null
  readonly errors: string
}

/** Runs the command in a process of its own, and kills it when so many bytes have been handed out. */
const inChild = async (
  name: string,
  csv: string,
  kill: { readonly at: number; readonly by: NodeJS.Signals },
): Promise<Ended> => {
  const { cli: program } = await buildOnce()
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...commandFor(csv, [...putInto(name), '--workers', '2'])])
    let errors = ''
    child.stderr.on('data', (data) => {
      errors += data
    })
    const watch = setInterval(async () => {
      const found = await stat(at(`${name}.ndjson`)).catch(() => undefined)
      if ((found?.size ?? 0) < kill.at || child.killed) return
      child.kill(kill.by)
    }, 2)
    child.on('error', reject)
    child.on('close', (code, signal) => {
      clearInterval(watch)
      resolve({ code, signal, errors })
    })
  })
}

const ROWS = Number(process.env.STAFF_PASSPORT_BULK_ROWS ?? '2500')

describe('a run that is killed', () => {
  it(`over ${ROWS} rows, again and again: none lost, none doubled`, async () => {
    await writeFile(at('many.csv'), fileOf(linesTo(ROWS)))
    const endings: unknown[] = []
    let size = 1
    for (let run = 0; run < 6; run++) {
      const by = run === 3 ? 'SIGTERM' : 'SIGKILL'
      const { code, signal, errors } = await inChild('killed', 'many.csv', { at: size, by })
      endings.push(signal ?? code)
      if (code === 0) break
      if (by === 'SIGTERM') expect(errors).toContain('Stopped')
      size = (await stat(at('killed.ndjson'))).size + 1
    }
    expect(endings.slice(0, 2), 'it was killed at all').toEqual(['SIGKILL', 'SIGKILL'])
    const last = await inChild('killed', 'many.csv', { at: Number.POSITIVE_INFINITY, by: 'SIGKILL' })
    expect(last.code, last.errors).toBe(0)
    const { intended, issued } = await register('killed')
    const out = await handedOut('killed')
    expect(intended).toEqual([])
    expect(new Set(out.map(({ key }) => key)).size).toBe(ROWS)
    expect(out).toHaveLength(ROWS)
    expect(out.map(({ id }) => id).sort()).toEqual(issued.map(({ credentialId }) => credentialId).sort())
    const places = issued.flatMap(({ statusIndices }) => statusIndices.map(({ list, index }) => `${list}#${index}`))
    expect(new Set(places).size).toBe(places.length)
  }, 300_000)

  it('two processes at once: the second is told to wait', async () => {
    const never = { at: Number.POSITIVE_INFINITY, by: 'SIGKILL' } as const
    const first = inChild('shared', 'many.csv', { at: 1, by: 'SIGTERM' })
    await expect
      .poll(
        () =>
          stat(at('shared.ndjson.lock')).then(
            () => true,
            () => false,
          ),
        { timeout: 20_000 },
      )
      .toBe(true)
    const second = await inChild('shared', 'many.csv', never)
    expect(second.errors).toContain('store.locked')
    expect(second.code).toBe(69)
    await first
  }, 60_000)
})
