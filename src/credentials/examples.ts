import { addToDate, isDate } from '../codec/date-time.js'
import { isJsonObject, type Json, type JsonObject } from '../core/json.js'
import type { GoldenExample } from './define.js'

/**
 * The day on which the golden examples are written: nothing in them was done later, nothing in them ends within the
 * five weeks after it, and none of their days lies after the 28th, so that whole months can be added to all of them.
 */
export const WRITTEN_ON = '2026-01-05'

const months = (date: string): number => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7))

const shift = (value: Json, by: number, name = ''): Json => {
  if (Array.isArray(value)) return value.map((item) => shift(item, by, name))
  if (isJsonObject(value)) return shiftAll(value, by)
  // Nobody gets younger.
  const isShifted = typeof value === 'string' && isDate(value) && !/birth/i.test(name)
  return isShifted ? addToDate(value, by, 'Month') : value
}

const shiftAll = (object: JsonObject, by: number): JsonObject =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, shift(value, by, name)]))

/**
 * A golden example with its dates moved by whole months, so that it can be issued on any day of any year. Before the
 * fifth of a month what was done on the fifth would lie ahead, and the example stands a month further back.
 */
export const currentExample = (example: GoldenExample, today: string): GoldenExample => {
  const by = months(today) - months(WRITTEN_ON) - (today.slice(8) < WRITTEN_ON.slice(8) ? 1 : 0)
  return { ...example, claims: shiftAll(example.claims, by), assurance: shiftAll(example.assurance, by) }
}
