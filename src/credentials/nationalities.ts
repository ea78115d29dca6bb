import { folded } from './rules/read.js'

// As the GOV.UK list of nationalities, passports and staff records name them; compared without case.
const BRITISH_OR_IRISH: ReadonlySet<string> = new Set([
  ...['british', 'british citizen', 'irish', 'irish citizen'],
  ...['uk', 'united kingdom', 'ireland', 'gb', 'gbr', 'ie', 'irl'],
  ...['english', 'scottish', 'welsh', 'northern irish', 'prydeinig', 'cymraes', 'cymro'],
])

/** Whether a nationality is British or Irish: for issuing right to work and for sending it, one list. */
export function isBritishOrIrish(nationality: string | undefined): boolean {
  return BRITISH_OR_IRISH.has(folded(nationality ?? ''))
}
