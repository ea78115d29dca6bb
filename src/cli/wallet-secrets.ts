import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { unreadable } from './exit.js'
import { readJsonFile, writeFileWhole } from './files.js'
import { warnIfExposed } from './keys.js'
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

/** Reads the secrets of exchanges, or makes them on the first start. @throws CommandError 66 */
export const openWalletSecrets = async (path: string, terminal: Terminal): Promise<WalletSecrets> => {
  if (!existsSync(path)) await make(path, terminal)
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
