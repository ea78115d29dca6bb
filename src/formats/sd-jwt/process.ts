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
  /** Those of them from which something was withheld, unless it was a decoy. */
  readonly incomplete: ReadonlySet<string>
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

const escaped = (name: string | number): string => String(name).replaceAll('~', '~0').replaceAll('/', '~1')

// No member of ours has this name, and assigning to it would change the object instead.
const PROTOTYPE = '__proto__'

class Processor {
  readonly places: string[] = []
  readonly incomplete = new Set<string>()
  readonly pointers = new Map<Disclosure, string>()
  private readonly byDigest: ReadonlyMap<string, Disclosure>
  private readonly seen = new Set<string>()
  private readonly steps: (string | number)[] = []

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

  /** The claims of a payload: the one place where the hash may be named. */
  claims(payload: JsonObject): JsonObject {
    return this.object(payload, ALGORITHM)
  }

  private value(value: Json, step: string | number): Json {
    if (typeof value !== 'object' || value === null) return value
    if (this.steps.push(step) > LIMITS.jsonDepth) throw new Misfit('', 'format.tooDeep')
    const processed = isJsonObject(value) ? this.object(value) : this.list(value)
    this.steps.pop()
    return processed
  }

  private object(object: JsonObject, left?: string): JsonObject {
    const members: Record<string, Json> = {}
    for (const name of Object.keys(object)) {
      if (name === DIGESTS || name === left) continue
      if (name === ITEM || name === ALGORITHM) throw this.misfit()
      members[name] = this.value(object[name] as Json, name)
    }
    if (Object.hasOwn(object, DIGESTS)) this.disclose(object[DIGESTS] as Json, members)
    return members
  }

  private disclose(digests: Json, members: Record<string, Json>): void {
    if (!Array.isArray(digests)) throw new Misfit(`${this.pointer()}/${DIGESTS}`)
    this.places.push(this.pointer())
    for (const digest of digests) {
      const disclosure = this.take(digest)
      if (!disclosure) continue
      const { name } = disclosure
      if (name === undefined || name === DIGESTS || name === ITEM || name === PROTOTYPE) throw this.misfit()
      if (Object.hasOwn(members, name)) throw this.misfit()
      members[name] = this.disclosed(disclosure, name)
    }
  }

  private list(items: JsonArray): Json {
    const list: Json[] = []
    for (const item of items) {
      if (!isJsonObject(item) || !Object.hasOwn(item, ITEM)) {
        list.push(this.value(item, list.length))
        continue
      }
      if (Object.keys(item).length !== 1) throw this.misfit()
      const place = this.pointer()
      if (this.places.at(-1) !== place) this.places.push(place)
      const disclosure = this.take(item[ITEM] as Json)
      if (!disclosure) continue
      if (disclosure.name !== undefined) throw this.misfit()
      list.push(this.disclosed(disclosure, list.length))
    }
    return list
  }

  private disclosed(disclosure: Disclosure, step: string | number): Json {
    this.pointers.set(disclosure, `${this.pointer()}/${escaped(step)}`)
    return this.value(disclosure.value, step)
  }

  private take(digest: Json): Disclosure | undefined {
    if (typeof digest !== 'string' || this.seen.has(digest)) throw this.misfit()
    this.seen.add(digest)
    const disclosure = this.byDigest.get(digest)
    if (!disclosure) this.incomplete.add(this.pointer())
    return disclosure
  }

  private pointer(): string {
    return this.steps.map((step) => `/${escaped(step)}`).join('')
  }

  private misfit(): Misfit {
    return new Misfit(this.pointer())
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
    const claims = processor.claims(payload)
    if (processor.unused > 0) throw new Misfit('')
    const { places, incomplete, pointers, withheld } = processor
    return { ok: true, claims, withheld, places, incomplete, pointers }
  } catch (error) {
    if (error instanceof Misfit) return { ok: false, code: error.code, path: error.path }
    throw error
  }
}
