import { LIMIT, type Row, US } from './report.js'
import type { Size } from './sizes.js'

/** What a run is asked to show, and whether it did. */
export interface Goal {
  readonly goal: string
  readonly measured: string
  readonly met: boolean
}

/** What was measured. */
export interface Measured {
  readonly rows: readonly Row[]
  readonly sizes: readonly Size[]
}

type Judge = (measured: Measured) => { readonly values: readonly number[]; readonly met: (value: number) => boolean }

const ours = (rows: readonly Row[], work: string, payloads: string): readonly Row[] =>
  rows.filter((row) => row.contender === US && row.work.startsWith(work) && payloads.includes(row.payload))

const defined = (values: readonly (number | null | undefined)[]): readonly number[] =>
  values.filter((value) => typeof value === 'number')

const overLimit =
  (work: string, payloads: string, most: number): Judge =>
  ({ rows }) => ({
    values: defined(ours(rows, work, payloads).map(({ ratioToLimit }) => ratioToLimit)),
    met: (value) => value <= most,
  })

const overPeer =
  (work: string, payloads: string, most: number): Judge =>
  ({ rows }) => ({
    values: defined(ours(rows, work, payloads).map(({ ratioToPeer }) => ratioToPeer)),
    met: (value) => value <= most,
  })

const timesFaster =
  (work: string, payloads: string, least: number): Judge =>
  ({ rows }) => ({
    values: defined(ours(rows, work, payloads).map(({ ratioToPeer }) => ratioToPeer && 1 / ratioToPeer)),
    met: (value) => value >= least,
  })

const millisOverLimit =
  (work: string, most: number): Judge =>
  ({ rows }) => {
    const medianOf = (name: string) => rows.find((row) => row.work === work && row.contender === name)?.medianMicros
    const [us, limit] = [medianOf(US), medianOf(LIMIT)]
    return {
      values: us === undefined || limit === undefined ? [] : [(us - limit) / 1000],
      met: (value) => value <= most,
    }
  }

// What a credential costs in the larger batch, beside what it costs in the smaller.
const growth: Judge = ({ rows }) => {
  const costs = ['issue 1000 in bulk', 'issue 10000 in bulk'].map((work) => {
    const row = rows.find((other) => other.work === work && other.contender === US)
    return row && row.medianMicros / Number(work.split(' ')[1])
  })
  const [small, large] = defined(costs)
  return {
    values: small === undefined || large === undefined ? [] : [large / small],
    met: (value) => value <= 1.1,
  }
}

const kilobytes =
  (what: string, most: number): Judge =>
  ({ sizes }) => ({
    values: sizes.filter((size) => size.what === what).map(({ gzipBytes }) => gzipBytes / 1000),
    met: (value) => value <= most,
  })

const RDFC = 'eddsa-rdfc-2022'

// PERFORMANCE.md, "What we aim for".
const GOALS: readonly (readonly [goal: string, judge: Judge])[] = [
  [
    `verify ${RDFC} on S, M, O: at least 12 times faster than @digitalbazaar/vc`,
    timesFaster(`verify ${RDFC}`, 'SMO', 12),
  ],
  [`verify ${RDFC} on S, M, O: at most 1.6 times the limit`, overLimit(`verify ${RDFC}`, 'SMO', 1.6)],
  [`sign ${RDFC} on M: at least 20 times faster`, timesFaster(`sign ${RDFC}`, 'M', 20)],
  [`sign ${RDFC} on M: at most 2.5 times the limit`, overLimit(`sign ${RDFC}`, 'M', 2.5)],
  ['verify vc+jwt: at most 1.15 times jose', overPeer('verify vc+jwt', 'SMOL', 1.15)],
  ['complete verification: at most 1.4 times its signature check', overLimit('complete', 'SMOL', 1.4)],
  ['verify dc+sd-jwt with key binding: at least 1.5 times faster', timesFaster('verify dc+sd-jwt', 'SMOL', 1.5)],
  ['issue 10,000 in bulk, two workers: at least 1.7 times faster than one', timesFaster('issue 10000', 'S', 1.7)],
  ['cost of a credential among 10,000: at most 1.1 times that among 1,000', growth],
  ['cold import: at most 60 ms over bare Node', millisOverLimit('cold import', 60)],
  ['browser, without our types: at most 40 kB', kilobytes('staff-passport, without its catalogue', 40)],
  ['browser, with all of them: at most 65 kB', kilobytes('staff-passport, with all of its types', 65)],
]

/** Every goal of which something was measured. */
export const judgeGoals = (measured: Measured): readonly Goal[] =>
  GOALS.flatMap(([goal, judge]) => {
    const { values, met } = judge(measured)
    const said = values.map((value) => value.toFixed(2)).join(', ')
    return values.length === 0 ? [] : [{ goal, measured: said, met: values.every(met) }]
  })

/** The goals as lines for people. */
export const goalsTable = (goals: readonly Goal[]): string =>
  goals.map(({ goal, measured, met }) => `${met ? 'met   ' : 'MISSED'}  ${goal}: ${measured}`).join('\n')
