import { writeFile } from 'node:fs/promises'
import type { StartOptions } from '../../../src/cli/start-server.js'
import { sealKeyFile } from '../../../src/crypto/key-file.js'
import { generateKey, publicJwk } from '../../../src/crypto/keys.js'
import { didKey } from '../../../src/dids/did-key.js'
import type { SignatureAlgorithm } from '../../../src/ports/signer.js'
import { cli, type Ran, workspace } from '../../cli/support.js'

/** The bearer token of the tests' servers. */
export const TOKEN = 'a-token-that-is-long-enough-to-be-one.1234'

/** An organisation with keys, a store and a trust list that names it, all in files, as `serve` wants them. */
export interface Organisation {
  readonly did: string
  /** Of somebody with a wallet, whose key is here too. */
  readonly holder: string
  readonly options: Partial<StartOptions> & { readonly store: string }
  path(name: string): string
  remove(): Promise<void>
}

const PASSPHRASE = 'correct horse battery staple'
const NAME = 'Northfield NHS Trust (fictional)'
const STATUS_URL = 'https://status.northfield.example/status'

/** Founds one. */
export const foundOrganisation = async (algorithm: SignatureAlgorithm = 'EdDSA'): Promise<Organisation> => {
  const space = await workspace()
  const at = space.path
  const passphraseFile = at('passphrase')
  const run = async (...commandLine: string[]): Promise<Ran> => {
    const ran = await cli(commandLine)
    if (ran.exitCode !== 0) throw new Error(`${commandLine.join(' ')}\n${ran.err}`)
    return ran
  }
  // Sealed lightly: many tests open these, and nobody else will.
  const keygen = async (name: string, kind: SignatureAlgorithm): Promise<string> => {
    const privateKeyJwk = await generateKey(kind)
    const content = { ...didKey(privateKeyJwk), privateKeyJwk, createdAt: new Date().toISOString() }
    await writeFile(at(name), await sealKeyFile(content, PASSPHRASE, { iterations: 1_000 }), { mode: 0o600 })
    await writeFile(at(`${name}.public.json`), JSON.stringify({ publicKeyJwk: publicJwk(privateKeyJwk) }))
    return content.did
  }
  await keygen('anchor', 'EdDSA')
  const did = await keygen('issuer', algorithm)
  const holder = await keygen('holder', 'EdDSA')
  const list = at('trust.json')
  await run('trust', 'init', '--name', 'A body that keeps a list (fictional)', '--out', list)
  const roles = ['--role', 'employer', '--role', 'hostEmployer', '--role', 'identityProvider']
  const entry = ['--id', 'northfield', '--name', NAME, '--ods', 'RZ1', ...roles, '--issuer', did, '--may-issue', '*']
  await run('trust', 'add', list, ...entry)
  const key = ['--key', at('anchor'), '--passphrase-file', passphraseFile]
  await run('trust', 'sign', list, ...key, '--out', at('trust.jws'))
  await writeFile(at('token'), `${TOKEN}\n`, { mode: 0o600 })
  return {
    did,
    holder,
    options: {
      key: at('issuer'),
      passphraseFile,
      store: at('store.db'),
      statusUrl: STATUS_URL,
      name: NAME,
      ods: 'RZ1',
      tokenFile: at('token'),
      holderKey: at('holder'),
      holderPassphraseFile: passphraseFile,
      trust: at('trust.jws'),
      trustAnchor: at('anchor.public.json'),
    },
    path: at,
    remove: space.remove,
  }
}
