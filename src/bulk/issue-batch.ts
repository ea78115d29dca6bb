import { type CredentialTypeName, findRow } from '../credentials/rows.js'
import { createLocalSigner } from '../crypto/local-signer.js'
import { resumeIssuance } from '../issuer/change-status.js'
import { purposesFor } from '../issuer/compose.js'
import { checkOptions, type IssuerOptions, type IssuerSettings } from '../issuer/settings.js'
import type { CredentialOutbox } from '../ports/credential-outbox.js'
import type { Signer } from '../ports/signer.js'
import type { Workers } from '../ports/workers.js'
import { beginBatch } from './begin-batch.js'
import type { BatchMap } from './csv/batch-map.js'
import { abandonBatch, finishBatch } from './finish-batch.js'
import { inGroups, mapInOrder } from './in-order.js'
import { createPlaceBlocks } from './places.js'
import { recoverOutbox } from './recover-outbox.js'
import type { BatchProgress, BatchRow, RowResult } from './rows.js'
import type { Run } from './slots.js'
import { createThisThread } from './this-thread.js'
import type { IssuingKey, IssuingSetup } from './work/issuing-setup.js'

/** Who issues: the options of an issuer, with a key that threads may hold, or a signer for this thread alone. */
export type BatchIssuer = Omit<IssuerOptions, 'signer'> &
  (
    | { readonly key: IssuingKey; readonly signer?: never }
    /** For a key that cannot leave where it is. */
    | { readonly signer: Signer; readonly key?: never }
  )

/** How to issue many. */
export interface IssueBatchOptions<Type extends CredentialTypeName = CredentialTypeName> {
  readonly type: Type
  /** Threads to work in; without them the work is done in this one. They stay open, for the next run. */
  readonly workers?: Workers
  /** How cells become requests, for rows that have cells: the `map` of a file that was begun. */
  readonly map?: BatchMap
  /** Look at every row and say what would come of it; reserve, record and sign nothing. */
  readonly dryRun?: boolean
  /** Where signed credentials are kept safe until the register knows them. Without it they are in the results alone. */
  readonly outbox?: CredentialOutbox
  /**
   * Abandon first what another run left unsettled so long ago, so that it is issued again: 0 where nobody else issues
   * from this store. Absent, such rows come out as `inProgress`.
   */
  readonly resumeOlderThanSeconds?: number
  /** How many rows are worked on together; by default 500. */
  readonly batchSize?: number
  /** Called after each batch. */
  readonly onProgress?: (progress: BatchProgress) => void
  /** Stops the run: nothing more is begun, and what was begun and not handed out is abandoned. */
  readonly signal?: AbortSignal
}

const BATCH_SIZE = 500
const LARGEST_BATCH = 1_000

const batchSizeOf = ({ batchSize = BATCH_SIZE }: { readonly batchSize?: number }): number => {
  if (Number.isInteger(batchSize) && batchSize >= 1 && batchSize <= LARGEST_BATCH) return batchSize
  throw new TypeError(`batchSize must be a whole number from 1 to ${LARGEST_BATCH}`)
}

const signerOf = ({ key, signer }: BatchIssuer, workers: Workers | undefined): Signer | Promise<Signer> => {
  if (signer && workers) throw new TypeError('workers need key: a signer cannot be given to another thread')
  if (signer) return signer
  if (!key) throw new TypeError('key or signer is needed')
  const { certificateChain } = key
  return createLocalSigner(key.privateKeyJwk, key.keyId, certificateChain === undefined ? {} : { certificateChain })
}

const setupOf = (settings: IssuerSettings, { key }: BatchIssuer, options: IssueBatchOptions): string => {
  const { id, name, odsCode, predecessors, dspPortalPolicy, format, status } = settings
  const setup = { type: options.type, format, map: options.map, key, statusUrl: status?.statusUrl }
  // JSON leaves out what is undefined.
  return JSON.stringify({ ...setup, issuer: { id, name, odsCode, predecessors, dspPortalPolicy } } satisfies {
    readonly [Name in keyof Required<IssuingSetup>]: unknown
  })
}

const rowsByOutcome = (): { -readonly [Name in keyof BatchProgress]: number } => ({
  rows: 0,
  issued: 0,
  sound: 0,
  alreadyIssued: 0,
  inProgress: 0,
  refused: 0,
  failed: 0,
})

const openRun = async (issuer: BatchIssuer, options: IssueBatchOptions): Promise<Run> => {
  const row = findRow(options.type)
  if (row?.type !== options.type) throw new TypeError('type must be the name of a type in the catalogue')
  const { key: _, ...rest } = issuer
  const signer = await signerOf(issuer, options.workers)
  const settings = checkOptions({ ...rest, signer })
  const { status } = settings
  return {
    settings,
    type: options.type,
    setup: setupOf(settings, issuer, options),
    workers: options.workers ?? createThisThread({ signer }),
    dryRun: options.dryRun ?? false,
    places: createPlaceBlocks(
      status?.statusLists ?? { reserve: async () => [] },
      status ? purposesFor(row, settings.format) : [],
    ),
    ...(options.outbox ? { outbox: options.outbox } : {}),
    seenKeys: new Set(),
    keysUnderWay: new Set(),
  }
}

async function* untilAborted<Item>(
  items: AsyncIterable<Item> | Iterable<Item>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Item> {
  for await (const item of items) {
    signal?.throwIfAborted()
    yield item
  }
}

async function* numbered(rows: AsyncIterable<BatchRow>): AsyncGenerator<BatchRow & { readonly number: number }> {
  let position = 0
  for await (const row of rows) {
    position += 1
    yield { ...row, number: row.number ?? position }
  }
}

/** Clears up after a run that was cut off. */
const clearUp = async ({ settings, outbox }: Run, olderThanSeconds: number | undefined): Promise<void> => {
  if (outbox) await recoverOutbox(settings, outbox)
  if (olderThanSeconds !== undefined) await resumeIssuance(settings, olderThanSeconds)
}

/**
 * Issues many credentials of one type: looks at each row, reserves places in blocks, records intents, signs and checks
 * in threads, keeps what was signed safe, records it as issued, and only then gives the results, in the order of the
 * rows. It reads ahead no further than it works, so memory does not grow with the number of rows. A row that is refused
 * or fails stops no other.
 *
 * Run it again after a crash: rows whose idempotency key has a live credential come out as `alreadyIssued`.
 *
 * ```ts
 * import { issueBatch } from 'staff-passport/bulk'
 * import { CREDENTIAL_TYPES, type ClaimsByType, didKey, generateKey, type IssueRequest } from 'staff-passport'
 * import { createMemoryStore } from 'staff-passport/stores/memory'
 *
 * const privateKeyJwk = await generateKey('EdDSA')
 * const { did, keyId } = didKey(privateKeyJwk)
 * const { register, statusLists } = createMemoryStore()
 * const statusUrl = 'https://status.northfield.example/lists'
 * const issuer = { id: did, key: { privateKeyJwk, keyId }, register, statusLists, statusUrl }
 *
 * const [{ title, ...example }] = CREDENTIAL_TYPES.RightToWork.examples
 * const request = { ...example, subject: did } as unknown as IssueRequest<'RightToWork'>
 * const rows = [{ idempotencyKey: 'row 1', request }, { idempotencyKey: 'row 2', request }]
 * for await (const { number, outcome } of issueBatch(issuer, rows, { type: 'RightToWork' })) {
 *   console.log(number, outcome)
 * }
 * ```
 *
 * @throws TypeError when an option is missing or does not fit
 * @throws PassportError when the store, the outbox or a thread fails; what was issued is in the register
 */
export async function* issueBatch<Type extends CredentialTypeName>(
  issuer: BatchIssuer,
  rows: AsyncIterable<BatchRow<Type>> | Iterable<BatchRow<Type>>,
  options: IssueBatchOptions<Type>,
): AsyncGenerator<RowResult> {
  const run = await openRun(issuer, { ...options } as unknown as IssueBatchOptions)
  const { signal, onProgress } = options
  const size = batchSizeOf(options)
  if (!run.dryRun) await clearUp(run, options.resumeOlderThanSeconds)
  const groups = inGroups(numbered(untilAborted(rows as AsyncIterable<BatchRow>, signal)), size)
  const batches = mapInOrder(groups, {
    depth: 2 * run.workers.count,
    work: (group) => beginBatch(run, group),
    discard: (batch) => abandonBatch(run, batch),
  })
  const progress = rowsByOutcome()
  for await (const batch of batches) {
    const results = await finishBatch(run, batch)
    for (const { outcome } of results) progress[outcome] += 1
    progress.rows += results.length
    onProgress?.({ ...progress })
    yield* results
    signal?.throwIfAborted()
  }
}
