import { isJsonObject, type Json, type JsonObject } from '../core/json.js'
import { refuse } from './problem.js'
import { REQUEST_PROBLEMS } from './problem-types.js'

/** Takes a JSON value for what it must be, or ends the request. */
export type Take<Value> = (value: Json, pointer: string) => Value

const malformed = (pointer: string, must: string): never =>
  refuse(REQUEST_PROBLEMS.malformed, `This must be ${must}.`, { pointer })

/** A text that is not empty. */
export const takeText: Take<string> = (value, pointer) =>
  typeof value === 'string' && value !== '' ? value : malformed(pointer, 'a text that is not empty')

/** `true` or `false`. */
export const takeFlag: Take<boolean> = (value, pointer) =>
  typeof value === 'boolean' ? value : malformed(pointer, 'true or false')

/** A JSON object. */
export const takeObject: Take<JsonObject> = (value, pointer) =>
  isJsonObject(value) ? value : malformed(pointer, 'a JSON object')

/** A list of texts. */
export const takeTexts: Take<readonly string[]> = (value, pointer) =>
  Array.isArray(value)
    ? value.map((item, index) => takeText(item, `${pointer}/${index}`))
    : malformed(pointer, 'a list')

const POINTER = /^(?:\/(?:[^~/]|~[01])*)*$/

/** A list of JSON pointers (RFC 6901). */
export const takePointers: Take<readonly string[]> = (value, pointer) => {
  const texts = Array.isArray(value) ? value : malformed(pointer, 'a list')
  return texts.map((text, index) =>
    typeof text === 'string' && POINTER.test(text) ? text : malformed(`${pointer}/${index}`, 'a JSON pointer'),
  )
}

type Takes = Readonly<Record<string, Take<unknown>>>
type Taken<Table extends Takes> = { readonly [Name in keyof Table]?: ReturnType<Table[Name]> }

const takeAll = <Table extends Takes>(object: JsonObject, pointer: string, table: Table, unknown: string) => {
  const names = Object.keys(object)
  // An unknown name may be anything that a sender wrote; it is counted, and not repeated.
  if (names.some((name) => !Object.hasOwn(table, name)))
    refuse(unknown, `Only ${Object.keys(table).join(', ')} may be here.`, { pointer: `${pointer}/*` })
  const entries = names.map((name) => [name, table[name]?.(object[name] ?? null, `${pointer}/${name}`)])
  return Object.fromEntries(entries) as Taken<Table>
}

/** The members of a body, each as its table says; one that is not in the table ends the request. */
export const takeMembers = <Table extends Takes>(object: JsonObject, pointer: string, table: Table): Taken<Table> =>
  takeAll(object, pointer, table, REQUEST_PROBLEMS.malformed)

/**
 * The `options` of a request; none are none.
 * @see VCALM, section "Options": an option that is not understood is an error
 */
export const takeOptions = <Table extends Takes>(body: JsonObject, table: Table): Taken<Table> =>
  takeAll(takeObject(body.options ?? {}, '/options'), '/options', table, REQUEST_PROBLEMS.unknownOption)

/** A member that has to be there. */
export const needed = <Value>(value: Value | undefined, pointer: string): Value => value ?? malformed(pointer, 'given')
