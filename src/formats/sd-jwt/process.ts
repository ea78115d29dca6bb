import type { CheckCode } from '../../core/codes.js'
import { isJsonObject, type Json, type JsonArray, type JsonObject } from '../../core/json.js'
import { LIMITS } from '../../core/limits.js'
import type { Disclosure } from './disclosure.js'

/** What an SD-JWT says, once its disclosures are in place. */
export interface ProcessedPayload {
  readonly claims: JsonObject
  /** Digests whose disclosure was not sent: withheld claims, or decoys. */
  readonly withheld: number
  /** JSON pointers, into the claims, to every object and list that had digests. */
  readonly places: readonly string[]
  /** JSON pointers to what each disclosure became. */
  readonly pointers: ReadonlyMap<Disclosure, string>
}

/** The result of processing, or why the disclosures do not fit. */
export type ProcessResult =
  | ({ readonly ok: true } & ProcessedPayload)
  | { readonly ok: false; readonly code: CheckCode; readonly path: string }

class Misfit extends Error {
  readonly code: CheckCode
  readonly path: string
  constructor(path: string, code: CheckCode = 'format.malformed') {
    super(code)
    this.code = code
    this.path = path
  }
}

const DIGESTS = '_sd'
const ALGORITHM = '_sd_alg'
const ITEM = '...'

const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1')

class Processor {
  readonly places: string[] = []
  readonly pointers = new Map<Disclosure, string>()
  private readonly byDigest: ReadonlyMap<string, Disclosure>
  private readonly seen = new Set<string>()

  constructor(disclosures: readonly Disclosure[]) {
    this.byDigest = new Map(disclosures.map((disclosure) => [disclosure.digest, disclosure]))
    // RFC 9901, 7.1, 4: a digest stands in one place, so no two disclosures can have the same.
    if (this.byDigest.size !== disclosures.length) throw new Misfit('')
  }

  get withheld(): number {
    return this.seen.size - this.pointers.size
  }

  get unused(): number {
    return this.byDigest.size - this.pointers.size
  }

  value(value: Json, path: string, depth: number): Json {
    if (depth > LIMITS.jsonDepth) throw new Misfit('', 'format.tooDeep')
    if (Array.isArray(value)) return this.list(value, path, depth)
    return isJsonObject(value) ? this.object(value, path, depth) : value
  }

  object(object: JsonObject, path: string, depth: number): JsonObject {
    if (Object.hasOwn(object, ITEM) || Object.hasOwn(object, ALGORITHM)) throw new Misfit(path)
    const { [DIGESTS]: digests, ...plain } = object
    const members = new Map<string, Json>(
      Object.entries(plain).map(([name, inner]) => [name, this.value(inner, `${path}/${escaped(name)}`, depth + 1)]),
    )
    if (digests !== undefined) this.disclosed(digests, members, path, depth)
    return Object.fromEntries(members)
  }

  private disclosed(digests: Json, members: Map<string, Json>, path: string, depth: number): void {
    if (!Array.isArray(digests)) throw new Misfit(`${path}/${DIGESTS}`)
    this.places.push(path)
    for (const digest of digests) {
      const disclosure = this.take(digest, path)
      if (!disclosure) continue
      const { name, value } = disclosure
      if (name === undefined || name === DIGESTS || name === ITEM || members.has(name)) throw new Misfit(path)
      const pointer = `${path}/${escaped(name)}`
      this.pointers.set(disclosure, pointer)
      members.set(name, this.value(value, pointer, depth + 1))
    }
  }

  private list(items: JsonArray, path: string, depth: number): Json {
    const list: Json[] = []
    for (const item of items) {
      if (!isJsonObject(item) || !Object.hasOwn(item, ITEM)) {
        list.push(this.value(item, `${path}/${list.length}`, depth + 1))
        continue
      }
      if (Object.keys(item).length !== 1) throw new Misfit(path)
      if (this.places.at(-1) !== path) this.places.push(path)
      const disclosure = this.take(item[ITEM] as Json, path)
      if (!disclosure) continue
      if (disclosure.name !== undefined) throw new Misfit(path)
      const pointer = `${path}/${list.length}`
      this.pointers.set(disclosure, pointer)
      list.push(this.value(disclosure.value, pointer, depth + 1))
    }
    return list
  }

  private take(digest: Json, path: string): Disclosure | undefined {
    if (typeof digest !== 'string' || this.seen.has(digest)) throw new Misfit(path)
    this.seen.add(digest)
    return this.byDigest.get(digest)
  }
}

/**
 * Puts disclosures where their digests stand: each in one place, of the right kind, under a name that nothing else has,
 * and none left over.
 * @see RFC 9901, section 7.1, steps 3 to 5
 */
export const processPayload = (payload: JsonObject, disclosures: readonly Disclosure[]): ProcessResult => {
  try {
    const processor = new Processor(disclosures)
    const { [ALGORITHM]: _, ...rest } = payload
    const claims = processor.object(rest, '', 0)
    if (processor.unused > 0) throw new Misfit('')
    const { places, pointers, withheld } = processor
    return { ok: true, claims, withheld, places, pointers }
  } catch (error) {
    if (error instanceof Misfit) return { ok: false, code: error.code, path: error.path }
    throw error
  }
}
