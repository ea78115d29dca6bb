import { createHmac, randomBytes } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { createMemoryStore } from '../../src/adapters/memory/memory-store.js'
import { listen } from '../../src/cli/listen.js'
import { ExchangeBook } from '../../src/exchange/book/exchange-book.js'
import { createKeeper } from '../../src/exchange/book/keeper.js'
import { createWebhooks } from '../../src/exchange/book/webhooks.js'
import { createGuardedRequest } from '../../src/runtime/guarded-fetch-node.js'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

interface Heard {
  readonly id: string
  readonly timestamp: string
  readonly signature: string
  readonly body: string
}

/** An HR system that hears of events, or answers something else first. */
const open = async (answers: number[] = []) => {
  const clock = { time: Date.parse('2026-03-01T09:00:00Z'), now: () => new Date(clock.time) }
  const heard: Heard[] = []
  const receiver = await listen({ port: 0 })
  receiver.serve(async (request) => {
    const header = (name: string) => request.headers.get(`webhook-${name}`) ?? ''
    const body = await request.text()
    heard.push({ id: header('id'), timestamp: header('timestamp'), signature: header('signature'), body })
    return new Response(null, { status: answers.shift() ?? 204 })
  })
  closing.push(receiver.close)
  const secret = randomBytes(32)
  const kept = { store: createMemoryStore().exchanges, owner: 'northfield', sealingKey: randomBytes(32), clock }
  const send = createGuardedRequest({ allowHosts: [receiver.origin], timeout: 1_000 })
  const start = () => {
    const book = new ExchangeBook(kept)
    const keeper = createKeeper({
      book,
      expire: {},
      deliver: createWebhooks(book, { url: `${receiver.origin}/hr`, secret, send }),
    })
    return { book, keeper }
  }
  const begin = async ({ book } = started) =>
    book.begin({
      protocol: 'openid4vci',
      kind: 'offer',
      detail: { secret: 'what nobody is told' },
      secrets: {},
      validForSeconds: 900,
    })
  const started = start()
  const numbers = () => heard.map(({ id }) => Number(id.split('.').at(-1)))
  return { ...started, start, begin, clock, heard, numbers, secret, receiver }
}

describe('an event is told', () => {
  it('signed, so that its receiver can tell that it is ours, and holding nothing about the person', async () => {
    const { begin, keeper, heard, secret } = await open()
    const exchange = await begin()
    await keeper.keep()
    const [{ id = '', timestamp = '', signature = '', body = '' } = {}] = heard
    const expected = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')
    expect(signature).toBe(`v1,${expected}`)
    expect(timestamp).toBe('1772355600')
    expect(JSON.parse(body)).toEqual({
      type: 'exchange.created',
      timestamp: '2026-03-01T09:00:00Z',
      data: {
        exchange: exchange.id,
        protocol: 'openid4vci',
        kind: 'offer',
        number: 1,
        at: '2026-03-01T09:00:00Z',
        state: 'created',
      },
    })
    expect(body).not.toContain('nobody')
  })

  it('in their order, and each once, whoever keeps', async () => {
    const { begin, book, keeper, numbers, start } = await open()
    const { id } = await begin()
    await book.change(id, () => ({ change: { to: 'opened' }, answer: undefined }))
    await keeper.keep()
    await book.change(id, () => ({ change: { to: 'accepted' }, answer: undefined }))
    await book.change(id, () => ({ change: { to: 'completed' }, answer: undefined }))
    await start().keeper.keep()
    await keeper.keep()
    expect(numbers()).toEqual([1, 2, 3, 4])
  })

  it.each([
    ['500', [500, 500]],
    ['429', [429, 429]],
    ['a redirect', [307, 307]],
    ['404', [404, 404]],
  ])('again after %s, with longer and longer pauses, under the same id', async (_, answers) => {
    const { begin, keeper, clock, heard } = await open(answers)
    await begin()
    await keeper.keep()
    clock.time += 4_000
    await keeper.keep()
    expect(heard).toHaveLength(1)
    clock.time += 1_000
    await keeper.keep()
    expect(heard).toHaveLength(2)
    clock.time += 9_000
    await keeper.keep()
    expect(heard).toHaveLength(2)
    clock.time += 1_000
    await keeper.keep()
    expect(heard).toHaveLength(3)
    expect(new Set(heard.map(({ id }) => id)).size).toBe(1)
    clock.time += 86_400_000
    await keeper.keep()
    expect(heard).toHaveLength(3)
  })

  it('after a restart, when its receiver was not there', async () => {
    const { begin, keeper, receiver, clock, start, book } = await open()
    const { origin } = receiver
    await receiver.close()
    const { id } = await begin()
    await keeper.keep()
    await book.change(id, () => ({ change: { to: 'failed', reason: 'owner.cancelled' }, answer: undefined }))
    await keeper.keep()
    const heard: string[] = []
    const again = await listen({ port: Number(new URL(origin).port) })
    again.serve(async (request) => {
      heard.push(((await request.json()) as { type: string }).type)
      return new Response(null, { status: 204 })
    })
    closing[0] = again.close
    clock.time += 6_000
    await start().keeper.keep()
    expect(heard).toEqual(['exchange.created', 'exchange.failed'])
  })

  it('the later ones wait for the first that could not be told', async () => {
    const { begin, book, keeper, clock, numbers } = await open([204, 500])
    const { id } = await begin()
    await keeper.keep()
    await book.change(id, () => ({ change: { to: 'opened' }, answer: undefined }))
    await book.change(id, () => ({ change: { to: 'accepted' }, answer: undefined }))
    await keeper.keep()
    expect(numbers()).toEqual([1, 2])
    clock.time += 6_000
    await keeper.keep()
    expect(numbers()).toEqual([1, 2, 2, 3])
  })
})

it.each([0, 23, 65])('a secret of %i bytes is none', async (length) => {
  const { book, receiver } = await open()
  const options = { url: receiver.origin, secret: randomBytes(length), send: createGuardedRequest() }
  expect(() => createWebhooks(book, options)).toThrow(TypeError)
})
