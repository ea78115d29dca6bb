import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AnchorOptions } from '../../../src/adapters/libsql/anchor-file.js'
import { type LibsqlStore, openLibsqlStore } from '../../../src/adapters/libsql/libsql-store.js'
import type { JsonObject } from '../../../src/core/json.js'
import type { IssuanceIntent } from '../../../src/ports/issuance-register.js'
import { createStatusPublisher } from '../../../src/status/publish.js'
import { collect } from '../../../src/testing/contracts/case.js'

/** When everything here happens. */
export const AT = '2026-01-20T09:00:00Z'

const idOf = (name: string): string => `urn:uuid:00000000-0000-4000-8000-${name.padStart(12, '0')}`
export const REVOKED = idOf('1')
const SUSPENDED = idOf('2')
export const GOOD = idOf('3')
const ABANDONED = idOf('4')
const INTENDED = idOf('5')
const EVERYBODY = [REVOKED, SUSPENDED, GOOD, ABANDONED, INTENDED]

/** A folder with room for a store, and, apart from it, for its anchor. */
export async function newFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'staff-passport-rest-'))
  const anchor: AnchorOptions = { path: join(folder, 'anchor'), key: new Uint8Array(32).fill(7) }
  return {
    path: (name: string) => join(folder, name),
    anchor,
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

/** Opens a store, does something with it, and closes it whatever happens. */
export async function withStore<T>(
  options: { readonly path: string; readonly anchor?: AnchorOptions; readonly acceptStore?: boolean },
  work: (store: LibsqlStore) => Promise<T>,
): Promise<T> {
  const store = await openLibsqlStore(options)
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

async function intentOf(store: LibsqlStore, credentialId: string): Promise<IssuanceIntent> {
  const [revocation] = await store.statusLists.reserve('revocation')
  const [suspension] = await store.statusLists.reserve('suspension')
  if (!revocation || !suspension) throw new Error('no places')
  return {
    credentialId,
    issuer: 'did:web:northfield.example',
    type: 'RightToWork',
    unsignedDigest: 'a'.repeat(64),
    statusIndices: [revocation, suspension],
    idempotencyKey: `row ${credentialId}`,
    intendedAt: AT,
  }
}

/** Issues one more. */
export async function issueOne(store: LibsqlStore, credentialId: string): Promise<void> {
  await store.register.intend([await intentOf(store, credentialId)])
  await store.register.settle([{ credentialId, state: 'issued', issuedDigest: 'b'.repeat(64), at: AT }])
}

/** One of every kind: revoked, suspended, good, abandoned, and cut off. */
export async function fillStore(store: LibsqlStore): Promise<void> {
  await store.remember('statusUrl', 'https://status.northfield.example/lists')
  for (const id of [REVOKED, SUSPENDED, GOOD]) await issueOne(store, id)
  await store.register.intend([await intentOf(store, ABANDONED), await intentOf(store, INTENDED)])
  await store.register.settle([{ credentialId: ABANDONED, state: 'abandoned', at: AT }])
  await store.register.changeStatus(REVOKED, { purpose: 'revocation', set: true, reason: 'LostPhone', at: AT })
  await store.register.changeStatus(SUSPENDED, { purpose: 'suspension', set: true, reason: 'LostPhone', at: AT })
}

/** What is published from a store. */
export async function publish(store: LibsqlStore): Promise<readonly JsonObject[]> {
  const publisher = createStatusPublisher({
    ...store,
    statusUrl: (await store.setting('statusUrl')) ?? 'https://nowhere.example',
    issuer: 'did:web:northfield.example',
    sign: async (document) => document,
    clock: { now: () => new Date(AT) },
  })
  return (await collect(publisher.publishAll())).map(({ list, url, purpose, credential, set }) => {
    return { list, url, purpose, set, credential }
  })
}

/** Everything that a store can be asked. */
export async function everyAnswer(store: LibsqlStore): Promise<string> {
  const { register } = store
  const keys = EVERYBODY.map((id) => `row ${id}`)
  const queries = [
    ...EVERYBODY.map((credentialId) => ({ credentialId })),
    ...keys.map((idempotencyKey) => ({ idempotencyKey })),
    { idempotencyKeys: keys },
    ...(['intended', 'issued', 'abandoned'] as const).map((state) => ({ state })),
    ...(await store.statusLists.lists()).map(({ list }) => ({ setInList: list })),
  ]
  const found: unknown[] = []
  for (const query of queries) found.push(await collect(register.find(query)))
  return JSON.stringify([found, await store.statusLists.lists(), await publish(store)])
}
