import type { Command } from 'commander'
import { sealKeyFile } from '../../crypto/key-file.js'
import { generateKey, jwkThumbprint, publicJwk } from '../../crypto/keys.js'
import { didJwk } from '../../dids/did-jwk.js'
import { didKey } from '../../dids/did-key.js'
import { didWebUrl } from '../../dids/did-web.js'
import type { PublicKeyJwk, SignatureAlgorithm } from '../../ports/signer.js'
import { misuse } from '../exit.js'
import { pretty, writeFileWhole } from '../files.js'
import { readPassphrase } from '../keys.js'
import { shown, type Terminal } from '../terminal.js'

interface KeygenOptions {
  readonly algorithm: string
  readonly did: string
  readonly out: string
  readonly passphraseFile?: string
}

const ALGORITHM_NAMES: Readonly<Record<string, SignatureAlgorithm>> = {
  Ed25519: 'EdDSA',
  EdDSA: 'EdDSA',
  ES256: 'ES256',
  ES384: 'ES384',
  ES512: 'ES512',
}

// A path may be of digits, but right after the domain a number that a port can have was meant as one.
const PORT = /^[^:]+:(\d{2,5})(?=$|:)/

const didWeb = (domain: string, jwk: PublicKeyJwk): { did: string; keyId: string } => {
  const did = `did:web:${domain}`
  const port = PORT.exec(domain)?.[1]
  if (port !== undefined && Number(port) <= 65_535)
    throw misuse(`--did web:<domain>: write the port as %3A${port}; a colon begins a path`)
  if (didWebUrl(did) === undefined)
    throw misuse(
      '--did web:<domain> needs a domain such as web:trust.example; a path follows with colons, a port as %3A8443',
    )
  return { did, keyId: `${did}#${jwkThumbprint(jwk)}` }
}

const nameKey = (method: string, jwk: PublicKeyJwk): { did: string; keyId: string } => {
  if (method === 'key') return didKey(jwk)
  if (method === 'jwk') return didJwk(jwk)
  if (method.startsWith('web:')) return didWeb(method.slice('web:'.length), jwk)
  throw misuse('--did must be key, jwk or web:<domain>')
}

const keygen = async (options: KeygenOptions, terminal: Terminal): Promise<void> => {
  const algorithm = Object.hasOwn(ALGORITHM_NAMES, options.algorithm) ? ALGORITHM_NAMES[options.algorithm] : undefined
  if (!algorithm) throw misuse('--algorithm must be Ed25519 or ES256')
  const privateKeyJwk = await generateKey(algorithm)
  const publicKeyJwk = publicJwk(privateKeyJwk)
  const name = nameKey(options.did, publicKeyJwk)
  const passphrase = await readPassphrase(terminal, 'Passphrase to protect the new key', options.passphraseFile)
  const createdAt = new Date().toISOString()
  const sealed = await sealKeyFile({ ...name, privateKeyJwk, createdAt }, passphrase)
  await writeFileWhole(options.out, `${sealed}\n`, { secret: true, isNew: true })
  terminal.note(
    `The key is in ${shown(options.out)}, encrypted. Keep a copy and its passphrase safe: nobody can restore them.`,
  )
  terminal.write(pretty({ ...name, publicKeyJwk }))
}

/** `keygen`: a new key in an encrypted file. */
export const addKeygen = (program: Command, terminal: Terminal): void => {
  program
    .command('keygen')
    .description('Make a key, encrypted under a passphrase, and name it as a DID')
    .requiredOption('--algorithm <name>', 'Ed25519 or ES256')
    .option('--did <method>', 'key, jwk or web:<domain>', 'key')
    .requiredOption('--out <file>', 'where to put the key file; must not exist')
    .option('--passphrase-file <file>', 'read the passphrase from its first line instead of asking')
    .action((options: KeygenOptions) => keygen(options, terminal))
}
