import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMemoryWalletStorage } from '../../src/adapters/memory/wallet-storage.js'
import { PassportError } from '../../src/core/errors.js'
import type { GuardedRequest } from '../../src/ports/guarded-request.js'
import { createGuardedRequest } from '../../src/runtime/guarded-fetch-node.js'
import { createWallet } from '../../src/wallet/create-wallet.js'
import {
  createDemoAuthority,
  freshVerifier,
  offered,
  openEmployer,
  type TestEmployer,
} from '../exchange/support/world.js'

let authority: Awaited<ReturnType<typeof createDemoAuthority>>
beforeAll(async () => {
  authority = await createDemoAuthority()
})

describe.each([
  ['bearer', false],
  ['DPoP', true],
])('DID-2: the way is lost when the wallet says that it has a credential (%s)', (_, requireDpop) => {
  let employer: TestEmployer
  beforeAll(async () => {
    employer = await openEmployer(authority, { openid4vci: { requireDpop } })
  })
  afterAll(async () => {
    expect(employer.errors).toEqual([])
    await employer.close()
  })

  const take = async (lost: 'before' | 'after') => {
    const line = { isCut: true, pauses: 0 }
    const out = createGuardedRequest({ allowHosts: [employer.origin] })
    const send: GuardedRequest = async (url, request) => {
      const isLost = line.isCut && url.endsWith('/notification')
      if (isLost && lost === 'after') await out(url, request)
      if (isLost) throw new PassportError('fetch.failed', 'The way is cut', { retryable: true })
      return out(url, request)
    }
    const own = { storage: createMemoryWalletStorage(), sealingKey: randomBytes(32) }
    const wait = async () => {
      line.pauses += 1
    }
    const open = () => createWallet({ ...own, send, verifier: freshVerifier(authority), wait })
    const wallet = await open()
    const invitation = await employer.exchange.offer({ credentials: [offered('Identity')] })
    const offer = await wallet.openOffer(invitation.uri)
    const taken = await offer.accept({ transactionCode: invitation.transactionCode ?? '' })
    const stateNow = async () => (await employer.book.byId(invitation.exchangeId))?.state
    return { line, open, wallet, taken, stateNow }
  }

  it('it says so, keeps it over a restart, and is heard later', async () => {
    const { line, open, wallet, taken, stateNow } = await take('before')
    expect(taken).toMatchObject([{ ok: true, acknowledged: false }])
    expect(line.pauses).toBeGreaterThan(0)
    expect(wallet.unheard()).toBe(1)
    expect(await stateNow()).toBe('accepted')
    const reopened = await open()
    expect(reopened.unheard()).toBe(1)
    await reopened.refresh()
    expect(reopened.unheard()).toBe(1)
    line.isCut = false
    await reopened.refresh()
    expect(reopened.unheard()).toBe(0)
    expect(await stateNow()).toBe('completed')
  })

  it('the answer alone was lost: saying the same again is no change', async () => {
    const { line, wallet, taken, stateNow } = await take('after')
    expect(taken).toMatchObject([{ ok: true, acknowledged: false }])
    expect(await stateNow()).toBe('completed')
    line.isCut = false
    await wallet.refresh()
    expect(wallet.unheard()).toBe(0)
    expect(await stateNow()).toBe('completed')
  })

  it('with nothing lost, it is heard at once', async () => {
    const wallet = await createWallet({
      storage: createMemoryWalletStorage(),
      sealingKey: randomBytes(32),
      send: createGuardedRequest({ allowHosts: [employer.origin] }),
      verifier: freshVerifier(authority),
    })
    const invitation = await employer.exchange.offer({ credentials: [offered('Identity')] })
    const offer = await wallet.openOffer(invitation.uri)
    const taken = await offer.accept({ transactionCode: invitation.transactionCode ?? '' })
    expect(taken).toMatchObject([{ ok: true, acknowledged: true }])
    expect(wallet.unheard()).toBe(0)
  })
})
