import { decodeUtf8, encodeUtf8 } from '../codec/utf8.js'
import { type Clock, systemClock } from '../core/clock.js'
import type { Workers } from '../ports/workers.js'
import { createVerifier } from '../verifier/create-verifier.js'
import type { Reason, Verdict } from '../verifier/report.js'
import { inGroups, mapInOrder } from './in-order.js'
import { linesOf, unpack } from './message.js'
import { createThisThread } from './this-thread.js'
import type { PlainVerifierOptions, VerifiedInput, VerifyHead, VerifyingSetup } from './work/verify-inputs.js'

/**
 * Who verifies: the options of a verifier that can be told to another thread. Newest lists are not remembered here: a
 * verifier of your own with a `versionMemory` refuses older ones.
 */
export interface BatchVerifier extends PlainVerifierOptions {
  /** Let each thread fetch status lists and DID documents by the guarded fetcher. Otherwise nothing is ever fetched. */
  readonly fetch?: boolean
  readonly clock?: Clock
}

/** How to verify many. */
export interface VerifyBatchOptions {
  /** Threads to work in; without them the work is done in this one. They stay open, for the next run. */
  readonly workers?: Workers
  /** The challenge that every presentation must answer. */
  readonly expectedChallenge?: string
  readonly expectedAudience?: string
  /** A past moment to ask about instead of now; text is RFC 3339. */
  readonly at?: string
  /** How many inputs are worked on together; by default 100. */
  readonly batchSize?: number
  /** Called after each batch. */
  readonly onProgress?: (progress: Readonly<Record<Verdict | 'inputs', number>>) => void
  readonly signal?: AbortSignal
}

/** What came of one input. */
export interface VerifiedItem {
  /** Its position, from 1. */
  readonly number: number
  readonly verdict: Verdict
  readonly reasons: readonly Reason[]
  /** The report as JSON text, fit to be filed. */
  readonly report: string
}

const BATCH_SIZE = 100

const asText = (list: unknown): unknown => (list instanceof Uint8Array ? decodeUtf8(list) : list)

const setupOf = (verifier: BatchVerifier, options: VerifyBatchOptions): string => {
  const { clock: _clock, fetch = false, statusLists, trustList, ...rest } = verifier
  const { at, expectedChallenge, expectedAudience } = options
  const lists = { statusLists: statusLists?.map(asText), trustList: asText(trustList) }
  const setup = { verifier: { ...rest, ...lists }, fetch, ask: { at, expectedChallenge, expectedAudience } }
  return JSON.stringify(setup satisfies { readonly [Name in keyof VerifyingSetup]: unknown })
}

// Misuse is told here and now, not by a thread.
const refuseMisuse = ({ fetch: _, ...verifier }: BatchVerifier, options: VerifyBatchOptions): void => {
  createVerifier(verifier)
  const { batchSize = BATCH_SIZE } = options
  if (!(Number.isInteger(batchSize) && batchSize >= 1)) throw new TypeError('batchSize must be a whole number above 0')
}

const concatenated = (head: VerifyHead, inputs: readonly Uint8Array[]): Uint8Array => {
  const all = [encodeUtf8(`${JSON.stringify(head)}\n`), ...inputs]
  const message = new Uint8Array(all.reduce((sum, { length }) => sum + length, 0))
  let end = 0
  for (const bytes of all) {
    message.set(bytes, end)
    end += bytes.length
  }
  return message
}

interface Verifying {
  readonly setup: string
  readonly workers: Workers
  readonly clock: Clock
}

const verifyGroup = async (
  { setup, workers, clock }: Verifying,
  group: readonly (string | Uint8Array)[],
): Promise<readonly Omit<VerifiedItem, 'number'>[]> => {
  const inputs = group.map((input) => (typeof input === 'string' ? encodeUtf8(input) : input))
  const head: VerifyHead = { now: clock.now().getTime(), lengths: inputs.map(({ length }) => length) }
  const batch = concatenated(head, inputs)
  const answer = unpack<readonly VerifiedInput[]>(await workers.run({ work: 'verifyInputs', setup, batch }))
  const reports = linesOf(answer.body)
  return answer.head.map((verified, position) => ({ ...verified, report: reports[position] ?? '' }))
}

/**
 * Verifies many credentials and presentations, each as `Verifier.verify` does, in threads. The results come in the
 * order of the inputs; it reads ahead no further than it works.
 *
 * ```ts
 * import { createDemoAuthority } from 'staff-passport/testing'
 * import { POLICIES } from 'staff-passport'
 * import { verifyBatch } from 'staff-passport/bulk'
 *
 * const { trustList, anchor } = await createDemoAuthority()
 * const inputs = ['what somebody sent', 'what somebody else sent']
 * for await (const { number, verdict } of verifyBatch({ policy: POLICIES.nhs, trustList, anchor }, inputs)) {
 *   console.log(number, verdict)
 * }
 * ```
 *
 * @throws TypeError when an option is missing or does not fit, or a presentation comes without what it must answer
 * @throws PassportError `system.workerFailed`
 */
export async function* verifyBatch(
  verifier: BatchVerifier,
  inputs: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
  options: VerifyBatchOptions = {},
): AsyncGenerator<VerifiedItem> {
  refuseMisuse(verifier, options)
  const { workers = createThisThread(), signal, onProgress } = options
  const verifying: Verifying = { setup: setupOf(verifier, options), workers, clock: verifier.clock ?? systemClock }
  const batches = mapInOrder(inGroups(inputs, options.batchSize ?? BATCH_SIZE), {
    depth: 2 * workers.count,
    work: (group) => verifyGroup(verifying, group),
    discard: async () => {},
  })
  const progress = { inputs: 0, accepted: 0, rejected: 0, undecided: 0 }
  for await (const batch of batches) {
    for (const { verdict } of batch) progress[verdict] += 1
    for (const item of batch) yield { number: ++progress.inputs, ...item }
    onProgress?.({ ...progress })
    signal?.throwIfAborted()
  }
}
