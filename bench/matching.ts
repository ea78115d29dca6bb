import { matchRecords } from '../src/matching/match-records.js'
import { matchingPairs } from '../src/testing/matching-pairs.js'

const PAIRS = 20_000
const SECOND = 1000

const percent = (some: number, of: number): string => `${((some / of) * 100).toFixed(2)} %`

const judge = (seed: number): string => {
  const pairs = matchingPairs(seed, PAIRS)
  const began = performance.now()
  const judged = pairs.map(({ a, b, isOne, kind }) => ({ isOne, kind, verdict: matchRecords(a, b).verdict }))
  const perSecond = Math.round((PAIRS / (performance.now() - began)) * SECOND)
  const ones = judged.filter(({ isOne }) => isOne)
  const found = judged.filter(({ verdict }) => verdict !== 'noMatch')
  const right = found.filter(({ isOne }) => isOne).length
  const apart = found.filter(({ isOne, kind }) => isOne || kind !== 'twins').length
  const wrong = judged.filter(({ isOne, verdict }) => !isOne && verdict === 'match').length
  return [seed, percent(right, ones.length), percent(right, apart), wrong, perSecond].join('\t')
}

/** How well and how quickly records are matched, for three seeds drawn now: tab-separated, under headings. */
export const matchingTable = (): string => {
  const seeds = [1, 2, 3].map(() => Math.floor(Math.random() * 2 ** 32))
  const headings = ['seed', 'recall', 'precision (twins apart)', 'wrong matches', 'pairs a second'].join('\t')
  return [headings, ...seeds.map(judge)].join('\n')
}
