import { describe, expect, it } from 'vitest'
import { ClaimsError } from '../../src/core/errors.js'
import type { JsonObject } from '../../src/core/json.js'
import { entraContract } from '../../src/exchange/entra/contracts.js'
import type { EntraPresentationRequest } from '../../src/exchange/entra/questions.js'
import type { OfferRequest } from '../../src/exchange/wallet-exchange.js'
import type { GuardedRequest } from '../../src/ports/guarded-request.js'
import {
  ASK,
  callback,
  clientOf,
  errorOf,
  everythingSaid,
  FACTS,
  OFFER,
  RIGHT_TO_WORK,
  world,
} from './support/entra-world.js'
import { offered } from './support/world.js'

describe('what cannot be', () => {
  const credentials = OFFER.credentials
  const [{ facts } = {}] = credentials

  it.each([
    ['two at once', { credentials: [...credentials, ...credentials] }],
    ['none', { credentials: [] }],
    ['signing in', { ...OFFER, proof: 'signIn' }],
    ['a credential for later', { credentials: [{ type: 'RightToWork' }] }],
    ['another format', { credentials: [{ type: 'RightToWork', facts, format: 'dc+sd-jwt' }] }],
    ['a type without a contract', { credentials: [offered('CoreSkill')] }],
    ['a beginning', { credentials: [{ type: 'RightToWork', facts: { ...facts, validFrom: '2026-01-01T00:00:00Z' } }] }],
    ['no time', { ...OFFER, validForSeconds: 0 }],
  ])('to offer %s', async (_, offer) => {
    const { exchange } = await world()
    await expect(exchange.offer(offer as OfferRequest)).rejects.toThrow(TypeError)
  })

  const one = (more: object) => ({ credentials: [{ type: 'RightToWork', ...more }] })
  it.each([
    ['nothing', { credentials: [] }],
    ['one type twice', { credentials: [RIGHT_TO_WORK, RIGHT_TO_WORK] }],
    ['from nobody', one({ issuers: [] })],
    ['a type of nobody', { credentials: [{ type: 'CoreSkill' }] }],
    ['no type', { credentials: [{ type: 'Zzyzx', issuers: ['did:web:a.example'] }] }],
    ['perhaps', one({ optional: true })],
    ['several', one({ several: true })],
    ['another format', one({ formats: ['dc+sd-jwt'] })],
    ['a constraint with two operands', one({ constraints: [{ claimName: 'a', contains: 'b', startsWith: 'c' }] })],
    ['a constraint with none', one({ constraints: [{ claimName: 'a' }] })],
    ['a face at 49', one({ faceCheck: { sourcePhotoClaimName: 'photo', matchConfidenceThreshold: 49 } })],
    ['on the same device', { device: 'same', returnUrl: 'https://portal.example/' }],
    ['for nothing', { purpose: '' }],
  ])('to ask for %s', async (_, request) => {
    const { exchange } = await world()
    await expect(exchange.request({ ...ASK, ...request } as EntraPresentationRequest)).rejects.toThrow(TypeError)
  })

  it.each([
    ['url', 'http://portal.example'],
    ['apiKey', 'short'],
    ['authority', 'Northfield'],
    ['name', ''],
    ['pinLength', 3],
    ['pinLength', 17],
    ['client', undefined],
    ['manifests', { Zzyzx: 'https://a.example' }],
    ['manifests', { RightToWork: 'no address' }],
  ])('an option %s that does not fit', async (name, value) => {
    const entra = world({ options: { [name]: value } })
    await expect(entra).rejects.toThrow(TypeError)
  })

  it('an index that not every credential has', () => {
    const options = { issuedBy: 'Northfield', indexed: 'passportExpiryDate' }
    expect(() => entraContract('RightToWork', options)).toThrow(TypeError)
    expect(() => entraContract('Zzyzx' as 'RightToWork', options)).toThrow(TypeError)
  })
})

describe('nobody is named', () => {
  const CANARY = 'Zzyzx'
  const withCanary = (more: JsonObject) =>
    ({
      credentials: [
        { type: 'RightToWork', facts: { ...FACTS, claims: { ...FACTS.claims, legalSurname: CANARY, ...more } } },
      ],
    }) as unknown as OfferRequest

  it('in what is refused before anything is sent', async () => {
    const { exchange, simulator } = await world()
    const before = simulator.calls.length
    const refused = await errorOf(exchange.offer(withCanary({ dateOfIdCheck: CANARY })))
    expect(refused).toBeInstanceOf(ClaimsError)
    expect((refused as ClaimsError).faults.map(({ path }) => path)).toContain(
      '/credentials/0/facts/claims/dateOfIdCheck',
    )
    expect(everythingSaid(refused)).not.toContain(CANARY)
    const ended = { ...FACTS, validUntil: '2020-01-01T00:00:00Z' }
    const late = { credentials: [{ type: 'RightToWork', facts: ended }] } as unknown as OfferRequest
    expect(await errorOf(exchange.offer(late))).toMatchObject({ code: 'claims.invalid' })
    expect(simulator.calls.length).toBe(before)
  })

  it('in what Entra refuses, whose words repeat it', async () => {
    const manifests: Record<string, string> = {}
    const { admin, exchange } = await world({ options: { manifests } })
    // A contract that asks for more than is sent.
    const contract = structuredClone(entraContract('RightToWork', { issuedBy: 'Northfield', name: 'more' }))
    const [hint] = contract.rules.attestations.idTokenHints as unknown as { mapping: object[] }[]
    hint?.mapping.push({ inputClaim: 'other', outputClaim: 'other', required: true, indexed: false, type: 'String' })
    manifests.RightToWork = (await admin.createContract(contract)).manifestUrl
    const refused = await errorOf(exchange.offer(withCanary({})))
    expect(refused).toMatchObject({ code: 'exchange.refused', retryable: false })
    expect((refused as Error).message).toBe('Entra answered 400: badRequest, badOrMissingField')
    expect(everythingSaid(refused)).not.toContain(CANARY)
  })

  it('nor any code that is not on the list of Entra’s own', async () => {
    const { simulator } = await world()
    const error = { code: CANARY, message: CANARY, innererror: { code: 'transientError', target: CANARY } }
    const send: GuardedRequest = async (url) =>
      url.endsWith('/token')
        ? { status: 200, headers: {}, body: Buffer.from('{"access_token":"a","expires_in":3599}') }
        : { status: 400, headers: {}, body: Buffer.from(JSON.stringify({ error })) }
    const client = clientOf(simulator, { now: () => new Date() }, [], 5_000, send)
    const refused = await errorOf(client.call({ api: 'requests', method: 'POST', path: 'x', repeatable: true }))
    expect((refused as Error).message).toBe('Entra answered 400: transientError')
    expect(everythingSaid(refused)).not.toContain(CANARY)
  })

  it('nor the secret of the application', async () => {
    const { simulator } = await world()
    const wrong = { ...simulator, client: { ...simulator.client, clientSecret: CANARY } }
    const client = clientOf(wrong, { now: () => new Date() })
    const refused = await errorOf(client.call({ api: 'admin', method: 'GET', path: 'x', repeatable: true }))
    expect((refused as Error).message).toBe('Entra answered 401: invalid_client')
    expect(everythingSaid(refused)).not.toContain(CANARY)
  })

  it('in answers to callbacks', async () => {
    const entra = await world()
    const answers = [
      await callback(entra, { state: CANARY, requestId: CANARY, requestStatus: CANARY }),
      await callback(entra, CANARY),
      await callback(entra, { state: CANARY }, { 'api-key': CANARY }),
    ]
    for (const answer of answers) expect(await answer.text()).not.toContain(CANARY)
    expect(answers.map(({ status }) => status)).toEqual([404, 400, 401])
  })
})
