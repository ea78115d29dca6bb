import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { PassportError } from '../../src/core/errors.js'
import type { JsonObject } from '../../src/core/json.js'
import type { GovukOfferRequest } from '../../src/exchange/govuk-wallet/make-offer.js'
import type { Issuer } from '../../src/issuer/issuer.js'
import type { GovukNotification, OpenedGovukOffer } from '../../src/testing/simulators/govuk-wallet/wallet.js'
import { CANARY } from './support/canary.js'
import { CLIENT, type GovukWorld, invite, linked, URL, world } from './support/govuk-world.js'
import { get } from './support/raw-wallet.js'
import { offered, untilEnd } from './support/world.js'

const statesOf = async ({ exchange }: Pick<GovukWorld, 'exchange'>, id: string) =>
  (await untilEnd(exchange, id)).map(({ event }) => event.item?.state ?? event.state)

const issuedBy = async ({ store }: GovukWorld) => {
  const found = []
  for await (const entry of store.register.find({ state: 'issued' })) found.push(entry)
  return found
}

const askFor = async (offer: OpenedGovukOffer, token?: string) => {
  const shown = token ?? (await offer.getToken())
  const proof = await offer.prove(shown)
  return { token: shown, proof, answer: await offer.request(shown, proof) }
}

const credentialOf = ({ body }: { readonly body: JsonObject }): string =>
  (body.credentials as unknown as { credential: string }[])[0]?.credential ?? ''

/** Something to wait for. */
const gate = () => {
  let open = (): void => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open: () => open() }
}

const TAKEN = ['created', 'opened', 'issued', 'accepted', 'accepted', 'completed']

describe('a holder carries a credential in GOV.UK Wallet', () => {
  it('from the offer to the accepted notification, and to a verified credential', async () => {
    const govuk = await world()
    const { wallet, invitation, offer } = await invite(govuk)
    const credential = await offer.take()
    expect(await statesOf(govuk, invitation.exchangeId)).toEqual(TAKEN)
    expect((await govuk.verify(credential)).report).toMatchObject({
      verdict: 'accepted',
      reasons: [],
      input: { format: 'vc+jwt', issuer: URL },
    })
    expect(wallet.credentials).toEqual([credential])
    expect(await issuedBy(govuk)).toHaveLength(1)
    expect(govuk.errors).toEqual([])
  })

  it('by a link that holds the offer, and a code that others can check', async () => {
    const govuk = await world()
    const { invitation } = await invite(govuk, { validForSeconds: 600 })
    expect(invitation.uri).toMatch(
      /^https:\/\/mobile\.integration\.account\.gov\.uk\/wallet\/add\?credential_offer=%7B/,
    )
    expect(invitation.transactionCode).toBeUndefined()
    const { offer, code } = linked(invitation.uri)
    expect(offer).toMatchObject({ credential_issuer: URL, credential_configuration_ids: ['RightToWork'] })
    expect(decodeProtectedHeader(code)).toEqual({ typ: 'JWT', alg: 'ES256', kid: 'key-1' })
    const keys = (await get(`${govuk.origin}/.well-known/jwks.json`)).body
    const { payload } = await jwtVerify(code, createLocalJWKSet(keys as never), { currentDate: govuk.clock.now() })
    const iat = Math.floor(govuk.clock.now().getTime() / 1000)
    expect(payload).toEqual({
      clientId: CLIENT,
      credential_identifiers: [expect.stringMatching(/^[0-9a-f-]{36}$/)],
      credential_configuration_ids: ['RightToWork'],
      iat,
      exp: iat + 600,
      iss: URL,
      aud: govuk.simulator.origin,
    })
    expect(Date.parse(invitation.expiresAt)).toBe((iat + 600) * 1000)
    expect(invitation.uri).not.toMatch(CANARY)
  })

  it('signed as others can check, with an end and the moment of its update', async () => {
    const govuk = await world({ options: { expectedUpdateDays: 30 } })
    const { wallet, offer } = await invite(govuk)
    const credential = await offer.take()
    const { body } = await get(`${govuk.origin}/.well-known/did.json`)
    const [method] = body.verificationMethod as unknown as { id: string; publicKeyJwk: JsonObject }[]
    expect(decodeProtectedHeader(credential)).toEqual({ typ: 'vc+jwt', cty: 'vc', alg: 'ES256', kid: method?.id })
    const keys = createLocalJWKSet({ keys: [{ ...method?.publicKeyJwk, kid: method?.id } as never] })
    const { payload } = await jwtVerify(credential, keys, { issuer: URL, currentDate: govuk.clock.now() })
    const days = (count: number) =>
      `${new Date(govuk.clock.now().getTime() + count * 86_400_000).toISOString().slice(0, 19)}Z`
    expect(payload).toMatchObject({
      issuer: URL,
      sub: wallet.did,
      validUntil: days(90),
      expectedUpdate: days(60),
      credentialSubject: { id: wallet.did },
    })
  })

  it('no longer than it says itself', async () => {
    const govuk = await world()
    const [{ facts } = {}] = [offered('RightToWork')]
    const validUntil = `${new Date(govuk.clock.now().getTime() + 10 * 86_400_000).toISOString().slice(0, 19)}Z`
    const credentials = [{ type: 'RightToWork', facts: { ...facts, validUntil } }] as never
    const { offer } = await invite(govuk, { credentials })
    expect(decodeJwt(await offer.take())).toMatchObject({ validUntil, expectedUpdate: validUntil })
  })

  it('and the offer of one name is one offer', async () => {
    const govuk = await world()
    const { invitation, wallet } = await invite(govuk, { idempotencyKey: 'row 1' })
    const credentials = [offered('RightToWork')]
    const again = () =>
      govuk.exchange.offer({ credentials, walletSubjectId: wallet.walletSubjectId, idempotencyKey: 'row 1' })
    expect(await again()).toEqual(invitation)
    await (await wallet.open(invitation.uri)).take()
    await expect(again()).rejects.toMatchObject({ code: 'exchange.ended' })
  })
})

describe('what is published', () => {
  it('is what GOV.UK reads, and nothing else', async () => {
    const previous = await world()
    const older = { keyId: 'did:web:trust.example#key-0', publicKeyJwk: previous.signer.publicKeyJwk }
    const { origin, simulator, signer } = await world({ options: { previousKeys: [older] } })
    const jwk = (kid: string, { x, y }: { x: string; y?: string }) => ({
      kty: 'EC',
      crv: 'P-256',
      x,
      y,
      kid,
      alg: 'ES256',
    })
    const now = jwk('key-1', signer.publicKeyJwk)
    const before = jwk('key-0', older.publicKeyJwk)
    expect((await get(`${origin}/.well-known/jwks.json`)).body).toEqual({
      keys: [
        { ...now, use: 'sig' },
        { ...before, use: 'sig' },
      ],
    })
    const method = (key: typeof now) => ({
      id: `did:web:trust.example#${key.kid}`,
      type: 'JsonWebKey2020',
      controller: 'did:web:trust.example',
      publicKeyJwk: key,
    })
    expect((await get(`${origin}/.well-known/did.json`)).body).toEqual({
      '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/suites/jws-2020/v1'],
      id: 'did:web:trust.example',
      verificationMethod: [method(now), method(before)],
      assertionMethod: ['did:web:trust.example#key-1', 'did:web:trust.example#key-0'],
    })
    expect((await get(`${origin}/.well-known/openid-credential-issuer`)).body).toMatchObject({
      credential_issuer: URL,
      authorization_servers: [simulator.origin],
      credential_endpoint: `${URL}/credential`,
      notification_endpoint: `${URL}/notification`,
      credential_configurations_supported: {
        RightToWork: {
          format: 'jwt_vc_json',
          credential_definition: { type: ['VerifiableCredential', 'RightToWork'] },
          cryptographic_binding_methods_supported: ['did:key'],
          credential_validity_period_max_days: 90,
          credential_refresh_web_journey_url: 'https://staff-passport.gov.uk/renew',
        },
      },
    })
  })
})

describe('an access token', () => {
  const without = (name: string) => (claims: JsonObject) => {
    const { [name]: _, ...rest } = claims
    return rest
  }
  it.each<readonly [string, (claims: JsonObject) => JsonObject]>([
    ['of another issuer', (claims) => ({ ...claims, iss: 'https://token.account.gov.uk' })],
    ['for another audience', (claims) => ({ ...claims, aud: 'https://other.example' })],
    ['for several audiences', (claims) => ({ ...claims, aud: [URL, 'https://other.example'] })],
    ['that is over', (claims) => ({ ...claims, exp: Number(claims.exp) - 180 })],
    ['without an end', without('exp')],
    ['that has not begun', (claims) => ({ ...claims, nbf: Number(claims.exp) })],
    ['of somebody else', (claims) => ({ ...claims, sub: 'urn:fdc:wallet.account.gov.uk:2024:somebody' })],
    ['of nobody', without('sub')],
    ['for an unknown credential', (claims) => ({ ...claims, credential_identifiers: [crypto.randomUUID()] })],
    [
      'for two credentials',
      (claims) => ({ ...claims, credential_identifiers: [claims.credential_identifiers, 'b'].flat() as string[] }),
    ],
    ['for refreshing in the app', without('credential_identifiers')],
    ['for another type', (claims) => ({ ...claims, credential_configuration_ids: ['CoreSkill'] })],
    ['without a nonce', without('c_nonce')],
    ['without an identifier', without('jti')],
  ])('%s is refused, and an honest one still taken', async (_, rewrite) => {
    const govuk = await world()
    const { offer } = await invite(govuk)
    govuk.simulator.takeCodesAgain()
    govuk.simulator.rewriteTokens(({ header, claims }) => ({ header, claims: rewrite(claims) }))
    const { token, answer } = await askFor(offer)
    expect(answer).toMatchObject({ status: 401, body: {} })
    expect(answer.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect((await offer.notify(token, crypto.randomUUID(), 'credential_accepted')).status).toBe(401)
    expect(await issuedBy(govuk)).toEqual([])
    govuk.simulator.rewriteTokens((same) => same)
    await offer.take()
    expect(govuk.errors).toEqual([])
  })

  const flipped = (token: string): string => token.slice(0, -6) + (token.at(-6) === 'A' ? 'B' : 'A') + token.slice(-5)
  it.each<readonly [string, (token: string, header: JsonObject) => string]>([
    ['with a wrong signature', flipped],
    ['that is no token', () => 'a.b.c'],
    ['that is cut', (token) => token.slice(0, token.lastIndexOf('.'))],
  ])('%s is refused', async (_, change) => {
    const govuk = await world()
    const { offer } = await invite(govuk)
    const token = await offer.getToken()
    const answer = await offer.request(change(token, {}), await offer.prove(token))
    expect(answer.status).toBe(401)
    expect(await issuedBy(govuk)).toEqual([])
  })

  it.each([
    ['of another type', { typ: 'JWT' }],
    ['of an unknown key', { kid: 'unknown' }],
    ['that says it is signed another way', { alg: 'ES384' }],
    ['that is not signed', { alg: 'none' }],
    ['that brings its key', { jwk: { kty: 'EC' } }],
  ])('%s is refused', async (_, header) => {
    const govuk = await world()
    const { offer } = await invite(govuk)
    govuk.simulator.rewriteTokens((token) => ({ ...token, header: { ...token.header, ...header } }))
    const token = await offer.getToken()
    govuk.simulator.rewriteTokens((same) => same)
    const proof = await offer.prove(token)
    expect((await offer.request(token, proof)).status).toBe(401)
    expect(await issuedBy(govuk)).toEqual([])
  })

  it('that is not there at all is asked for, without an error', async () => {
    const { origin } = await world()
    for (const path of ['credential', 'notification']) {
      const answer = await fetch(`${origin}/${path}`, { method: 'POST' })
      expect(answer.status).toBe(401)
      expect(answer.headers.get('www-authenticate')).toBe('Bearer')
    }
  })

  it('of somebody else is told of, without saying whose', async () => {
    const govuk = await world()
    const { invitation } = await invite(govuk)
    const thief = await govuk.simulator.newWallet()
    await expect((await thief.open(invitation.uri)).take()).rejects.toThrow('401')
    expect(govuk.strangers).toEqual([invitation.exchangeId])
    expect(await issuedBy(govuk)).toEqual([])
  })

  it('of anybody does where the offer names nobody, and was allowed not to', async () => {
    const govuk = await world({ options: { withoutSubject: 'Badges of a conference, which say nothing of anybody.' } })
    const { exchangeId, uri } = await govuk.exchange.offer({ credentials: [offered('RightToWork')] })
    await (await (await govuk.simulator.newWallet()).open(uri)).take()
    expect(await statesOf(govuk, exchangeId)).toEqual(TAKEN)
  })

  it('does with the one key that the offer is kept for, where it is', async () => {
    const govuk = await world()
    govuk.simulator.takeCodesAgain()
    const { offer, wallet } = await invite(govuk)
    const { walletSubjectId, did: holder } = wallet
    const mine = await invite(govuk, { walletSubjectId, holder })
    expect((await askFor(await wallet.open(mine.invitation.uri))).answer.status).toBe(200)
    const others = await invite(govuk, { walletSubjectId, holder: (await govuk.simulator.newWallet()).did })
    expect((await askFor(await wallet.open(others.invitation.uri))).answer.status).toBe(401)
    await offer.take()
    expect(await issuedBy(govuk)).toHaveLength(2)
  })

  it('is good for one request', async () => {
    const govuk = await world()
    const { offer } = await invite(govuk)
    const { token, proof, answer } = await askFor(offer)
    expect(answer.status).toBe(200)
    expect((await offer.request(token, proof)).status).toBe(401)
    expect((await askFor(offer, token)).answer.status).toBe(401)
    expect(await issuedBy(govuk)).toHaveLength(1)
  })

  it('is good for one of many requests at once', async () => {
    const govuk = await world()
    const { offer } = await invite(govuk)
    const token = await offer.getToken()
    const answers = await Promise.all([1, 2, 3, 4].map(() => askFor(offer, token)))
    expect(answers.filter(({ answer }) => answer.status === 200)).toHaveLength(1)
    expect(await issuedBy(govuk)).toHaveLength(1)
  })

  it('may not go by the name of another, for another offer or for this one', async () => {
    const govuk = await world()
    govuk.simulator.rewriteTokens(({ header, claims }) => ({ header, claims: { ...claims, jti: 'same' } }))
    govuk.simulator.takeCodesAgain()
    const [one, other] = [await invite(govuk), await invite(govuk)]
    const { token, answer } = await askFor(one.offer)
    expect(answer.status).toBe(200)
    expect((await askFor(other.offer)).answer.status).toBe(401)
    const { notification_id: id } = answer.body
    expect((await one.offer.notify(await one.offer.getToken(), id, 'credential_accepted')).status).toBe(401)
    expect((await one.offer.notify(token, id, 'credential_accepted')).status).toBe(204)
  })
})

describe('a proof', () => {
  const seconds = ({ clock }: GovukWorld) => Math.floor(clock.now().getTime() / 1000)
  it.each<readonly [string, string, (govuk: GovukWorld) => { header?: JsonObject; claims?: JsonObject }]>([
    ['for another nonce', 'invalid_nonce', () => ({ claims: { nonce: 'another' } })],
    ['without a nonce', 'invalid_nonce', () => ({ claims: { nonce: null } })],
    ['for another issuer', 'invalid_proof', () => ({ claims: { aud: 'https://other.example' } })],
    ['of another wallet', 'invalid_proof', () => ({ claims: { iss: 'urn:example:wallet' } })],
    ['of no wallet', 'invalid_proof', () => ({ claims: { iss: null } })],
    ['from before the code', 'invalid_proof', (govuk) => ({ claims: { iat: seconds(govuk) - 61 } })],
    ['from the future', 'invalid_proof', (govuk) => ({ claims: { iat: seconds(govuk) + 120 } })],
    ['whose time is in milliseconds', 'invalid_proof', (govuk) => ({ claims: { iat: seconds(govuk) * 1000 } })],
    ['of another type', 'invalid_proof', () => ({ header: { typ: 'JWT' } })],
    [
      'of a key that was not used',
      'invalid_proof',
      () => ({ header: { kid: 'did:key:zDnaeSGfSQMYvnLbLWEubhhGDPoq7pA9MMNvumvbsmMCZovUR' } }),
    ],
    ['of no key', 'invalid_proof', () => ({ header: { kid: 'key-1' } })],
    ['that brings its key', 'invalid_proof', () => ({ header: { jwk: { kty: 'EC' } } })],
  ])('%s is refused as %s, and an honest one still taken', async (_, error, change) => {
    const govuk = await world()
    const { wallet, offer } = await invite(govuk)
    const { header = {}, claims = {} } = change(govuk)
    wallet.rewriteProofs((proof) => ({
      header: { ...proof.header, ...header },
      claims: { ...proof.claims, ...claims },
    }))
    const { token, answer } = await askFor(offer)
    expect(answer).toMatchObject({ status: 400, body: { error } })
    expect(Object.keys(answer.body)).toEqual(['error'])
    expect(await issuedBy(govuk)).toEqual([])
    wallet.rewriteProofs((same) => same)
    expect((await askFor(offer, token)).answer.status).toBe(200)
  })

  it('with a wrong signature is refused', async () => {
    const govuk = await world()
    const { offer } = await invite(govuk)
    const token = await offer.getToken()
    const proof = await offer.prove(token)
    const swapped = (await offer.prove(token)).slice(proof.lastIndexOf('.'))
    const broken = `${proof.slice(0, proof.lastIndexOf('.'))}${swapped.slice(0, -8)}AAAAAAAA`
    expect((await offer.request(token, broken)).body).toEqual({ error: 'invalid_proof' })
  })

  it('answers one token, and no other with the same nonce either', async () => {
    const govuk = await world()
    govuk.simulator.takeCodesAgain()
    const { offer } = await invite(govuk)
    const { proof, answer } = await askFor(offer)
    expect(answer.status).toBe(200)
    expect((await offer.request(await offer.getToken(), proof)).body).toEqual({ error: 'invalid_nonce' })
    govuk.simulator.rewriteTokens(({ header, claims }) => ({ header, claims: { ...claims, c_nonce: 'once' } }))
    expect((await askFor(offer)).answer.status).toBe(200)
    expect((await askFor(offer)).answer.body).toEqual({ error: 'invalid_nonce' })
  })

  it.each<readonly [string, string, unknown]>([
    ['nothing', 'invalid_proof', {}],
    ['another kind of proof', 'invalid_proof', { proof: { proof_type: 'ldp_vp', jwt: 'a.b.c' } }],
    ['proofs of version 1.0', 'invalid_proof', { proofs: { jwt: ['a.b.c'] } }],
    ['an mdoc', 'unsupported_credential_format', { format: 'mso_mdoc' }],
    ['no object', 'invalid_credential_request', []],
  ])('in a request for %s is refused as %s', async (_, error, body) => {
    const govuk = await world()
    const { offer } = await invite(govuk)
    const authorization = `Bearer ${await offer.getToken()}`
    const answer = await fetch(`${govuk.origin}/credential`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: JSON.stringify(body),
    })
    expect([answer.status, await answer.json()]).toEqual([400, { error }])
  })
})

describe('time', () => {
  it('ends a code at One Login, and some minutes later here too', async () => {
    const govuk = await world()
    const [late, later] = [await invite(govuk, { validForSeconds: 60 }), await invite(govuk, { validForSeconds: 60 })]
    govuk.clock.pass(59)
    const token = await late.offer.getToken()
    govuk.clock.pass(2)
    await expect(later.offer.getToken()).rejects.toThrow('invalid_grant')
    expect((await askFor(late.offer, token)).answer.status).toBe(200)
    const past = await invite(govuk, { validForSeconds: 60 })
    govuk.simulator.rewriteTokens(({ header, claims }) => ({
      header,
      claims: { ...claims, exp: Number(claims.exp) + 3600 },
    }))
    const lasting = await past.offer.getToken()
    govuk.clock.pass(661)
    expect((await askFor(past.offer, lasting)).answer.status).toBe(401)
  })

  it('is left to a wallet that came late, to say what became of the credential', async () => {
    const govuk = await world()
    govuk.simulator.rewriteTokens(({ header, claims }) => ({
      header,
      claims: { ...claims, exp: Number(claims.exp) + 3600 },
    }))
    const { offer, invitation } = await invite(govuk, { validForSeconds: 60 })
    const token = await offer.getToken()
    govuk.clock.pass(600)
    const { answer } = await askFor(offer, token)
    govuk.clock.pass(300)
    await govuk.keeper.keep()
    expect((await offer.notify(token, answer.body.notification_id, 'credential_accepted')).status).toBe(204)
    expect(await statesOf(govuk, invitation.exchangeId)).toEqual(TAKEN)
    expect((await govuk.verify(credentialOf(answer))).report.verdict).toBe('accepted')
  })

  it('takes back what no wallet said that it kept', async () => {
    const govuk = await world()
    const { invitation, offer } = await invite(govuk)
    const { answer } = await askFor(offer)
    const credential = credentialOf(answer)
    expect((await govuk.verify(credential)).report.verdict).toBe('accepted')
    govuk.clock.pass(3600)
    await govuk.keeper.keep()
    expect((await untilEnd(govuk.exchange, invitation.exchangeId)).at(-1)).toMatchObject({
      state: 'expired',
      reason: 'exchange.expired',
    })
    expect((await govuk.verify(credential)).report.reasons).toContainEqual({ check: 'status', code: 'status.revoked' })
    expect(govuk.errors).toEqual([])
  })

  it('is not waited for by whoever cancels', async () => {
    const govuk = await world()
    const { invitation, offer } = await invite(govuk)
    const token = await offer.getToken()
    await govuk.exchange.cancel(invitation.exchangeId)
    await govuk.exchange.cancel(invitation.exchangeId)
    expect((await askFor(offer, token)).answer.status).toBe(401)
    await expect(govuk.exchange.cancel('unknown')).rejects.toMatchObject({ code: 'exchange.unknown' })
    expect(await issuedBy(govuk)).toEqual([])
  })
})

describe('an answer that got lost', () => {
  it('is given again to the same key with another token, and to no other key', async () => {
    const govuk = await world()
    govuk.simulator.takeCodesAgain()
    const { wallet, offer } = await invite(govuk)
    const first = await askFor(offer)
    const again = await askFor(offer)
    expect(again.answer.body).toEqual(first.answer.body)
    const other = await govuk.simulator.newWallet()
    const token = await offer.getToken()
    const stolen = await (await other.open((await invite(govuk)).invitation.uri)).prove(token)
    expect((await offer.request(token, stolen)).status).toBe(401)
    expect(await issuedBy(govuk)).toHaveLength(1)
    expect(wallet.credentials).toEqual([])
  })

  it('is not given once the wallet said that it has it', async () => {
    const govuk = await world()
    govuk.simulator.takeCodesAgain()
    const { offer } = await invite(govuk)
    await offer.take()
    expect((await askFor(offer)).answer.status).toBe(401)
  })

  it('because of a crash while it was signed leaves one credential that is valid', async () => {
    const late = gate()
    const recorded = gate()
    const before = (issuer: Issuer): Issuer => ({
      ...issuer,
      issue: async (...asked) => {
        const issued = await issuer.issue(...asked)
        recorded.open()
        await late.opened
        return issued
      },
    })
    const govuk = await world({ before })
    govuk.simulator.takeCodesAgain()
    const { invitation, offer } = await invite(govuk)
    const cutOff = askFor(offer)
    await recorded.opened
    const { exchange } = govuk.reopen()
    expect((await askFor(offer)).answer).toMatchObject({ status: 503, body: { error: 'temporarily_unavailable' } })
    govuk.clock.pass(11)
    const { token, answer } = await askFor(offer)
    expect(answer.status).toBe(200)
    late.open()
    expect((await cutOff).answer).toMatchObject({ status: 400, body: { error: 'credential_request_denied' } })
    expect((await askFor(offer)).answer.body).toEqual(answer.body)
    expect((await offer.notify(token, answer.body.notification_id, 'credential_accepted')).status).toBe(204)
    expect((await govuk.verify(credentialOf(answer))).report.verdict).toBe('accepted')
    const entries = await issuedBy(govuk)
    expect(entries.filter(({ statusChanges = [] }) => statusChanges.length === 0)).toHaveLength(1)
    expect(await statesOf({ exchange }, invitation.exchangeId)).toEqual(TAKEN)
  })
})

describe('a notification', () => {
  const taken = async (govuk: GovukWorld) => {
    const { offer, invitation } = await invite(govuk)
    const { token, answer } = await askFor(offer)
    const tell = async (event: GovukNotification, shown = token, id: unknown = answer.body.notification_id) => {
      const { status, body } = await offer.notify(shown, id, event)
      return [status, body.error]
    }
    return { credential: credentialOf(answer), id: invitation.exchangeId, offer, tell }
  }
  const GOOD = [204, undefined]

  it('that comes again is no change', async () => {
    const govuk = await world()
    const { id, tell } = await taken(govuk)
    expect(await tell('credential_accepted')).toEqual(GOOD)
    expect(await tell('credential_accepted')).toEqual(GOOD)
    expect(await statesOf(govuk, id)).toEqual(TAKEN)
  })

  it.each([
    ['credential_failure', 'refused', 'rejected'],
    ['credential_deleted', 'deleted', 'rejected'],
  ] as const)('of %s takes the credential back', async (event, item, end) => {
    const govuk = await world()
    const { id, credential, tell } = await taken(govuk)
    expect(await tell(event)).toEqual(GOOD)
    expect(await tell(event)).toEqual(GOOD)
    expect(await statesOf(govuk, id)).toEqual(['created', 'opened', 'issued', 'accepted', item, end])
    expect((await govuk.verify(credential)).report.reasons).toContainEqual({ check: 'status', code: 'status.revoked' })
  })

  it('of deleting what was accepted takes it back too, with another token', async () => {
    const govuk = await world()
    govuk.simulator.takeCodesAgain()
    const { offer, credential, tell } = await taken(govuk)
    await tell('credential_accepted')
    expect(await tell('credential_deleted', await offer.getToken())).toEqual(GOOD)
    expect(await tell('credential_failure')).toEqual(GOOD)
    expect((await govuk.verify(credential)).report.reasons).toContainEqual({ check: 'status', code: 'status.revoked' })
  })

  it('is refused in the words of its protocol', async () => {
    const govuk = await world()
    const { tell } = await taken(govuk)
    const other = await taken(govuk)
    expect(await tell('credential_stolen' as 'credential_deleted')).toEqual([400, 'invalid_notification_request'])
    expect(await tell('credential_accepted', undefined, crypto.randomUUID())).toEqual([400, 'invalid_notification_id'])
    expect(await other.tell('credential_accepted', undefined, 'null')).toEqual([400, 'invalid_notification_id'])
    govuk.clock.pass(181)
    expect(await tell('credential_accepted')).toEqual([401, undefined])
  })
})

describe('the keys of the token service', () => {
  it('are asked for once while they are fresh, and again for a new one', async () => {
    const govuk = await world()
    const asked = () => govuk.simulator.calls.filter((call) => call === 'GET /.well-known/jwks.json').length
    for (let taken = 0; taken < 3; taken++) await (await invite(govuk)).offer.take()
    expect(asked()).toBe(1)
    await govuk.simulator.rotateKey()
    const { offer } = await invite(govuk)
    const token = await offer.getToken()
    // So soon, whoever makes names up would have them asked for at will.
    expect((await askFor(offer, token)).answer.status).toBe(401)
    expect(asked()).toBe(1)
    govuk.clock.pass(31)
    expect((await askFor(offer, token)).answer.status).toBe(200)
    expect(asked()).toBe(2)
    govuk.clock.pass(301)
    await (await invite(govuk)).offer.take()
    expect(asked()).toBe(3)
  })

  it.each([
    [
      'cannot be had',
      async () => Promise.reject(new PassportError('fetch.timeout', 'It took too long')),
      'fetch.timeout',
    ],
    [
      'are none',
      async () => ({ url: '', contentType: '', freshFor: 0, body: new TextEncoder().encode('{}') }),
      'exchange.malformed',
    ],
  ] as const)('that %s let nobody in, and are asked for again', async (_, broken, code) => {
    let isBroken = true
    const govuk = await world({ fetch: (fetch) => (url, request) => (isBroken ? broken() : fetch(url, request)) })
    const { offer } = await invite(govuk)
    const token = await offer.getToken()
    expect((await askFor(offer, token)).answer.status).toBe(500)
    expect(govuk.errors).toMatchObject([{ code }])
    isBroken = false
    expect((await askFor(offer, token)).answer.status).toBe(200)
  })

  it('are fetched again after the connection broke, or their service was down', async () => {
    const govuk = await world()
    const { offer } = await invite(govuk)
    const token = await offer.getToken()
    for (const fault of ['dropConnection', 'status500'] as const) {
      govuk.simulator.faults[fault] = 1
      expect((await askFor(offer, token)).answer.status).toBe(500)
    }
    expect(govuk.errors).toMatchObject([{ code: 'fetch.failed' }, { code: 'fetch.failed' }])
    expect((await askFor(offer, token)).answer.status).toBe(200)
  })
})

describe('what cannot be', () => {
  const credentials = [offered('RightToWork')]
  const [{ facts } = {}] = credentials
  const walletSubjectId = 'urn:fdc:wallet.account.gov.uk:2024:somebody'
  const photo = 'data:image/jpeg;base64,/9j/2Q=='

  it.each([
    ['two at once', { credentials: [...credentials, ...credentials] }],
    ['none', { credentials: [] }],
    ['signing in', { proof: 'signIn' }],
    ['a transaction code', { proof: 'code' }],
    ['a credential for later', { credentials: [{ type: 'RightToWork' }] }],
    ['an mdoc', { credentials: [{ type: 'RightToWork', facts, format: 'mso_mdoc' }] }],
    ['the model 1.1', { credentials: [{ type: 'RightToWork', facts, format: 'jwt_vc_json' }] }],
    ['a type that was not agreed', { credentials: [offered('Varicella')] }],
    ['a photograph', { credentials: [{ type: 'RightToWork', facts: { ...facts, claims: { photo } } }] }],
    ['no time', { validForSeconds: 0 }],
    ['more than an hour', { validForSeconds: 3601 }],
    ['to anybody', { walletSubjectId: undefined }],
    ['to no key', { holder: 'did:web:somebody.example' }],
    ['to another kind of person', { walletSubjectId: 'urn:uuid:somebody' }],
  ])('to offer %s', async (what, more) => {
    const { exchange } = await world()
    const refused = exchange.offer({ credentials, walletSubjectId, ...more } as GovukOfferRequest)
    await expect(refused).rejects.toThrow(TypeError)
    if (what === 'an mdoc') await expect(refused).rejects.toThrow('mso_mdoc')
  })

  it('to offer what the rules refuse, or to name anybody in saying so', async () => {
    const { exchange } = await world()
    const claims = { ...(facts?.claims as object), dateOfIdCheck: 'Zzyzx' }
    const wrong = [{ type: 'RightToWork', facts: { ...facts, claims } }] as never
    const error = await exchange.offer({ credentials: wrong, walletSubjectId }).catch((thrown: Error) => thrown)
    expect(error).toMatchObject({ code: 'claims.invalid' })
    expect(`${JSON.stringify(error)} ${(error as Error).message}`).not.toMatch(/Zzyzx/)
  })

  it('to ask for anything', async () => {
    const { exchange } = await world()
    await expect(exchange.request()).rejects.toThrow(TypeError)
    expect(exchange.capabilities).toMatchObject({ offers: true, requests: false })
  })

  it.each<readonly [string, unknown]>([
    ['url', 'https://trust.example/'],
    ['url', 'https://trust.example/issue'],
    ['url', 'https://other.example'],
    ['url', 'http://127.0.0.1:8080'],
    ['clientId', ''],
    ['environment', 'staging'],
    ['environment', { tokenService: 'http://token.example', offerUrl: 'https://mobile.example' }],
    ['fetch', undefined],
    ['types', []],
    ['types', ['Zzyzx']],
    ['validityDays', 0],
    ['expectedUpdateDays', -1],
    ['refreshUrl', 'https://staff-passport.nhs.uk/renew'],
    ['refreshUrl', 'http://staff-passport.gov.uk/renew'],
    ['whenUnaccepted', undefined],
    ['withoutSubject', ' '],
    ['register', undefined],
    ['previousKeys', [{ keyId: 'did:web:other.example#key-0', publicKeyJwk: { kty: 'EC', crv: 'P-256', x: 'a' } }]],
  ])('an option %s that does not fit: %j', async (name, value) => {
    await expect(world({ options: { [name]: value } })).rejects.toThrow(TypeError)
  })

  it('an issuer with a name, or a key of another kind or name', async () => {
    await expect(world({ issuer: { name: 'Northfield' } })).rejects.toThrow('without a name')
    const { signer } = await world()
    const others = [
      { ...signer, algorithm: 'EdDSA' as const },
      { ...signer, keyId: 'did:web:other.example#key-1' },
      { ...signer, keyId: 'did:web:trust.example#Key-1' },
      { ...signer, certificateChain: ['AAAA'] },
    ]
    for (const other of others) await expect(world({ options: { signer: other } })).rejects.toThrow(TypeError)
  })
})

describe('nothing of anybody is kept in the open', () => {
  it('neither in what stays of an offer that was taken, nor in errors and headers', async () => {
    const govuk = await world()
    const { invitation, offer, wallet } = await invite(govuk)
    await offer.take()
    const views = JSON.stringify(await untilEnd(govuk.exchange, invitation.exchangeId))
    expect(views).not.toMatch(CANARY)
    expect(views).not.toContain(wallet.walletSubjectId)
    const kept = await govuk.book.byId(invitation.exchangeId)
    expect(JSON.stringify(kept)).not.toMatch(CANARY)
    for await (const record of govuk.store.exchanges.find({ id: invitation.exchangeId }))
      expect(JSON.stringify(record)).not.toContain(wallet.walletSubjectId)
  })
})
