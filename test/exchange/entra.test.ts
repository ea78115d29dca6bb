import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../src/core/json.js'
import type { CredentialTypeName } from '../../src/credentials/rows.js'
import { CREDENTIAL_ROWS } from '../../src/credentials/rows.js'
import { toEntraClaims } from '../../src/exchange/entra/claims.js'
import { entraContract } from '../../src/exchange/entra/contracts.js'
import type { EntraRequestedCredential } from '../../src/exchange/entra/questions.js'
import type { OfferRequest } from '../../src/exchange/wallet-exchange.js'
import { createVerifier } from '../../src/verifier/create-verifier.js'
import { POLICIES } from '../../src/verifier/policy.js'
import { ASK, ask, FACTS, OFFER, RIGHT_TO_WORK, statesOf, TAKEN, take, UNIQUE, world } from './support/entra-world.js'
import { createDemoAuthority, offered, untilEnd } from './support/world.js'

describe('a holder carries a credential in Microsoft Authenticator', () => {
  it('takes it, shows it, and shows it in vain once it is revoked', async () => {
    const entra = await world()
    const wallet = await entra.simulator.newAuthenticator()
    const id = await take(entra, wallet)
    expect(await statesOf(entra, id)).toEqual(TAKEN)
    expect(await ask(entra, wallet)).toMatchObject({
      end: { state: 'completed' },
      outcome: {
        verdict: 'accepted',
        credentials: [
          {
            issuer: entra.simulator.did,
            type: ['VerifiableCredential', 'RightToWork'],
            claims: { uniqueIdentifier: UNIQUE },
            revocationStatus: 'VALID',
          },
        ],
      },
    })
    const contract = entra.contracts.RightToWork.id
    const [issued, ...others] = await entra.admin.findCredentials(contract, UNIQUE)
    expect(others).toEqual([])
    expect(issued).toMatchObject({ contractId: contract, status: 'valid' })
    await entra.admin.revoke(contract, issued!.id)
    expect(await entra.admin.findCredentials(contract, UNIQUE)).toMatchObject([{ status: 'issuerRevoked' }])
    expect(await ask(entra, wallet)).toMatchObject({
      end: { state: 'failed', reason: 'presentation.refused' },
      outcome: { verdict: 'rejected', faults: [] },
    })
    expect(entra.errors).toEqual([])
    expect(new Set(entra.simulator.callbacks.map(({ status }) => status))).toEqual(new Set([200]))
  })

  it('shows only what was asked for, and only to the browser that asked', async () => {
    const entra = await world()
    const wallet = await entra.simulator.newAuthenticator()
    await take(entra, wallet)
    const { outcome, found } = await ask(entra, wallet)
    expect(Object.keys(outcome?.credentials?.[0]?.claims ?? {}).sort()).toEqual(['nationality', 'uniqueIdentifier'])
    expect(entra.entra.outcome(found!, undefined)).toBeUndefined()
    expect(entra.entra.outcome(found!, { browserSecret: 'another' })).toBeUndefined()
    expect(JSON.stringify(await untilEnd(entra.exchange, found!.id))).not.toContain(UNIQUE)
  })

  it('keeps nothing of what an offered credential says', async () => {
    const entra = await world()
    const { exchangeId } = await entra.exchange.offer(OFFER)
    expect(JSON.stringify(await entra.book.byId(exchangeId))).not.toContain(String(FACTS.claims.legalSurname))
  })

  it('holds a token that was really signed', async () => {
    const { simulator, exchange } = await world()
    const wallet = await simulator.newAuthenticator()
    await take({ exchange }, wallet, { credentials: [offered('EmploymentHistory')] })
    const authority = await createDemoAuthority()
    const { did, publicKeyJwk } = simulator
    const keys = [{ id: `${did}#key-1`, publicKeyJwk, validFrom: '2020-01-01T00:00:00Z' }]
    const entry = { ...authority.organisations.northfield.entry, issuers: [did], keys }
    const trustList = await authority.signTrustList({ ...authority.list, organisations: [entry] })
    const verifier = createVerifier({ policy: POLICIES.entra, trustList, anchor: authority.anchor })
    const { report } = await verifier.verifyCredential(wallet.credentials[0])
    expect(report.checks).toMatchObject({
      signature: { outcome: 'passed' },
      issuerTrust: { outcome: 'passed' },
      validityPeriod: { outcome: 'passed' },
      // Nothing of ours fetches a list that is named by a DID URL.
      status: { outcome: 'inconclusive', code: 'status.listUnavailable' },
    })
  })

  it.each(Object.keys(CREDENTIAL_ROWS) as CredentialTypeName[])('of any type, such as %s', async (type) => {
    const { admin } = await world()
    const contract = entraContract(type, { issuedBy: 'Northfield', name: `Northfield ${type}` })
    const created = await admin.createContract(contract)
    expect(await admin.listContracts()).toContainEqual(created)
    const [{ mapping } = { mapping: [] }] = contract.rules.attestations.idTokenHints
    const sent = Object.keys(toEntraClaims(JSON.parse(JSON.stringify(offered(type).facts)) as JsonObject))
    expect(sent.filter((name) => !mapping.some(({ inputClaim }) => inputClaim === name))).toEqual([])
    expect(mapping.filter(({ required, inputClaim }) => required && !sent.includes(inputClaim))).toEqual([])
    expect(mapping.filter(({ indexed }) => indexed)).toMatchObject([{ outputClaim: 'uniqueIdentifier' }])
  })

  it('with a photograph as Entra shows it, and of a face that is compared with it', async () => {
    const entra = await world()
    const identity = offered('Identity')
    const photo = `data:image/jpeg;base64,${Buffer.from([0xff, 0xd8, 0xff, 0xfb, 0xef]).toString('base64')}`
    const facts = { ...identity.facts, claims: { ...(identity.facts as { claims: object }).claims, photo } }
    const wallet = await entra.simulator.newAuthenticator()
    await take(entra, wallet, { credentials: [{ ...identity, facts } as typeof identity] })
    const faceCheck = { sourcePhotoClaimName: 'photo', matchConfidenceThreshold: 80 }
    const credentials: EntraRequestedCredential[] = [{ type: 'Identity', claims: ['photo'], faceCheck }]
    expect((await ask(entra, wallet, { credentials })).outcome).toMatchObject({
      credentials: [{ claims: { photo: '_9j_--8' }, faceCheck: { matchConfidenceScore: 86.314159 } }],
    })
    wallet.likeness = 79
    expect((await ask(entra, wallet, { credentials })).outcome).toEqual({ verdict: 'rejected', faults: [] })
  })
})

describe('what the holder does otherwise', () => {
  it('a wrong code takes nothing', async () => {
    const { exchange, simulator } = await world()
    const { uri, transactionCode = '' } = await exchange.offer(OFFER)
    expect(transactionCode).toMatch(/^\d{6}$/)
    const wallet = await simulator.newAuthenticator()
    const wrong = transactionCode === '000000' ? '000001' : '000000'
    await expect((await wallet.scan(uri, { pin: wrong })).accept()).rejects.toThrow('The code is wrong')
    expect(wallet.credentials).toEqual([])
  })

  it('declines, of which nobody is told: it expires', async () => {
    const clock = { time: Date.now(), now: () => new Date(clock.time) }
    const entra = await world({ clock })
    const { uri, exchangeId } = await entra.exchange.request(ASK)
    await (await (await entra.simulator.newAuthenticator()).scan(uri)).decline()
    clock.time += 3_600_000
    await entra.keeper.keep()
    expect(await statesOf(entra, exchangeId)).toEqual(['created', 'opened', 'expired'])
  })

  it('is too late for what was cancelled', async () => {
    const entra = await world()
    const { uri, exchangeId, transactionCode = '' } = await entra.exchange.offer(OFFER)
    await entra.exchange.cancel(exchangeId)
    await entra.exchange.cancel(exchangeId)
    const scanned = await (await entra.simulator.newAuthenticator()).scan(uri, { pin: transactionCode })
    await scanned.accept()
    expect(await statesOf(entra, exchangeId)).toEqual(['created', 'failed'])
    expect(entra.simulator.callbacks.map(({ status }) => status)).toEqual([409, 409])
    await expect(entra.exchange.cancel('unknown')).rejects.toMatchObject({ code: 'exchange.unknown' })
  })
})

describe('Entra is not taken at its word', () => {
  type Entry = Record<string, Json>
  const first = (change: (entry: Entry) => void) => (told: JsonObject) => {
    const copy = structuredClone(told) as Record<string, Json>
    const [entry] = (copy.verifiedCredentialsData ?? []) as unknown as Entry[]
    if (entry) change(entry)
    return copy as JsonObject
  }
  const twice = (told: JsonObject): JsonObject => {
    const data = told.verifiedCredentialsData as readonly Json[] | undefined
    return data ? { ...told, verifiedCredentialsData: [...data, ...data] } : told
  }
  const set = (name: string, value: Json) => first((entry) => Object.assign(entry, { [name]: value }))

  it.each([
    ['a revoked credential', set('credentialState', { revocationStatus: 'REVOKED' }), 'status.revoked'],
    ['no word on its status', set('credentialState', {}), 'status.missing'],
    ['another issuer', set('issuer', 'did:web:another.example'), 'exchange.issuerNotAsked'],
    ['another type', set('type', ['VerifiableCredential', 'Identity']), 'exchange.notAnswered'],
    ['a claim that is missing', set('claims', { nationality: 'British' }), 'exchange.notAnswered'],
    ['one that has ended', set('expirationDate', '2020-01-01T00:00:00Z'), 'validityPeriod.expired'],
    ['one that has not begun', set('issuanceDate', '2999-01-01T00:00:00.1234567Z'), 'validityPeriod.notYetValid'],
    ['an end that is no date', set('expirationDate', 'never'), 'validityPeriod.malformed'],
    ['one more than was asked for', twice, 'exchange.notAsked'],
  ])('%s is refused', async (_, rewrite, code) => {
    const entra = await world()
    const wallet = await entra.simulator.newAuthenticator()
    await take(entra, wallet)
    entra.simulator.rewriteCallbacks(rewrite)
    const { end, outcome } = await ask(entra, wallet)
    expect(end).toMatchObject({ state: 'failed', reason: 'presentation.refused' })
    expect(outcome).toMatchObject({ verdict: 'rejected', faults: [{ code }] })
    expect(outcome).not.toHaveProperty('credentials')
  })

  it.each([
    ['values', { values: ['no', 'BRITISH'] }, 'Irish'],
    ['contains', { contains: 'ITI' }, 'Irish'],
    ['startsWith', { startsWith: 'bri' }, 'Irish'],
  ] as const)('of a constraint (%s)', async (_, operand, other) => {
    const entra = await world()
    const wallet = await entra.simulator.newAuthenticator()
    const facts = { ...FACTS, claims: { ...FACTS.claims, nationality: 'British' } }
    await take(entra, wallet, {
      credentials: [{ type: 'RightToWork', facts }] as unknown as OfferRequest['credentials'],
    })
    const constraints = [{ claimName: 'nationality', ...operand }]
    const credentials = [{ ...RIGHT_TO_WORK, constraints }]
    expect((await ask(entra, wallet, { credentials })).outcome).toMatchObject({ verdict: 'accepted' })
    const otherwise = first((entry) => Object.assign(entry.claims as object, { nationality: other }))
    entra.simulator.rewriteCallbacks(otherwise)
    expect((await ask(entra, wallet, { credentials })).outcome).toMatchObject({
      faults: [{ path: '/credentials/0', code: 'exchange.notAnswered' }],
    })
  })

  it.each([
    ['too unlike', set('faceCheck', { matchConfidenceScore: 69.9 })],
    ['not compared', first((entry) => void delete entry.faceCheck)],
  ])('of a face: %s', async (_, rewrite) => {
    const entra = await world()
    const wallet = await entra.simulator.newAuthenticator()
    await take(entra, wallet)
    entra.simulator.rewriteCallbacks(rewrite)
    const credentials = [{ ...RIGHT_TO_WORK, faceCheck: { sourcePhotoClaimName: 'nationality' } }]
    expect((await ask(entra, wallet, { credentials })).outcome).toMatchObject({ verdict: 'rejected' })
  })
})
