import { createMemoryStore } from '../../../src/adapters/memory/memory-store.js'
import type { BatchIssuer } from '../../../src/bulk/issue-batch.js'
import type { BatchRow, RowResult } from '../../../src/bulk/rows.js'
import { fixedClock } from '../../../src/core/clock.js'
import type { JsonObject } from '../../../src/core/json.js'
import { CREDENTIAL_TYPES } from '../../../src/credentials/catalogue.js'
import { generateKey } from '../../../src/crypto/keys.js'
import { didKey } from '../../../src/dids/did-key.js'
import type { RegisterEntry } from '../../../src/ports/issuance-register.js'
import type { SignatureAlgorithm } from '../../../src/ports/signer.js'
import type { Store } from '../../../src/ports/store.js'
import { collect } from '../../../src/testing/contracts/case.js'

/** When everything here happens. */
const NOW = '2026-01-20T09:00:00Z'
const HOLDER = 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK'

/** An issuer with a key that threads may hold, over a store. */
export const newIssuer = async (
  store: Pick<Store, 'register' | 'statusLists'> = createMemoryStore(),
  algorithm: SignatureAlgorithm = 'EdDSA',
) => {
  const privateKeyJwk = await generateKey(algorithm)
  const { did, keyId } = didKey(privateKeyJwk)
  return {
    id: did,
    name: 'Northfield NHS Trust (fictional)',
    odsCode: 'RZ1',
    key: { privateKeyJwk, keyId },
    register: store.register,
    statusLists: store.statusLists,
    statusUrl: 'https://status.northfield.example/lists',
    clock: fixedClock(NOW),
  } satisfies BatchIssuer
}

/** What one row asks for; a name that nobody else has tells it from the others. */
export const requestFor = (name: string, claims: JsonObject = {}): JsonObject => {
  const { title: _, ...example } = structuredClone(
    CREDENTIAL_TYPES.RightToWork.examples[2],
  ) as unknown as JsonObject & {
    claims: JsonObject
  }
  return { ...example, subject: HOLDER, claims: { ...example.claims, legalFirstName: name, ...claims } }
}

/** A row of its own key. */
export const rowFor = (name: string, claims: JsonObject = {}): BatchRow<'RightToWork'> => ({
  idempotencyKey: `row ${name}`,
  label: name,
  request: requestFor(name, claims) as never,
})

/** Rows of their own keys. */
export const rowsFor = (count: number, from = 0): readonly BatchRow<'RightToWork'>[] =>
  Array.from({ length: count }, (_, at) => rowFor(`N${from + at}`))

/** Every entry of a register. */
export const everyEntry = async ({ register }: Pick<Store, 'register'>): Promise<readonly RegisterEntry[]> => {
  const states = ['intended', 'issued', 'abandoned'] as const
  return (await Promise.all(states.map((state) => collect(register.find({ state }))))).flat()
}

/** How many results there are of each outcome. */
export const countsOf = (results: readonly RowResult[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {}
  for (const { outcome } of results) counts[outcome] = (counts[outcome] ?? 0) + 1
  return counts
}
