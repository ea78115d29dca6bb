import type { IssuanceIntent, IssuanceRegister, Settlement, StatusChange } from '../../ports/issuance-register.js'
import type { StatusIndex } from '../../ports/status-list-store.js'
import { type Case, collect, ensure, requireRefusal } from './case.js'

/** Opens a register that is empty, and closes it again. */
export type OpenRegister = () => Promise<{ readonly register: IssuanceRegister; close(): Promise<void> }>

const AT = '2026-01-05T09:00:00Z'
const LATER = '2026-01-06T09:00:00Z'
const REVOCATIONS = 'contract-revocations'
const DIGEST = 'b'.repeat(64)
const SUSPENSIONS = 'contract-suspensions'

let counter = 0

const places = (index: number): readonly StatusIndex[] => [
  { purpose: 'revocation', list: REVOCATIONS, index },
  { purpose: 'suspension', list: SUSPENSIONS, index },
]

const intent = (more: Partial<IssuanceIntent> = {}): IssuanceIntent => {
  counter += 1
  return {
    credentialId: `urn:uuid:${globalThis.crypto.randomUUID()}`,
    issuer: 'did:example:contract',
    type: 'RightToWork',
    unsignedDigest: 'a'.repeat(64),
    statusIndices: places(counter),
    intendedAt: AT,
    ...more,
  }
}

const issued = (credentialId: string): Settlement => ({
  credentialId,
  state: 'issued',
  issuedDigest: DIGEST,
  at: AT,
})
const abandoned = (credentialId: string): Settlement => ({ credentialId, state: 'abandoned', at: AT })
const revoked: StatusChange = { purpose: 'revocation', set: true, reason: 'NoLongerValid', at: LATER }
const suspended: StatusChange = { purpose: 'suspension', set: true, reason: 'SuspectNoLongerValid', at: LATER }
const lifted: StatusChange = { purpose: 'suspension', set: false, at: LATER }

const issue = async (register: IssuanceRegister, more: Partial<IssuanceIntent> = {}): Promise<string> => {
  const one = intent(more)
  await register.intend([one])
  await register.settle([issued(one.credentialId)])
  return one.credentialId
}

const entryOf = async (register: IssuanceRegister, credentialId: string) =>
  (await collect(register.find({ credentialId })))[0]

const setIn = async (register: IssuanceRegister, list: string): Promise<readonly string[]> =>
  (await collect(register.find({ setInList: list }))).map((entry) => entry.credentialId)

type Promised = readonly [
  name: string,
  run: (register: IssuanceRegister) => Promise<void>,
  needs?: 'durable' | 'shared',
]

const PROMISES: readonly Promised[] = [
  [
    'keeps an intent as it was given',
    async (register) => {
      const given = intent({ idempotencyKey: 'row 1' })
      await register.intend([given])
      const kept = await entryOf(register, given.credentialId)
      ensure(kept?.state === 'intended', 'the entry must be intended')
      ensure(kept.unsignedDigest === given.unsignedDigest && kept.type === given.type, 'what was given must be kept')
      ensure(kept.statusIndices.length === given.statusIndices.length, 'its places must be kept')
    },
  ],
  [
    'finds nothing where there is nothing',
    async (register) => {
      ensure((await collect(register.find({ credentialId: 'urn:uuid:nobody' }))).length === 0, 'nothing must be found')
    },
  ],
  [
    'records an issuance with its digest and time',
    async (register) => {
      const entry = await entryOf(register, await issue(register))
      ensure(entry?.state === 'issued' && entry.issuedDigest === DIGEST, 'the digest must be kept')
      ensure(entry.settledAt === AT, 'the time must be kept')
    },
  ],
  [
    'takes the same settlement twice, and no other after it',
    async (register) => {
      const credentialId = await issue(register)
      await register.settle([issued(credentialId)])
      await requireRefusal('store.alreadyIssued', () => register.settle([abandoned(credentialId)]))
    },
  ],
  [
    'never issues what was abandoned',
    async (register) => {
      const one = intent()
      await register.intend([one])
      await register.settle([abandoned(one.credentialId)])
      await requireRefusal('store.intentAbandoned', () => register.settle([issued(one.credentialId)]))
    },
  ],
  [
    'refuses to settle what was never intended',
    async (register) => requireRefusal('store.unknownCredential', () => register.settle([issued('urn:uuid:nobody')])),
  ],
  [
    'refuses a second live entry of one idempotency key',
    async (register) => {
      await register.intend([intent({ idempotencyKey: 'in progress' })])
      await requireRefusal('store.inProgress', () => register.intend([intent({ idempotencyKey: 'in progress' })]))
      await issue(register, { idempotencyKey: 'done' })
      await requireRefusal('store.alreadyIssued', () => register.intend([intent({ idempotencyKey: 'done' })]))
    },
  ],
  [
    'lets exactly one of a hundred at once have an idempotency key',
    async (register) => {
      const attempts = Array.from({ length: 100 }, () => register.intend([intent({ idempotencyKey: 'race' })]))
      const won = (await Promise.allSettled(attempts)).filter(({ status }) => status === 'fulfilled')
      ensure(won.length === 1, `exactly one must win, not ${won.length}`)
    },
  ],
  [
    'frees the idempotency key of an abandoned intent',
    async (register) => {
      const one = intent({ idempotencyKey: 'again' })
      await register.intend([one])
      await register.settle([abandoned(one.credentialId)])
      await register.intend([intent({ idempotencyKey: 'again' })])
      ensure((await collect(register.find({ idempotencyKey: 'again' }))).length === 2, 'both must be found')
    },
  ],
  [
    'finds entries by state, oldest first',
    async (register) => {
      const first = intent()
      const second = intent()
      await register.intend([first])
      await register.intend([second])
      const ids = (await collect(register.find({ state: 'intended' }))).map(({ credentialId }) => credentialId)
      ensure(ids.indexOf(first.credentialId) < ids.indexOf(second.credentialId), 'the older must come first')
    },
  ],
  [
    'revokes for ever, with reason and time',
    async (register) => {
      const credentialId = await issue(register)
      await register.changeStatus(credentialId, revoked)
      await register.changeStatus(credentialId, { ...revoked, reason: 'LostPhone' })
      await requireRefusal('store.revocationIsFinal', () =>
        register.changeStatus(credentialId, { ...revoked, set: false }),
      )
      const changes = (await entryOf(register, credentialId))?.statusChanges
      ensure(changes?.length === 1 && changes[0]?.reason === 'NoLongerValid', 'the first reason must stay, once')
      ensure((await setIn(register, REVOCATIONS)).includes(credentialId), 'its place must read as set')
    },
  ],
  [
    'suspends and lifts',
    async (register) => {
      const credentialId = await issue(register)
      await register.changeStatus(credentialId, suspended)
      ensure((await setIn(register, SUSPENSIONS)).includes(credentialId), 'its place must read as set')
      await register.changeStatus(credentialId, lifted)
      ensure(!(await setIn(register, SUSPENSIONS)).includes(credentialId), 'its place must read as lifted')
      ensure((await entryOf(register, credentialId))?.statusChanges.length === 2, 'both changes must be kept')
    },
  ],
  [
    'changes the status of nothing but what was issued',
    async (register) => {
      const one = intent()
      await register.intend([one])
      await requireRefusal('store.unknownCredential', () => register.changeStatus(one.credentialId, revoked))
      await requireRefusal('store.unknownCredential', () => register.changeStatus('urn:uuid:nobody', revoked))
    },
  ],
  [
    'reads the places of abandoned intents as set, and of issued credentials as unset',
    async (register) => {
      const one = intent()
      await register.intend([one])
      await register.settle([abandoned(one.credentialId)])
      const credentialId = await issue(register)
      for (const list of [REVOCATIONS, SUSPENSIONS]) {
        const set = await setIn(register, list)
        ensure(set.includes(one.credentialId) && !set.includes(credentialId), `${list} must tell them apart`)
      }
    },
  ],
  [
    'keeps what is revoked revoked: it is neither suspended nor reinstated',
    async (register) => {
      const credentialId = await issue(register)
      await register.changeStatus(credentialId, suspended)
      await register.changeStatus(credentialId, revoked)
      for (const set of [true, false])
        await requireRefusal('store.revocationIsFinal', () =>
          register.changeStatus(credentialId, { ...suspended, set }),
        )
      const other = await issue(register)
      await register.changeStatus(other, revoked)
      await requireRefusal('store.revocationIsFinal', () => register.changeStatus(other, lifted))
    },
  ],
  [
    'says whether a change of status changed anything',
    async (register) => {
      const credentialId = await issue(register)
      const answers = [lifted, suspended, suspended, lifted, lifted, revoked, revoked].map(
        (change) => () => register.changeStatus(credentialId, change),
      )
      const said: boolean[] = []
      for (const answer of answers) said.push(await answer())
      ensure(said.join() === 'false,true,false,true,false,true,false', 'each answer must be true')
    },
  ],
  [
    'dates no change before what was recorded: a clock set back is refused, a small difference is made good',
    async (register) => {
      const credentialId = await issue(register)
      const entry = await entryOf(register, credentialId)
      const issuedAt = Date.parse(entry?.settledAt ?? '')
      const at = (seconds: number) => new Date(issuedAt + seconds * 1000).toISOString().replace('.000Z', 'Z')
      await requireRefusal('store.clockSetBack', () =>
        register.changeStatus(credentialId, { ...revoked, at: at(-365 * 86_400) }),
      )
      ensure((await entryOf(register, credentialId))?.statusChanges.length === 0, 'nothing may be recorded')
      await register.changeStatus(credentialId, { ...suspended, at: at(-5) })
      const changes = (await entryOf(register, credentialId))?.statusChanges ?? []
      ensure(changes[0]?.at === entry?.settledAt, 'it must be dated no earlier than the issue')
    },
  ],
  [
    'records all intents of one call, or none',
    async (register) => {
      await register.intend([intent({ idempotencyKey: 'taken' })])
      const batch = [intent(), intent({ idempotencyKey: 'taken' }), intent()]
      await requireRefusal('store.inProgress', () => register.intend(batch))
      const twins = [intent({ idempotencyKey: 'twin' }), intent({ idempotencyKey: 'twin' })]
      await requireRefusal('store.inProgress', () => register.intend(twins))
      for (const { credentialId } of [...batch, ...twins])
        ensure((await entryOf(register, credentialId)) === undefined, 'none of them may be recorded')
    },
  ],
  [
    'settles all of one call, or none',
    async (register) => {
      const [first, second] = [intent(), intent()]
      await register.intend([first, second])
      const ids = [first.credentialId, second.credentialId] as const
      await requireRefusal('store.unknownCredential', () =>
        register.settle([...ids, 'urn:uuid:nobody'].map((credentialId) => issued(credentialId))),
      )
      await requireRefusal('store.alreadyIssued', () => register.settle([issued(ids[0]), abandoned(ids[0])]))
      for (const id of ids)
        ensure((await entryOf(register, id))?.state === 'intended', 'a refused call must settle none of them')
      await register.settle([issued(ids[0]), abandoned(ids[1])])
      ensure((await entryOf(register, ids[0]))?.state === 'issued', 'the first must be issued')
      ensure((await entryOf(register, ids[1]))?.state === 'abandoned', 'the second must be abandoned')
    },
  ],
  [
    'takes a thousand at once, in their order, and finds them by their keys',
    async (register) => {
      const batch = Array.from({ length: 1_000 }, (_, row) => intent({ idempotencyKey: `row ${row}` }))
      await register.intend(batch)
      await register.settle(batch.map(({ credentialId }) => issued(credentialId)))
      const ids = (await collect(register.find({ state: 'issued' }))).map(({ credentialId }) => credentialId)
      ensure(ids.join() === batch.map(({ credentialId }) => credentialId).join(), 'their order must be kept')
      const keys = ['row 7', 'row 993', 'no such row']
      const found = await collect(register.find({ idempotencyKeys: keys }))
      ensure(found.map(({ idempotencyKey }) => idempotencyKey).join() === 'row 7,row 993', 'two must be found')
      ensure((await collect(register.find({ idempotencyKeys: [] }))).length === 0, 'no keys find nothing')
    },
  ],
  [
    'copies what it is lent',
    async (register) => {
      const lent = { ...intent(), statusIndices: [...places(9_999)] }
      const pending = register.intend([lent])
      lent.statusIndices.length = 0
      await pending
      ensure(
        (await entryOf(register, lent.credentialId))?.statusIndices.length === 2,
        'a later change must not reach it',
      )
    },
  ],
]

/**
 * The promises of every `IssuanceRegister`. Each case opens a register of its own.
 *
 * ```ts
 * import { createMemoryStore } from 'staff-passport/stores/memory'
 * import { issuanceRegisterContract } from 'staff-passport/testing'
 *
 * for (const { name, run } of issuanceRegisterContract(async () => createMemoryStore())) {
 *   await run().catch((error) => { throw new Error(`broken promise: ${name}`, { cause: error }) })
 * }
 * ```
 */
export const issuanceRegisterContract = (open: OpenRegister): readonly Case[] =>
  PROMISES.map(([name, run, needs]) => ({
    name,
    ...(needs ? { needs } : {}),
    run: async () => {
      const opened = await open()
      try {
        await run(opened.register)
      } finally {
        await opened.close()
      }
    },
  }))
