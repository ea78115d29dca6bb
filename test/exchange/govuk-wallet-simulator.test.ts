import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/core/json.js'
import type { Issuer } from '../../src/issuer/issuer.js'
import { CLIENT, invite, linked, URL, world } from './support/govuk-world.js'
import { offered, untilEnd } from './support/world.js'

type Change = (body: JsonObject) => JsonObject

const METADATA = '/.well-known/openid-credential-issuer'
const KEYS = '/.well-known/jwks.json'
const DID = '/.well-known/did.json'

/** Changes every type that metadata describe. */
const configured =
  (change: Change): Change =>
  (body) => {
    const types = Object.entries(body.credential_configurations_supported as JsonObject)
    const changed = types.map(([name, one]) => [name, change(one as JsonObject)])
    return { ...body, credential_configurations_supported: Object.fromEntries(changed) }
  }

const everyMethod =
  (change: Change): Change =>
  (body) => ({ ...body, verificationMethod: (body.verificationMethod as readonly JsonObject[]).map(change) })

describe('the simulated wallet opens no offer of an issuer that describes itself otherwise', () => {
  it.each<readonly [string, Change]>([
    ['by another address', (body) => ({ ...body, credential_issuer: 'https://other.example' })],
    ['without the token service', (body) => ({ ...body, authorization_servers: [URL] })],
    ['with another credential endpoint', (body) => ({ ...body, credential_endpoint: `${URL}/issue` })],
    ['without the type', (body) => ({ ...body, credential_configurations_supported: {} })],
    ['in version 1.0', configured((one) => ({ ...one, format: 'vc+jwt' }))],
    ['without an agreed validity', configured(({ credential_validity_period_max_days: _, ...one }) => one)],
    [
      'with a page elsewhere than on gov.uk',
      configured((one) => ({ ...one, credential_refresh_web_journey_url: 'https://trust.nhs.uk/' })),
    ],
  ])('%s', async (_, change) => {
    const govuk = await world({ tamper: { [METADATA]: change } })
    await expect(invite(govuk)).rejects.toThrow(/GOV\.UK Wallet: .* wrong at/)
  })
})

describe('the simulated token service takes no code', () => {
  it.each<readonly [string, Change]>([
    ['of a key that is not published', () => ({ keys: [] })],
    [
      'whose keys are of another form',
      ({ keys }) => ({ keys: (keys as JsonObject[]).map((key) => ({ ...key, key_ops: [] })) }),
    ],
  ])('%s', async (_, change) => {
    const { offer } = await invite(await world({ tamper: { [KEYS]: change } }))
    await expect(offer.getToken()).rejects.toThrow('invalid_grant')
  })

  it('of a client that is not registered, or twice', async () => {
    const govuk = await world({ options: { clientId: `not ${CLIENT}` } })
    await expect((await invite(govuk)).offer.getToken()).rejects.toThrow('invalid_grant')
    const { offer } = await invite(await world())
    await offer.getToken()
    await expect(offer.getToken()).rejects.toThrow('invalid_grant')
  })

  it('that was changed', async () => {
    const { wallet, invitation } = await invite(await world())
    const { code } = linked(invitation.uri)
    const [header, payload = '', signature] = code.split('.')
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
    const longer = Buffer.from(JSON.stringify({ ...claims, exp: claims.exp + 1 })).toString('base64url')
    const changed = invitation.uri.replace(code, [header, longer, signature].join('.'))
    await expect((await wallet.open(changed)).getToken()).rejects.toThrow('not signed with a key of its issuer')
  })
})

describe('the simulated wallet does not keep a credential, and says so', () => {
  const withoutUpdate = (issuer: Issuer): Issuer => ({
    ...issuer,
    issue: (type, request, { expectedUpdate: _, ...options } = {}) => issuer.issue(type, request, options),
  })
  const tooLong = (issuer: Issuer): Issuer => ({
    ...issuer,
    issue: (type, request, options) => issuer.issue(type, { ...request, validUntil: '2999-01-01T00:00:00Z' }, options),
  })
  const cut = ({ credentials, ...body }: JsonObject): JsonObject => {
    const [{ credential }] = credentials as unknown as [{ credential: string }]
    return { ...body, credentials: [{ credential: `${credential.slice(0, -10)}AAAAAAAAAA` }] }
  }
  it.each<readonly [string, Parameters<typeof world>[0]]>([
    ['without its update', { before: withoutUpdate }],
    ['that lasts longer than agreed', { before: tooLong }],
    ['with a wrong signature', { tamper: { '/credential': cut } }],
    ['of a key that may not issue', { tamper: { [DID]: (body) => ({ ...body, assertionMethod: ['did:web:a'] }) } }],
    [
      'of a DID document in a newer form',
      { tamper: { [DID]: everyMethod((one) => ({ ...one, type: 'JsonWebKey' })) } },
    ],
    ['of another host', { tamper: { [DID]: (body) => ({ ...body, id: 'did:web:other.example' }) } }],
  ])('%s', async (_, options) => {
    const govuk = await world(options)
    const { wallet, invitation, offer } = await invite(govuk)
    await expect(offer.take()).rejects.toThrow('does not take the credential')
    expect(wallet.credentials).toEqual([])
    const [end] = (await untilEnd(govuk.exchange, invitation.exchangeId)).slice(-1)
    expect(end).toMatchObject({ state: 'rejected', reason: 'holder.unable' })
    for await (const { statusChanges } of govuk.store.register.find({ state: 'issued' }))
      expect(statusChanges).toMatchObject([{ purpose: 'revocation', set: true }])
  })
})

describe('when a newer credential is to be expected', () => {
  it('is said in vc+jwt alone, and as a time', async () => {
    const { issuer } = await world()
    const { facts } = offered('RightToWork')
    const request = { ...facts, subject: 'did:key:zDnaeSGfSQMYvnLbLWEubhhGDPoq7pA9MMNvumvbsmMCZovUR' } as never
    const expectedUpdate = '2030-01-01T00:00:00Z'
    await expect(issuer.issue('RightToWork', request, { format: 'dc+sd-jwt', expectedUpdate })).rejects.toThrow(
      TypeError,
    )
    await expect(issuer.issue('RightToWork', request, { expectedUpdate: 'soon' })).rejects.toThrow(TypeError)
    const { document } = await issuer.issue('RightToWork', request, { expectedUpdate })
    expect(document).not.toHaveProperty('expectedUpdate')
  })
})
