import { generateKeyPairSync } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { createMemorySessions } from '../../../src/adapters/identity/sessions.js'
import { createYotiProvider, type YotiOptions } from '../../../src/adapters/identity/yoti/create-yoti-provider.js'
import { addToDate, dateOf } from '../../../src/codec/date-time.js'
import type { JsonObject } from '../../../src/core/json.js'
import type { OutboundRequest } from '../../../src/ports/guarded-request.js'
import type { IdentityRequest } from '../../../src/systems/identity-provider.js'
import type { PassedCheck } from '../../../src/testing/simulators/systems/identity/person.js'
import { asking, errorOf, openYoti, personalIn, RETURN_URL, shown, vouched } from './support.js'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const open = async (more: Partial<YotiOptions> = {}) => {
  const opened = await openYoti(more)
  closing.push(opened.simulator.close)
  const check = async (passed: PassedCheck = {}, request: IdentityRequest = asking()) => {
    const { id, url } = await opened.provider.begin(request)
    await opened.simulator.people.pass(url, passed)
    return opened.provider.outcome(id)
  }
  return { ...opened, check }
}

const pem = (type: 'rsa' | 'ec'): string =>
  (type === 'rsa'
    ? generateKeyPairSync('rsa', { modulusLength: 2048 })
    : generateKeyPairSync('ec', { namedCurve: 'P-256' })
  ).privateKey
    .export({ type: 'pkcs8', format: 'pem' })
    .toString()

describe('what YOTI verifies', () => {
  it('becomes claims of the catalogue, with the profile and whoever assured it', async () => {
    const { check } = await open({ name: 'Post Office EasyID' })
    const outcome = await check({}, asking({ confidence: 'H' }))
    if (outcome?.state !== 'verified') throw new Error('not verified')
    const [identity, rightToWork, dbs] = outcome.records
    expect(outcome.profile).toBe('H1A')
    expect(identity?.claims).toMatchObject({
      townOrCity: 'Northfield',
      addressLine1: '1 Example Street',
      gpg45Profile: 'H1A',
    })
    expect(identity?.claims).not.toHaveProperty('addressLine2')
    expect(rightToWork?.claims).toMatchObject({
      route: 'identityServiceProvider',
      nationality: 'British',
      basis: 'continuous',
    })
    expect(dbs?.claims).toMatchObject({
      currentAddress: '1 Example Street, Northfield, NX1 1AA, United Kingdom',
      evidenceProfile: 'H1A',
      passportNationality: 'British',
      passportIssuingCountry: 'United Kingdom',
      drivingLicenceNumber: 'EXAMP902280Y99ZZ',
    })
    expect(identity?.assurance).toEqual({
      origin: 'Post Office EasyID',
      assurancePolicy: 'GPG 45',
      assuranceOutcome: 'H1A',
      provider: 'Post Office EasyID',
      verifier: 'Origin',
      verificationMethod: 'Document Verification with Record Verification',
      pedigree: 'Authoritative',
      lastRefresh: dateOf(Date.now()),
    })
  })

  const yesterday = addToDate(dateOf(Date.now()), -1, 'Day')
  const passports: readonly (readonly [string, PassedCheck, boolean])[] = [
    ['an Irish passport', { nationality: 'IRL' }, true],
    ['a Ghanaian passport', { nationality: 'GHA' }, false],
    ['the passport of a British overseas citizen', { nationality: 'GBO' }, false],
    ['a British passport that ends today', { passportExpiresOn: dateOf(Date.now()) }, true],
    ['a British passport that ended yesterday', { passportExpiresOn: yesterday }, false],
  ]
  it.each(passports)('with %s is an identity, and right to work where it may be', async (_, passed, mayWork) => {
    const { check, simulator } = await open()
    // Whatever the provider says itself.
    simulator.rewrite((answer) => JSON.parse(JSON.stringify(answer).replaceAll('_met":false', '_met":true')))
    const types = ['Identity', ...(mayWork ? ['RightToWork'] : []), 'DbsSupportingInformation']
    expect(vouched(await check(passed))).toEqual(types)
  })

  it('is no right to work where the provider says that its requirements are not met', async () => {
    const { check, simulator } = await open()
    const unmet = (text: string) => text.replaceAll(/(\{"type":"RTW"\},"requirements_met":)true/g, '$1false')
    simulator.rewrite((answer) => JSON.parse(unmet(JSON.stringify(answer))))
    expect(vouched(await check())).toEqual(['Identity', 'DbsSupportingInformation'])
  })

  it('is nothing where no requirements are met', async () => {
    const { check, simulator } = await open()
    simulator.rewrite((answer) => JSON.parse(JSON.stringify(answer).replaceAll('_met":true', '_met":false')))
    expect(await check()).toEqual({ state: 'failed', reason: 'notVerified' })
  })

  it('is a failure below the confidence that was asked for', async () => {
    const { check } = await open()
    expect(await check({ profile: 'M1C' }, asking({ confidence: 'H' }))).toEqual({
      state: 'failed',
      reason: 'notVerified',
    })
    expect(await check({ profile: 'L1A' }, asking({ idempotencyKey: 'low' }))).toMatchObject({ reason: 'notVerified' })
    expect(await check({ profile: 'V1A' }, asking({ idempotencyKey: 'more' }))).toMatchObject({ profile: 'V1A' })
  })

  it('is a failure where somebody is another, or stays away', async () => {
    const { provider, simulator } = await open()
    const [one, other] = [await provider.begin(asking()), await provider.begin(asking({ idempotencyKey: 'b' }))]
    await simulator.people.fail(one.url)
    await simulator.people.stayAway(other.url)
    expect(await provider.outcome(one.id)).toEqual({ state: 'failed', reason: 'notVerified' })
    expect(await provider.outcome(other.id)).toEqual({ state: 'failed', reason: 'expired' })
  })
})

describe('what YOTI is asked', () => {
  const schemes: readonly (readonly [IdentityRequest['types'], IdentityRequest['confidence'], JsonObject])[] = [
    [['RightToWork'], 'M', { type: 'RTW' }],
    [['RightToWork'], 'H', { type: 'DBS_RTW', objective: 'ENHANCED' }],
    [['Identity'], 'M', { type: 'DBS', objective: 'BASIC' }],
    [['Identity', 'RightToWork'], 'M', { type: 'DBS_RTW', objective: 'BASIC' }],
    [['DbsSupportingInformation'], 'H', { type: 'DBS', objective: 'ENHANCED' }],
  ]
  it.each(schemes)('for %j at %s is %j', async (types, confidence, scheme) => {
    const { options } = await open()
    const sent: OutboundRequest[] = []
    const send: YotiOptions['send'] = (url, request) => {
      sent.push(request)
      return options.send(url, request)
    }
    await createYotiProvider({ ...options, send }).begin(asking({ types, confidence, idempotencyKey: 'pat-example' }))
    const body = sent[0]?.body ?? ''
    expect(JSON.parse(body)).toMatchObject({
      identity_profile_requirements: { trust_framework: 'UK_TFIDA', scheme },
      sdk_config: { success_url: RETURN_URL },
    })
    expect(body).not.toContain('pat-example')
  })

  it('is signed by the application, with another nonce each time', async () => {
    const { options, simulator } = await open()
    const sent: (readonly [string, OutboundRequest])[] = []
    const send: YotiOptions['send'] = (url, request) => {
      sent.push([url, request])
      return options.send(url, request)
    }
    await createYotiProvider({ ...options, send }).begin(asking())
    const [url, { body = '', headers = {} }] = sent[0] ?? ['', { maximumBytes: 0 }]
    const again = async (address: string, text: string, changed: object = {}) =>
      (await fetch(address, { method: 'POST', headers: { ...headers, ...changed }, body: text })).status
    const digest = String(headers['x-yoti-auth-digest'])
    expect(await again(url, body)).toBe(401)
    const fresh = url.replace(/nonce=[^&]+/, `nonce=${crypto.randomUUID()}`)
    expect(await again(fresh, body)).toBe(401)
    expect(await again(url, body.replace('BASIC', 'STANDARD'))).toBe(401)
    expect(await again(url, body, { 'x-yoti-auth-digest': `${digest.slice(0, -6)}AAAA==` })).toBe(401)
    expect(await again(url, body, { 'x-yoti-auth-digest': '' })).toBe(401)
    expect(simulator.sessions()).toBe(1)
  })

  it('is refused from another key, and for an old moment', async () => {
    const { options, simulator } = await open()
    const stranger = createYotiProvider({ ...options, privateKey: pem('rsa') })
    const late = createYotiProvider({ ...options, clock: { now: () => new Date(Date.now() - 600_000) } })
    for (const provider of [stranger, late])
      expect(await errorOf(provider.begin(asking()))).toMatchObject({ code: 'system.refused', retryable: false })
    expect(simulator.sessions()).toBe(0)
  })

  it('is never asked with a key that is not one, or for what it cannot do', async () => {
    const { options, provider } = await open()
    for (const privateKey of ['', pem('ec')])
      expect(() => createYotiProvider({ ...options, privateKey })).toThrow(TypeError)
    expect(() => createYotiProvider({ ...options, profiles: ['M9Z'] })).toThrow(TypeError)
    const medium = createYotiProvider({ ...options, profiles: ['M1A'] })
    const wrong = [
      provider.begin(asking({ returnUrl: 'http://portal.northfield.example' })),
      provider.begin(asking({ types: [] })),
      provider.begin(asking({ idempotencyKey: '' })),
      provider.begin(asking({ confidence: 'L' as 'M' })),
      medium.begin(asking({ confidence: 'H' })),
    ]
    for (const work of wrong) expect(await errorOf(work)).toBeInstanceOf(TypeError)
  })
})

describe('one key', () => {
  it('is one session: again, at once, and after a restart', async () => {
    const { options, simulator } = await open()
    const sessions = createMemorySessions()
    const before = createYotiProvider({ ...options, sessions })
    const first = await before.begin(asking())
    const after = createYotiProvider({ ...options, sessions })
    expect(await after.begin(asking())).toEqual(first)
    expect(simulator.sessions()).toBe(1)
    await simulator.people.pass(first.url)
    expect(await after.outcome(first.id)).toMatchObject({ state: 'verified' })
    const both = await Promise.all([before, after].map((one) => one.begin(asking({ idempotencyKey: 'at once' }))))
    expect(both[0]).toEqual(both[1])
  })

  it('is not another question', async () => {
    const { provider } = await open()
    await provider.begin(asking())
    expect(await errorOf(provider.begin(asking({ confidence: 'H' })))).toBeInstanceOf(TypeError)
    expect(await errorOf(provider.begin(asking({ types: ['Identity'] })))).toBeInstanceOf(TypeError)
  })
})

describe('when something goes wrong', () => {
  it('asks again, and waits as long as it is told to', async () => {
    const { provider, simulator, pauses } = await open()
    Object.assign(simulator.faults, { status500: 1, status429: 1, dropConnection: 1 })
    const session = await provider.begin(asking())
    expect(pauses).toHaveLength(3)
    expect(pauses).toContain(1000)
    simulator.faults.dropAnswer = 1
    expect(await provider.outcome(session.id)).toEqual({ state: 'pending' })
  })

  it('gives up where nobody answers', async () => {
    const { provider, simulator } = await open()
    const session = await provider.begin(asking())
    simulator.faults.status500 = 99
    const unavailable = { code: 'system.unavailable', retryable: true }
    expect(await errorOf(provider.outcome(session.id))).toMatchObject(unavailable)
    await simulator.close()
    expect(await errorOf(provider.outcome(session.id))).toMatchObject(unavailable)
    expect(await errorOf(provider.begin(asking({ idempotencyKey: 'b' })))).toMatchObject(unavailable)
  })

  it('does not try again where it may not go', async () => {
    const { options } = await open()
    const provider = createYotiProvider({ ...options, url: 'http://192.0.2.1/idverify/v1' })
    expect(await errorOf(provider.begin(asking()))).toMatchObject({ code: 'system.unavailable', retryable: false })
  })

  const lies: readonly (readonly [string, (text: string) => string])[] = [
    ['another session', (text) => text.replace(/"session_id":"[^"]+"/, '"session_id":"another"')],
    ['no state', (text) => text.replace('"state":"COMPLETED"', '"state":"WHATEVER"')],
    ['no result', (text) => text.replace('"result":"DONE"', '"result":"MAYBE"')],
    ['no media', (text) => text.replace('"media":{"id"', '"media":{"no"')],
    ['another framework', (text) => text.replaceAll('UK_TFIDA', 'US_NIST')],
    ['another policy', (text) => text.replace('GPG45', 'GPG44')],
    ['no profile', (text) => text.replace('"procedure":"M1C"', '"procedure":"best"')],
    ['a profile that GPG 45 does not have', (text) => text.replace('"procedure":"M1C"', '"procedure":"M9Z"')],
    ['no surname', (text) => text.replace(/"family_name":"[^"]+"/, '"family_name":""')],
    ['no birth date', (text) => text.replace(/"date_of_birth":"[^"]+"/, '"date_of_birth":"28/02/1990"')],
    [
      'the passport of somebody else',
      (text) => text.replace('"date_of_birth":"1990-02-28"', '"date_of_birth":"1991-02-28"'),
    ],
    ['a moment to come', (text) => text.replace(/"timestamp":"20/, '"timestamp":"21')],
    ['no moment', (text) => text.replace(/"timestamp":"[^"]+"/, '"timestamp":"now"')],
    ['no postcode', (text) => text.replace(/"postal_code":"[^"]+"/, '"postal_code":7')],
  ]
  it.each(lies)('says so of %s, and nothing of the person', async (_, lie) => {
    const { check, simulator } = await open()
    simulator.rewrite((answer) => ('client_session_token' in answer ? answer : JSON.parse(lie(JSON.stringify(answer)))))
    const error = await errorOf(check())
    expect(error).toMatchObject({ code: 'system.malformed', retryable: false })
    expect(personalIn(shown(error))).toEqual([])
  })

  it('takes no right to work from the passport of somebody else', async () => {
    const { check, simulator } = await open()
    const another = (text: string) => text.replace('"date_of_birth":"1990-02-28"', '"date_of_birth":"1991-02-28"')
    simulator.rewrite((answer) => JSON.parse(another(JSON.stringify(answer))))
    const error = await errorOf(check({}, asking({ types: ['RightToWork'] })))
    expect(error).toMatchObject({ code: 'system.malformed' })
  })

  it('keeps nothing of the person, and puts nothing of them into an address', async () => {
    const kept = new Map<string, string>()
    const sessions = {
      get: async (name: string) => kept.get(name),
      put: async (name: string, text: string) => Boolean(kept.set(name, text)),
    }
    const { check, simulator } = await open({ sessions })
    expect(await check()).toMatchObject({ state: 'verified' })
    expect(kept.size).toBe(2)
    expect(personalIn(JSON.stringify([...kept]) + simulator.calls.join())).toEqual([])
  })

  it('says that a session is over which the provider has forgotten', async () => {
    const [one, other] = [await open(), await open()]
    const sessions = createMemorySessions()
    const session = await createYotiProvider({ ...one.options, sessions }).begin(asking())
    const elsewhere = createYotiProvider({ ...other.options, sessions })
    expect(await elsewhere.outcome(session.id)).toEqual({ state: 'failed', reason: 'expired' })
  })
})
