import { describe, expectTypeOf, it } from 'vitest'
import type { OfferRequest } from '../../src/doors/exchange.js'
import { CREDENTIAL_TYPES, type IssueRequest } from '../../src/doors/index.js'
import type { NewRecord } from '../../src/doors/systems.js'

const subject = 'did:example:holder'
const [identity] = CREDENTIAL_TYPES.Identity.examples
const [rightToWork, manual] = CREDENTIAL_TYPES.RightToWork.examples

describe('API-2: examples have the type of their claims, and requests are told apart by their type', () => {
  it('an example with a subject is a request of its type, and of no other', () => {
    const request = { ...CREDENTIAL_TYPES.RightToWork.examples[1], subject }
    expectTypeOf(request).toExtend<IssueRequest<'RightToWork'>>()
    expectTypeOf(request).not.toExtend<IssueRequest<'Identity'>>()
    expectTypeOf(manual.claims.route).toEqualTypeOf<IssueRequest<'RightToWork'>['claims']['route']>()
  })

  it('an offer of variables checks', () => {
    const facts = { ...rightToWork }
    const offer: OfferRequest = {
      credentials: [
        { type: 'RightToWork', facts },
        { type: 'Identity', facts: identity },
      ],
    }
    expectTypeOf(offer).toExtend<OfferRequest>()
    type Facts = NonNullable<Extract<OfferRequest['credentials'][number], { readonly type: 'RightToWork' }>['facts']>
    expectTypeOf(facts).toExtend<Facts>()
    expectTypeOf(identity).not.toExtend<Facts>()
    const misnamed = { ...rightToWork, claims: { ...rightToWork.claims, route: 'by post' } }
    expectTypeOf(misnamed).not.toExtend<Facts>()
  })

  it('a record of variables checks', () => {
    const { claims, assurance } = CREDENTIAL_TYPES.CoreSkill.examples[0]
    const record: NewRecord = { type: 'CoreSkill', claims, assurance, credentialId: 'urn:uuid:1' }
    expectTypeOf(record).toExtend<NewRecord>()
    // @ts-expect-error: the claims of another type
    const wrong: NewRecord = { type: 'Identity', claims, assurance, credentialId: 'urn:uuid:1' }
    expectTypeOf(wrong).toExtend<NewRecord>()
  })
})
