import type { RecordType } from './layout.js'
import type { Line } from './lines.js'
import type { ParsedLine } from './parse-line.js'
import type { Delete, End, Header, LineFault, Upsert } from './rows.js'

type Counts = Record<keyof Omit<End['came'], 'records'>, number>
type RecordCounts = Partial<Record<RecordType, { upserts: number; deletes: number }>>

/** Counts what comes, for the last row. */
export class Tally {
  declared: Header | undefined
  private readonly counts: Counts = { lines: 0, bytes: 0, lookups: 0, skipped: 0, badLines: 0, faults: 0 }
  private readonly records: RecordCounts = {}

  get lines(): number {
    return this.counts.lines
  }

  get bytes(): number {
    return this.counts.bytes
  }

  addLine({ bytes, ended }: Line): void {
    this.counts.lines += 1
    this.counts.bytes += bytes + (ended ? 1 : 0)
  }

  addFault(): void {
    this.counts.faults += 1
  }

  add(parsed: ParsedLine): void {
    if (parsed === 'skipped') this.counts.skipped += 1
    else if (isFaults(parsed)) this.addBadLine(parsed)
    else if (parsed.kind === 'lookup') this.counts.lookups += 1
    else if (parsed.kind !== 'header') this.addRecord(parsed)
  }

  end(): End {
    const { lines: line } = this.counts
    const { fileName, vpd, created } = this.declared ?? {}
    const declared = fileName && vpd && created ? { fileName, vpd, created } : undefined
    return { kind: 'end', line, declared, came: { ...this.counts, records: this.records } }
  }

  private addBadLine(faults: readonly LineFault[]): void {
    this.counts.badLines += 1
    this.counts.faults += faults.length
  }

  private addRecord({ type, kind }: Upsert | Delete): void {
    const count = this.records[type] ?? { upserts: 0, deletes: 0 }
    this.records[type] = count
    count[kind === 'upsert' ? 'upserts' : 'deletes'] += 1
  }
}

/** Whether a line came to nothing but faults. */
export const isFaults = (parsed: ParsedLine): parsed is readonly LineFault[] => Array.isArray(parsed)
