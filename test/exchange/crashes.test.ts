import { describe, expect, it } from 'vitest'
import { createMemoryStore } from '../../src/adapters/memory/memory-store.js'
import { systemClock } from '../../src/core/clock.js'
import type { ExchangeStore } from '../../src/ports/exchange-store.js'
import type { RegisterEntry } from '../../src/ports/issuance-register.js'
import { askFor, newKey, nonceOf, postJson, proofOf, tokenFor } from './support/raw-wallet.js'
import { createDemoAuthority, offered, openEmployer } from './support/world.js'

const CONFIGURATION = 'RightToWork_dc+sd-jwt'

/** A store that goes away around one of its writes, once: before it was done, or after. */
const failing = (at: number, when: 'before' | 'after') => {
  const { exchanges } = createMemoryStore()
  const state = { writes: 0, isArmed: false, failed: false }
  const store: ExchangeStore = {
    ...exchanges,
    put: async (record) => {
      if (!state.isArmed) return exchanges.put(record)
      state.writes += 1
      const isNow = state.writes === at && !state.failed
      if (isNow) state.failed = true
      if (isNow && when === 'before') throw new Error('The store is gone')
      const answer = await exchanges.put(record)
      if (isNow) throw new Error('The store is gone')
      return answer
    },
  }
  return { store, state }
}

const open = async (at: number, when: 'before' | 'after') => {
  const { store, state } = failing(at, when)
  const clock = { ahead: 0, now: () => new Date(systemClock.now().getTime() + clock.ahead) }
  const authority = await createDemoAuthority()
  const employer = await openEmployer(authority, { store, clock })
  const invitation = await employer.exchange.offer({ credentials: [offered('RightToWork')] })
  const token = await tokenFor(employer, invitation)
  const key = await newKey()
  const ask = async () => {
    const jwt = [await proofOf(key, employer, await nonceOf(employer))]
    return askFor(employer, token, { credential_configuration_id: CONFIGURATION, proofs: { jwt } })
  }
  const issued = async (): Promise<readonly RegisterEntry[]> => {
    const entries: RegisterEntry[] = []
    for await (const entry of authority.organisations.northfield.store.register.find({ state: 'issued' }))
      entries.push(entry)
    return entries
  }
  const valid = async () => (await issued()).filter(({ statusChanges }) => statusChanges.length === 0)
  const tell = (notification_id: unknown, event: string) =>
    postJson(
      `${employer.openid4vci.url}/notification`,
      { notification_id: String(notification_id), event },
      {
        authorization: `Bearer ${token}`,
      },
    )
  return { clock, employer, invitation, ask, tell, issued, valid, state }
}

const MOMENTS = [1, 2, 3, 4].flatMap((at) => (['before', 'after'] as const).map((when) => [when, at] as const))

describe('the store goes away while a credential is handed out', () => {
  it.each(MOMENTS)('%s write %i: the wallet asks again, and there is one valid credential', async (when, at) => {
    const { clock, employer, ask, valid, state, tell } = await open(at, when)
    state.isArmed = true
    let answer = await ask()
    // A wallet comes back as it is told to; what a crash left is waited for no longer than its lease.
    for (let tries = 0; answer.status >= 500 && tries < 5; tries++) {
      clock.ahead += 3_000
      answer = await ask()
    }
    expect(answer.status).toBe(200)
    expect(await valid()).toHaveLength(1)
    expect((await tell(answer.body.notification_id, 'credential_accepted')).status).toBeLessThan(600)
    expect(employer.errors.length).toBe(state.failed ? 1 : 0)
    await employer.close()
  })
})

describe('the store goes away while an offer ends', () => {
  it.each(MOMENTS)('%s write %i: the keeper goes on, and nothing is valid that nobody has', async (when, at) => {
    const { clock, employer, invitation, ask, valid, issued, state } = await open(at, when)
    expect((await ask()).status).toBe(200)
    state.isArmed = true
    clock.ahead += 3_600_000
    for (let rounds = 0; rounds < 4; rounds++) {
      await employer.keeper.keep()
      clock.ahead += 11_000
    }
    expect(await issued()).toHaveLength(1)
    expect(await valid()).toEqual([])
    expect((await employer.book.byId(invitation.exchangeId))?.state).toBe('expired')
    await employer.close()
  })

  it.each(MOMENTS)('%s write %i of a notification: said again, it counts once', async (when, at) => {
    const { employer, invitation, ask, valid, state, tell } = await open(at, when)
    const { notification_id } = (await ask()).body
    state.isArmed = true
    const statuses = [
      await tell(notification_id, 'credential_accepted'),
      await tell(notification_id, 'credential_accepted'),
    ]
    expect(statuses.at(-1)?.status).toBe(204)
    expect(await valid()).toHaveLength(1)
    const exchange = await employer.book.byId(invitation.exchangeId)
    expect(exchange?.state).toBe('completed')
    expect(exchange?.events.filter(({ item }) => item?.state === 'accepted')).toHaveLength(1)
    await employer.close()
  })
})
