import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import Libsql from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildOnce } from '../bulk/support/build.js'
import { cli, workspace } from '../cli/support.js'

let space: Awaited<ReturnType<typeof workspace>>
let program: string
const at = (name: string): string => space.path(name)
const secrets = () => ['--key', at('trust.key'), '--passphrase-file', at('passphrase')]
const issuing = (store: string) => ['issue', 'identity', '--claims', at('claims.json'), ...secrets(), '--store', store]

beforeAll(async () => {
  space = await workspace()
  ;({ cli: program } = await buildOnce())
  await cli(['keygen', '--algorithm', 'Ed25519', '--out', at('trust.key'), '--passphrase-file', at('passphrase')])
  writeFileSync(at('claims.json'), (await cli(['example', 'identity'])).out)
  const ran = await cli([...issuing(at('store.db')), '--status-url', 'https://status.northfield.example/lists'])
  if (ran.exitCode !== 0) throw new Error(ran.err)
}, 60_000)
afterAll(() => space.remove())

/** Runs the command line in a process of its own, which may be ended by the system. */
function run(command: readonly string[], shell?: string) {
  const words = [process.execPath, program, ...command]
  const [file = '', ...rest] = shell === undefined ? words : ['sh', '-c', `${shell}; exec "$@"`, 'sh', ...words]
  const { status, signal, stdout, stderr } = spawnSync(file, rest, { encoding: 'utf8' })
  return { status, signal, said: stdout + stderr }
}

const IN_WORDS = { signal: null, said: expect.not.stringMatching(/^\s+at |panicked|node:internal/m) }

const TEXTS = [
  ['register_event', 'body'],
  ['register_event', 'hash'],
  ['register_event', 'credential_id'],
  ['register_entry', 'credential_id'],
  ['register_entry', 'idempotency_key'],
  ['register_place', 'credential_id'],
  ['status_list', 'purpose'],
  ['setting', 'value'],
] as const

const FOUND = /store\.(corrupt|tablesDisagree): /
const DERIVED: readonly string[] = ['register_entry', 'register_place', 'status_list']

describe('a byte that is no UTF-8', () => {
  it.each(TEXTS)('REST-3: in %s.%s → found by verify-register, and nothing is published', async (table, column) => {
    const file = (name: string) => at(`${table}-${column}-${name}`)
    copyFileSync(at('store.db'), file('damaged.db'))
    copyFileSync(at('store.db.anchor'), file('damaged.db.anchor'))
    copyFileSync(at('store.db.anchor.key'), file('damaged.db.anchor.key'))
    const database = new Libsql(file('damaged.db'))
    database.exec('pragma foreign_keys = off')
    database.exec(
      `update ${table} set ${column} = cast(x'7b80ff' as text)
      where rowid = (select max(rowid) from ${table})`.replace(
        /rowid/g,
        table === 'register_place' ? 'place' : 'rowid',
      ),
    )
    database.close()
    const verified = run(['verify-register', '--store', file('damaged.db'), '--key', at('trust.key')])
    expect(verified).toMatchObject({ ...IN_WORDS, status: 1 })
    expect(verified.said).toMatch(FOUND)
    const published = await cli([
      'status',
      'publish',
      '--store',
      file('damaged.db'),
      ...secrets(),
      '--out',
      at('lists'),
    ])
    expect(published.exitCode).toBe(69)
    expect(published.err).toMatch(FOUND)
    const repaired = await cli(['verify-register', '--store', file('damaged.db'), '--key', at('trust.key'), '--repair'])
    expect(repaired.exitCode, repaired.err).toBe(DERIVED.includes(table) ? 0 : 1)
  })

  it('REST-3: letters of every script are none of it', async () => {
    const command = [...issuing(at('store.db')), '--idempotency-key', 'Ŵ ñ 学 🩺', '--name', 'Ysbyty Gŵyr (ffuglennol)']
    expect(run(command)).toMatchObject({ ...IN_WORDS, status: 0 })
    expect(run(['verify-register', '--store', at('store.db'), '--key', at('trust.key')])).toMatchObject({ status: 0 })
  })
})

// A disk of a megabyte, of which so much is free, that is gone when the process ends.
const smallDisk = (folder: string, kilobytes: number): string =>
  `mount -t tmpfs -o size=1m tmpfs "${folder}" && cp "${at('store.db')}" "${folder}/store.db" &&
   { dd if=/dev/zero of="${folder}/fill" bs=1k count=2000 2>/dev/null; truncate -s -${kilobytes}k "${folder}/fill"; }`

const canMount = spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0
if (!canMount)
  console.warn('No file system can be mounted here: REST-4 tries files that may not grow, and no full disk')

describe('a disk that is full', () => {
  it.runIf(canMount).each([0, 16, 48, 96])(
    'REST-4: %i kB free → store.full, in words, exit 69, and nothing is broken',
    (kilobytes) => {
      mkdirSync(at('disk'), { recursive: true })
      const commands = `${smallDisk(at('disk'), kilobytes)}
      "$@"; echo "exit $?"; rm "${at('disk')}/fill"
      "${process.execPath}" "${program}" verify-register --store "${at('disk')}/store.db" --json`
      const words = [
        process.execPath,
        program,
        ...issuing(`${at('disk')}/store.db`),
        '--register-anchor',
        at('disk.anchor'),
      ]
      copyFileSync(at('store.db.anchor'), at('disk.anchor'))
      copyFileSync(at('store.db.anchor.key'), at('disk.anchor.key'))
      const ran = spawnSync('unshare', ['-rm', 'sh', '-c', commands, 'sh', ...words], { encoding: 'utf8' })
      const said = ran.stdout + ran.stderr
      expect(said).toContain('exit 69')
      expect(said).toContain('store.full: There is no room left for the store')
      expect({ said }).toMatchObject({ said: IN_WORDS.said })
      expect(said).toContain('"whole": true')
    },
  )

  it.each([0, 40, 100])('REST-4: files that may not grow beyond %i blocks → exit 69, in words', (blocks) => {
    copyFileSync(at('store.db'), at('limited.db'))
    copyFileSync(at('store.db.anchor'), at('limited.anchor'))
    copyFileSync(at('store.db.anchor.key'), at('limited.anchor.key'))
    const anchor = ['--register-anchor', at('limited.anchor')]
    const ran = run([...issuing(at('limited.db')), ...anchor], `ulimit -f ${blocks}`)
    expect(ran).toMatchObject({ ...IN_WORDS, status: 69 })
    expect(ran.said).toMatch(/store\.(full|unavailable|locked|anchorUnusable): /)
  })

  it.runIf(canMount)(
    'DID-3: no room for the credential that was issued → it is printed instead, and that is said',
    () => {
      mkdirSync(at('disk'), { recursive: true })
      const words = [process.execPath, program, ...issuing(at('store.db')), '--out', `${at('disk')}/credential`]
      const ran = spawnSync('unshare', ['-rm', 'sh', '-c', `${smallDisk(at('disk'), 0)}; "$@"`, 'sh', ...words], {
        encoding: 'utf8',
      })
      expect(ran).toMatchObject({ status: 66, stderr: expect.stringContaining('Cannot write') })
      expect(ran.stderr).toContain('keep what was printed')
      expect(JSON.parse(ran.stdout)).toMatchObject({ type: expect.arrayContaining(['Identity']) })
    },
  )

  it('REST-4: with room enough → issued', () => {
    expect(run(issuing(at('store.db')), 'ulimit -f 100000')).toMatchObject({ ...IN_WORDS, status: 0 })
  })

  it('REST-4: what is no store, and what may not be opened → exit 69, in words', () => {
    mkdirSync(at('a-folder'), { recursive: true })
    for (const store of [at('a-folder'), at('claims.json'), at('no-folder/store.db')])
      expect(run(issuing(store))).toMatchObject({ ...IN_WORDS, status: 69 })
  })
})
