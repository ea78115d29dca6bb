import { withoutMarks } from '../../codec/without-marks.js'
import type { Json, JsonObject } from '../../core/json.js'
import type { RuleFinding } from '../define.js'

/** A claim as text; `undefined` when it is absent or no text. */
export const textOf = (claims: JsonObject, name: string): string | undefined => {
  const value = Object.hasOwn(claims, name) ? claims[name] : undefined
  return typeof value === 'string' ? value : undefined
}

/** A list of objects among the claims. */
export const objectsOf = (claims: JsonObject, name: string): readonly JsonObject[] => {
  const value = Object.hasOwn(claims, name) ? claims[name] : undefined
  return Array.isArray(value) ? (value as readonly Json[] as readonly JsonObject[]) : []
}

/** A finding at a claim, if something is wrong with it. */
export const at = (name: string, wrong: boolean): readonly RuleFinding[] => (wrong ? [{ path: `/claims/${name}` }] : [])

/** Whether both dates are there and the first lies after the second. Dates compare as texts. */
export const isAfter = (first: string | undefined, second: string | undefined): boolean =>
  first !== undefined && second !== undefined && first > second

/** Text as it is compared: without case, accents or marks that names are written with or without. */
export const folded = (text: string): string =>
  withoutMarks(text)
    .replace(/['’.,-]/g, '')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim()
