import { describe, expect, it } from 'vitest'
import type { IssuingFormat } from '../../src/formats/sign.js'
import { createDemoAuthority, offered, openEmployer, openWallet, untilEnd } from './support/world.js'

const FORMATS: readonly IssuingFormat[] = ['dc+sd-jwt', 'jwt_vc_json', 'data-integrity', 'vc+jwt', 'vc+sd-jwt']
const PREFIXES = ['redirect_uri', 'decentralized_identifier'] as const

describe('a holder carries credentials from one employer to the next', () => {
  it.each(FORMATS.flatMap((format) => PREFIXES.map((prefix) => [format, prefix] as const)))(
    'as %s, asked for by a %s',
    async (format, prefix) => {
      const authority = await createDemoAuthority()
      const a = await openEmployer(authority)
      const client =
        prefix === 'redirect_uri' ? { prefix } : { prefix, signer: authority.organisations.northfield.signer }
      const b = await openEmployer(authority, { name: 'southmere', openid4vp: { client } })
      const wallet = await openWallet(authority, [a.origin, b.origin])
      const invitation = await a.exchange.offer({
        credentials: [offered('Identity', format), offered('RightToWork', format)],
      })
      const offer = await wallet.openOffer(invitation.uri)
      const taken = await offer.accept({ transactionCode: invitation.transactionCode ?? '' })
      expect(taken).toMatchObject([{ ok: true }, { ok: true }])
      expect((await untilEnd(a.exchange, invitation.exchangeId)).at(-1)?.state).toBe('completed')
      const asked = await b.exchange.request({
        credentials: [{ type: 'Identity' }, { type: 'RightToWork' }],
        purpose: 'Before you start',
        device: 'cross',
      })
      const request = await wallet.openRequest(asked.uri)
      expect(request.isSatisfiable).toBe(true)
      await request.share()
      const end = await untilEnd(b.exchange, asked.exchangeId, { browserSecret: asked.browserSecret ?? '' })
      expect(end.at(-1)).toMatchObject({ state: 'completed', outcome: { report: { verdict: 'accepted', faults: [] } } })
      expect(end.at(-1)?.outcome?.presentation?.credentials.map(({ type }) => type)).toEqual([
        'Identity',
        'RightToWork',
      ])
      expect([...a.errors, ...b.errors]).toEqual([])
      await a.close()
      await b.close()
    },
  )
})
