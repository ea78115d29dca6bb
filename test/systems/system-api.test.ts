import { afterEach, describe, expect, it } from 'vitest'
import { createRecordSystemClient } from '../../src/adapters/dsp-api/create-system-client.js'
import { createGuardedRequest } from '../../src/runtime/guarded-fetch-node.js'
import { simulateRecords } from '../../src/testing/simulators/systems/products.js'
import { CLIENT, factsOf, SECRET, serveSystem } from './support.js'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const open = async () => {
  const { system, users } = simulateRecords('ESR')
  const person = users.enterPerson({
    firstName: 'Ŵyn',
    lastName: 'Testwell',
    birthDate: '1990-02-28',
    reference: '30679710',
  })
  users.enterRecord(person, factsOf('CoreSkill'))
  const served = await serveSystem(system)
  closing.push(served.close)
  const call = async (
    method: string,
    path: string,
    init: { token?: string; body?: unknown; headers?: object } = {},
  ) => {
    const headers: Record<string, string> = {
      ...(init.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(init.token === undefined ? {} : { authorization: `Bearer ${init.token}` }),
      ...init.headers,
    }
    const response = await fetch(served.origin + path, {
      method,
      headers,
      ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
    })
    const text = await response.text()
    return { status: response.status, text, body: text ? JSON.parse(text) : undefined }
  }
  const tokenOf = async (clientId = CLIENT, secret = SECRET) => {
    const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: secret })
    const response = await fetch(`${served.origin}/token`, { method: 'POST', body: form })
    return { status: response.status, body: (await response.json()) as { access_token?: string } }
  }
  return { ...served, system, users, person, call, tokenOf }
}

const SEARCH = { firstName: 'Ŵyn', lastName: 'Testwell', birthDate: '1990-02-28' }

describe('who is let in', () => {
  it('anybody, to know whether it is up', async () => {
    const { call } = await open()
    expect(await call('GET', '/status')).toMatchObject({ status: 200, body: { status: 'up' } })
  })

  it.each([
    ['no token', undefined],
    ['no such token', 'eyJjIjoxfQ.AAAA'],
    ['nonsense', 'nonsense'],
  ])('401: %s', async (_, token) => {
    const { call } = await open()
    const answer = await call('POST', '/organisations/RZ1/employees/search', {
      body: SEARCH,
      ...(token ? { token } : {}),
    })
    expect(answer.status).toBe(401)
  })

  it('401 at the token endpoint for another secret, and a token of somebody’s own making', async () => {
    const { tokenOf, call } = await open()
    expect((await tokenOf(CLIENT, `${SECRET}x`)).status).toBe(401)
    expect((await tokenOf('nobody')).status).toBe(401)
    const { body } = await tokenOf()
    const [payload = '', signature = ''] = (body.access_token ?? '').split('.')
    const other = Buffer.from(payload, 'base64url').toString().replace(CLIENT, 'other')
    const forged = `${Buffer.from(other).toString('base64url')}.${signature}`
    expect((await call('POST', '/organisations/RZ2/employees/search', { body: SEARCH, token: forged })).status).toBe(
      401,
    )
  })

  it.each(['RZ2', 'RZ9', 'constructor', '__proto__'])('403: another organisation (%s)', async (organisation) => {
    const { call, tokenOf } = await open()
    const { access_token: token = '' } = (await tokenOf()).body
    const path = `/organisations/${organisation}/employees/search`
    expect((await call('POST', path, { body: SEARCH, token })).status).toBe(403)
  })

  it('403: an organisation that is the client’s, and is not here', async () => {
    const { call, tokenOf } = await open()
    const { access_token: token = '' } = (await tokenOf('other')).body
    expect((await call('POST', '/organisations/RZ9/employees/search', { body: SEARCH, token })).status).toBe(403)
  })
})

describe('what does not fit is said, and where', () => {
  const record = factsOf('CoreSkill')
  it.each([
    ['a search for nothing', 'POST', 'employees/search', {}, {}, 400, '/birthDate'],
    ['a date that is none', 'POST', 'employees/search', { ...SEARCH, birthDate: '1990-02-30' }, {}, 400, '/birthDate'],
    ['more than is asked', 'POST', 'employees/search', { ...SEARCH, sex: 'F' }, {}, 400, '/*'],
    ['a type of nobody', 'GET', 'employees/PERSON/records?types=Nobody', undefined, {}, 400, '/types'],
    ['nobody', 'GET', 'employees/nobody/records?types=CoreSkill', undefined, {}, 404, undefined],
    ['no key', 'POST', 'employees/PERSON/records', record, {}, 400, '/idempotency-key'],
    [
      'claims that break a rule',
      'POST',
      'employees/PERSON/records',
      { ...record, claims: {} },
      { 'idempotency-key': 'a' },
      400,
      '/claims/competencyFramework',
    ],
    [
      'a type that it does not take',
      'POST',
      'employees/PERSON/records',
      factsOf('AccessKey'),
      { 'idempotency-key': 'a' },
      403,
      undefined,
    ],
    ['a stranger', 'POST', 'employees/nobody/records', record, { 'idempotency-key': 'a' }, 404, undefined],
    ['a recruit of nobody', 'GET', 'employees/PERSON/readiness', undefined, {}, 404, undefined],
  ] as const)('%s', async (_, method, path, body, headers, status, pointer) => {
    const { call, tokenOf, person, errors } = await open()
    const { access_token: token = '' } = (await tokenOf()).body
    const where = `/organisations/RZ1/${path.replace('PERSON', person)}`
    const answer = await call(method, where, { token, headers, ...(body === undefined ? {} : { body }) })
    expect(answer.status).toBe(status)
    const pointers = answer.body.problemDetails.map((one: { pointer?: string }) => one.pointer)
    if (pointer !== undefined) expect(pointers).toContain(pointer)
    expect(answer.text).not.toMatch(/Testwell|1990-02-28/)
    expect(errors).toEqual([])
  })
})

describe('a client of it', () => {
  it.each(['status500', 'status429', 'dropBefore', 'dropAfter'] as const)(
    'makes good what goes wrong (%s), and nothing is done twice',
    async (fault) => {
      const { client, faults, system, person } = await open()
      const types = ['CoreSkill'] as const
      for (const times of [1, 2, 3]) {
        faults[fault] = times
        expect(await client.find(SEARCH)).toHaveLength(1)
        faults[fault] = times
        expect((await client.add(person, factsOf('CoreSkill'), 'key-1')).outcome).toBe('added')
      }
      expect(await system.read(person, types)).toHaveLength(2)
    },
  )

  it('gives up, and says that it may be tried again', async () => {
    const { client, faults } = await open()
    faults.status500 = 99
    await expect(client.find(SEARCH)).rejects.toMatchObject({ code: 'system.unavailable', retryable: true })
  })

  it('gets a new token when the old one is not taken any more', async () => {
    const { client, calls, options, system } = await open()
    await client.find(SEARCH)
    await client.find(SEARCH)
    expect(calls.filter((call) => call === 'POST /token')).toHaveLength(1)
    const later = { now: () => new Date(Date.now() + 600_000) }
    const patient = createRecordSystemClient({ ...options, clock: later }, system)
    await patient.find(SEARCH)
    expect(calls.filter((call) => call === 'POST /token')).toHaveLength(2)
  })

  it('says that it is not let in', async () => {
    const { options, system } = await open()
    const stranger = createRecordSystemClient({ ...options, clientSecret: `${SECRET}x` }, system)
    await expect(stranger.find(SEARCH)).rejects.toMatchObject({ code: 'system.refused' })
    const elsewhere = createRecordSystemClient({ ...options, organisation: 'RZ2' }, system)
    await expect(elsewhere.find(SEARCH)).rejects.toMatchObject({ code: 'system.refused' })
  })

  it.each([
    ['not JSON', 'not JSON'],
    ['no employees', '{}'],
    ['an employee of nothing', '{"employees":[{}]}'],
    ['a list of texts', '{"employees":["a"]}'],
  ])('takes no answer for one that is not: %s', async (_, text) => {
    const { options, system } = await open()
    const send: typeof options.send = async (url) => {
      const body = url.endsWith('/token') ? '{"access_token":"a","expires_in":600}' : text
      return { status: 200, headers: {}, body: new TextEncoder().encode(body) }
    }
    const misled = createRecordSystemClient({ ...options, send }, system)
    await expect(misled.find(SEARCH)).rejects.toMatchObject({ code: 'system.malformed' })
  })
})

describe('what is odd', () => {
  it.each(['a/b', '../..', 'ü €', 'a%2Fb', '?x=1#y', 'person 1'])(
    'an identifier such as %s reaches the system as it is',
    async (id) => {
      const asked: string[] = []
      const { system } = simulateRecords('ESR')
      const served = await serveSystem({
        ...system,
        read: async (personId, types) => {
          asked.push(personId)
          return system.read(personId, types)
        },
      })
      closing.push(served.close)
      expect(await served.client.read(id, ['CoreSkill'])).toBeUndefined()
      expect(asked).toEqual([id])
    },
  )

  it.each(['Basic !!!', 'Basic JSU6JSU=', 'Basic /////w==', 'Basic Og==', 'Basic ', 'Bearer x'])(
    'credentials such as %s are nobody’s, and break nothing',
    async (authorization) => {
      const { origin, errors } = await open()
      const body = new URLSearchParams({ grant_type: 'client_credentials' })
      const answer = await fetch(`${origin}/token`, { method: 'POST', headers: { authorization }, body })
      expect(answer.status).toBe(401)
      expect(errors).toEqual([])
    },
  )

  it('an address that may not be reached is not to be tried again', async () => {
    const { options, client } = await open()
    const blocked = createRecordSystemClient({ ...options, send: createGuardedRequest() }, client)
    await expect(blocked.find({ reference: 'x' })).rejects.toMatchObject({
      code: 'system.unavailable',
      retryable: false,
    })
  })
})
