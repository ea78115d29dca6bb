import { isJsonObject, type Json, type JsonArray, type JsonObject } from '../../../core/json.js'

/** What is selected below a value: all of it, or some members (or items) and what of them. */
type Selection = 'all' | Map<string, Selection>

const tokensOf = (pointer: string): readonly string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))

const isPointer = (pointer: string): boolean => pointer === '' || pointer.startsWith('/')

const memberOf = (value: Json | undefined, token: string): Json | undefined => {
  if (Array.isArray(value)) return /^(0|[1-9]\d*)$/.test(token) ? value[Number(token)] : undefined
  return isJsonObject(value) && Object.hasOwn(value, token) ? value[token] : undefined
}

/** Whether a JSON pointer (RFC 6901) leads to something in a document. */
const leadsSomewhere = (document: JsonObject, pointer: string): boolean => {
  let value: Json | undefined = document
  for (const token of tokensOf(pointer)) value = memberOf(value, token)
  return isPointer(pointer) && value !== undefined
}

const add = (selection: Map<string, Selection>, [token = '', ...rest]: readonly string[]): void => {
  const known = selection.get(token)
  if (known === 'all') return
  if (rest.length === 0) {
    selection.set(token, 'all')
    return
  }
  const inner = known ?? new Map<string, Selection>()
  selection.set(token, inner)
  add(inner, rest)
}

const selectionOf = (pointers: readonly string[]): Selection => {
  if (pointers.includes('')) return 'all'
  const selection = new Map<string, Selection>()
  for (const pointer of pointers) add(selection, tokensOf(pointer))
  return selection
}

// A statement is about something, and of a kind: both go along with whatever is selected of it.
const ALWAYS = ['id', '@id', 'type', '@type']

const items = (list: JsonArray, selection: Map<string, Selection>): Json =>
  list.flatMap((item, index) => {
    const inner = selection.get(String(index))
    return inner === undefined ? [] : [project(item, inner)]
  })

const members = (object: JsonObject, selection: Map<string, Selection>): Json =>
  Object.fromEntries(
    Object.entries(object).flatMap(([name, value]) => {
      const inner = ALWAYS.includes(name) ? 'all' : selection.get(name)
      return inner === undefined ? [] : [[name, project(value, inner)]]
    }),
  )

const project = (value: Json, selection: Selection): Json => {
  if (selection === 'all') return value
  if (Array.isArray(value)) return items(value, selection)
  return isJsonObject(value) ? members(value, selection) : value
}

/**
 * What JSON pointers select of a document, with its contexts and with the identifier and type of everything on the way.
 * @returns `undefined` when a pointer is malformed, or leads to nothing
 * @see Data Integrity ECDSA Cryptosuites 1.0, section 3.4.13 (selectJsonLd)
 */
export const selectByPointers = (document: JsonObject, pointers: readonly string[]): JsonObject | undefined => {
  if (!pointers.every((pointer) => leadsSomewhere(document, pointer))) return undefined
  const selected = project(document, selectionOf(pointers)) as JsonObject
  const context = document['@context']
  return context === undefined ? selected : { '@context': context, ...selected }
}
