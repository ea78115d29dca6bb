import { writeFileSync } from 'node:fs'
import { type Goal, goalsTable, judgeGoals } from './goals.js'
import { matchingTable } from './matching.js'
import { measure, PATIENCE, type Patience } from './measure.js'
import type { Plan } from './plan.js'
import { quote } from './quote.js'
import { machine, type Row, rowsOf, tableOf } from './report.js'
import { browserSizes, type Size, sizesTable } from './sizes.js'
import { BULK } from './works/bulk.js'
import { COLD } from './works/cold.js'
import { COMPLETE } from './works/complete.js'
import { DATA_INTEGRITY } from './works/data-integrity.js'
import { ENTRA } from './works/entra.js'
import { SD_JWT } from './works/sd-jwt.js'
import { SELECTIVE } from './works/selective.js'
import { SMALL } from './works/small.js'
import { TOKENS } from './works/tokens.js'

const PLANS: readonly Plan[] = [
  ...DATA_INTEGRITY,
  ...SELECTIVE,
  ...TOKENS,
  ...SD_JWT,
  ...ENTRA,
  ...COMPLETE,
  ...SMALL,
  ...BULK,
  ...COLD,
]

const SIZES = 'browser size'
const MATCHING = 'matching people with records'

interface Order {
  readonly only: string
  readonly patience: Patience
  /** Whether docs/performance.md is to quote this run. */
  readonly quoted: boolean
}

const readOrder = (words: readonly string[]): Order => {
  const at = words.indexOf('--only')
  const patience = PATIENCE[words.includes('--quick') ? 'quick' : 'full']
  return { only: at < 0 ? '' : (words[at + 1] ?? ''), patience, quoted: words.includes('--quote') }
}

const printed: string[] = []

const print = (text: string): void => {
  printed.push(text)
  console.log(text)
}

const perform = async (plan: Plan, patience: Patience): Promise<readonly Row[]> => {
  const rows: Row[] = []
  const patient = plan.rounds === undefined ? patience : { ...patience, rounds: Math.min(plan.rounds, patience.rounds) }
  for (const payload of plan.payloads) {
    const contenders = await plan.prepare(payload)
    const work = { work: plan.work, payload, contenders, ...(plan.peer === undefined ? {} : { peer: plan.peer }) }
    rows.push(...rowsOf(work, await measure(work, patient)))
    await plan.finish?.()
  }
  print(`\n${plan.work}\n${tableOf(rows)}`)
  return rows
}

const measureSizes = async (): Promise<readonly Size[]> => {
  const sizes = await browserSizes()
  print(`\n${SIZES}, gzip\n${sizesTable(sizes)}`)
  return sizes
}

const { only, patience, quoted } = readOrder(process.argv.slice(2))
const names = [...PLANS.map(({ work }) => work), SIZES, MATCHING]
if (!names.some((name) => name.includes(only))) throw new Error(`--only takes a part of one of: ${names.join(', ')}`)
const { processor, processors, node } = machine()
print(`${processor}, ${processors} processors, Node ${node.slice(1)}`)
const rows: Row[] = []
for (const plan of PLANS) if (plan.work.includes(only)) rows.push(...(await perform(plan, patience)))
const sizes = SIZES.includes(only) ? await measureSizes() : []
if (MATCHING.includes(only)) print(`\n${MATCHING}\n${matchingTable()}`)
const goals: readonly Goal[] = judgeGoals({ rows, sizes })
if (goals.length > 0) print(`\ngoals\n${goalsTable(goals)}`)
const versions = JSON.parse(process.env.BENCH_VERSIONS ?? '{}')
const results = { machine: machine(), versions, rows, sizes, goals }
writeFileSync(`${process.env.BENCH_FOLDER}/results.json`, `${JSON.stringify(results, null, 2)}\n`)
if (quoted) quote(`${process.env.BENCH_ROOT}/docs/performance.md`, printed.join('\n'))
