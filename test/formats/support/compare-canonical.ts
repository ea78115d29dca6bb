import { createRequire } from 'node:module'
import { expect } from 'vitest'
import type { JsonObject } from '../../../src/core/json.js'
import { canonicalizeByReference, canonicalizeStatements } from '../../../src/formats/data-integrity/canonicalize.js'
import { canonicalForm } from '../../../src/formats/data-integrity/rdfc/canonical.js'
import { contextSet } from '../../../src/formats/data-integrity/rdfc/context-set.js'
import { writeNQuads } from '../../../src/formats/data-integrity/rdfc/dataset.js'
import { emitStatements } from '../../../src/formats/data-integrity/rdfc/emit.js'
import { UndefinedTermError } from '../../../src/formats/data-integrity/rdfc/terms.js'
import type { ContextDocument } from '../../../src/formats/input.js'
import { createRandom, mutated } from './mutate-linked.js'

/** How the two paths came to agree about a document. */
export const AGREEMENTS = [
  'identical',
  'identical by the full algorithm on our statements',
  'refused by both',
  'left to the reference processor',
] as const
/** One of them. */
export type Agreement = (typeof AGREEMENTS)[number]

/** What a path made of a document: its canonical text, or nothing. */
interface Outcome {
  readonly agreement: Agreement
  readonly text?: string
}

const compiled = async (document: JsonObject, extraContexts: readonly ContextDocument[]): Promise<Outcome> => {
  const openContexts = await contextSet(extraContexts)
  const dataset = emitStatements(document, openContexts)
  if (!dataset) return { agreement: 'left to the reference processor' }
  const nQuads = writeNQuads(dataset)
  const form = canonicalForm(dataset, 'SHA-256')
  if (form) return { agreement: 'identical', text: form.text }
  const { text } = await canonicalizeStatements(nQuads)
  return { agreement: 'identical by the full algorithm on our statements', text }
}

const compiledOrRefused = (document: JsonObject, extraContexts: readonly ContextDocument[]): Promise<Outcome> =>
  compiled(document, extraContexts).catch((error: unknown) => {
    expect(error).toBeInstanceOf(UndefinedTermError)
    return { agreement: 'refused by both' }
  })

/** Compares what the compiled path makes of a document with what the reference processor does; throws when they differ. */
export const compareCanonical = async (
  document: JsonObject,
  extraContexts: readonly ContextDocument[],
): Promise<Agreement> => {
  const { agreement, text } = await compiledOrRefused(document, extraContexts)
  // By whatever it judges, nothing can be wrong with it.
  if (agreement === 'left to the reference processor') return agreement
  const judged = await canonicalizeByReference(document, extraContexts).catch(() => undefined)
  expect(text, JSON.stringify(document)).toBe(judged)
  return agreement
}

/** How many of each were found. */
export type Counts = Readonly<Record<Agreement, number>>

/** Compares so many mutations of documents. The seed is in the message of a failure. */
export const compareMutations = async (
  documents: readonly JsonObject[],
  { seed, times, extraContexts }: { seed: number; times: number; extraContexts: readonly ContextDocument[] },
): Promise<Counts> => {
  const random = createRandom(seed)
  const counts: Record<Agreement, number> = Object.fromEntries(AGREEMENTS.map((agreement) => [agreement, 0])) as never
  for (let time = 0; time < times; time++) {
    const document = mutated(random, documents[time % documents.length] ?? {})
    counts[await compareCanonical(document, extraContexts)]++
  }
  return counts
}

/** How many mutations of so many are made: all, or as many as `STAFF_PASSPORT_MUTATIONS` asks for. */
export const mutationsOf = (usual: number): number => Number(process.env.STAFF_PASSPORT_MUTATIONS ?? usual)

/** The seed of this run, or that of `STAFF_PASSPORT_SEED`. */
export const seedOfRun = (): number => Number(process.env.STAFF_PASSPORT_SEED ?? Math.floor(Math.random() * 2 ** 32))

interface CloneHolder {
  clone(value: unknown): unknown
}

/**
 * Has the reference processor share definitions of terms between contexts, which it never changes once they are made:
 * it copies all of them, with all contexts in them, for every node, and spends two thirds of its time on it.
 * @returns puts it back
 */
export const hurryReference = (): (() => void) => {
  const util: CloneHolder = createRequire(import.meta.url)('jsonld/lib/util.js')
  const { clone } = util
  util.clone = (value) => (value instanceof Map ? new Map(value) : clone(value))
  return () => {
    util.clone = clone
  }
}
