import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createEventSender } from '../../src/adapters/dsp-api/create-event-sender.js'
import { createEventsApi, type SystemEvent } from '../../src/http/systems/create-events-api.js'
import { createGuardedRequest } from '../../src/runtime/guarded-fetch-node.js'
import type { SystemChange } from '../../src/systems/record-system.js'
import { listenWith } from '../../src/testing/simulators/loopback.js'

const SECRET = 'a-secret-of-at-least-32-characters'
const CHANGE: SystemChange = {
  cursor: '000000000007',
  personId: 'person-1',
  type: 'CoreSkill',
  recordId: 'CM 201',
  kind: 'changed',
  at: '2026-03-01T09:00:00Z',
}

const open = async (listener?: (event: SystemEvent) => Promise<void>) => {
  const heard: SystemEvent[] = []
  const errors: unknown[] = []
  const api = createEventsApi({
    organisations: { RZ1: listener ?? (async (event) => void heard.push(event)) },
    clients: [
      { clientId: 'esr', clientSecret: SECRET, organisations: ['RZ1', 'RZ3'] },
      { clientId: 'other', clientSecret: SECRET, organisations: ['RZ2'] },
    ],
    tokenKey: randomBytes(32),
    onError: (error) => errors.push(error),
  })
  const listening = await listenWith(api)
  const options = {
    url: listening.origin,
    clientId: 'esr',
    clientSecret: SECRET,
    organisation: 'RZ1',
    send: createGuardedRequest({ allowHosts: [listening.origin], timeout: 2_000 }),
    wait: async () => undefined,
  }
  const form = { grant_type: 'client_credentials', client_id: 'esr', client_secret: SECRET }
  const answer = await api(
    new Request('https://portal.example/token', { method: 'POST', body: new URLSearchParams(form) }),
  )
  const { access_token: token } = (await answer.json()) as { access_token: string }
  const post = (body: unknown, headers: Record<string, string> = {}) =>
    api(
      new Request('https://portal.example/organisations/RZ1/events', {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      }),
    )
  return { ...listening, options, heard, errors, post }
}

const EVENT = { id: '7', employeeId: 'person-1', type: 'CoreSkill', recordId: 'CM 201', kind: 'changed', at: CHANGE.at }

describe('a system tells a portal that something changed', () => {
  it('and the portal hears what, about which record, from whom, and nothing else', async () => {
    const { options, heard, close, calls } = await open()
    await createEventSender(options)(CHANGE)
    expect(heard).toEqual([
      {
        id: '000000000007',
        clientId: 'esr',
        personId: 'person-1',
        type: 'CoreSkill',
        recordId: 'CM 201',
        kind: 'changed',
        at: CHANGE.at,
      },
    ])
    expect(calls).toEqual(['POST /token', 'POST /organisations/RZ1/events'])
    await close()
  })

  it.each([
    ['with employee data in it', { ...EVENT, employeeName: 'Testwell' }, '/*'],
    ['with the claims in it', { ...EVENT, claims: { legalSurname: 'Testwell' } }, '/*'],
    ['of no type', { ...EVENT, type: 'Testwell' }, '/type'],
    ['of no kind', { ...EVENT, kind: 'Testwell' }, '/kind'],
    ['at no time', { ...EVENT, at: 'Testwell' }, '/at'],
    ['without an employee', { ...EVENT, employeeId: undefined }, '/employeeId'],
    ['that is a list', [EVENT], ''],
    ['that is too long', { ...EVENT, recordId: 'x'.repeat(5_000) }, ''],
  ])('an event %s is refused, where is said, and nothing of it is repeated', async (_, event, pointer) => {
    const { post, heard, close } = await open()
    const refused = await post(event)
    expect([400, 413]).toContain(refused.status)
    const text = await refused.text()
    expect(text).toContain(pointer)
    expect(text).not.toContain('Testwell')
    expect(heard).toEqual([])
    await close()
  })

  it.each([
    ['without a token', { authorization: '' }, 401],
    ['with a token that nobody gave', { authorization: 'Bearer e30.e30' }, 401],
    ['as text', { 'content-type': 'text/plain' }, 415],
  ])('%s: refused', async (_, headers, status) => {
    const { post, heard, close } = await open()
    expect((await post(EVENT, headers as unknown as Record<string, string>)).status).toBe(status)
    expect(heard).toEqual([])
    await close()
  })

  it('for another organisation than its own, or one that listens to nobody: refused alike', async () => {
    const { options, heard, close } = await open()
    const other = createEventSender({ ...options, clientId: 'other' })
    await expect(other(CHANGE)).rejects.toMatchObject({ code: 'system.refused' })
    const deaf = createEventSender({ ...options, organisation: 'RZ3' })
    await expect(deaf(CHANGE)).rejects.toMatchObject({ code: 'system.refused' })
    expect(heard).toEqual([])
    await close()
  })

  it('and is told to tell it again, where it could not be dealt with', async () => {
    let attempts = 0
    const { options, errors, close } = await open(async () => {
      attempts += 1
      if (attempts < 3) throw new Error('Testwell')
    })
    await createEventSender(options)(CHANGE)
    expect([attempts, errors.length]).toEqual([3, 2])
    await close()
  })

  it('that never deals with it: unavailable, to be told again later', async () => {
    const { options, close } = await open(async () => {
      throw new Error('Testwell')
    })
    const failed = await createEventSender(options)(CHANGE).catch((error: unknown) => error)
    expect(failed).toMatchObject({ code: 'system.unavailable', retryable: true })
    expect(String(failed)).not.toContain('Testwell')
    await close()
  })
})
