import { describe, expect, it } from 'vitest'
import { formatDateTime } from '../../src/codec/date-time.js'
import { fixedClock } from '../../src/core/clock.js'
import type { PassportError } from '../../src/core/errors.js'
import { CREDENTIAL_ROWS, type CredentialTypeName } from '../../src/credentials/rows.js'
import type { EntraRequestedCredential } from '../../src/exchange/entra/questions.js'
import type { SourceRecord } from '../../src/exchange/gateway/source.js'
import { ask, world as entraWorld, take } from './support/entra-world.js'
import { gatewayWorld, identified, PERSON, sessionOf, UNIQUE, visit } from './support/gateway-world.js'
import { NEEDED, THIRTY } from './support/thirty.js'
import { createDemoAuthority, openEmployer, openWallet, untilEnd } from './support/world.js'

const TYPES = NEEDED.map(({ type }) => type)

describe('thirty credentials go from one employer to the next, who asks for what it needs', () => {
  it('over OpenID', async () => {
    const authority = await createDemoAuthority()
    const a = await openEmployer(authority)
    const { signer } = await authority.newHolder('ES256')
    const client = { prefix: 'decentralized_identifier', signer } as const
    const b = await openEmployer(authority, { name: 'southmere', openid4vp: { client } })
    const wallet = await openWallet(authority, [a.origin, b.origin])

    const invitation = await a.exchange.offer({ credentials: THIRTY })
    const offer = await wallet.openOffer(invitation.uri)
    const taken = await offer.accept({ transactionCode: invitation.transactionCode ?? '' })
    expect(taken.filter(({ ok }) => ok)).toHaveLength(30)
    const told = await untilEnd(a.exchange, invitation.exchangeId)
    expect(told.at(-1)?.state).toBe('completed')
    expect(told.filter(({ event }) => event.item?.state === 'accepted')).toHaveLength(30)

    const askFor = async () => {
      const asked = await b.exchange.request({ credentials: NEEDED, purpose: 'Before you start', device: 'cross' })
      const request = await wallet.openRequest(asked.uri)
      const refusal = await request.share().then(
        () => undefined,
        (error: PassportError) => error.code,
      )
      const proof = { browserSecret: asked.browserSecret ?? '' }
      return { request, refusal, end: (await untilEnd(b.exchange, asked.exchangeId, proof)).at(-1) }
    }
    const { request, refusal, end } = await askFor()
    expect(refusal).toBeUndefined()
    expect(end).toMatchObject({ state: 'completed', outcome: { report: { verdict: 'accepted', faults: [] } } })
    expect(request.least).toHaveLength(30)
    const shown = end?.outcome?.presentation?.credentials ?? []
    expect(new Set(shown.map(({ type }) => type))).toEqual(new Set(TYPES))
    expect(shown.filter(({ type }) => type === 'CoreSkill')).toHaveLength(24)

    // The least: of what could be withheld, what was asked for, and nothing else.
    for (const { type, claims = {} } of shown) {
      const { disclosable } = CREDENTIAL_ROWS[type as CredentialTypeName]
      const { claims: asked = [] } = NEEDED.find((needed) => needed.type === type) ?? {}
      expect(disclosable.filter((claim) => claim in claims && !asked.includes(claim))).toEqual([])
      expect(asked.filter((claim) => !(claim in claims))).toEqual([])
    }
    expect(request.least.find(({ credential }) => credential.type === 'Identity')?.withheld).toBeGreaterThan(0)

    // The second that was offered: a right to work.
    const items = told.flatMap(({ event }) => (event.item?.state === 'accepted' ? [event.item.credentialId] : []))
    const rightToWork = String(shown.find(({ type }) => type === 'RightToWork')?.document.id)
    expect(items).toContain(rightToWork)
    await authority.organisations.northfield.issuer.revoke(rightToWork, 'NoLongerValid')
    const again = await askFor()
    expect(again.refusal).toBe('exchange.refused')
    expect(again.end).toMatchObject({ state: 'failed', outcome: { report: { verdict: 'rejected' } } })
    expect(again.end?.outcome).not.toHaveProperty('presentation')
    const reasons = again.end?.outcome?.report.presentation.credentials.flatMap(({ reasons: all }) => all) ?? []
    expect(reasons.map(({ code }) => code)).toEqual(['status.revoked'])

    // The wallet notices, and has no answer any more.
    expect((await wallet.refresh()).map(({ type, standing }) => [type, standing])).toEqual([['RightToWork', 'revoked']])
    const last = await b.exchange.request({ credentials: NEEDED, purpose: 'Before you start', device: 'cross' })
    expect((await wallet.openRequest(last.uri)).isSatisfiable).toBe(false)
    expect([...a.errors, ...b.errors]).toEqual([])
    await Promise.all([a.close(), b.close()])
  })

  it('over Microsoft Entra Verified ID, one at a time', async () => {
    const a = await entraWorld({
      types: TYPES.filter((type) => !['Identity', 'RightToWork', 'EmploymentHistory'].includes(type)),
    })
    const b = await entraWorld({ beside: a })
    const wallet = await a.simulator.newAuthenticator()
    for (const credential of THIRTY) await take(a, wallet, { credentials: [credential] })
    expect(wallet.credentials).toHaveLength(30)

    const credentials: EntraRequestedCredential[] = NEEDED.map(({ type, claims = [] }) => ({ type, claims }))
    const first = await ask(b, wallet, { credentials })
    expect(first).toMatchObject({ end: { state: 'completed' }, outcome: { verdict: 'accepted' } })
    const shown = first.outcome?.credentials ?? []
    expect(shown.map(({ type }) => type.at(-1))).toEqual(TYPES)
    const identity = shown.find(({ type }) => type.includes('Identity'))
    expect(Object.keys(identity?.claims ?? {}).sort()).toEqual([...(NEEDED[0]?.claims ?? [])].sort())

    const contract = a.contracts.RightToWork?.id ?? ''
    const [issued] = await a.admin.findCredentials(contract, UNIQUE)
    await a.admin.revoke(contract, issued?.id ?? '')
    expect(await ask(b, wallet, { credentials })).toMatchObject({
      end: { state: 'failed', reason: 'presentation.refused' },
      outcome: { verdict: 'rejected' },
    })
    expect([...a.errors, ...b.errors]).toEqual([])
  })

  it('over the credential gateway, one at a time', async () => {
    const clock = fixedClock(formatDateTime(Date.now()))
    const a = await gatewayWorld({ clock })
    const b = await gatewayWorld({ clock, simulator: a.simulator })
    const holder = identified(a)
    const sessionId = await sessionOf(a, holder)
    const issued: { readonly exchangeId: string; readonly type: string }[] = []
    for (const [index, { type, facts }] of THIRTY.entries()) {
      const record = { ...facts, type, id: `${type}-${index}`, personId: PERSON.id } as unknown as SourceRecord
      const { evidence: _evidence, ...source } = record as SourceRecord & { readonly evidence?: unknown }
      const offer = await a.gateway.beginIssuance({ sessionId, source: a.sign(source as SourceRecord) })
      const outcome = await a.gateway.finishIssuance(await visit(holder, offer), offer.browserSecret)
      expect(outcome).toMatchObject({ state: 'completed', type })
      issued.push({ exchangeId: outcome.exchangeId, type })
    }
    expect(holder.credentials).toHaveLength(31)

    const askFor = async ({ type, claims = [] }: (typeof NEEDED)[number]) => {
      const request = {
        credentials: [{ type, claims }],
        purpose: 'Before you start',
        device: 'same',
        returnUrl: '/',
      } as const
      const asked = await b.gateway.beginPresentation(request)
      return b.gateway.finishVerification(await visit(holder, asked), asked.browserSecret)
    }
    for (const needed of NEEDED) {
      const outcome = await askFor(needed)
      expect(outcome, needed.type).toMatchObject({ state: 'completed', presented: { uniqueIdentifier: UNIQUE } })
      const { presented } = outcome as { readonly presented?: { readonly claims: object } }
      expect(Object.keys(presented?.claims ?? {}).sort()).toEqual([...(needed.claims ?? [])].sort())
    }

    const [, rightToWork] = issued
    await a.gateway.revoke(rightToWork?.exchangeId ?? '', 'Source record deleted')
    expect(await askFor({ type: 'RightToWork' })).toMatchObject({ state: 'failed', reason: 'exchange.refused' })
    expect([...a.errors, ...b.errors]).toEqual([])
  })
})
