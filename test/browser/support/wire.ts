/** What can travel to a browser as JSON: bytes become base64, and `undefined` says so. */
export type Wire = unknown

/** Thrown for what no JSON can carry: a function, a proxy, an object with a getter. */
export class Unrecordable extends Error {}

const isPlain = (value: object): boolean => {
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

const descriptorsOf = (value: object): Readonly<Record<string, PropertyDescriptor>> => {
  try {
    return Object.getOwnPropertyDescriptors(value)
  } catch {
    throw new Unrecordable('what lies about being an object')
  }
}

const members = (value: object): readonly [string, unknown][] =>
  Object.entries(descriptorsOf(value)).map(([name, descriptor]) => {
    if (!('value' in descriptor)) throw new Unrecordable('a getter')
    return [name, descriptor.value]
  })

const base64 = (bytes: Uint8Array): string => {
  let text = ''
  for (let index = 0; index < bytes.length; index += 32_768)
    text += String.fromCharCode(...bytes.subarray(index, index + 32_768))
  return btoa(text)
}

// Deeper than any limit of ours; texts may be as deep as they like.
const DEEPEST = 500

/** A value as JSON can carry it. @throws Unrecordable */
export const toWire = (value: unknown, depth = 0): Wire => {
  if (depth > DEEPEST) throw new Unrecordable('nesting without end')
  if (value === undefined) return { $undefined: true }
  if (typeof value === 'number' && !Number.isFinite(value)) return { $number: String(value) }
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return value
  if (value instanceof Uint8Array) return { $bytes: base64(value) }
  if (value instanceof Date) return { $date: String(value.getTime()) }
  if (Array.isArray(value)) return value.map((inner) => toWire(inner, depth + 1))
  if (typeof value === 'object' && isPlain(value) && typeof (value as { toJSON?: unknown }).toJSON !== 'function')
    return Object.fromEntries(members(value).map(([name, inner]) => [name, toWire(inner, depth + 1)]))
  throw new Unrecordable(typeof value)
}

const TAGS: Readonly<Record<string, (inner: never) => unknown>> = {
  $undefined: () => undefined,
  $number: (text: string) => Number(text),
  $bytes: (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)),
  $date: (time: string) => new Date(Number(time)),
}

/** The value that was sent. */
export const fromWire = (wire: Wire): unknown => {
  if (typeof wire !== 'object' || wire === null) return wire
  if (Array.isArray(wire)) return wire.map(fromWire)
  const [first, ...others] = Object.entries(wire)
  if (first && others.length === 0 && Object.hasOwn(TAGS, first[0])) return TAGS[first[0]]?.(first[1] as never)
  return Object.fromEntries(Object.entries(wire).map(([name, inner]) => [name, fromWire(inner)]))
}
