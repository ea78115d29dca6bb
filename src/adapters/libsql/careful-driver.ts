import { SqliteDriver, type SqliteStatement, type TransactionSettings } from 'kysely'
import { PassportError } from '../../core/errors.js'
import { keep } from '../../core/keep.js'

/** A prepared statement of libsql's, as far as it is used here. */
interface Statement {
  readonly reader: boolean
  columns(): readonly { readonly name: string }[]
  all(parameters: readonly unknown[]): unknown[]
  run(parameters: readonly unknown[]): { changes: number; lastInsertRowid: number | bigint }
}

/** An open file of libsql's, as far as it is used here. */
export interface DatabaseFile {
  prepare(statement: string): Statement
  exec(statement: string): unknown
  close(): void
}

/** Kysely's driver over libsql, without what makes libsql end the process, and with locks taken when they are needed. */
export class CarefulDriver extends SqliteDriver {
  private readonly file: DatabaseFile

  constructor(file: DatabaseFile) {
    super({ database: { prepare: keepPrepared(file), close: () => closeFile(file) } })
    this.file = file
  }

  // A prepared `begin` that finds the store locked stays in progress, and no later commit succeeds; `exec` ends with it.
  override async beginTransaction(_: unknown, settings?: TransactionSettings): Promise<void> {
    this.file.exec(settings?.accessMode === 'read only' ? 'begin deferred' : 'begin immediate')
  }

  override async commitTransaction(): Promise<void> {
    this.file.exec('commit')
  }

  // A disk that is full has ended the transaction already; then there is nothing to take back.
  override async rollbackTransaction(): Promise<void> {
    try {
      this.file.exec('rollback')
    } catch {
      return
    }
  }
}

const STATEMENTS_KEPT = 64

/** Preparing a statement of many rows costs as much as running it, so statements are kept. */
function keepPrepared(file: DatabaseFile): (statement: string) => SqliteStatement {
  const prepared = new Map<string, SqliteStatement>()
  return (statement) =>
    prepared.get(statement) ?? keep(prepared, statement, readBytes(file, statement), STATEMENTS_KEPT)
}

/**
 * libsql ends the whole process when a text that it reads is not UTF-8, as after one bad byte of the disk. Texts are
 * therefore read as bytes, and decoded here.
 */
function readBytes(file: DatabaseFile, text: string): SqliteStatement {
  const plain = file.prepare(text)
  const statement = /^\s*select\b/i.test(text) ? file.prepare(withBytes(plain.columns(), text)) : plain
  const all = (parameters: readonly unknown[]): unknown[] => statement.all(parameters).map(decodeRow)
  return {
    reader: statement.reader,
    all,
    run: (parameters) => statement.run(parameters),
    iterate: (parameters) => all(parameters)[Symbol.iterator](),
  }
}

function withBytes(columns: readonly { readonly name: string }[], statement: string): string {
  const casts = columns.map(({ name }) => {
    const column = `"${name}"`
    return `case typeof(${column}) when 'text' then cast(${column} as blob) else ${column} end as ${column}`
  })
  return `select ${casts.join(', ')} from (${statement})`
}

// In place: a store is read whole before anything is published from it.
function decodeRow(row: unknown): unknown {
  const columns = row as Record<string, unknown>
  for (const name in columns) if (columns[name] instanceof ArrayBuffer) columns[name] = decodeText(columns[name])
  return columns
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function decodeText(bytes: ArrayBuffer): string {
  try {
    return decoder.decode(bytes)
  } catch (cause) {
    throw new PassportError('store.corrupt', 'A text in the store is not UTF-8', { cause })
  }
}

/**
 * The driver frees a prepared statement when it is collected, and until then the file keeps its log beside it. A log that
 * cannot be written back, for want of room, stays there and is read at the next opening.
 */
function closeFile(file: DatabaseFile): void {
  try {
    file.prepare('pragma wal_checkpoint(passive)').all([])
  } catch {
    // Nothing is lost.
  }
  file.close()
}
