import { type FileHandle, open } from 'node:fs/promises'
import { toCsvLine } from '../bulk/csv/export-csv.js'
import type { RowFault, RowResult } from '../bulk/rows.js'
import { ERROR_CODES } from '../core/codes.js'
import { unreadable } from './exit.js'
import { table } from './table.js'
import { shown, type Terminal } from './terminal.js'

/** Says of each row what came of it: in a file all of them, on the terminal the first that need somebody. */
export interface BatchReport {
  add(result: RowResult): Promise<void>
  /** Shows what is to be shown, and closes the file. */
  done(): Promise<void>
}

const HEADINGS = ['Row', 'Outcome', 'Credential', 'Severity', 'Where', 'Column', 'Code', 'What is wrong', 'What to do']
const SHOWN = 20
const WRITTEN_AT_ONCE = 65_536

type Line = readonly string[]

const faultLine =
  ({ number, outcome }: RowResult, severity: string) =>
  ({ path, column = '', code, sentence, mend }: RowFault): Line => [
    String(number),
    outcome,
    '',
    severity,
    path,
    column,
    code,
    sentence,
    mend,
  ]

const codeLine = ({ number, outcome }: RowResult, code: keyof typeof ERROR_CODES, credentialId = ''): Line => {
  const { meaning, mend } = ERROR_CODES[code]
  return [String(number), outcome, credentialId, 'note', '', '', code, meaning, mend]
}

// Never a value of the row: its number, and paths, columns and codes.
const linesOf = (result: RowResult): readonly Line[] => {
  const warnings = result.warnings.map(faultLine(result, 'warning'))
  switch (result.outcome) {
    case 'refused':
      return [...result.faults.map(faultLine(result, 'fault')), ...warnings]
    case 'failed':
      return [codeLine(result, result.code), ...warnings]
    case 'alreadyIssued':
      return [codeLine(result, 'store.alreadyIssued', result.credentialId)]
    case 'inProgress':
      return [codeLine(result, 'store.inProgress', result.credentialId)]
    default:
      return warnings.length > 0 ? warnings : [[String(result.number), result.outcome, idOf(result)]]
  }
}

const idOf = (result: RowResult): string => ('credentialId' in result ? result.credentialId : '')

const needsSomebody = ([, outcome, , severity]: Line): boolean =>
  severity !== undefined && severity !== '' && outcome !== 'alreadyIssued'

const padded = (line: Line): Line => HEADINGS.map((_, column) => line[column] ?? '')

const openFile = async (path: string | undefined): Promise<FileHandle | undefined> => {
  if (path === undefined) return undefined
  try {
    const file = await open(path, 'w', 0o600)
    await file.appendFile(toCsvLine(HEADINGS))
    return file
  } catch (cause) {
    throw unreadable(`Cannot write ${shown(path)}`, cause)
  }
}

const show = (terminal: Terminal, worst: readonly Line[], more: number): void => {
  if (worst.length === 0) return
  const columns = [0, 3, 4, 5, 6, 7, 8]
  const pick = (line: Line): Line => columns.map((column) => line[column] || '-')
  terminal.note(table(terminal, pick(HEADINGS), worst.map(pick)))
  if (more > 0) terminal.note(`and ${more} more; --report <file> has them all`)
}

/** Begins a report. @throws CommandError 66 when its file cannot be written */
export const openBatchReport = async (terminal: Terminal, path: string | undefined): Promise<BatchReport> => {
  const file = await openFile(path)
  const worst: Line[] = []
  let more = 0
  let unwritten = ''
  const write = async (): Promise<void> => {
    const text = unwritten
    unwritten = ''
    await file?.appendFile(text)
  }
  return {
    add: async (result) => {
      const lines = linesOf(result)
      if (file) unwritten += lines.map((line) => toCsvLine(padded(line))).join('')
      if (unwritten.length > WRITTEN_AT_ONCE) await write()
      for (const line of lines.filter(needsSomebody)) {
        if (worst.length < SHOWN) worst.push(line)
        else more += 1
      }
    },
    done: async () => {
      await write()
      await file?.close()
      show(terminal, worst, more)
    },
  }
}
