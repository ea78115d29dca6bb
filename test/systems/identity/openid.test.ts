import { afterEach, describe, expect, it } from 'vitest'
import {
  createOpenIdProvider,
  type OpenIdProviderOptions,
} from '../../../src/adapters/identity/openid/create-openid-provider.js'
import { createMemorySessions } from '../../../src/adapters/identity/sessions.js'
import { dateOf } from '../../../src/codec/date-time.js'
import type { JsonObject } from '../../../src/core/json.js'
import type { OpenIdSimulatorOptions } from '../../../src/testing/simulators/systems/identity/openid.js'
import type { PassedCheck } from '../../../src/testing/simulators/systems/identity/person.js'
import { asking, errorOf, openOpenId, personalIn, RETURN_URL, shown, vouched } from './support.js'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const open = async (more: Partial<OpenIdProviderOptions> = {}, simulated: OpenIdSimulatorOptions = {}) => {
  const opened = await openOpenId(more, simulated)
  closing.push(opened.simulator.close)
  const check = async (passed: PassedCheck = {}, request = asking()) => {
    const { session, callback } = await opened.walk(request, passed)
    return opened.provider.completed(callback, session.id)
  }
  return { ...opened, check }
}

const lieAbout = (find: string | RegExp, say: string) => (claims: JsonObject) =>
  JSON.parse(JSON.stringify(claims).replace(find, say)) as JsonObject

const MALFORMED = { code: 'system.malformed', retryable: false }
const NOT_VERIFIED = { state: 'failed', reason: 'notVerified' }

describe('what an OpenID provider verifies', () => {
  it('becomes claims of the catalogue, with the profile and whoever assured it', async () => {
    const { check } = await open()
    const outcome = await check({}, asking({ confidence: 'H' }))
    if (outcome?.state !== 'verified') throw new Error('not verified')
    const [identity, rightToWork, dbs] = outcome.records
    expect(outcome.profile).toBe('H1A')
    expect(identity?.claims).toMatchObject({ country: 'United Kingdom', nationality: 'British', gpg45Profile: 'H1A' })
    expect(rightToWork?.claims).toMatchObject({ nationality: 'British', dateOfIdCheck: dateOf(Date.now()) })
    expect(dbs?.claims).toMatchObject({ passportNumber: '999000001', drivingLicenceIssueCountry: 'United Kingdom' })
    expect(dbs?.assurance).toMatchObject({
      provider: 'Digidentity',
      assuranceOutcome: 'H1A',
      assurancePolicy: 'GPG 45',
    })
  })

  const passports: readonly (readonly [string, PassedCheck, boolean])[] = [
    ['Irish', { nationality: 'IRL' }, true],
    ['Ghanaian', { nationality: 'GHA' }, false],
    ['expired British', { passportExpiresOn: '2020-01-31' }, false],
  ]
  it.each(passports)('with a %s passport is right to work where it may be', async (_, passed, mayWork) => {
    const { check } = await open()
    const types = ['Identity', ...(mayWork ? ['RightToWork'] : []), 'DbsSupportingInformation']
    expect(vouched(await check(passed))).toEqual(types)
  })

  it('is right to work by the passport that was shown, whatever else its holder is', async () => {
    const { check, simulator } = await open()
    simulator.rewriteTokens(lieAbout('"nationalities":["GBR"]', '"nationalities":["GHA","GBR"]'))
    expect(vouched(await check())).toContain('RightToWork')
    simulator.rewriteTokens(lieAbout('"country_code":"GBR"', '"country_code":"GHA"'))
    expect(vouched(await check({}, asking({ idempotencyKey: 'b' })))).not.toContain('RightToWork')
    simulator.rewriteTokens(lieAbout('"type":"passport"', '"type":"idcard"'))
    expect(vouched(await check({}, asking({ idempotencyKey: 'c' })))).not.toContain('RightToWork')
  })

  it('is a failure below the confidence that was asked for, whoever notices', async () => {
    const { check, simulator } = await open()
    expect(await check({ profile: 'M1A' }, asking({ confidence: 'H' }))).toEqual(NOT_VERIFIED)
    simulator.rewriteTokens(lieAbout('"procedure":"h1a"', '"procedure":"m1a"'))
    expect(await check({}, asking({ confidence: 'H', idempotencyKey: 'b' }))).toEqual(NOT_VERIFIED)
  })

  it('is a failure where somebody is another', async () => {
    const { provider, simulator } = await open()
    const { id, url } = await provider.begin(asking())
    expect(await provider.completed(await simulator.people.fail(url), id)).toEqual(NOT_VERIFIED)
    expect(await provider.outcome(id)).toEqual(NOT_VERIFIED)
  })

  it('is nothing of another trust framework', async () => {
    const { check, simulator } = await open()
    simulator.rewriteTokens(lieAbout('uk_diatf', 'de_aml'))
    expect(await check()).toEqual(NOT_VERIFIED)
  })
})

describe('the question', () => {
  it('goes by itself, so that the browser carries only its name', async () => {
    const { provider, simulator } = await open()
    const { url } = await provider.begin(asking())
    expect([...new URL(url).searchParams.keys()]).toEqual(['client_id', 'request_uri'])
    expect(simulator.calls).toContain('POST /par')
  })

  it('asks for no more than the types have a place for', async () => {
    const { provider } = await open({}, { pushes: false })
    const claimsOf = async (types: ReturnType<typeof asking>['types']) => {
      const { url } = await provider.begin(asking({ types, idempotencyKey: types.join() }))
      return new URL(url).searchParams.get('claims') ?? ''
    }
    expect(await claimsOf(['RightToWork'])).not.toContain('address')
    expect(await claimsOf(['Identity', 'RightToWork'])).toContain('address')
  })

  it('is put by nobody who does not know the secret, and leads nowhere that is not registered', async () => {
    const { options, provider } = await open()
    const stranger = createOpenIdProvider({ ...options, clientSecret: 'guessed' })
    expect(await errorOf(stranger.begin(asking()))).toMatchObject({ code: 'system.refused' })
    const elsewhere = asking({ returnUrl: 'https://elsewhere.example' })
    expect(await errorOf(provider.begin(elsewhere))).toMatchObject(MALFORMED)
  })

  it('is one for one key, also after a restart', async () => {
    const sessions = createMemorySessions()
    const { options, provider, simulator } = await open({ sessions })
    const first = await provider.begin(asking())
    expect(await createOpenIdProvider({ ...options, sessions }).begin(asking())).toEqual(first)
    expect(simulator.calls.filter((call) => call === 'POST /par')).toHaveLength(1)
  })

  it('goes to nobody who calls themselves something else', async () => {
    const { options } = await open()
    const provider = createOpenIdProvider({ ...options, issuer: `${options.issuer}/` })
    expect(await errorOf(provider.begin(asking()))).toMatchObject(MALFORMED)
    expect(() => createOpenIdProvider({ ...options, issuer: 'digidentity' })).toThrow(TypeError)
  })
})

describe('the callback', () => {
  const changes: readonly (readonly [string, (callback: URL) => void])[] = [
    ['another state', ({ searchParams }) => searchParams.set('state', 'guessed')],
    ['no state', ({ searchParams }) => searchParams.delete('state')],
    ['no code', ({ searchParams }) => searchParams.delete('code')],
    ['two codes', ({ searchParams }) => searchParams.append('code', 'another')],
    ['a code and an error', ({ searchParams }) => searchParams.set('error', 'access_denied')],
    ['another issuer', ({ searchParams }) => searchParams.set('iss', 'https://elsewhere.example')],
    ['no issuer', ({ searchParams }) => searchParams.delete('iss')],
    [
      'another page',
      (callback) => {
        callback.pathname = '/elsewhere'
      },
    ],
  ]
  it.each(changes)('with %s is not of this check, which goes on waiting', async (_, change) => {
    const { provider, simulator, walk } = await open()
    const { session, callback } = await walk()
    const changed = new URL(callback)
    change(changed)
    expect(await errorOf(provider.completed(changed.href, session.id))).toMatchObject(MALFORMED)
    expect(await provider.outcome(session.id)).toEqual({ state: 'pending' })
    expect(simulator.calls).not.toContain('POST /token')
    expect(await provider.completed(callback, session.id)).toMatchObject({ state: 'verified' })
  })

  it('of another check is of no use, and of no check neither', async () => {
    const { provider, walk } = await open()
    const [theirs, own] = [await walk(), await walk(asking({ idempotencyKey: 'b' }))]
    expect(await errorOf(provider.completed(theirs.callback, own.session.id))).toMatchObject(MALFORMED)
    expect(await errorOf(provider.completed('', own.session.id))).toMatchObject(MALFORMED)
    expect(await provider.completed(theirs.callback, 'no such session')).toBeUndefined()
  })

  it('may come twice, and at once, and after a restart', async () => {
    const sessions = createMemorySessions()
    const { options, provider, walk } = await open({ sessions })
    const { session, callback } = await walk()
    const other = createOpenIdProvider({ ...options, sessions })
    await Promise.all([provider, other].map((one) => one.completed(callback, session.id)))
    const outcome = await provider.outcome(session.id)
    expect(outcome).toMatchObject({ state: 'verified' })
    expect(await other.completed(callback, session.id)).toEqual(outcome)
    expect(await sessions.get(`session.${session.id}`)).not.toContain('codeVerifier')
  })

  it('stands, where it was heard of after the same callback had been refused', async () => {
    const sessions = createMemorySessions()
    const { options, provider, simulator, walk } = await open({ sessions })
    const { session, callback } = await walk()
    const waiting = createOpenIdProvider({
      ...options,
      sessions,
      send: async (url, request) => {
        const answer = await options.send(url, request)
        // The code is spent, and somebody else comes with it before its answer is here.
        if (url.endsWith('/token')) expect(await provider.completed(callback, session.id)).toEqual(NOT_VERIFIED)
        return answer
      },
    })
    expect(await waiting.completed(callback, session.id)).toMatchObject({ state: 'verified' })
    expect(await provider.outcome(session.id)).toMatchObject({ state: 'verified' })
    expect(simulator.calls.filter((call) => call === 'POST /token')).toHaveLength(2)
  })

  it('is worth nothing with a code of nobody’s', async () => {
    const { provider, walk } = await open()
    const { session, callback } = await walk()
    const changed = new URL(callback)
    changed.searchParams.set('code', 'guessed')
    expect(await provider.completed(changed.href, session.id)).toEqual(NOT_VERIFIED)
  })

  it('comes too late half an hour afterwards', async () => {
    let now = Date.now()
    const { provider, walk } = await open({ clock: { now: () => new Date(now) } })
    const { session, callback } = await walk()
    now += 1_800_000
    const expired = { state: 'failed', reason: 'expired' }
    expect(await provider.outcome(session.id)).toEqual(expired)
    expect(await provider.completed(callback, session.id)).toEqual(expired)
  })
})

describe('the token', () => {
  const lies: readonly (readonly [string, (claims: JsonObject) => JsonObject])[] = [
    ['of another issuer', (claims) => ({ ...claims, iss: 'https://elsewhere.example' })],
    ['for another client', (claims) => ({ ...claims, aud: 'another' })],
    ['for nobody', ({ aud: _, ...claims }) => claims],
    ['for several clients', (claims) => ({ ...claims, aud: [String(claims.aud), 'another'] })],
    ['by way of another client', (claims) => ({ ...claims, azp: 'another' })],
    ['for another question', (claims) => ({ ...claims, nonce: 'another' })],
    ['for no question', ({ nonce: _, ...claims }) => claims],
    ['that is over', (claims) => ({ ...claims, exp: Number(claims.iat) - 600 })],
    ['that is old', (claims) => ({ ...claims, iat: Number(claims.iat) - 900 })],
    ['without a profile', lieAbout('"procedure":"m1a"', '"procedure":""')],
    ['with a profile that GPG 45 does not have', lieAbout('"procedure":"m1a"', '"procedure":"m9z"')],
    ['with another policy', lieAbout('gpg45', 'gpg44')],
    ['without a moment', lieAbout(/"time":"[^"]+"/, '"time":"yesterday"')],
    ['without a surname', lieAbout(/"family_name":"[^"]+",/, '')],
    ['with an address that has no street', lieAbout(/"street_address":"[^"]+"/, '"street_address":""')],
    ['with a birth date that is none', lieAbout('"birthdate":"1990-02-28"', '"birthdate":"1990-02-31"')],
  ]
  it.each(lies)('%s is malformed, and nothing is said of the person', async (_, lie) => {
    const { check, simulator } = await open()
    simulator.rewriteTokens(lie)
    const error = await errorOf(check())
    expect(error).toMatchObject(MALFORMED)
    expect(personalIn(shown(error))).toEqual([])
  })

  it('may name us in a list, and whom it was given to', async () => {
    const { check, simulator } = await open()
    simulator.rewriteTokens((claims) => ({ ...claims, aud: [String(claims.aud)] }))
    expect(await check()).toMatchObject({ state: 'verified' })
    simulator.rewriteTokens((claims) => ({ ...claims, aud: [String(claims.aud), 'another'], azp: String(claims.aud) }))
    expect(await check({}, asking({ idempotencyKey: 'b' }))).toMatchObject({ state: 'verified' })
  })

  it('of a key that is not the provider’s is malformed; of a new one it is not', async () => {
    const { options, provider, simulator, walk } = await open()
    const forging = createOpenIdProvider({
      ...options,
      sessions: createMemorySessions(),
      send: async (url, request) => {
        // After the keys were published, and before the token is signed.
        if (url.endsWith('/token')) simulator.rotateKey()
        return options.send(url, request)
      },
    })
    const session = await forging.begin(asking())
    const callback = await simulator.people.pass(session.url)
    expect(await errorOf(forging.completed(callback, session.id))).toMatchObject(MALFORMED)
    const own = await walk()
    simulator.rotateKey()
    expect(await provider.completed(own.callback, own.session.id)).toMatchObject({ state: 'verified' })
  })
})

describe('when something goes wrong', () => {
  it('asks again what may be asked again, and gives up on the rest for now', async () => {
    const { provider, simulator, walk } = await open()
    Object.assign(simulator.faults, { status500: 1, dropAnswer: 1 })
    const { session, callback } = await walk()
    const unavailable = { code: 'system.unavailable', retryable: true }
    simulator.faults.status500 = 99
    expect(await errorOf(provider.completed(callback, session.id))).toMatchObject(unavailable)
    expect(await provider.outcome(session.id)).toEqual({ state: 'pending' })
    simulator.faults.status500 = 0
    expect(await provider.completed(callback, session.id)).toMatchObject({ state: 'verified' })
  })

  it('spends a code once, whoever hears of it', async () => {
    const { options, simulator } = await open()
    const isTaken = () => simulator.calls.includes('POST /token')
    const provider = createOpenIdProvider({
      ...options,
      send: async (url, request) => {
        if (url.endsWith('/token') && !isTaken()) simulator.faults.dropAnswer = 1
        return options.send(url, request)
      },
    })
    const session = await provider.begin(asking())
    const callback = await simulator.people.pass(session.url)
    expect(await errorOf(provider.completed(callback, session.id))).toMatchObject({ code: 'system.unavailable' })
    expect(simulator.calls.filter((call) => call === 'POST /token')).toHaveLength(1)
    expect(await provider.completed(callback, session.id)).toEqual(NOT_VERIFIED)
  })

  it('gives up where nobody is', async () => {
    const { provider, simulator, walk } = await open()
    const { session, callback } = await walk()
    await simulator.close()
    const unavailable = { code: 'system.unavailable', retryable: true }
    expect(await errorOf(provider.completed(callback, session.id))).toMatchObject(unavailable)
    expect(await errorOf(provider.begin(asking({ idempotencyKey: 'b' })))).toMatchObject(unavailable)
  })

  it('puts nothing of the person into an address', async () => {
    const { provider, simulator, walk } = await open({}, { pushes: false })
    const { session, callback } = await walk()
    await provider.completed(callback, session.id)
    expect(personalIn([session.url, callback, RETURN_URL, ...simulator.calls].join())).toEqual([])
  })
})
