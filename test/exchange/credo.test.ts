import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ClientIdentity } from '../../src/exchange/openid4vp/settings.js'
import { POLICIES } from '../../src/verifier/policy.js'
import { keepScore } from '../support/score.js'
import { hasCredo, openCredo } from './support/credo.js'
import {
  createDemoAuthority,
  freshVerifier,
  offered,
  openEmployer,
  serveLists,
  type TestEmployer,
  untilEnd,
} from './support/world.js'

const FORMATS = ['dc+sd-jwt', 'jwt_vc_json'] as const
const CLIENT = 'https://wallet.example'
const WAIVED = { ...POLICIES.nhs, name: 'nhs without identity', identityCredential: 'waived' } as const
const REDIRECT = 'https://wallet.example/back'

describe.skipIf(!hasCredo)('a wallet that we did not write (Credo 0.6.3)', () => {
  const score = keepScore('Credo 0.6.3', { offers: 4, requests: 4 })
  let authority: Awaited<ReturnType<typeof createDemoAuthority>>
  let a: TestEmployer
  let lists: Awaited<ReturnType<typeof serveLists>>
  let hosts: Readonly<Record<string, string>>
  beforeAll(async () => {
    authority = await createDemoAuthority()
    lists = await serveLists(authority)
    hosts = { 'https://status.northfield.example': lists.origin }
    a = await openEmployer(authority, {
      openid4vci: {
        signIn: (id) => `https://portal.northfield.example/sign-in/${id}`,
        wallets: [{ clientId: CLIENT, redirectUris: [REDIRECT] }],
      },
    })
  })
  afterAll(async () => {
    expect(a.errors).toEqual([])
    await a.close()
    await lists.close()
  })

  // Credo reads one status in a token of VCDM 1.1, so there it takes types with one purpose.
  const TYPES = { 'dc+sd-jwt': ['Identity', 'RightToWork'], jwt_vc_json: ['EmploymentHistory', 'CoreSkill'] } as const
  const credentials = (format: (typeof FORMATS)[number]) => TYPES[format].map((type) => offered(type, format))

  describe.each(FORMATS)('as %s', (format) => {
    it('takes an offer with a transaction code, and answers requests', async () => {
      const credo = openCredo(hosts)
      const invitation = await a.exchange.offer({ credentials: credentials(format) })
      await credo.ask('offer', { uri: invitation.uri, txCode: invitation.transactionCode })
      expect((await untilEnd(a.exchange, invitation.exchangeId)).at(-1)?.state).toBe('completed')
      score.held('offers')
      const { signer } = authority.organisations.northfield
      const clients: readonly ClientIdentity[] = [
        { prefix: 'redirect_uri' },
        { prefix: 'decentralized_identifier', signer },
      ]
      for (const client of clients) {
        const b = await openEmployer(authority, {
          name: 'southmere',
          openid4vp: { client, formats: [format], verifier: freshVerifier(authority, WAIVED) },
        })
        const asked = await b.exchange.request({
          credentials: TYPES[format].map((type) => ({ type })),
          purpose: 'Before you start',
          device: 'cross',
        })
        expect(await credo.ask('present', { uri: asked.uri })).toMatchObject({ ok: true })
        const end = await untilEnd(b.exchange, asked.exchangeId, { browserSecret: asked.browserSecret ?? '' })
        expect(end.at(-1)).toMatchObject({ state: 'completed', outcome: { report: { verdict: 'accepted' } } })
        expect(b.errors).toEqual([])
        await b.close()
        score.held('requests')
      }
      credo.close()
    }, 60_000)

    it('takes an offer after signing in', async () => {
      const credo = openCredo(hosts)
      const invitation = await a.exchange.offer({ credentials: credentials(format), proof: 'signIn' })
      const page = await credo.ask<string>('authorize', {
        uri: invitation.uri,
        clientId: CLIENT,
        redirectUri: REDIRECT,
        scope: TYPES[format].map((type) => `${type}_${format}`),
      })
      const { headers } = await fetch(page, { redirect: 'manual' })
      const id = headers.get('location')?.split('/').at(-1) ?? ''
      const back = new URL(await a.openid4vci.endSignIn(id, 'approved'))
      await credo.ask('code', { code: back.searchParams.get('code') })
      expect((await untilEnd(a.exchange, invitation.exchangeId)).at(-1)?.state).toBe('completed')
      credo.close()
      score.held('offers')
    }, 60_000)
  })
})
