import { equalJson, type Json } from '../core/json.js'
import { formats } from './formats.js'

/** The keywords of JSON Schema 2020-12 that our schemas use; the generator refuses any other. */
export interface SchemaRules {
  /** A shared definition, by its name. */
  readonly $ref?: string
  readonly type?: 'string' | 'integer' | 'boolean' | 'array' | 'object'
  readonly const?: Json
  readonly enum?: readonly string[]
  readonly maxLength?: number
  readonly minLength?: number
  readonly pattern?: string
  readonly format?: string
  readonly maximum?: number
  readonly minimum?: number
  readonly maxItems?: number
  readonly minItems?: number
  readonly uniqueItems?: boolean
  readonly items?: SchemaRules
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean
  readonly properties?: Readonly<Record<string, SchemaRules>>
  readonly anyOf?: readonly SchemaRules[]
  readonly oneOf?: readonly SchemaRules[]
}

/** Whether a value is a JSON object. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A check of one keyword: whether it holds. `params` is what to say where it does not. */
export interface Test<T> {
  readonly keyword: string
  readonly params: Readonly<Record<string, unknown>>
  readonly holds: (value: T) => boolean
}

const limit = <T>(keyword: string, bound: number | undefined, holds: (value: T, bound: number) => boolean) =>
  bound === undefined ? [] : [{ keyword, params: { limit: bound }, holds: (value: T) => holds(value, bound) }]

// Characters are code points; a text has at most as many as it has units, and at least half as many.
const characters = (text: string): number => [...text].length
const isAtMost = (text: string, most: number): boolean => text.length <= most || characters(text) <= most
const isAtLeast = (text: string, least: number): boolean => text.length >= 2 * least || characters(text) >= least

const patternTest = (pattern: string): Test<string> => {
  const expression = new RegExp(pattern, 'u')
  return { keyword: 'pattern', params: { pattern }, holds: (text) => expression.test(text) }
}

const formatTest = (format: string): Test<string> => ({
  keyword: 'format',
  params: { format },
  holds: (text) => formats[format]?.(text) ?? false,
})

/** What is asked of a text. */
export const textTests = ({ maxLength, minLength, pattern, format }: SchemaRules): readonly Test<string>[] => [
  ...limit('maxLength', maxLength, isAtMost),
  ...limit('minLength', minLength, isAtLeast),
  ...(pattern === undefined ? [] : [patternTest(pattern)]),
  ...(format === undefined ? [] : [formatTest(format)]),
]

/** What is asked of a number that is to be an integer. */
export const integerTests = ({ maximum, minimum }: SchemaRules): readonly Test<number>[] => [
  { keyword: 'type', params: { type: 'integer' }, holds: Number.isInteger },
  ...limit<number>('maximum', maximum, (value, most) => value <= most),
  ...limit<number>('minimum', minimum, (value, least) => value >= least),
]

const isRepeated = (items: readonly unknown[]): boolean =>
  items.some((item, index) => {
    for (let earlier = 0; earlier < index; earlier++) if (equalJson(item, items[earlier])) return true
    return false
  })

/** What is asked of a list as a whole. */
export const listTests = ({ maxItems, minItems, uniqueItems }: SchemaRules): readonly Test<readonly unknown[]>[] => [
  ...limit<readonly unknown[]>('maxItems', maxItems, ({ length }, most) => length <= most),
  ...limit<readonly unknown[]>('minItems', minItems, ({ length }, least) => length >= least),
  ...(uniqueItems
    ? [{ keyword: 'uniqueItems', params: {}, holds: (items: readonly unknown[]) => !isRepeated(items) }]
    : []),
]
