import { existsSync } from 'node:fs'
import { copyFile, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Libsql from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cli, type Ran, workspace } from './support.js'

let space: Awaited<ReturnType<typeof workspace>>
const at = (name: string): string => space.path(name)
const passphrase = (): string[] => ['--passphrase-file', at('passphrase')]

const ok = async (...commandLine: string[]): Promise<Ran> => {
  const ran = await cli(commandLine)
  expect(ran.exitCode, `${commandLine.join(' ')}\n${ran.err}`).toBe(0)
  return ran
}

const keygen = async (name: string, algorithm: string, did = 'key'): Promise<string> => {
  const ran = await ok('keygen', '--algorithm', algorithm, '--did', did, '--out', at(`${name}.key`), ...passphrase())
  await writeFile(at(`${name}.public.json`), ran.out)
  return JSON.parse(ran.out).did
}

const issue = async (type: string, holder: string, out: string): Promise<void> => {
  await ok(
    'issue',
    type,
    '--claims',
    at(`${type}.json`),
    '--key',
    at('trust.key'),
    ...passphrase(),
    '--subject',
    holder,
    '--store',
    at('store.db'),
    '--status-url',
    'https://status.northfield.example/lists',
    '--name',
    'Northfield NHS Trust (fictional)',
    '--out',
    out,
  )
}

const verify = (...rest: string[]): Promise<Ran> =>
  cli(['verify', ...rest, '--trust', at('trust.jws'), '--trust-anchor', at('anchor.public.json'), '--offline'])

beforeAll(async () => {
  space = await workspace()
  await keygen('anchor', 'Ed25519')
  const trust = await keygen('trust', 'Ed25519')
  const holder = await keygen('holder', 'ES256', 'jwk')
  await ok('trust', 'init', '--name', 'NHS England (fictional)', '--out', at('trust.json'))
  await ok(
    'trust',
    'add',
    at('trust.json'),
    '--id',
    'northfield',
    '--name',
    'Northfield NHS Trust (fictional)',
    '--ods',
    'RX9',
    '--role',
    'employer',
    '--role',
    'hostEmployer',
    '--issuer',
    trust,
    '--may-issue',
    '*',
  )
  await ok('trust', 'sign', at('trust.json'), '--key', at('anchor.key'), ...passphrase(), '--out', at('trust.jws'))
  for (const type of ['identity', 'right-to-work']) {
    const example = JSON.parse((await ok('example', type)).out)
    // One person: both credentials carry the same unique identifier.
    await writeFile(
      at(`${type}.json`),
      JSON.stringify({ ...example, uniqueIdentifier: '0b9a2c1e-5a5a-4c1f-9b61-4f2d8b7f6a10' }),
    )
    await issue(type, holder, at(`${type}.credential`))
  }
  await ok(
    'status',
    'publish',
    '--store',
    at('store.db'),
    '--key',
    at('trust.key'),
    ...passphrase(),
    '--out',
    at('status'),
  )
})

afterAll(() => space.remove())

describe('from keys to a verdict, on the command line', () => {
  it('keeps key files encrypted and to their owner', async () => {
    const mode = (await stat(at('trust.key'))).mode & 0o777
    expect(mode).toBe(0o600)
    expect(await readFile(at('trust.key'), 'utf8')).not.toContain('"d"')
  })

  it('never overwrites a key file', async () => {
    const before = await readFile(at('trust.key'))
    const ran = await cli(['keygen', '--algorithm', 'Ed25519', '--out', at('trust.key'), ...passphrase()])
    expect(ran.exitCode).toBe(64)
    expect(await readFile(at('trust.key'))).toEqual(before)
  })

  it('accepts what was issued, with its status list at hand', async () => {
    const ran = await verify(at('right-to-work.credential'), '--status', at('status'))
    expect(ran.exitCode, ran.out + ran.err).toBe(0)
    expect(ran.out.toLowerCase()).toContain('accepted')
  })

  it('is undecided without the status list', async () => {
    expect((await verify(at('right-to-work.credential'))).exitCode).toBe(2)
  })

  it('prints full reports as JSON, without a name or number of anybody', async () => {
    const ran = await verify(
      at('identity.credential'),
      at('right-to-work.credential'),
      '--status',
      at('status'),
      '--json',
    )
    const results = JSON.parse(ran.out)
    expect(results).toHaveLength(2)
    expect(Object.keys(results[0].report.checks)).toHaveLength(7)
    const claims = JSON.parse(await readFile(at('identity.json'), 'utf8')).claims
    for (const value of [claims.legalSurname, claims.birthDate]) expect(ran.out).not.toContain(value)
  })

  it('rejects a credential with one letter changed', async () => {
    const text = await readFile(at('identity.credential'), 'utf8')
    const { legalSurname } = JSON.parse(await readFile(at('identity.json'), 'utf8')).claims
    await writeFile(at('changed'), text.replaceAll(legalSurname, `${legalSurname}x`))
    const ran = await verify(at('changed'), '--status', at('status'))
    expect(ran.exitCode).toBe(1)
    expect(ran.out).toContain('signature.invalid')
  })

  it('accepts a presentation by its holder, to this challenge only', async () => {
    const present = [
      'present',
      at('identity.credential'),
      at('right-to-work.credential'),
      '--key',
      at('holder.key'),
      ...passphrase(),
      '--challenge',
      'c-1',
      '--audience',
      'https://southmere.example',
    ]
    await ok(...present, '--out', at('presentation'))
    const expected = ['--challenge', 'c-1', '--audience', 'https://southmere.example', '--status', at('status')]
    expect((await verify(at('presentation'), ...expected)).exitCode).toBe(0)
    expect(
      (
        await verify(
          at('presentation'),
          '--challenge',
          'c-2',
          '--audience',
          'https://southmere.example',
          '--status',
          at('status'),
        )
      ).exitCode,
    ).toBe(1)
    const unasked = await verify(at('presentation'), '--status', at('status'))
    expect(unasked.exitCode).toBe(1)
    expect(unasked.out).toContain('holderBinding.challengeNotStated')
    expect((await verify(at('presentation'), '--challenge', 'c-1')).exitCode).toBe(64)
  })

  it('hears of a suspension, its end, and a revocation', async () => {
    const change = (...words: string[]) =>
      ok(...words, '--store', at('store.db'), '--key', at('trust.key'), ...passphrase())
    const verdict = async () => {
      await change('status', 'publish', '--out', at('status'))
      const ran = await verify(at('right-to-work.credential'), '--status', at('status'), '--json')
      return JSON.parse(ran.out)[0].report.checks.status
    }
    const suspendable = (await cli(['types', '--json'])).out.includes('suspension')
    expect(suspendable).toBe(true)
    await change('revoke', at('right-to-work.credential'), '--reason', 'NoLongerValid')
    expect(await verdict()).toMatchObject({ outcome: 'failed', code: 'status.revoked' })
    expect((await readdir(at('status'))).length).toBeGreaterThan(0)
  })

  it('leaves a stray file among the status lists out, and says so', async () => {
    await writeFile(join(at('status'), 'README'), 'not a list\n')
    const ran = await verify(at('identity.credential'), '--status', at('status'))
    expect(ran.exitCode, ran.err).toBe(0)
    expect(ran.err).toContain('is no status list')
  })

  it('finds the first entry of the register that somebody changed', async () => {
    expect((await ok('verify-register', '--store', at('store.db'))).out).toContain('whole')
    await copyFile(at('store.db'), at('changed.db'))
    const file = new Libsql(at('changed.db'))
    file.exec("update register_event set body = replace(body, 'issued', 'intended') where seq = 3")
    file.close()
    const ran = await cli(['verify-register', '--store', at('changed.db')])
    expect(ran.exitCode).toBe(1)
    expect(ran.err).toContain('entry 3')
    expect((await cli(['verify-register', '--store', at('no.db')])).exitCode).toBe(66)
  })

  it('publishes the did.json of a did:web issuer, and keeps retired keys', async () => {
    const did = await keygen('web-1', 'Ed25519', 'web:trust.example')
    await ok('did', 'publish', '--key', at('web-1.key'), ...passphrase(), '--out', at('did.json'))
    await keygen('web-2', 'ES256', 'web:trust.example')
    await ok('did', 'publish', '--key', at('web-2.key'), ...passphrase(), '--out', at('did.json'))
    const document = JSON.parse(await readFile(at('did.json'), 'utf8'))
    expect(document.id).toBe(did)
    expect(document.verificationMethod).toHaveLength(2)
    expect(document.assertionMethod).toHaveLength(2)
    expect(document.authentication).toHaveLength(1)
  })

  it('prints schemas that stand on their own', async () => {
    const { Ajv2020 } = await import('ajv/dist/2020.js')
    for (const { type } of JSON.parse((await ok('types', '--json')).out)) {
      const schema = JSON.parse((await ok('schema', type)).out)
      const ajv = new Ajv2020({ strict: false, validateFormats: false })
      expect(ajv.validateSchema(schema)).toBe(true)
      expect(() => ajv.compile(schema)).not.toThrow()
    }
  })

  it('says what every code means', async () => {
    expect((await ok('explain', 'status.revoked')).out).toContain('for ever')
    expect((await ok('explain', 'schema.passportExpiredAtCheck')).out).toContain('passport')
  })

  it('shows the trust list only under its anchor', async () => {
    expect((await ok('trust', 'show', at('trust.jws'), '--trust-anchor', at('anchor.public.json'))).out).toContain(
      'northfield',
    )
    expect((await cli(['trust', 'show', at('trust.jws'), '--trust-anchor', at('trust.public.json')])).exitCode).toBe(66)
    expect((await cli(['trust', 'show', at('trust.jws')])).exitCode).toBe(64)
  })

  it('raises the version of a trust list each time it is signed, and dates it anew', async () => {
    const before = JSON.parse(await readFile(at('trust.json'), 'utf8'))
    await ok(
      'trust',
      'sign',
      at('trust.json'),
      '--key',
      at('anchor.key'),
      ...passphrase(),
      '--days',
      '7',
      '--out',
      at('next.jws'),
    )
    const shown = JSON.parse(
      (await ok('trust', 'show', at('next.jws'), '--trust-anchor', at('anchor.public.json'), '--json')).out,
    )
    expect(shown.version).toBe(before.version)
    expect(Date.parse(shown.expiresAt)).toBeLessThan(Date.parse(before.expiresAt))
    expect(JSON.parse(await readFile(at('trust.json'), 'utf8')).version).toBe(before.version + 1)
  })

  it('remembers the newest trust list, and refuses an older one', async () => {
    await ok('trust', 'sign', at('trust.json'), '--key', at('anchor.key'), ...passphrase(), '--out', at('newest.jws'))
    const ask = (list: string) =>
      cli([
        'verify',
        at('identity.credential'),
        '--trust',
        at(list),
        '--trust-anchor',
        at('anchor.public.json'),
        '--status',
        at('status'),
        '--state',
        at('seen.json'),
        '--offline',
      ])
    expect((await ask('newest.jws')).exitCode).toBe(0)
    const older = await ask('trust.jws')
    expect(older.exitCode).toBe(1)
    expect(older.out).toContain('issuerTrust.listRolledBack')
    expect((await ask('newest.jws')).exitCode).toBe(0)
    await writeFile(at('seen.json'), '{"x":"y"}')
    expect((await ask('newest.jws')).exitCode).toBe(69)
  })

  it('judges by a policy from a file, and names every fault of one that is none', async () => {
    const { POLICIES } = await import('../../src/verifier/policy.js')
    await writeFile(at('policy.json'), JSON.stringify({ ...POLICIES.nhs, name: 'ours' }))
    const ran = await verify(at('identity.credential'), '--status', at('status'), '--policy', at('policy.json'))
    expect(ran.exitCode, ran.err).toBe(0)
    expect(ran.out).toContain('ours')
    await writeFile(at('policy.json'), '{"name":"ours","lenient":true}')
    expect((await verify(at('identity.credential'), '--policy', at('policy.json'))).exitCode).toBe(64)
  })

  it('issues without a store, and says what that costs', async () => {
    const ran = await ok(
      'issue',
      'identity',
      '--claims',
      at('identity.json'),
      '--key',
      at('trust.key'),
      ...passphrase(),
      '--out',
      at('loose'),
    )
    expect(ran.err).toContain('can never be revoked')
    const verified = await verify(at('loose'))
    expect(verified.exitCode).toBe(1)
    expect(verified.out).toMatch(/status\.missing|policy\.checkRequired/)
  })

  it('decodes without verifying, and says so', async () => {
    const ran = await ok('inspect', at('identity.credential'))
    expect(ran.out).toContain('NOT VERIFIED')
  })
})

describe('wrong calls and bad input', () => {
  it.each([
    ['no such type', ['issue', 'Passport', '--claims', 'x', '--key', 'y'], 64],
    ['no such command', ['fly'], 64],
    ['a missing option', ['keygen', '--algorithm', 'Ed25519'], 64],
    ['no such algorithm', ['keygen', '--algorithm', 'RSA', '--out', '/nowhere/x'], 64],
    ['no trust', ['verify', '-'], 64],
    ['no such file', ['verify', '/nowhere/at/all', '--policy', 'w3c-proof-only'], 66],
    ['no such policy', ['verify', '-', '--policy', 'lenient'], 64],
    ['an unknown code', ['explain', 'format.nonsense'], 64],
    ['an unknown variant', ['example', 'identity', '--variant', '99'], 64],
  ] as const)('%s ends with its exit code', async (_, commandLine, exitCode) => {
    const ran = await cli(commandLine)
    expect(ran.exitCode).toBe(exitCode)
    expect(ran.err.length).toBeGreaterThan(0)
  })

  it('reports rubbish as a rejected input, with all seven checks', async () => {
    const ran = await cli(['verify', '-', '--policy', 'w3c-proof-only', '--json'], new Uint8Array([0xff, 0x00, 0x7b]))
    expect(ran.exitCode).toBe(1)
    expect(JSON.parse(ran.out)[0].report.checks.format.outcome).toBe('failed')
  })

  it('lists every fault of the claims at once and issues nothing', async () => {
    const example = JSON.parse(await readFile(at('identity.json'), 'utf8'))
    const claims = { ...example.claims, birthDate: '1990-02-30', legalSurname: '' }
    await writeFile(at('bad.json'), JSON.stringify({ ...example, claims }))
    const ran = await cli([
      'issue',
      'identity',
      '--claims',
      at('bad.json'),
      '--key',
      at('trust.key'),
      ...passphrase(),
      '--store',
      at('store.db'),
      '--subject',
      'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK',
      '--out',
      at('bad.credential'),
      '--json',
    ])
    expect(ran.exitCode).toBe(65)
    const paths = JSON.parse(ran.out).faults.map((fault: { path: string }) => fault.path)
    expect(paths).toContain('/claims/birthDate')
    expect(paths).toContain('/claims/legalSurname')
    expect(existsSync(at('bad.credential'))).toBe(false)
    expect(ran.out + ran.err).not.toContain('1990-02-30')
  })

  it('refuses a wrong passphrase without a trace of the key', async () => {
    await writeFile(at('wrong'), 'not it\n', { mode: 0o600 })
    const ran = await cli([
      'status',
      'publish',
      '--store',
      at('store.db'),
      '--key',
      at('trust.key'),
      '--passphrase-file',
      at('wrong'),
      '--out',
      join(at('status'), 'no'),
    ])
    expect(ran.exitCode).toBe(69)
    expect(ran.err).toContain('key.passphraseWrong')
  })
})
