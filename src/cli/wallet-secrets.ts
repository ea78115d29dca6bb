import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { sha256 } from '#runtime'
import { toHex } from '../codec/hex.js'
import { unreadable } from './exit.js'
import { readJsonFile, writeFileWhole } from './files.js'
import { warnIfExposed } from './keys.js'
import type { OpenedStore } from './open-issuer.js'
import { shown, type Terminal } from './terminal.js'

/** What exchanges need to be kept secret with, for as long as they are kept. */
export interface WalletSecrets {
  readonly sealingKey: Uint8Array
  readonly nonceKey: Uint8Array
  readonly accessKey: Uint8Array
  readonly webhookSecret: Uint8Array
}

const BYTES = 32
const NAMES = ['sealingKey', 'nonceKey', 'accessKey', 'webhookSecret'] as const

const make = async (path: string, terminal: Terminal): Promise<void> => {
  const secrets = Object.fromEntries(NAMES.map((name) => [name, randomBytes(BYTES).toString('base64')]))
  await writeFileWhole(path, `${JSON.stringify(secrets, null, 2)}\n`, { secret: true, isNew: true })
  terminal.note(`Made ${shown(path)}: keep it with the store, and as secret. Without it, exchanges under way are lost`)
}

const REMEMBERED = 'walletSecrets'

type Settings = NonNullable<OpenedStore['settings']>

// A store whose secrets are not there is not given new ones: what is sealed in it would be lost for good, in silence.
const checkAgainst = async (settings: Settings, path: string, { sealingKey }: WalletSecrets): Promise<void> => {
  const digest = toHex(sha256(sealingKey))
  const known = await settings.setting(REMEMBERED)
  if (known === undefined) return settings.remember(REMEMBERED, digest)
  if (known !== digest)
    throw unreadable(`${shown(path)} holds other secrets than the store’s exchanges are sealed with`)
}

/** Reads the secrets of a store's exchanges, or makes them on its first start. @throws CommandError 66 */
export const openWalletSecrets = async (
  settings: Settings,
  path: string,
  terminal: Terminal,
): Promise<WalletSecrets> => {
  if (!existsSync(path)) {
    if ((await settings.setting(REMEMBERED)) !== undefined)
      throw unreadable(`The store’s exchanges are sealed with secrets that are not at ${shown(path)}: bring them back`)
    await make(path, terminal)
  }
  const secrets = await read(path, terminal)
  await checkAgainst(settings, path, secrets)
  return secrets
}

const read = async (path: string, terminal: Terminal): Promise<WalletSecrets> => {
  await warnIfExposed(path, terminal)
  const file = await readJsonFile(path, terminal)
  const entries = NAMES.map((name) => {
    const value = file[name]
    const bytes = typeof value === 'string' ? Buffer.from(value, 'base64') : Buffer.alloc(0)
    if (bytes.length !== BYTES) throw unreadable(`${shown(path)} does not hold ${name}: ${BYTES} bytes as Base64`)
    return [name, new Uint8Array(bytes)] as const
  })
  return Object.fromEntries(entries) as unknown as WalletSecrets
}
