import { cpus } from 'node:os'
import type { Times, Work } from './measure.js'

/** A row of `results.json`: one contender at one work. A ratio is how often its median holds the other's. */
export interface Row {
  readonly work: string
  readonly payload: string
  readonly contender: string
  readonly medianMicros: number
  readonly bestMicros: number
  /** To the least that anybody would have to do; `null` where no limit was measured. */
  readonly ratioToLimit: number | null
  /** To the peer that the goals name; below one is faster. `null` where there is no peer. */
  readonly ratioToPeer: number | null
}

/** What was measured on. */
export const machine = () => ({
  processor: cpus()[0]?.model ?? 'unknown',
  processors: cpus().length,
  platform: `${process.platform} ${process.arch}`,
  node: process.version,
})

const round = (value: number, digits: number): number => Number(value.toFixed(digits))

const ratio = (own: number, other: number | undefined): number | null =>
  other === undefined ? null : round(own / other, 3)

/** Our own name in the tables. */
export const US = 'staff-passport'
/** The name of the least that anybody would have to do. */
export const LIMIT = 'limit'

const ours = (name: string): boolean => name === LIMIT || name.startsWith(US)

const peerOf = ({ peer, contenders }: Work, times: ReadonlyMap<string, Times>): string | undefined => {
  if (peer !== undefined) return peer
  const others = contenders.map(({ name }) => name).filter((name) => !ours(name))
  return others.toSorted((a, b) => (times.get(a)?.medianMicros ?? 0) - (times.get(b)?.medianMicros ?? 0))[0]
}

/** The rows of one work. */
export const rowsOf = (work: Work, times: ReadonlyMap<string, Times>): readonly Row[] => {
  const limit = times.get(LIMIT)?.medianMicros
  const peer = peerOf(work, times)
  const other = peer === undefined ? undefined : times.get(peer)?.medianMicros
  return [...times].map(([contender, { medianMicros, bestMicros }]) => ({
    work: work.work,
    payload: work.payload,
    contender,
    medianMicros: round(medianMicros, 2),
    bestMicros: round(bestMicros, 2),
    ratioToLimit: ratio(medianMicros, limit),
    ratioToPeer: contender === LIMIT ? null : ratio(medianMicros, other),
  }))
}

const times = (value: number | null): string => (value === null ? '–' : `${value.toFixed(2)}×`)

const micros = (value: number): string =>
  value >= 1000 ? Math.round(value).toLocaleString('en-GB') : value.toFixed(value < 10 ? 2 : 0)

const line = (cells: readonly string[], widths: readonly number[]): string =>
  cells
    .map((cell, index) => (index < 2 ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0)))
    .join('  ')

const HEAD = ['payload', 'contender', 'median µs', 'best µs', '× limit', '× peer']

/** The rows of one work as a table for people. */
export const tableOf = (rows: readonly Row[]): string => {
  const cells = rows.map(({ payload, contender, medianMicros, bestMicros, ratioToLimit, ratioToPeer }) => [
    payload,
    contender,
    micros(medianMicros),
    micros(bestMicros),
    times(ratioToLimit),
    times(ratioToPeer),
  ])
  const widths = HEAD.map((title, index) => Math.max(title.length, ...cells.map((row) => row[index]?.length ?? 0)))
  return [HEAD, ...cells].map((row) => line(row, widths)).join('\n')
}
