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
  constructor(code: StrictJsonCode) {
    super(code)
    this.code = code
  }
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
// Exact whatever its digits, and most numbers are.
const SHORT_INTEGER = /^(?:0|-?[1-9]\d{0,14})$/
// No control characters, no quotation mark; what is between two escapes (RFC 8259, section 7).
const PLAIN = /[^"\\\u0000-\u001f]*/y
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y
// Names that may be shown in a path: words of the specifications and of the catalogue have this form.
const PRESENTABLE = /^[@A-Za-z][\w-]{0,63}$/

const LITERALS: Readonly<Record<string, readonly [string, Json]>> = {
  t: ['true', true],
  f: ['false', false],
  n: ['null', null],
}

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
  readonly path: (string | number)[] = []
  private position = 0
  private values = 0
  private readonly text: string

  constructor(text: string) {
    this.text = text
  }

  document(): Json {
    const value = this.value()
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

  private take(character: string): boolean {
    this.space()
    if (this.text[this.position] !== character) return false
    this.position++
    return true
  }

  private expect(character: string): void {
    if (!this.take(character)) throw new Fault('format.notJson')
  }

  private value(): Json {
    if (++this.values > LIMITS.jsonValues || this.path.length > LIMITS.jsonDepth) throw new Fault('format.tooDeep')
    this.space()
    const first = this.text[this.position] ?? ''
    if (first === '{') return this.object()
    if (first === '[') return this.array()
    if (first === '"') return this.string()
    const literal = LITERALS[first]
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
    if (this.text[this.position] === '"') return this.text.slice(start + 1, this.position++)
    while (this.text[this.position] !== '"') {
      this.match(ESCAPE)
      this.plain()
    }
    const value: string = JSON.parse(this.text.slice(start, ++this.position))
    if (!value.isWellFormed()) throw new Fault('format.loneSurrogate')
    return value
  }

  private array(): Json {
    this.position++
    const items: Json[] = []
    if (this.take(']')) return items
    do {
      this.path.push(items.length)
      items.push(this.value())
      this.path.pop()
    } while (this.take(','))
    this.expect(']')
    return items
  }

  private object(): Json {
    this.position++
    const members: Record<string, Json> = {}
    if (this.take('}')) return members
    do {
      const name = this.memberName(members)
      this.path.push(name)
      members[name] = this.value()
      this.path.pop()
    } while (this.take(','))
    this.expect('}')
    return members
  }

  private memberName(members: Readonly<Record<string, Json>>): string {
    this.space()
    if (this.text[this.position] !== '"') throw new Fault('format.notJson')
    const name = this.string()
    this.expect(':')
    // Assigning to __proto__ would change the object instead of adding a member.
    if (name === '__proto__') throw new Fault('format.forbiddenMember')
    if (Object.hasOwn(members, name)) throw new Fault('format.duplicateMember')
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
  const parser = new Parser(text)
  try {
    return { ok: true, value: parser.document() }
  } catch (error) {
    if (error instanceof Fault) return { ok: false, code: error.code, path: pointer(parser.path) }
    throw error
  }
}
