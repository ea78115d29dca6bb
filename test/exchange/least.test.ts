import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PassportError } from '../../src/core/errors.js'
import type { JsonObject } from '../../src/core/json.js'
import { CREDENTIAL_ROWS } from '../../src/credentials/rows.js'
import type { IssuingFormat } from '../../src/formats/sign.js'
import type { Candidate } from '../../src/wallet/choose.js'
import { createDemoAuthority, offered, openEmployer, openWallet, type TestEmployer, untilEnd } from './support/world.js'

const ASKED = ['nationality', 'postcode']
const { disclosable } = CREDENTIAL_ROWS.Identity
let authority: Awaited<ReturnType<typeof createDemoAuthority>>
let a: TestEmployer
let b: TestEmployer
beforeAll(async () => {
  authority = await createDemoAuthority()
  // Derived proofs are of P-256 keys.
  a = await openEmployer(authority, {
    name: 'identityProvider',
    openid4vci: { formats: ['dc+sd-jwt', 'vc+sd-jwt', 'ecdsa-sd-2023', 'ecdsa-rdfc-2019'] },
  })
  const { signer } = await authority.newHolder('ES256')
  const client = { prefix: 'decentralized_identifier', signer } as const
  b = await openEmployer(authority, { name: 'southmere', openid4vp: { client } })
})
afterAll(async () => {
  expect([...a.errors, ...b.errors]).toEqual([])
  await a.close()
  await b.close()
})

const holding = async (...formats: readonly IssuingFormat[]) => {
  const wallet = await openWallet(authority, [a.origin, b.origin])
  const { uri, transactionCode = '' } = await a.exchange.offer({
    credentials: formats.map((format) => offered('Identity', format)),
  })
  expect(await (await wallet.openOffer(uri)).accept({ transactionCode })).toEqual(
    formats.map(() => expect.objectContaining({ ok: true })),
  )
  return wallet
}

const answer = async (
  wallet: Awaited<ReturnType<typeof holding>>,
  change: (least: readonly Candidate[]) => readonly Candidate[] = (least) => least,
) => {
  const asked = await b.exchange.request({
    credentials: [{ type: 'Identity', claims: ASKED }],
    purpose: 'To see',
    device: 'cross',
  })
  const request = await wallet.openRequest(asked.uri)
  const refusal = await request.share(change(request.least)).then(
    () => undefined,
    (error: PassportError) => error.code,
  )
  const end = (await untilEnd(b.exchange, asked.exchangeId, { browserSecret: asked.browserSecret ?? '' })).at(-1)
  return { request, refusal, end }
}

const claimsOf = (end: Awaited<ReturnType<typeof answer>>['end']): JsonObject =>
  end?.outcome?.presentation?.credentials[0]?.claims ?? {}

describe('the least is shown', () => {
  it.each(['dc+sd-jwt', 'vc+sd-jwt', 'ecdsa-sd-2023'] as const)(
    'of %s: what was asked for, of what can be withheld',
    async (format) => {
      const wallet = await holding(format)
      const { request, end } = await answer(wallet)
      expect(end).toMatchObject({ state: 'completed', outcome: { report: { verdict: 'accepted' } } })
      expect(disclosable.filter((name) => name in claimsOf(end)).sort()).toEqual([...ASKED].sort())
      expect(request.least[0]?.shown).toHaveLength(2)
      expect(request.least[0]?.withheld).toBeGreaterThan(0)
      // What nobody may withhold is there all the same.
      expect(claimsOf(end)).toHaveProperty('legalSurname')
    },
  )

  it.each(['dc+sd-jwt', 'vc+sd-jwt', 'ecdsa-sd-2023'] as const)(
    'of %s: a wallet that shows more is refused',
    async (format) => {
      const wallet = await holding(format)
      const place = format === 'dc+sd-jwt' ? '/identity/townOrCity' : '/credentialSubject/identity/townOrCity'
      const { refusal, end } = await answer(wallet, (least) =>
        least.map((candidate) => ({ ...candidate, shown: [...candidate.shown, place] })),
      )
      expect(refusal).toBe('exchange.refused')
      expect(end?.outcome?.report.faults).toMatchObject([{ code: 'exchange.tooMuchShown' }])
      expect(end?.outcome).not.toHaveProperty('presentation')
    },
  )

  it('where a wallet holds the same in several formats, by one that can withhold', async () => {
    const wallet = await holding('ecdsa-rdfc-2019', 'ecdsa-sd-2023')
    const { request, end } = await answer(wallet)
    expect(request.least).toHaveLength(1)
    expect(disclosable.filter((name) => name in claimsOf(end)).sort()).toEqual([...ASKED].sort())
  })
})
