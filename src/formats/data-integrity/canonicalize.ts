import type { JsonObject } from '../../core/json.js'
import type { MaybePromise } from '../../runtime/runtime.js'
import type { ContextDocument } from '../input.js'
import { canonicalForm } from './rdfc/canonical.js'
import { contextSet } from './rdfc/context-set.js'
import { type Dataset, writeNQuads } from './rdfc/dataset.js'
import type { Digest } from './rdfc/digest.js'
import { emitStatements, type OpenContexts } from './rdfc/emit.js'
import { type ReadStatements, readNQuads } from './rdfc/read-n-quads.js'
import type { NamedStatements } from './rdfc/reference.js'

/** How a document is made canonical. */
export interface CanonicalizeOptions {
  /** Contexts besides those that come with us. The list is remembered by identity: do not change it afterwards. */
  readonly extraContexts?: readonly ContextDocument[]
  /** By default `compiled`, which leaves to `reference` what is beyond it; `reference` asks for the JSON-LD processor. */
  readonly canonicalizer?: 'compiled' | 'reference'
  /** The hash that blank nodes are told apart by, by default SHA-256. */
  readonly digest?: Digest
}

const NONE: readonly ContextDocument[] = []

// Heavy, and of no use to who never meets a document beyond the compiled path.
const reference = () => import('./rdfc/reference.js')

/**
 * The canonical N-Quads of a document by the JSON-LD processor and the full algorithm, in bounded work.
 * @throws Error of the processor for a term that no context defines, or for too much work
 */
export const canonicalizeByReference = async (
  document: JsonObject,
  extraContexts: readonly ContextDocument[] = NONE,
  digest: Digest = 'SHA-256',
): Promise<string> => {
  const { canonicalByReference, statementsByReference } = await reference()
  const { text } = await canonicalByReference(await statementsByReference(document, extraContexts), digest)
  return text
}

const byFullAlgorithm = async (dataset: Dataset, digest: Digest): Promise<string> => {
  const { canonicalByReference } = await reference()
  const { text } = await canonicalByReference(writeNQuads(dataset), digest)
  return text
}

const canonicalizeWith = (
  openContexts: OpenContexts,
  document: JsonObject,
  { extraContexts = NONE, digest = 'SHA-256' }: CanonicalizeOptions,
): MaybePromise<string> => {
  const dataset = emitStatements(document, openContexts)
  if (!dataset) return canonicalizeByReference(document, extraContexts, digest)
  return canonicalForm(dataset, digest)?.text ?? byFullAlgorithm(dataset, digest)
}

/**
 * The canonical N-Quads of a document (RDFC-1.0 after JSON-LD 1.1 in safe mode), in bounded work: at once when the
 * compiled path can, later when the JSON-LD processor has to, or contexts of the caller are met for the first time.
 * @throws UndefinedTermError for a term that no context defines, or rejects with an Error of the processor: for such a
 * term, or for too much work
 */
export const canonicalize = (document: JsonObject, options: CanonicalizeOptions = {}): MaybePromise<string> => {
  const { extraContexts = NONE, canonicalizer, digest } = options
  if (canonicalizer === 'reference') return canonicalizeByReference(document, extraContexts, digest)
  const set = contextSet(extraContexts)
  if (typeof set === 'function') return canonicalizeWith(set, document, options)
  return set.then((openContexts) => canonicalizeWith(openContexts, document, options))
}

const writeWith = (
  openContexts: OpenContexts,
  document: JsonObject,
  extraContexts: readonly ContextDocument[],
): MaybePromise<string> => {
  const dataset = emitStatements(document, openContexts)
  if (dataset) return writeNQuads(dataset)
  return reference().then(({ statementsByReference }) => statementsByReference(document, extraContexts))
}

/**
 * The statements that a document makes, as N-Quads in no order; one may be there twice.
 * @throws what {@link canonicalize} throws
 */
export const statementsIn = (
  document: JsonObject,
  extraContexts: readonly ContextDocument[] = NONE,
): MaybePromise<string> => {
  const set = contextSet(extraContexts)
  if (typeof set === 'function') return writeWith(set, document, extraContexts)
  return set.then((openContexts) => writeWith(openContexts, document, extraContexts))
}

const namesIn = ({ names }: ReadStatements, canonical: readonly string[]): ReadonlyMap<string, string> =>
  new Map(names.map((name, blank) => [name, (canonical[blank] ?? '').slice(2)]))

/**
 * The canonical form of N-Quads (RDFC-1.0), in bounded work, and what became of the names of their blank nodes.
 * @throws Error of the processor when it would take more work than the limit
 */
export const canonicalizeStatements = (nQuads: string, digest: Digest = 'SHA-256'): MaybePromise<NamedStatements> => {
  const read = readNQuads(nQuads)
  const form = read && canonicalForm(read.dataset, digest)
  if (form) return { text: form.text, names: namesIn(read, form.names) }
  return reference().then(({ canonicalByReference }) => canonicalByReference(nQuads, digest))
}
