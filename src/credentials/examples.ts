import { addToDate, isDate } from '../codec/date-time.js'
import type { GoldenExample } from './define.js'

/**
 * The day on which the golden examples are written: nothing in them was done later, nothing in them ends within the
 * five weeks after it, and none of their days lies after the 28th, so that whole months can be added to all of them.
 */
const WRITTEN_ON = '2026-01-05'

const months = (date: string): number => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7))

/**
 * A golden example with its dates moved by whole months, so that it can be issued on any day of any year. Before the
 * fifth of a month what was done on the fifth would lie ahead, and the example stands a month further back.
 */
export function currentExample<Example extends GoldenExample>(example: Example, today: string): Example {
  const by = months(today) - months(WRITTEN_ON) - (today.slice(8) < WRITTEN_ON.slice(8) ? 1 : 0)
  // Nobody gets younger.
  const moved = (name: string, value: unknown): unknown =>
    typeof value === 'string' && isDate(value) && !/birth/i.test(name) ? addToDate(value, by, 'Month') : value
  return JSON.parse(JSON.stringify(example), moved)
}
