import { constants } from 'node:fs'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { sha256 } from '#runtime'
import { toHex } from '../../codec/hex.js'
import { decodeUtf8, encodeUtf8 } from '../../codec/utf8.js'
import { PassportError } from '../../core/errors.js'
import type { CredentialOutbox, OutboxCredential } from '../../ports/credential-outbox.js'
import { lockFile } from './lock-file.js'

/** A file of credentials, one JSON object a line: `{ row, key, id, type, format, credential }`. */
export interface CredentialFile extends CredentialOutbox {
  /** Gives the file back to others. */
  close(): Promise<void>
}

interface HeldLine {
  readonly credentialId: string
  readonly digest: string
  /** Where the line ends, counted from the beginning of the first. */
  readonly end: number
}

/** The first line of the file beside: what follows it, and where in the file of credentials it belongs. */
interface HeldHead {
  readonly offset: number
  readonly sha256: string
  readonly lines: readonly HeldLine[]
}

interface Held {
  readonly head: HeldHead
  readonly body: Uint8Array
}

const { O_RDWR, O_CREAT } = constants
const NEW_LINE = 10

const toLine = (one: OutboxCredential): Uint8Array => {
  const { row, label: key, credentialId: id, type, format, credential } = one
  const frame = JSON.stringify({ row, key, id, type, format })
  return encodeUtf8(`${frame.slice(0, -1)},"credential":${credential}}\n`)
}

const toHeld = (credentials: readonly OutboxCredential[], offset: number): Held => {
  const texts = credentials.map(toLine)
  const body = Buffer.concat(texts)
  let end = 0
  const lines = credentials.map(({ credentialId, digest }, at) => {
    end += texts[at]?.length ?? 0
    return { credentialId, digest, end }
  })
  return { head: { offset, sha256: toHex(sha256(body)), lines }, body }
}

const readAll = async (file: FileHandle): Promise<Uint8Array> => {
  const { size } = await file.stat()
  const bytes = new Uint8Array(size)
  await file.read(bytes, 0, size, 0)
  return bytes
}

/** What is held; `undefined` where it was not written to its end, and so nothing of it was recorded as issued. */
const readHeld = async (file: FileHandle): Promise<Held | undefined> => {
  const bytes = await readAll(file)
  const end = bytes.indexOf(NEW_LINE)
  const body = bytes.subarray(end + 1)
  try {
    const head: HeldHead = JSON.parse(decodeUtf8(bytes.subarray(0, Math.max(end, 0))) ?? '')
    return head.sha256 === toHex(sha256(body)) ? { head, body } : undefined
  } catch {
    return undefined
  }
}

/** Writes bytes at a place in the file, and makes them its durable end. */
const endWith = async (file: FileHandle, bytes: Uint8Array, offset: number): Promise<void> => {
  await file.write(bytes, 0, bytes.length, offset)
  await file.truncate(offset + bytes.length)
  await file.datasync()
}

const linesNamed = ({ head, body }: Held, credentialIds: readonly string[]): Uint8Array => {
  const named = new Set(credentialIds)
  const kept = head.lines.flatMap(({ credentialId, end }, at) =>
    named.has(credentialId) ? [body.subarray(head.lines[at - 1]?.end ?? 0, end)] : [],
  )
  return Buffer.concat(kept)
}

const failed = (cause: unknown): PassportError =>
  cause instanceof PassportError
    ? cause
    : new PassportError('store.unavailable', 'The file of credentials cannot be written', { cause })

const guarded = async <T>(work: () => Promise<T>): Promise<T> => work().catch((cause) => Promise.reject(failed(cause)))

const syncFolder = async (path: string): Promise<void> => {
  const folder = await open(dirname(path))
  await folder.sync().finally(() => folder.close())
}

const createOutbox = (file: FileHandle, beside: FileHandle): CredentialOutbox => {
  let held: Held | undefined
  return {
    portVersion: 1,
    recover: () =>
      guarded(async () => {
        held = await readHeld(beside)
        if (held && (await file.stat()).size < held.head.offset)
          throw new PassportError('store.corrupt', 'The file of credentials is shorter than it was')
        return held?.head.lines ?? []
      }),
    hold: (credentials) =>
      guarded(async () => {
        const next = toHeld(credentials, (await file.stat()).size)
        await endWith(beside, Buffer.concat([encodeUtf8(`${JSON.stringify(next.head)}\n`), next.body]), 0)
        held = next
      }),
    release: (credentialIds) =>
      guarded(async () => {
        if (!held) return
        await endWith(file, linesNamed(held, credentialIds), held.head.offset)
        await beside.truncate(0)
        held = undefined
      }),
  }
}

/**
 * Opens a file of credentials, for this process alone, and makes it, readable by this user only, where it is not there.
 * What is held back lies in `<path>.held` until it is handed out; a torn line at the end is mended when it is recovered.
 * @throws PassportError `store.locked` while another process has it open, `store.unavailable`
 */
export const openCredentialFile = (path: string): Promise<CredentialFile> =>
  guarded(async () => {
    const unlock = await lockFile(`${path}.lock`)
    try {
      const file = await open(path, O_RDWR | O_CREAT, 0o600)
      const beside = await open(`${path}.held`, O_RDWR | O_CREAT, 0o600)
      await syncFolder(path)
      const close = async () => {
        const { size } = await beside.stat()
        await file.close()
        await beside.close()
        if (size === 0) await rm(`${path}.held`, { force: true })
        await unlock()
      }
      return { ...createOutbox(file, beside), close }
    } catch (error) {
      await unlock()
      throw error
    }
  })
