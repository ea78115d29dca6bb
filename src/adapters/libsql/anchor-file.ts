import { createHmac, timingSafeEqual } from 'node:crypto'
import { closeSync, existsSync, fdatasyncSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { PassportError } from '../../core/errors.js'
import type { Head } from './event-log.js'

/** Where the anchor of a register is kept, and the secret that it is authenticated with. */
export interface AnchorOptions {
  /** A file outside the store, where whoever can write the store cannot write: beside the keys. It is made when it is not there. */
  readonly path: string
  /** At least 32 random bytes. */
  readonly key: Uint8Array
}

/** What an anchor says: the store ends at `to`; or, where its last change was cut off, still at `from`. */
export interface AnchorRecord {
  /** The store's own name. */
  readonly store: string
  readonly from: Head
  readonly to: Head
}

/** The file of an anchor. */
export interface AnchorFile {
  /** @throws PassportError `store.anchorUnusable` when it cannot be read, or says nothing under this key */
  read(): AnchorRecord | undefined
  /** Durable when it returns. @throws PassportError `store.anchorUnusable` */
  write(record: AnchorRecord): void
}

interface Written extends AnchorRecord {
  readonly generation: number
}

// Two records, written in turn: a write that is cut off leaves the other one whole.
const SLOT_BYTES = 512
const SLOTS = [0, 1] as const
const LEAST_KEY_BYTES = 32

/**
 * The file of an anchor: a record and the one before it, each with its HMAC.
 * @throws TypeError when the key is too short
 */
export function createAnchorFile({ path, key }: AnchorOptions): AnchorFile {
  if (!(key instanceof Uint8Array) || key.length < LEAST_KEY_BYTES)
    throw new TypeError('anchor.key must be at least 32 random bytes')
  const newest = (): Written | undefined => {
    if (!existsSync(path)) return undefined
    const bytes = readFileSync(path)
    const found = SLOTS.flatMap((slot) => parseSlot(bytes.subarray(slot * SLOT_BYTES, (slot + 1) * SLOT_BYTES), key))
    if (found.length === 0) throw unusable('is damaged, or was made with another secret')
    return found.reduce((one, other) => (one.generation > other.generation ? one : other))
  }
  return {
    read: () => usable('cannot be read', newest),
    write: (record) =>
      usable('cannot be written', () => {
        const generation = (newest()?.generation ?? 0) + 1
        writeSlot(path, generation % SLOTS.length, formatSlot({ ...record, generation }, key))
      }),
  }
}

function usable<T>(what: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof PassportError) throw error
    throw unusable(what, error)
  }
}

function unusable(what: string, cause?: unknown): PassportError {
  const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : ''
  return new PassportError('store.anchorUnusable', `The anchor of the register ${what}${code}`, { cause })
}

function macOf({ store, generation, from, to }: Written, key: Uint8Array): Buffer {
  const text = JSON.stringify(['register anchor 1', store, generation, from.seq, from.hash, to.seq, to.hash])
  return createHmac('sha256', key).update(text).digest()
}

function formatSlot(record: Written, key: Uint8Array): Buffer {
  const text = JSON.stringify({ ...record, mac: macOf(record, key).toString('hex') })
  return Buffer.from(`${text.padEnd(SLOT_BYTES - 1)}\n`)
}

/** The record of a slot; nothing when it is empty, cut off, or not authentic. */
function parseSlot(bytes: Buffer, key: Uint8Array): readonly Written[] {
  try {
    const { mac, ...record } = JSON.parse(bytes.toString()) as Written & { readonly mac: string }
    const given = Buffer.from(mac, 'hex')
    const expected = macOf(record, key)
    return given.length === expected.length && timingSafeEqual(given, expected) ? [record] : []
  } catch {
    return []
  }
}

function writeSlot(path: string, slot: number, text: Buffer): void {
  const isNew = !existsSync(path)
  const file = openSync(path, isNew ? 'wx' : 'r+', 0o600)
  try {
    if (isNew) writeSync(file, Buffer.alloc(SLOT_BYTES * SLOTS.length, ' '), 0, SLOT_BYTES * SLOTS.length, 0)
    writeSync(file, text, 0, SLOT_BYTES, slot * SLOT_BYTES)
    fdatasyncSync(file)
  } finally {
    closeSync(file)
  }
  if (isNew) syncFolder(dirname(path))
}

function syncFolder(path: string): void {
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } catch {
    // Some systems cannot sync a folder; there the name is safe once the file is.
  } finally {
    closeSync(folder)
  }
}
