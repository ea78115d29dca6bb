import { writeFileSync } from 'node:fs'
import { type Contender, measure, PATIENCE, type Patience } from './measure.js'
import type { Plan } from './plan.js'
import { machine, type Row, rowsOf, tableOf } from './report.js'
import { COMPLETE } from './works/complete.js'
import { DATA_INTEGRITY } from './works/data-integrity.js'
import { SMALL } from './works/small.js'
import { TOKENS } from './works/tokens.js'

const PLANS: readonly Plan[] = [...DATA_INTEGRITY, ...TOKENS, ...COMPLETE, ...SMALL]

interface Asked {
  readonly only: string
  readonly patience: Patience
}

const asked = (words: readonly string[]): Asked => {
  const at = words.indexOf('--only')
  return {
    only: at < 0 ? '' : (words[at + 1] ?? ''),
    patience: PATIENCE[words.includes('--quick') ? 'quick' : 'full'],
  }
}

const perform = async (plan: Plan, { patience }: Asked): Promise<readonly Row[]> => {
  const rows: Row[] = []
  for (const payload of plan.payloads) {
    const contenders: readonly Contender[] = await plan.prepare(payload)
    const work = { work: plan.work, payload, contenders, ...(plan.peer === undefined ? {} : { peer: plan.peer }) }
    rows.push(...rowsOf(work, await measure(work, patience)))
  }
  console.log(`\n${plan.work}\n${tableOf(rows)}`)
  return rows
}

const order = asked(process.argv.slice(2))
const plans = PLANS.filter(({ work }) => work.includes(order.only))
if (plans.length === 0) throw new Error(`--only takes a part of one of: ${PLANS.map(({ work }) => work).join(', ')}`)
const rows: Row[] = []
for (const plan of plans) rows.push(...(await perform(plan, order)))
const versions = JSON.parse(process.env.BENCH_VERSIONS ?? '{}')
writeFileSync(
  `${process.env.BENCH_FOLDER}/results.json`,
  `${JSON.stringify({ machine: machine(), versions, rows }, null, 2)}\n`,
)
