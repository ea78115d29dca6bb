import { writeFile } from 'node:fs/promises'
import type { StartOptions } from '../../../src/cli/start-server.js'
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

const NAME = 'Northfield NHS Trust (fictional)'
const STATUS_URL = 'https://status.northfield.example/status'

/** Founds one. */
export const foundOrganisation = async (algorithm = 'Ed25519'): Promise<Organisation> => {
  const space = await workspace()
  const at = space.path
  const passphraseFile = at('passphrase')
  const run = async (...commandLine: string[]): Promise<Ran> => {
    const ran = await cli(commandLine)
    if (ran.exitCode !== 0) throw new Error(`${commandLine.join(' ')}\n${ran.err}`)
    return ran
  }
  const keygen = async (name: string, kind: string): Promise<string> => {
    const ran = await run('keygen', '--algorithm', kind, '--out', at(name), '--passphrase-file', passphraseFile)
    await writeFile(at(`${name}.public.json`), ran.out)
    return JSON.parse(ran.out).did
  }
  await keygen('anchor', 'Ed25519')
  const did = await keygen('issuer', algorithm)
  const holder = await keygen('holder', 'Ed25519')
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
