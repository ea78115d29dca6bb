import { describe, expect, it } from 'vitest'
import { createGatewayExchange } from '../../src/exchange/gateway/create-gateway-exchange.js'
import {
  gatewayWorld,
  IDENTITY,
  identified,
  issueTo,
  NOW,
  PERSON,
  recordOf,
  sessionOf,
  UNIQUE,
  verifyPerson,
  visit,
} from './support/gateway-world.js'
import { offered, untilEnd } from './support/world.js'

const movable = () => {
  const clock = { time: Date.parse(NOW), now: () => new Date(clock.time) }
  return clock
}

const PLACEMENT = recordOf('TrainingPlacement')
const { specialty: SPECIALTY } = PLACEMENT.claims as { readonly specialty?: string }

describe('a holder shows who they are, takes a credential, shows it, and shows it in vain', () => {
  it('as the Trainee Information System does it', async () => {
    const world = await gatewayWorld()
    const holder = identified(world)
    const verified = await verifyPerson(world, holder)
    expect(verified).toMatchObject({ state: 'completed', session: { uniqueIdentifier: UNIQUE } })
    const issued = await issueTo(world, holder, PLACEMENT)
    expect(issued).toMatchObject({ state: 'completed', type: 'TrainingPlacement' })
    const held = holder.credentials.at(-1)
    expect(held).toMatchObject({ template: 'TrainingPlacement', claims: { UniqueIdentifier: UNIQUE } })
    expect(held?.serialNumber).toBe('serialNumber' in issued ? issued.serialNumber : undefined)
    expect(Object.keys(held?.claims ?? {})).toContain('TPL-PlacementStartDate')
    const ask = async () => {
      const asked = await world.gateway.beginPresentation({
        credentials: [{ type: 'TrainingPlacement', claims: ['specialty'] }],
        purpose: 'Your next post',
        device: 'same',
        returnUrl: 'https://portal.example/next',
      })
      return world.gateway.finishVerification(await visit(holder, asked), asked.browserSecret)
    }
    expect(await ask()).toMatchObject({
      state: 'completed',
      returnTo: 'https://portal.example/next',
      presented: { uniqueIdentifier: UNIQUE, claims: { specialty: SPECIALTY } },
    })
    await world.gateway.revoke(issued.exchangeId, 'Credential provided in error')
    await world.gateway.revoke(issued.exchangeId, 'Credential provided in error')
    expect(await ask()).toMatchObject({ state: 'failed', reason: 'exchange.refused' })
    expect([...world.simulator.revocations.values()]).toMatchObject([{ reason: 'Credential provided in error' }])
    expect(world.errors).toEqual([])
  })

  it.each(['TrainingPlacement', 'TrainingProgramme', 'CoreSkill', 'RightToWork'] as const)(
    'what was issued (%s) comes back as it was',
    async (type) => {
      const world = await gatewayWorld()
      const holder = identified(world)
      const record = recordOf(type)
      await issueTo(world, holder, record)
      const asked = await world.gateway.beginPresentation({
        credentials: [{ type }],
        purpose: 'To see',
        device: 'same',
        returnUrl: '/',
      })
      const outcome = await world.gateway.finishVerification(await visit(holder, asked), asked.browserSecret)
      const texts = (claims: object) =>
        Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, `${value}`]))
      const presented = 'presented' in outcome ? outcome.presented : undefined
      expect(texts(presented?.claims ?? {})).toEqual(texts(record.claims))
      expect(texts(presented?.assurance ?? {})).toEqual(texts(record.assurance))
    },
  )
})

describe('a verified session', () => {
  it('is needed, and lasts ten minutes', async () => {
    const clock = movable()
    const world = await gatewayWorld({ clock })
    const holder = identified(world)
    const source = world.sign(PLACEMENT)
    const begin = (sessionId: string) => world.gateway.beginIssuance({ sessionId, source })
    await expect(begin('none')).rejects.toMatchObject({ code: 'exchange.untrusted' })
    const sessionId = await sessionOf(world, holder)
    clock.time += 599_000
    await begin(sessionId)
    clock.time += 1_000
    await expect(begin(sessionId)).rejects.toMatchObject({ code: 'exchange.untrusted' })
  })

  it.each([
    ['another surname', { 'ID-LegalSurname': 'Somebody' }],
    ['another first name', { 'ID-LegalFirstName': 'Pat' }],
    ['another birth date', { 'ID-BirthDate': '1990-02-27' }],
    ['no unique identifier', { UniqueIdentifier: '' }],
    ['one that is not a UUID', { UniqueIdentifier: 'me' }],
    ['no birth date', { 'ID-BirthDate': '' }],
  ])('is not given for %s', async (_, change) => {
    const world = await gatewayWorld()
    const outcome = await verifyPerson(world, identified(world, { ...IDENTITY, ...change }))
    expect(outcome).toMatchObject({ state: 'failed', reason: 'identity_verification_failed' })
    expect(outcome).not.toHaveProperty('session')
  })

  it.each([
    ['an accent written otherwise', { 'ID-LegalFirstName': 'W\u0302yn' }],
    ['a similar spelling', { 'ID-LegalSurname': 'O’Example-Testwel' }],
    ['a space for a hyphen', { 'ID-LegalSurname': 'O’Example Testwell' }],
    ['a second forename', { 'ID-LegalFirstName': 'Ŵyn Pat' }],
  ])('is given for %s, where names may be similar, and not where they must be equal', async (_, change) => {
    const similar = await gatewayWorld()
    expect(await verifyPerson(similar, identified(similar, { ...IDENTITY, ...change }))).toHaveProperty('session')
    const equal = await gatewayWorld({ options: { names: 'equal' } })
    const isSpelling = String(Object.values(change)[0]).normalize('NFC') === PERSON.legalFirstName
    const outcome = await verifyPerson(equal, identified(equal, { ...IDENTITY, ...change }))
    expect(outcome.state).toBe(isSpelling ? 'completed' : 'failed')
  })

  it('binds what is issued to whom it verified', async () => {
    const world = await gatewayWorld()
    const sessionId = await sessionOf(world, identified(world))
    const begin = (more: object) =>
      world.gateway.beginIssuance({ sessionId, source: world.sign(recordOf('TrainingPlacement', more)) })
    await expect(begin({ personId: 'person-2' })).rejects.toMatchObject({ code: 'exchange.untrusted' })
    await expect(begin({ uniqueIdentifier: UNIQUE.replace('0', '1') })).rejects.toMatchObject({
      code: 'exchange.untrusted',
    })
    expect(await begin({ uniqueIdentifier: UNIQUE.toUpperCase() })).toHaveProperty('uri')
  })

  it('holds nothing of what was shown but the unique identifier', async () => {
    const world = await gatewayWorld()
    const outcome = await verifyPerson(world, identified(world))
    const kept = JSON.stringify(await world.book.byId(outcome.exchangeId))
    expect(kept).toContain(UNIQUE)
    expect(kept).not.toContain('Example-Testwell')
    expect(kept).not.toContain('1990-02-28')
  })
})

describe('a record of a source system', () => {
  it.each([
    [
      'changed on the way',
      (source: object) => ({ ...source, record: { ...PLACEMENT, id: 'another' } }),
      'exchange.untrusted',
    ],
    ['signed with another key', (source: object) => ({ ...source, signature: 'A'.repeat(43) }), 'exchange.untrusted'],
    [
      'kept for longer than it may be',
      (source: object) => ({ ...source, validUntil: '2999-01-01T00:00:00Z' }),
      'exchange.untrusted',
    ],
    ['not one at all', () => 'a record', 'exchange.malformed'],
    ['without a record', (source: object) => ({ ...source, record: undefined }), 'exchange.malformed'],
  ])('%s is refused, and nothing is begun', async (_, change, code) => {
    const world = await gatewayWorld()
    const sessionId = await sessionOf(world, identified(world))
    const before = world.simulator.calls.length
    const source = change(world.sign(PLACEMENT)) as ReturnType<typeof world.sign>
    await expect(world.gateway.beginIssuance({ sessionId, source })).rejects.toMatchObject({ code })
    expect(world.simulator.calls.length).toBe(before)
  })

  it('with claims that break a rule of their type is refused, by their paths', async () => {
    const world = await gatewayWorld()
    const sessionId = await sessionOf(world, identified(world))
    const record = { ...PLACEMENT, claims: { ...PLACEMENT.claims, startDate: 'soon' } } as typeof PLACEMENT
    const begun = world.gateway.beginIssuance({ sessionId, source: world.sign(record) })
    await expect(begun).rejects.toMatchObject({
      faults: expect.arrayContaining([expect.objectContaining({ path: '/claims/startDate' })]),
    })
  })

  it.each([
    ['changed since it was signed', '2999-01-01T00:00:00Z'],
    ['of which nobody knows when it changed', undefined],
    ['that its system tells nonsense of', 'yesterday'],
  ])('%s is not issued', async (_, when) => {
    const world = await gatewayWorld()
    const sessionId = await sessionOf(world, identified(world))
    world.modified.set(PLACEMENT.id, when)
    const begun = world.gateway.beginIssuance({ sessionId, source: world.sign(PLACEMENT) })
    await expect(begun).rejects.toMatchObject({ code: 'exchange.expired' })
  })

  it.each([
    ['stale_data', '2999-01-01T00:00:00Z', 'Source record updated'],
    ['unknown_data_freshness', undefined, 'Source record could not be confirmed'],
  ])('that changes while its holder takes it is revoked at once (%s)', async (reason, when, said) => {
    const world = await gatewayWorld()
    const holder = identified(world)
    const { uri, browserSecret } = await world.gateway.beginIssuance({
      sessionId: await sessionOf(world, holder),
      source: world.sign(PLACEMENT),
    })
    const back = await visit(holder, { uri })
    world.modified.set(PLACEMENT.id, when)
    const outcome = await world.gateway.finishIssuance(back, browserSecret)
    expect(outcome).toMatchObject({ state: 'failed', reason })
    const [[serialNumber, revocation] = []] = [...world.simulator.revocations]
    expect(revocation).toMatchObject({ reason: said })
    expect(holder.credentials.at(-1)).toMatchObject({ serialNumber })
    expect(await world.gateway.finishIssuance(back, browserSecret)).toEqual(outcome)
    expect(world.simulator.revocations.size).toBe(1)
  })

  it('that changes later: what a wallet would show otherwise is revoked, and nothing else', async () => {
    const world = await gatewayWorld()
    const holder = identified(world)
    const issued = await issueTo(world, holder, PLACEMENT)
    const { personId: _, ...same } = PLACEMENT
    const refreshed = { ...same, assurance: { ...same.assurance, lastRefresh: '2026-06-01' } } as typeof same
    expect(await world.gateway.sourceChanged(same)).toEqual([])
    expect(await world.gateway.sourceChanged(refreshed)).toEqual([])
    expect(await world.gateway.sourceChanged({ type: 'TrainingPlacement', id: 'another', deleted: true })).toEqual([])
    expect(world.simulator.revocations.size).toBe(0)
    const changed = { ...same, claims: { ...same.claims, site: 'Another site' } } as typeof same
    expect(await world.gateway.sourceChanged(changed)).toEqual([issued.exchangeId])
    expect(await world.gateway.sourceChanged(changed)).toEqual([])
    expect([...world.simulator.revocations.values()]).toMatchObject([{ reason: 'Source record updated' }])
  })

  it('that is deleted: all that was issued from it is revoked', async () => {
    const world = await gatewayWorld()
    const holder = identified(world)
    const issued = [await issueTo(world, holder, PLACEMENT), await issueTo(world, holder, PLACEMENT)]
    const { type, id } = PLACEMENT
    const revoked = await world.gateway.sourceChanged({ type, id, deleted: true })
    expect([...revoked].sort()).toEqual(issued.map(({ exchangeId }) => exchangeId).sort())
    expect([...world.simulator.revocations.values()].map(({ reason }) => reason)).toEqual([
      'Source record deleted',
      'Source record deleted',
    ])
  })
})

describe('a browser that comes back', () => {
  const begun = async () => {
    const world = await gatewayWorld()
    const holder = identified(world)
    const invitation = await world.gateway.beginVerification({ person: PERSON })
    return { world, holder, invitation, back: await visit(holder, invitation) }
  }

  it('finishes twice with one outcome, and one token', async () => {
    const { world, invitation, back } = await begun()
    const first = await world.gateway.finishVerification(back, invitation.browserSecret)
    expect(await world.gateway.finishVerification(back, invitation.browserSecret)).toEqual(first)
    expect(world.simulator.calls.filter((call) => call === 'POST /oidc/token')).toHaveLength(1)
  })

  it.each([
    ['another browser', (back: string) => back, 'exchange.untrusted', 'another'],
    ['an unknown state', (back: string) => back.replace(/state=[^&]+/, 'state=unknown'), 'exchange.unknown', ''],
    ['no state', (back: string) => back.replace(/state=[^&]+/, ''), 'exchange.malformed', ''],
    ['two codes', (back: string) => `${back}&code=another`, 'exchange.malformed', ''],
    ['a code and an error', (back: string) => `${back}&error=access_denied`, 'exchange.malformed', ''],
    ['another address', (back: string) => back.replace('/verified', '/issued'), 'exchange.malformed', ''],
    ['no address', () => 'verified', 'exchange.malformed', ''],
  ])('with %s: refused, and the right one still finishes', async (_, change, code, secret) => {
    const { world, invitation, back } = await begun()
    const finished = world.gateway.finishVerification(change(back), secret || invitation.browserSecret)
    await expect(finished).rejects.toMatchObject({ code })
    expect(await world.gateway.finishVerification(back, invitation.browserSecret)).toHaveProperty('session')
  })

  it('with a code of nobody: the exchange failed', async () => {
    const { world, invitation, back } = await begun()
    const forged = back.replace(/code=[^&]+/, 'code=forged')
    expect(await world.gateway.finishVerification(forged, invitation.browserSecret)).toMatchObject({
      state: 'failed',
      reason: 'exchange.refused',
    })
  })

  it('after the holder cancelled', async () => {
    const world = await gatewayWorld()
    const holder = identified(world)
    const invitation = await world.gateway.beginVerification({ person: PERSON })
    const back = await visit(holder, invitation, 'decline')
    expect(await world.gateway.finishVerification(back, invitation.browserSecret)).toMatchObject({
      state: 'rejected',
      reason: 'holder.declined',
    })
    const offer = await world.gateway.beginIssuance({
      sessionId: await sessionOf(world, holder),
      source: world.sign(PLACEMENT),
    })
    const declined = await visit(holder, offer, 'decline')
    expect(await world.gateway.finishIssuance(declined, offer.browserSecret)).toMatchObject({ state: 'rejected' })
    expect(holder.credentials).toHaveLength(1)
  })

  it('too late: the secret that the code needs is gone', async () => {
    const clock = movable()
    const world = await gatewayWorld({ clock })
    const invitation = await world.gateway.beginVerification({ person: PERSON })
    const back = await visit(identified(world), invitation)
    clock.time += 300_000
    const outcome = await world.gateway.finishVerification(back, invitation.browserSecret)
    expect(outcome).toMatchObject({ state: 'expired', reason: 'no_code_verifier' })
  })

  it('from a template that the gateway does not know', async () => {
    const options = { templates: { RightToWork: { template: 'Unknown', prefix: 'RTW' } } }
    const world = await gatewayWorld({ options })
    const holder = identified(world)
    const asked = await world.gateway.beginPresentation({
      credentials: [{ type: 'RightToWork' }],
      purpose: 'To see',
      device: 'same',
      returnUrl: '/',
    })
    const outcome = await world.gateway.finishVerification(await visit(holder, asked), asked.browserSecret)
    expect(outcome).toMatchObject({ state: 'failed', reason: 'unsupported_scope' })
    const sessionId = await sessionOf(world, holder)
    const offer = world.gateway.beginIssuance({ sessionId, source: world.sign(recordOf('RightToWork')) })
    await expect(offer).rejects.toMatchObject({ code: 'exchange.refused' })
  })
})

describe('the gateway’s word is checked', () => {
  it.each([
    ['another nonce', { nonce: 'another' }],
    ['no nonce', { nonce: undefined }],
    ['another issuer', { iss: 'https://gateway.example/oidc' }],
    ['for somebody else', { aud: 'https://gateway.example/oidc' }],
    ['an end that is over', { exp: 1 }],
    ['no end', { exp: undefined }],
    ['an old one', { iat: 1_600_000_000 }],
  ])('%s: no session', async (_, change) => {
    const world = await gatewayWorld()
    world.simulator.rewriteTokens((claims) => JSON.parse(JSON.stringify({ ...claims, ...change })))
    expect(await verifyPerson(world, identified(world))).toMatchObject({
      state: 'failed',
      reason: 'exchange.untrusted',
    })
  })

  it('a new key is asked for, and taken', async () => {
    const clock = movable()
    const world = await gatewayWorld({ clock })
    expect(await verifyPerson(world, identified(world))).toHaveProperty('session')
    world.simulator.rotateKey()
    clock.time += 11_000
    expect(await verifyPerson(world, identified(world))).toHaveProperty('session')
  })

  it('without a serial number nothing was issued', async () => {
    const world = await gatewayWorld()
    const holder = identified(world)
    const sessionId = await sessionOf(world, holder)
    world.simulator.rewriteTokens(({ SerialNumber: _, ...claims }) => claims)
    const offer = await world.gateway.beginIssuance({ sessionId, source: world.sign(PLACEMENT) })
    const outcome = await world.gateway.finishIssuance(await visit(holder, offer), offer.browserSecret)
    expect(outcome).toMatchObject({ state: 'failed', reason: 'exchange.untrusted' })
  })
})

describe('as a WalletExchange', () => {
  it('offers, tells what happens, and says what it cannot do', async () => {
    const world = await gatewayWorld()
    const holder = identified(world)
    const sessionId = await sessionOf(world, holder)
    const { book, gateway } = world
    const exchange = createGatewayExchange({
      book,
      gateway,
      sessionId,
      sourceOf: ({ type }) => world.sign(recordOf(type)),
    })
    expect(exchange.capabilities).toEqual({
      offers: true,
      requests: true,
      mostCredentials: 1,
      signIn: false,
      holder: false,
    })
    const offer = await exchange.offer({ credentials: [{ type: 'TrainingPlacement' }] })
    await gateway.finishIssuance(await visit(holder, offer), offer.browserSecret ?? '')
    expect((await untilEnd(exchange, offer.exchangeId)).map(({ event }) => event.item?.state ?? event.state)).toEqual([
      'created',
      'accepted',
      'issued',
      'accepted',
      'completed',
    ])
    const two = [offered('TrainingPlacement'), offered('TrainingProgramme')]
    await expect(exchange.offer({ credentials: two })).rejects.toThrow(TypeError)
    await expect(exchange.offer({ credentials: two.slice(1), proof: 'signIn' })).rejects.toThrow(TypeError)
    const request = { credentials: [{ type: 'Identity' as const }], purpose: 'To see', device: 'cross' as const }
    await expect(exchange.request(request)).rejects.toThrow(TypeError)
    await expect(exchange.cancel('unknown')).rejects.toMatchObject({ code: 'exchange.unknown' })
  })

  it('gives one offer for one name', async () => {
    const world = await gatewayWorld()
    const sessionId = await sessionOf(world, identified(world))
    const begin = () =>
      world.gateway.beginIssuance({ sessionId, source: world.sign(PLACEMENT), idempotencyKey: 'placement 1' })
    expect(await begin()).toEqual(await begin())
    expect(world.simulator.calls.filter((call) => call === 'POST /oidc/par')).toHaveLength(1)
  })
})
