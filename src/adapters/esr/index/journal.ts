import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type Libsql from 'libsql'
import { PassportError } from '../../../core/errors.js'

/** One line of the files, by what it is found by. Where it is stands here, what it says does not. */
export interface Entry {
  readonly type: string
  readonly id: string
  /** Tells the versions of one record apart; empty where there are none. */
  readonly start: string
  readonly person: string | null
  /** Another name that it is found by: an assignment number, the name of a competence. */
  readonly name: string | null
  readonly file: number
  readonly place: number
  readonly bytes: number
  /** 1 for a delete. */
  readonly gone: 0 | 1
}

/** The lines of the files, in their order. */
export interface Journal {
  add(entry: Entry): void
  /** Once, after the last entry and before the first question. */
  seal(): void
  /** Every standing version of the records of which a line once had this person: another may have them since. */
  ofPerson(person: string): readonly Entry[]
  ofId(type: string, id: string): readonly Entry[]
  /** Likewise of the records that once had this name. */
  ofName(type: string, name: string): readonly Entry[]
  close(): void
}

const COLUMNS = ['type', 'id', 'start', 'person', 'name', 'file', 'place', 'bytes', 'gone'] as const
const ENTRIES_AT_ONCE = 100

const TABLE = `create table entry (seq integer primary key, type text not null, id text not null, start text not null,
  person text, name text, file integer not null, place integer not null, bytes integer not null, gone integer not null) strict`

// Written once and thrown away: it need not survive a crash, and its cache is what bounds its memory.
const PRAGMAS = ['journal_mode = off', 'synchronous = off', 'cache_size = -16000', 'temp_store = file']

const INDEXES = [
  'create index entry_record on entry (type, id)',
  'create index entry_person on entry (person) where person is not null',
  'create index entry_name on entry (name) where name is not null',
]

const insertion = (rows: number): string =>
  `insert into entry (${COLUMNS}) values ${Array(rows).fill(`(${COLUMNS.map(() => '?')})`)}`

// A line of the record that came later may have another person, or none: every line of it is asked for.
const allLinesOf = (condition: string): string =>
  `select entry.* from (select distinct type, id from entry where ${condition}) found
   join entry on entry.type = found.type and entry.id = found.id order by entry.seq`

/** What stands after every line was applied: a later one replaces that of the same id and start, or deletes all of an id. */
const standing = (entries: readonly Entry[]): readonly Entry[] => {
  const records = new Map<string, Map<string, Entry>>()
  for (const entry of entries) {
    const record = `${entry.type}~${entry.id}`
    if (entry.gone) records.delete(record)
    else records.set(record, (records.get(record) ?? new Map()).set(entry.start, entry))
  }
  return [...records.values()].flatMap((versions) => [...versions.values()])
}

type Values = readonly (string | number | null)[]

const createJournal = (database: Libsql.Database, dispose: () => void): Journal => {
  const write = database.prepare(insertion(ENTRIES_AT_ONCE))
  const ask = (statement: string) => {
    const prepared = database.prepare(statement)
    return (...values: Values): readonly Entry[] => standing(prepared.all(...values) as Entry[])
  }
  const byPerson = ask(allLinesOf('person = ?'))
  // With the plus, the index over types is not used: a type has as many entries as the file has lines.
  const byName = ask(allLinesOf('name = ? and +type = ?'))
  const byId = ask('select * from entry where type = ? and id = ? order by seq')
  let waiting: Entry[] = []
  const valuesOf = (): Values => waiting.flatMap((entry) => COLUMNS.map((column) => entry[column]))
  return {
    add: (entry) => {
      if (waiting.push(entry) < ENTRIES_AT_ONCE) return
      write.run(...valuesOf())
      waiting = []
    },
    seal: () => {
      if (waiting.length > 0) database.prepare(insertion(waiting.length)).run(...valuesOf())
      waiting = []
      database.exec('commit')
      for (const index of INDEXES) database.exec(index)
    },
    ofPerson: (person) => byPerson(person),
    ofId: (type, id) => byId(type, id),
    ofName: (type, name) => byName(name, type),
    close: () => {
      database.close()
      dispose()
    },
  }
}

/**
 * Opens a journal in a folder of its own that only this user can read, and that goes when it is closed.
 * @throws PassportError `store.unavailable`
 */
export const openJournal = async (folder: string = tmpdir()): Promise<Journal> => {
  const { default: Database } = await import('libsql')
  try {
    const own = mkdtempSync(join(folder, 'staff-passport-esr-'))
    const database = new Database(join(own, 'index.db'))
    for (const pragma of PRAGMAS) database.pragma(pragma)
    database.exec(TABLE)
    database.exec('begin')
    return createJournal(database, () => rmSync(own, { recursive: true, force: true }))
  } catch (error) {
    throw new PassportError('store.unavailable', 'The index cannot be kept in its folder', { cause: error })
  }
}
