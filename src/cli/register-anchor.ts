import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { AnchorOptions } from '../adapters/libsql/anchor-file.js'
import { unreadable } from './exit.js'
import { readTextFile, writeFileWhole } from './files.js'
import { warnIfExposed } from './keys.js'
import { shown, type Terminal } from './terminal.js'

/** Where the anchor of a store's register is. */
export interface RegisterAnchorOptions {
  readonly store: string
  readonly key?: string
  readonly registerAnchor?: string
}

/** The help of the option, in every command that has it. */
export const REGISTER_ANCHOR = [
  '--register-anchor <file>',
  'where the end of the register is noted outside the store; by default beside the key file, under the store’s name',
] as const

/** The file of the anchor: the one that was named, or one beside the key file, under the store's name. */
export function registerAnchorPath({ store, key, registerAnchor }: RegisterAnchorOptions): string {
  if (registerAnchor !== undefined) return registerAnchor
  const folder = dirname(key === undefined || key === '-' ? store : key)
  return join(folder, `${basename(store)}.anchor`)
}

/** What a store is opened with so that its register is anchored. @throws CommandError 66 */
export async function openRegisterAnchor(options: RegisterAnchorOptions, terminal: Terminal): Promise<AnchorOptions> {
  const path = registerAnchorPath(options)
  return { path, key: await openSecret(path, terminal) }
}

const BYTES = 32

async function openSecret(anchor: string, terminal: Terminal): Promise<Uint8Array> {
  const path = `${anchor}.key`
  if (!existsSync(path)) await makeSecret(path, anchor, terminal)
  await warnIfExposed(path, terminal)
  const bytes = Buffer.from(await readTextFile(path, terminal), 'base64')
  if (bytes.length !== BYTES) throw unreadable(`${shown(path)} does not hold ${BYTES} bytes as Base64`)
  return new Uint8Array(bytes)
}

async function makeSecret(path: string, anchor: string, terminal: Terminal): Promise<void> {
  // A new secret would make nonsense of what the old one vouched for.
  if (existsSync(anchor))
    throw unreadable(`There is no ${shown(path)}, which vouches for ${shown(anchor)}: bring it back`)
  try {
    await writeFileWhole(path, `${randomBytes(BYTES).toString('base64')}\n`, { secret: true, isNew: true })
  } catch (error) {
    // Another process may have made it a moment ago.
    if (!existsSync(path)) throw error
  }
  terminal.note(`The end of the register is noted in ${shown(anchor)}. Do not put it back together with an old store`)
}
