import { pathToFileURL } from 'node:url'
import { createMemoryStore } from '../../src/adapters/memory/memory-store.js'
import { createWorkers } from '../../src/adapters/workers/worker-pool.js'
import { type BatchIssuer, issueBatch } from '../../src/bulk/issue-batch.js'
import type { BatchRow } from '../../src/bulk/rows.js'
import { verifyBatch } from '../../src/bulk/verify-batch.js'
import { CREDENTIAL_TYPES } from '../../src/credentials/catalogue.js'
import type { Workers } from '../../src/ports/workers.js'
import { POLICIES } from '../../src/verifier/policy.js'
import { createKey } from '../keys.js'
import type { Contender } from '../measure.js'
import { CATALOGUE_CLAIMS } from '../payloads.js'
import type { Plan } from '../plan.js'
import { US } from '../report.js'

const ONE = `${US}, one worker`

let open: readonly Workers[] = []

const threads = (count: number): Workers => {
  const workers = createWorkers(count, { module: pathToFileURL(process.env.BENCH_WORKER ?? '') })
  open = [...open, workers]
  return workers
}

const finish = async (): Promise<void> => {
  await Promise.all(open.map((workers) => workers.close()))
  open = []
}

const newIssuer = async (): Promise<BatchIssuer> => {
  const { did, keyId, privateKeyJwk } = await createKey('EdDSA')
  const { register, statusLists } = createMemoryStore()
  const statusUrl = 'https://status.northfield.example/lists'
  return { id: did, key: { privateKeyJwk, keyId }, register, statusLists, statusUrl, format: 'eddsa-rdfc-2022' }
}

const requests = (count: number): readonly BatchRow<'Identity'>[] => {
  const { claims } = CATALOGUE_CLAIMS.S()
  const [{ assurance, uniqueIdentifier }] = CREDENTIAL_TYPES.Identity.examples
  const request = { subject: `urn:uuid:${uniqueIdentifier}`, uniqueIdentifier, assurance, claims }
  return Array.from({ length: count }, () => ({ request }) as unknown as BatchRow<'Identity'>)
}

const issueAll = async (rows: readonly BatchRow<'Identity'>[], workers: Workers): Promise<readonly string[]> => {
  const credentials: string[] = []
  for await (const result of issueBatch(await newIssuer(), rows, { type: 'Identity', workers }))
    if (result.outcome === 'issued') credentials.push(result.credential)
  return credentials
}

const verifyAll = async (credentials: readonly string[], workers: Workers): Promise<number> => {
  let accepted = 0
  for await (const { verdict } of verifyBatch({ policy: POLICIES['w3c-proof-only'] }, credentials, { workers }))
    if (verdict === 'accepted') accepted++
  return accepted
}

const issuing = (count: number) => async (): Promise<readonly Contender[]> => {
  const [one, two, rows] = [threads(1), threads(2), requests(count)]
  return [
    { name: US, run: async () => (await issueAll(rows, two)).length === count },
    { name: ONE, run: async () => (await issueAll(rows, one)).length === count },
  ]
}

const verifying = (count: number) => async (): Promise<readonly Contender[]> => {
  const [one, two] = [threads(1), threads(2)]
  const credentials = await issueAll(requests(count), two)
  return [
    { name: US, run: async () => (await verifyAll(credentials, two)) === count },
    { name: ONE, run: async () => (await verifyAll(credentials, one)) === count },
  ]
}

const COUNTS = [1_000, 10_000] as const

const common = { payloads: ['S'], peer: ONE, rounds: 5, finish } as const

/** Thousands at once, in two worker threads and in one; the times are of the whole batch. */
export const BULK: readonly Plan[] = [
  ...COUNTS.map((count): Plan => ({ work: `issue ${count} in bulk`, prepare: issuing(count), ...common })),
  { work: `verify ${COUNTS[0]} in bulk`, prepare: verifying(COUNTS[0]), ...common },
]
