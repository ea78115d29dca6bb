import { spawn } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import Libsql from 'libsql'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildOnce } from '../bulk/support/build.js'
import { cli, workspace } from '../cli/support.js'

let space: Awaited<ReturnType<typeof workspace>>
const at = (name: string): string => space.path(name)
const secrets = () => ['--key', at('keys/trust.key'), '--passphrase-file', at('passphrase')]
const issuing = () => ['issue', 'identity', '--claims', at('claims.json'), ...secrets(), '--store', at('store.db')]
const publishing = () => ['status', 'publish', '--store', at('store.db'), ...secrets(), '--out', at('lists')]
const verifying = (...more: string[]) => [
  'verify-register',
  '--store',
  at('store.db'),
  '--key',
  at('keys/trust.key'),
  ...more,
]
const revoking = () => ['revoke', at('credential'), '--reason', 'LostPhone', '--store', at('store.db'), ...secrets()]

beforeEach(async () => {
  space = await workspace()
  mkdirSync(at('keys'))
  await cli(['keygen', '--algorithm', 'Ed25519', '--out', at('keys/trust.key'), '--passphrase-file', at('passphrase')])
  writeFileSync(at('claims.json'), (await cli(['example', 'identity'])).out)
  const ran = await cli([
    ...issuing(),
    ...['--status-url', 'https://status.northfield.example/lists', '--out', at('credential')],
  ])
  if (ran.exitCode !== 0) throw new Error(ran.err)
})
afterEach(() => space.remove())

function change(statement: string): void {
  const file = new Libsql(at('store.db'))
  file.exec(statement)
  file.close()
}

describe('on the command line', () => {
  it('REST-1: the anchor and its secret lie beside the key, for its owner alone', () => {
    expect(readdirSync(at('keys')).sort()).toEqual(['store.db.anchor', 'store.db.anchor.key', 'trust.key'])
    for (const name of readdirSync(at('keys'))) expect(statSync(at(`keys/${name}`)).mode & 0o077, name).toBe(0)
  })

  it('REST-1: a revocation unset in the tables → not published, said, repaired, published', async () => {
    await cli(revoking())
    change('update register_place set is_set = 0')
    const refused = await cli(publishing())
    expect(refused).toMatchObject({ exitCode: 69, err: expect.stringContaining('store.tablesDisagree') })
    expect(readdirSync(at('lists'))).toEqual([])
    const verified = await cli(verifying('--json'))
    expect(verified.exitCode).toBe(1)
    expect(JSON.parse(verified.out)).toMatchObject({ whole: false, code: 'store.tablesDisagree' })
    expect(await cli(verifying('--repair'))).toMatchObject({ exitCode: 0 })
    expect(await cli(verifying())).toMatchObject({ exitCode: 0, err: '' })
    const published = await cli(publishing())
    expect(published.exitCode, published.err).toBe(0)
    expect(published.out).toMatch(/revocation\s+1/)
  })

  it('REST-1: a log that is not whole is not repaired from', async () => {
    change("update register_event set body = replace(body, 'Identity', 'AccessKey') where seq = 2")
    const ran = await cli(verifying('--repair'))
    expect(ran).toMatchObject({ exitCode: 1, err: expect.stringContaining('entry 2') })
    expect(await cli(verifying('--accept'))).toMatchObject({ exitCode: 69, err: expect.stringContaining('entry 2') })
  })

  it('REST-2: an old copy put back → every command refuses with what to do, until it is accepted knowingly', async () => {
    copyFileSync(at('store.db'), at('backup'))
    await cli(revoking())
    copyFileSync(at('backup'), at('store.db'))
    for (const command of [issuing(), publishing(), revoking()]) {
      const ran = await cli(command)
      expect(ran, ran.err).toMatchObject({ exitCode: 69, err: expect.stringContaining('store.rolledBack') })
      expect(ran.err).toContain('verify-register --accept')
    }
    expect(await cli(verifying())).toMatchObject({ exitCode: 1, err: expect.stringContaining('store.rolledBack') })
    expect(await cli(verifying('--repair'))).toMatchObject({ exitCode: 1 })
    expect(await cli(verifying('--accept'))).toMatchObject({ exitCode: 0 })
    for (const command of [revoking(), issuing(), publishing(), verifying()])
      expect(await cli(command)).toMatchObject({ exitCode: 0 })
  })

  it('REST-2: without its anchor an old copy is not noticed, and verify-register says that it did not look', async () => {
    const ran = await cli(['verify-register', '--store', at('store.db'), '--json'])
    expect(ran).toMatchObject({ exitCode: 0, err: expect.stringContaining('no anchor was compared') })
    expect(JSON.parse(ran.out)).toMatchObject({ whole: true, anchored: false })
    const elsewhere = await cli(['verify-register', '--store', at('store.db'), '--register-anchor', at('nowhere')])
    expect(elsewhere.exitCode).toBe(66)
  })

  it('REST-2: an anchor or a secret that is gone → refused; nothing is made in its place', async () => {
    const anchor = readFileSync(at('keys/store.db.anchor'))
    rmSync(at('keys/store.db.anchor'))
    expect(await cli(issuing())).toMatchObject({ exitCode: 69, err: expect.stringContaining('store.anchorUnusable') })
    writeFileSync(at('keys/store.db.anchor'), anchor)
    rmSync(at('keys/store.db.anchor.key'))
    expect(await cli(issuing())).toMatchObject({ exitCode: 66 })
    expect(existsSync(at('keys/store.db.anchor.key'))).toBe(false)
  })

  it('REST-2: two stores of one name and one key → the second names an anchor of its own', async () => {
    mkdirSync(at('other'))
    const other = issuing().map((word) => (word === at('store.db') ? at('other/store.db') : word))
    const statusUrl = ['--status-url', 'https://status.southmere.example/lists']
    expect(await cli([...other, ...statusUrl])).toMatchObject({
      exitCode: 69,
      err: expect.stringContaining('--register-anchor'),
    })
    const named = [...other, ...statusUrl, '--register-anchor', at('keys/other.anchor')]
    expect(await cli(named)).toMatchObject({ exitCode: 0 })
  })

  it('REST-2: three processes issue from one store at once, and its anchor follows', async () => {
    const { cli: program } = await buildOnce()
    const ended = await Promise.all(
      Array.from({ length: 3 }, () => {
        const child = spawn(process.execPath, [program, ...issuing()], { stdio: 'ignore' })
        return new Promise((resolve) => child.on('close', resolve))
      }),
    )
    expect(ended).toEqual([0, 0, 0])
    const verified = await cli(verifying('--json'))
    expect(JSON.parse(verified.out)).toEqual({ whole: true, events: 9, anchored: true })
  }, 60_000)
})
