import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createMemoryStore } from '../../src/adapters/memory/memory-store.js'
import { createMemoryWalletStorage } from '../../src/adapters/memory/wallet-storage.js'
import { ExchangeBook } from '../../src/exchange/book/exchange-book.js'
import type { ExchangeView } from '../../src/exchange/wallet-exchange.js'
import type { ExchangeRecord } from '../../src/ports/exchange-store.js'
import { createDemoAuthority, offered, openEmployer, openWallet, untilEnd } from './support/world.js'

const OFFER = { credentials: [offered('RightToWork')] }

describe('an offer', () => {
  it('of one name is one offer, however many ask for it at once', async () => {
    const employer = await openEmployer(await createDemoAuthority())
    const all = await Promise.all(
      Array.from({ length: 20 }, () => employer.exchange.offer({ ...OFFER, idempotencyKey: 'one' })),
    )
    expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(1)
    await employer.close()
  })

  it('that was cancelled leads nowhere, cancelling again is no change, and its name is used up', async () => {
    const authority = await createDemoAuthority()
    const employer = await openEmployer(authority)
    const { uri, exchangeId } = await employer.exchange.offer({ ...OFFER, idempotencyKey: 'one' })
    await employer.exchange.cancel(exchangeId)
    await employer.exchange.cancel(exchangeId)
    expect((await untilEnd(employer.exchange, exchangeId)).map(({ state, reason }) => [state, reason]).at(-1)).toEqual([
      'failed',
      'owner.cancelled',
    ])
    const wallet = await openWallet(authority, [employer.origin])
    await expect(wallet.openOffer(uri)).rejects.toMatchObject({ code: 'exchange.refused' })
    const again = employer.exchange.offer({ ...OFFER, idempotencyKey: 'one' })
    await expect(again).rejects.toMatchObject({ code: 'exchange.ended' })
    await employer.close()
  })
})

describe('an exchange is its owner’s', () => {
  it('and for another employer on the same store it is not there', async () => {
    const authority = await createDemoAuthority()
    const { exchanges: store } = createMemoryStore()
    const sealingKey = randomBytes(32)
    const a = await openEmployer(authority, { store, sealingKey })
    const b = await openEmployer(authority, { name: 'southmere', store, sealingKey })
    const { uri, exchangeId } = await a.exchange.offer({ ...OFFER, idempotencyKey: 'one' })
    expect(await b.book.byId(exchangeId)).toBeUndefined()
    await expect(b.exchange.cancel(exchangeId)).rejects.toMatchObject({ code: 'exchange.unknown' })
    await expect(b.exchange.follow(exchangeId)[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      code: 'exchange.unknown',
    })
    const elsewhere = decodeURIComponent(uri).replace(a.origin, b.origin)
    const asked = await fetch(elsewhere.slice(elsewhere.indexOf('http')))
    expect(asked.status).toBe(404)
    // The same name is another employer's own.
    expect((await b.exchange.offer({ ...OFFER, idempotencyKey: 'one' })).exchangeId).not.toBe(exchangeId)
    await a.close()
    await b.close()
  })
})

describe('what is kept', () => {
  const sealed = async () => {
    const { exchanges: store } = createMemoryStore()
    const records: ExchangeRecord[] = []
    const recording = {
      ...store,
      put: (record: ExchangeRecord) => {
        records.push(record)
        return store.put(record)
      },
    }
    const options = { store: recording, owner: 'northfield', sealingKey: randomBytes(32) }
    const book = new ExchangeBook(options)
    const begin = (name: string) =>
      book.begin({ protocol: 'p', kind: 'offer', detail: { name }, secrets: { token: name }, validForSeconds: 60 })
    return { store, records, options, book, begin }
  }

  it('is sealed: what an exchange is about is in no record, nor is what leads to it', async () => {
    const { records, begin } = await sealed()
    await begin('Testwell')
    expect(JSON.stringify(records)).not.toContain('Testwell')
  })

  it('opens in its own place alone, and with its own key', async () => {
    const { store, records, options, begin } = await sealed()
    const [one, other] = [await begin('one'), await begin('other')]
    const [first, second] = records
    if (!first || !second) throw new Error('Two were kept')
    await store.put({ ...first, version: 2, body: second.body })
    await expect(new ExchangeBook(options).byId(one.id)).rejects.toMatchObject({ code: 'store.corrupt' })
    const stranger = new ExchangeBook({ ...options, sealingKey: randomBytes(32) })
    await expect(stranger.byId(other.id)).rejects.toMatchObject({ code: 'store.corrupt' })
  })
})

describe('following', () => {
  it('goes on where it stopped, ends with the exchange, and lets go when it is told to', async () => {
    const authority = await createDemoAuthority()
    const employer = await openEmployer(authority)
    const wallet = await openWallet(authority, [employer.origin])
    const { uri, transactionCode = '', exchangeId } = await employer.exchange.offer(OFFER)
    const stop = new AbortController()
    const seen: ExchangeView[] = []
    const watching = (async () => {
      for await (const view of employer.exchange.follow(exchangeId, { signal: stop.signal })) {
        seen.push(view)
        if (view.state === 'opened') stop.abort()
      }
    })()
    await (await wallet.openOffer(uri)).accept({ transactionCode })
    await watching
    const after = seen.at(-1)?.event.number ?? 0
    for await (const view of employer.exchange.follow(exchangeId, { after })) seen.push(view)
    expect(seen.map(({ event }) => event.number)).toEqual(seen.map((_, index) => index + 1))
    expect(seen.at(-1)?.state).toBe('completed')
    await employer.close()
  })
})

describe('a wallet', () => {
  it('removes a credential, and its issuer hears of it', async () => {
    const authority = await createDemoAuthority()
    const employer = await openEmployer(authority, { openid4vci: { requireDpop: false } })
    const wallet = await openWallet(authority, [employer.origin])
    const { uri, transactionCode = '', exchangeId } = await employer.exchange.offer(OFFER)
    await (await wallet.openOffer(uri)).accept({ transactionCode })
    const [held] = wallet.credentials()
    await wallet.remove(held?.id ?? '')
    await wallet.remove(held?.id ?? '')
    expect(wallet.credentials()).toEqual([])
    expect((await employer.book.byId(exchangeId))?.state).toBe('completed')
    await employer.close()
  })

  it('is sealed where it is kept, and notices what was put in its place', async () => {
    const authority = await createDemoAuthority()
    const storage = createMemoryWalletStorage()
    const sealingKey = randomBytes(32)
    const wallet = await openWallet(authority, [], { storage, sealingKey })
    await wallet.holder()
    const text = (await storage.read()) ?? ''
    expect(text.split('.')).toHaveLength(5)
    await storage.write(`${text.slice(0, -2)}${text.endsWith('A') ? 'B' : 'A'}A`)
    await expect(openWallet(authority, [], { storage, sealingKey })).rejects.toMatchObject({ code: 'store.corrupt' })
  })
})
