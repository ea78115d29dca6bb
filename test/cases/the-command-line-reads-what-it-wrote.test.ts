import { writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cli, type Ran, workspace } from '../cli/support.js'

let space: Awaited<ReturnType<typeof workspace>>
const at = (name: string): string => space.path(name)
const secret = (): string[] => ['--passphrase-file', at('passphrase')]

async function ok(...commandLine: string[]): Promise<Ran> {
  const ran = await cli(commandLine)
  expect(ran.exitCode, `${commandLine.join(' ')}\n${ran.err}`).toBe(0)
  return ran
}

async function keygen(name: string, algorithm: string, did = 'key'): Promise<string> {
  const ran = await ok('keygen', '--algorithm', algorithm, '--did', did, '--out', at(`${name}.key`), ...secret())
  await writeFile(at(`${name}.public.json`), ran.out)
  return JSON.parse(ran.out).did
}

let holder: string
beforeAll(async () => {
  space = await workspace()
  await keygen('anchor', 'Ed25519')
  const issuer = await keygen('trust', 'ES256')
  holder = await keygen('holder', 'ES256', 'jwk')
  await ok('trust', 'init', '--name', 'NHS England (fictional)', '--out', at('trust.json'))
  const entry = ['--id', 'northfield', '--name', 'Northfield NHS Trust (fictional)', '--ods', 'RX9']
  const roles = ['--role', 'employer', '--role', 'hostEmployer', '--issuer', issuer, '--may-issue', '*']
  await ok('trust', 'add', at('trust.json'), ...entry, ...roles)
  await ok('trust', 'sign', at('trust.json'), '--key', at('anchor.key'), ...secret(), '--out', at('trust.jws'))
  await writeFile(at('claims.json'), (await ok('example', 'right-to-work')).out)
})
afterAll(() => space.remove())

const store = (format: string): string[] => ['--store', at(`${format}.db`), '--key', at('trust.key'), ...secret()]

function issue(format: string): Promise<Ran> {
  const named = ['--name', 'Northfield NHS Trust (fictional)', '--subject', holder]
  const lists = ['--status-url', 'https://status.northfield.example/lists']
  const out = ['--format', format, '--claims', at('claims.json'), '--out', at(`${format}.credential`)]
  return ok('issue', 'right-to-work', ...out, ...named, ...lists, ...store(format))
}

function verify(format: string): Promise<Ran> {
  const trust = ['--trust', at('trust.jws'), '--trust-anchor', at('anchor.public.json')]
  return cli(['verify', at(`${format}.credential`), '--status', at(`${format}-lists`), '--offline', ...trust])
}

const publish = (format: string): Promise<Ran> =>
  ok('status', 'publish', ...store(format), '--out', at(`${format}-lists`))

describe('FMT-1: the command line reads the status lists that it published', () => {
  it.each(['data-integrity', 'vc+jwt', 'vc+sd-jwt', 'dc+sd-jwt'])('of a credential as %s', async (format) => {
    await issue(format)
    await publish(format)
    const good = await verify(format)
    expect(good.err).not.toContain('no status list')
    expect(good.exitCode, good.out + good.err).toBe(0)
    await ok('revoke', at(`${format}.credential`), '--reason', 'NoLongerValid', ...store(format))
    await publish(format)
    expect((await verify(format)).exitCode).toBe(1)
  })

  it('and leaves out what is none', async () => {
    await issue('jwt_vc_json')
    await publish('jwt_vc_json')
    await writeFile(at('jwt_vc_json-lists/notes.jwt'), 'eyJhbGciOiJFUzI1NiJ9.e30.AA\n')
    const ran = await verify('jwt_vc_json')
    expect(ran.err).toMatch(/notes\.jwt is no status list/)
    expect(ran.exitCode, ran.out + ran.err).toBe(0)
  })
})
