import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { foundOrganisation, type Organisation, TOKEN } from '../http/support/organisation.js'
import { aCredential, ask, startTestServer } from '../http/support/server.js'
import { makeCertificate, toPem } from '../support/certificates.js'
import { createSelfSigned } from '../support/self-signed.js'
import { cli, workspace } from './support.js'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

let space: Awaited<ReturnType<typeof workspace>>
let northfield: Organisation
beforeAll(async () => {
  space = await workspace()
  northfield = await foundOrganisation('ES256')
})
afterAll(async () => {
  await space.remove()
  await northfield.remove()
})

const running: ChildProcess[] = []
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
})

interface Started {
  readonly child: ChildProcess
  readonly origin: string
  readonly said: () => string
  readonly ended: Promise<number | null>
}

/** Runs `serve` as a process of its own, and waits until it listens. */
const spawnServer = async (...options: string[]): Promise<Started> => {
  const loader = ['--import', 'tsx', 'src/cli/main.ts', 'serve', '--port', '0', ...options]
  const env = { ...process.env, TSX_TSCONFIG_PATH: 'tsconfig.json', STAFF_PASSPORT_TOKEN: TOKEN }
  const child = spawn(process.execPath, loader, { cwd: ROOT, env })
  running.push(child)
  let out = ''
  child.stderr.on('data', (piece) => {
    out += piece
  })
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  const origin = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (piece) => {
      out += piece
      const found = /Listening on (\S+)/.exec(out)?.[1]
      if (found) resolve(found)
    })
    child.on('close', () => reject(new Error(out)))
  })
  return { child, origin, said: () => out, ended }
}

describe('serve, as a process', () => {
  it('lets what is under way end when it is told to stop, and takes nothing new', async () => {
    const { child, origin, said, ended } = await spawnServer('--conformance', '--offline')
    expect(said()).toContain('throwaway keys')
    const body = JSON.stringify({ credential: aCredential('did:example:a') })
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      authorization: `Bearer ${TOKEN}`,
    }
    const status = await new Promise<number>((resolve, reject) => {
      const slow = request(
        `${origin}/issuers/eddsa-rdfc-2022/credentials/issue`,
        { method: 'POST', headers },
        (answer) => {
          answer.resume()
          resolve(answer.statusCode ?? 0)
        },
      )
      slow.on('error', reject)
      slow.write(body.slice(0, 10))
      setTimeout(() => child.kill('SIGTERM'), 200)
      setTimeout(() => slow.end(body.slice(10)), 600)
    })
    expect(status).toBe(201)
    expect(await ended).toBe(0)
    await expect(ask(`${origin}/`)).rejects.toThrow()
    expect(said()).toMatch(/POST \/issuers\/:suite\/credentials\/issue 201 \d+ ms/)
  })

  it('stops at once when nothing is under way, on SIGINT too', async () => {
    const { child, origin, ended } = await spawnServer('--offline')
    expect((await ask(`${origin}/`)).status).toBe(200)
    const began = Date.now()
    child.kill('SIGINT')
    expect(await ended).toBe(0)
    expect(Date.now() - began).toBeLessThan(3_000)
  })
})

describe('serve over https', () => {
  it('with the certificate it is given', async () => {
    const { cert, key } = createSelfSigned()
    await writeFile(space.path('cert.pem'), cert)
    await writeFile(space.path('key.pem'), key)
    const options = { cert: space.path('cert.pem'), certKey: space.path('key.pem'), conformance: true }
    const server = await startTestServer(options, cert)
    try {
      expect(server.origin).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
      const { status, body } = await server.post('/issuers/status/credentials/issue', {
        credential: aCredential('did:example:a'),
      })
      expect(status).toBe(201)
      expect(body.verifiableCredential.credentialStatus[0].statusListCredential.startsWith(server.origin)).toBe(true)
      await expect(ask(server.origin)).rejects.toThrow()
    } finally {
      await server.close()
    }
  })
})

describe('serve with a proxy in front', () => {
  it('answers to the name that it is told, and to no other', async () => {
    const server = await startTestServer({ publicUrl: 'https://passport.trust.example' })
    const asked = async (host: string) => (await server.get('/', { headers: { host } })).status
    expect([await asked('passport.trust.example'), await asked('other.example')]).toEqual([200, 421])
    await server.close()
  })
})

describe('serve with keys', () => {
  it('offers the suites of its key, to the holder of the token', async () => {
    const server = await startTestServer(northfield.options)
    const { body } = await server.get('/')
    const suites = body.issuers.map(({ tags }: { tags: readonly string[] }) => tags[0])
    expect(suites).toContain('ecdsa-rdfc-2019')
    expect(suites).toContain('vc+jwt')
    expect(suites.filter((suite: string) => suite.startsWith('eddsa'))).toEqual([])
    expect(body.issuers.every(({ id }: { id: string }) => id === northfield.did)).toBe(true)
    expect(body.verifiers.map(({ tags }: { tags: readonly string[] }) => tags[0])).toContain('nhs')
    await server.close()
  })

  it('offers haip where it has anchors for certificates, and there alone', async () => {
    const root = space.path('root.pem')
    await writeFile(root, toPem(await makeCertificate({ name: 'root', authority: true })))
    const presetsOf = async (more: object) => {
      const server = await startTestServer({ ...northfield.options, ...more })
      const { body } = await server.get('/')
      await server.close()
      return body.verifiers.map(({ tags }: { tags: readonly string[] }) => tags[0])
    }
    expect(await presetsOf({})).not.toContain('haip')
    expect(await presetsOf({ certificateAnchor: [root] })).toContain('haip')
  })

  it('gives the store back when it stops', async () => {
    await (await startTestServer(northfield.options)).close()
    await (await startTestServer(northfield.options)).close()
  })
})

describe('serve refuses', () => {
  const cases = (): readonly (readonly [string, readonly string[], number, RegExp])[] => {
    const { key = '', store, passphraseFile = '', statusUrl = '', tokenFile = '' } = northfield.options
    const issuing = ['--key', key, '--passphrase-file', passphraseFile, '--status-url', statusUrl]
    return [
      ['a port that is none', ['--port', '99999'], 64, /--port/],
      ['a certificate without its key', ['--cert', tokenFile], 64, /--cert-key/],
      ['a key without a store', [...issuing, '--token-file', tokenFile], 64, /--store/],
      ['a key without a token', [...issuing, '--store', store], 64, /token is needed/],
      ['keys together with --conformance', ['--conformance', ...issuing, '--store', store], 64, /throwaway/],
      ['a trust list without its anchor', ['--trust', tokenFile], 64, /--trust-anchor/],
      ['a context that is none', ['--context', 'https://example.com'], 64, /--context/],
      ['a public URL that is none', ['--public-url', 'here'], 64, /--public-url/],
      ['a token on the command line', ['--token', TOKEN], 64, /unknown option/],
      ['a file that is not there', ['--token-file', space.path('nowhere')], 66, /Cannot read/],
    ]
  }

  it('what does not fit, before it serves anybody', async () => {
    for (const [title, options, exitCode, message] of cases()) {
      const ran = await cli(['serve', '--port', '0', '--offline', ...options])
      expect([title, ran.exitCode]).toEqual([title, exitCode])
      expect(ran.err).toMatch(message)
      expect(ran.err + ran.out).not.toContain(TOKEN)
    }
  })

  it('a port that is taken', async () => {
    const server = await startTestServer()
    const ran = await cli(['serve', '--offline', '--port', new URL(server.origin).port])
    expect([ran.exitCode, ran.err]).toEqual([66, expect.stringMatching(/Cannot listen/)])
    await server.close()
  })

  it('a token that is too short, from a file too', async () => {
    await writeFile(space.path('short'), 'short')
    const ran = await cli(['serve', '--port', '0', '--offline', '--token-file', space.path('short')])
    expect([ran.exitCode, ran.err]).toEqual([64, expect.stringMatching(/at least 32/)])
  })

  it('silence about a token file that others can read', async () => {
    await writeFile(space.path('open'), TOKEN)
    await chmod(space.path('open'), 0o644)
    const server = await startTestServer({ tokenFile: space.path('open') })
    expect(server.said.join()).toMatch(/chmod 600/)
    await server.close()
  })
})
