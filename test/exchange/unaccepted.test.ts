import { describe, expect, it } from 'vitest'
import { systemClock } from '../../src/core/clock.js'
import { askFor, newKey, nonceOf, postJson, proofOf, tokenFor } from './support/raw-wallet.js'
import { createDemoAuthority, offered, openEmployer, type TestEmployer } from './support/world.js'

const CONFIGURATION = 'RightToWork_dc+sd-jwt'

/** An employer whose clock can be put forward. */
const open = async (whenUnaccepted: 'keep' | 'withdraw', batchSize = 1) => {
  const clock = { ahead: 0, now: () => new Date(systemClock.now().getTime() + clock.ahead) }
  const authority = await createDemoAuthority()
  const employer = await openEmployer(authority, { clock, openid4vci: { whenUnaccepted, batchSize } })
  const invitation = await employer.exchange.offer({ credentials: [offered('RightToWork')], idempotencyKey: 'one' })
  const token = await tokenFor(employer, invitation)
  const keys = await Promise.all(Array.from({ length: batchSize }, () => newKey()))
  const ask = async () => {
    const nonce = await nonceOf(employer)
    const jwt = await Promise.all(keys.map((key) => proofOf(key, employer, nonce)))
    return askFor(employer, token, { credential_configuration_id: CONFIGURATION, proofs: { jwt } })
  }
  const later = async (milliseconds: number) => {
    clock.ahead += milliseconds
    await employer.keeper.keep()
    return employer.book.byId(invitation.exchangeId)
  }
  return { authority, employer, invitation, token, ask, later }
}

const revocations = async ({ authority }: Awaited<ReturnType<typeof open>>): Promise<readonly string[]> => {
  const found: string[] = []
  for await (const { statusChanges } of authority.organisations.northfield.store.register.find({ state: 'issued' }))
    found.push(statusChanges.map(({ reason }) => reason).join())
  return found
}

const close = async ({ employer }: { readonly employer: TestEmployer }) => {
  expect(employer.errors).toEqual([])
  await employer.close()
}

describe('a wallet that says nothing of what it was given', () => {
  it.each([1, 3])('keeps it, where that is the rule: %i keys', async (batchSize) => {
    const world = await open('keep', batchSize)
    const first = await world.ask()
    expect(first.status).toBe(200)
    expect(first.body.credentials).toHaveLength(batchSize)
    // The answer got lost: the same again.
    expect((await world.ask()).body.credentials).toEqual(first.body.credentials)
    expect((await world.later(59_000))?.state).toBe('accepted')
    const ended = await world.later(2_000)
    expect(ended).toMatchObject({ state: 'completed' })
    expect(await revocations(world)).toEqual(Array(batchSize).fill(''))
    // What it says is forgotten, and the offer leads nowhere any more.
    expect(JSON.stringify(ended)).not.toContain('legalSurname')
    expect((await world.ask()).status).toBe(401)
    const again = world.employer.exchange.offer({ credentials: [offered('RightToWork')], idempotencyKey: 'one' })
    await expect(again).rejects.toMatchObject({ code: 'exchange.ended' })
    await close(world)
  })

  it.each([1, 3])('loses it when its time is over, where that is the rule: %i keys', async (batchSize) => {
    const world = await open('withdraw', batchSize)
    expect((await world.ask()).status).toBe(200)
    expect((await world.later(61_000))?.state).toBe('accepted')
    const ended = await world.later(3_600_000)
    expect(ended).toMatchObject({ state: 'expired', reason: 'exchange.expired' })
    expect(await revocations(world)).toEqual(Array(batchSize).fill('CredentialProvidedInError'))
    expect(ended?.events.filter(({ item }) => item?.state === 'withdrawn')).toHaveLength(batchSize)
    await close(world)
  })

  it.each(['keep', 'withdraw'] as const)('takes nothing: the offer expires (%s)', async (whenUnaccepted) => {
    const world = await open(whenUnaccepted)
    expect(await world.later(3_600_000)).toMatchObject({ state: 'expired' })
    expect(await revocations(world)).toEqual([])
    await close(world)
  })

  it.each([
    ['credential_accepted', 'completed', ['']],
    ['credential_failure', 'rejected', ['CredentialProvidedInError']],
    ['credential_deleted', 'rejected', ['CredentialProvidedInError']],
  ] as const)('or says %s: %s at once', async (event, state, reasons) => {
    const world = await open('withdraw')
    const { notification_id } = (await world.ask()).body
    const tell = () =>
      postJson(
        `${world.employer.openid4vci.url}/notification`,
        { notification_id, event },
        {
          authorization: `Bearer ${world.token}`,
        },
      )
    expect((await tell()).status).toBe(204)
    expect((await tell()).status).toBe(204)
    expect((await world.employer.book.byId(world.invitation.exchangeId))?.state).toBe(state)
    expect(await revocations(world)).toEqual(reasons)
    await close(world)
  })
})
