import { addToDate, isDate } from '../codec/date-time.js'
import { isJsonObject, type Json, type JsonObject } from '../core/json.js'
import type { GoldenExample } from './define.js'

/** The month in which the golden examples are written; none of their days lies after the 28th. */
const WRITTEN_IN = '2026-01-01'

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

/** A golden example with its dates moved to today's month, so that it can be issued on any day. */
export const currentExample = (example: GoldenExample, today: string): GoldenExample => {
  const by = months(today) - months(WRITTEN_IN)
  return { ...example, claims: shiftAll(example.claims, by), assurance: shiftAll(example.assurance, by) }
}
