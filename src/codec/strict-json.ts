import type { Json } from '../core/json.js'
import { LIMITS } from '../core/limits.js'
import { decodeUtf8 } from './utf8.js'

/** Why a text is not JSON that we read. */
export type StrictJsonCode =
  | 'format.notUtf8'
  | 'format.notJson'
  | 'format.duplicateMember'
  | 'format.forbiddenMember'
  | 'format.tooDeep'
  | 'format.unsafeNumber'
  | 'format.loneSurrogate'

/** A JSON value, or where and why there is none. The path is a JSON pointer to the value around the fault. */
export type StrictJsonResult =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly code: StrictJsonCode; readonly path: string }

class Fault extends Error {
  readonly code: StrictJsonCode
  /** Where it was found, put together as the parser leaves what is around it. */
  readonly path: (string | number)[] = []
  constructor(code: StrictJsonCode) {
    super(code)
    this.code = code
  }
}

/** The same error, one step further out. */
const within = (error: unknown, step: string | number | undefined): unknown => {
  if (error instanceof Fault && step !== undefined) error.path.unshift(step)
  return error
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
// Exact whatever its digits, and most numbers are.
const SHORT_INTEGER = /^(?:0|-?[1-9]\d{0,14})$/
// No control characters, no quotation mark; what is between two escapes (RFC 8259, section 7).
const PLAIN = /[^"\\\u0000-\u001f]*/y
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y
// Names that may be shown in a path: words of the specifications and of the catalogue have this form.
const PRESENTABLE = /^[@A-Za-z][\w-]{0,63}$/

const LITERALS: ReadonlyMap<number, readonly [string, Json]> = new Map([
  [0x74, ['true', true]],
  [0x66, ['false', false]],
  [0x6e, ['null', null]],
] as const)

const QUOTE = 0x22
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_LIST = 0x5b
const CLOSE_LIST = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d

/** A number that every reader understands alike: finite, an exact integer or a decimal that keeps its digits. */
const readNumber = (text: string): number => {
  const value = Number(text)
  if (SHORT_INTEGER.test(text)) return value
  const exact = Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value)
  if (!exact || Object.is(value, -0)) throw new Fault('format.unsafeNumber')
  const digits = text
    .replace(/[eE].*$/, '')
    .replace(/^[-0.]+|\./g, '')
    .replace(/^0+/, '')
  if (digits.length > 17 || (value === 0 && digits !== '')) throw new Fault('format.unsafeNumber')
  return value
}

class Parser {
  private position = 0
  private values = 0
  private readonly text: string

  constructor(text: string) {
    this.text = text
  }

  document(): Json {
    const value = this.value(0)
    this.space()
    if (this.position !== this.text.length) throw new Fault('format.notJson')
    return value
  }

  private space(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.position)
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return
      this.position++
    }
  }

  private match(pattern: RegExp): string {
    pattern.lastIndex = this.position
    const found = pattern.exec(this.text)?.[0]
    if (found === undefined) throw new Fault('format.notJson')
    this.position += found.length
    return found
  }

  private take(character: number): boolean {
    this.space()
    if (this.text.charCodeAt(this.position) !== character) return false
    this.position++
    return true
  }

  private expect(character: number): void {
    if (!this.take(character)) throw new Fault('format.notJson')
  }

  private value(depth: number): Json {
    if (++this.values > LIMITS.jsonValues || depth > LIMITS.jsonDepth) throw new Fault('format.tooDeep')
    this.space()
    const first = this.text.charCodeAt(this.position)
    if (first === QUOTE) return this.string()
    if (first === OPEN_OBJECT) return this.object(depth)
    if (first === OPEN_LIST) return this.array(depth)
    const literal = LITERALS.get(first)
    if (literal) return this.literal(...literal)
    return readNumber(this.match(NUMBER))
  }

  private literal(word: string, value: Json): Json {
    if (!this.text.startsWith(word, this.position)) throw new Fault('format.notJson')
    this.position += word.length
    return value
  }

  private plain(): void {
    PLAIN.lastIndex = this.position
    PLAIN.test(this.text)
    this.position = PLAIN.lastIndex
  }

  private string(): string {
    const start = this.position++
    this.plain()
    if (this.text.charCodeAt(this.position) === QUOTE) return this.text.slice(start + 1, this.position++)
    while (this.text.charCodeAt(this.position) !== QUOTE) {
      this.match(ESCAPE)
      this.plain()
    }
    const value: string = JSON.parse(this.text.slice(start, ++this.position))
    if (!value.isWellFormed()) throw new Fault('format.loneSurrogate')
    return value
  }

  private array(depth: number): Json {
    this.position++
    const items: Json[] = []
    if (this.take(CLOSE_LIST)) return items
    let isInItem = false
    try {
      do {
        isInItem = true
        items.push(this.value(depth + 1))
        isInItem = false
      } while (this.take(COMMA))
      this.expect(CLOSE_LIST)
    } catch (error) {
      throw within(error, isInItem ? items.length : undefined)
    }
    return items
  }

  private object(depth: number): Json {
    this.position++
    const members: Record<string, Json> = {}
    if (this.take(CLOSE_OBJECT)) return members
    let count = 0
    let inMember: string | undefined
    try {
      do {
        const name = this.memberName()
        inMember = name
        members[name] = this.value(depth + 1)
        inMember = undefined
        count++
      } while (this.take(COMMA))
      this.expect(CLOSE_OBJECT)
      if (Object.keys(members).length !== count) throw new Fault('format.duplicateMember')
    } catch (error) {
      throw within(error, inMember)
    }
    return members
  }

  private memberName(): string {
    this.space()
    if (this.text.charCodeAt(this.position) !== QUOTE) throw new Fault('format.notJson')
    const name = this.string()
    this.expect(COLON)
    // Assigning to __proto__ would change the object instead of adding a member.
    if (name === '__proto__') throw new Fault('format.forbiddenMember')
    return name
  }
}

const pointer = (path: readonly (string | number)[]): string =>
  path.map((step) => `/${typeof step === 'number' || PRESENTABLE.test(step) ? step : '*'}`).join('')

/**
 * Parses JSON as every reader must understand it: valid UTF-8, no member named twice in one object, no `__proto__`, no
 * number that loses digits, no half characters, bounded depth and size. Names that nobody we know uses show as `*` in
 * the path of a fault.
 * @see RFC 8259; RFC 7493 (I-JSON)
 */
export const parseStrictJson = (input: string | Uint8Array): StrictJsonResult => {
  const text = typeof input === 'string' ? input : decodeUtf8(input)
  if (text === undefined || text.startsWith('\ufeff')) return { ok: false, code: 'format.notUtf8', path: '' }
  try {
    return { ok: true, value: new Parser(text).document() }
  } catch (error) {
    if (error instanceof Fault) return { ok: false, code: error.code, path: pointer(error.path) }
    throw error
  }
}
