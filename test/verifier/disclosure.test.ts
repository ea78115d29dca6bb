import { beforeAll, describe, expect, it } from 'vitest'
import { fixedClock } from '../../src/core/clock.js'
import { isJsonObject, type JsonObject } from '../../src/core/json.js'
import { CREDENTIAL_TYPES, type CredentialTypeName } from '../../src/credentials/catalogue.js'
import { POLICIES, type Policy } from '../../src/verifier/policy.js'
import { discloseClaims } from '../../src/wallet/disclose.js'
import { createPresentation } from '../../src/wallet/present.js'
import { createEveryFormat, type EveryFormat, TYPES, type Way } from './support/every-format.js'
import { expectReportShape } from './support/report-schema.js'
import type { Draft } from './support/sign.js'
import { AUDIENCE, CHALLENGE, NOW } from './support/world.js'

let every: EveryFormat
beforeAll(async () => {
  every = await createEveryFormat()
})

const WAYS: readonly Way[] = [
  ['ecdsa-sd-2023', 'ES256'],
  ['vc+sd-jwt', 'EdDSA'],
  ['dc+sd-jwt', 'ES256'],
]

const ASK = { expectedChallenge: CHALLENGE, expectedAudience: AUDIENCE }
const clock = fixedClock(NOW)
const ALONE: Policy = { ...POLICIES.nhs, name: 'one credential', identityCredential: 'waived' }

const atSouthmere = (type: CredentialTypeName) => (draft: Draft) => {
  const names: Partial<Record<CredentialTypeName, readonly [string, string]>> = {
    EmploymentAssignment: ['employingOrganisation', 'employingOrganisationOds'],
    AccessKey: ['employer', 'employerOds'],
  }
  const [name, ods] = names[type] ?? []
  if (name && ods) Object.assign(draft.claims, { [name]: 'Southmere NHS Trust (fictional)', [ods]: 'RZ2' })
}

const claimsOf = (document: JsonObject | undefined, type: CredentialTypeName): JsonObject => {
  const subject = document?.credentialSubject
  const claims = isJsonObject(subject) ? subject[CREDENTIAL_TYPES[type].claimsKey] : undefined
  return isJsonObject(claims) ? claims : {}
}

describe.each(WAYS)('%s with %s', (...way) => {
  it.each(TYPES)('%s: with everything withheld that may be, and with one claim shown', async (type) => {
    const { disclosable } = CREDENTIAL_TYPES[type]
    const { credential, document } = await every.issue(way, type, atSouthmere(type))
    const verifier = await every.verifier()
    const whole = claimsOf(document, type)
    const there = disclosable.filter((name) => Object.hasOwn(whole, name))
    for (const show of [[], there.slice(0, 1)]) {
      const shown = await discloseClaims(credential, { show })
      const result = await verifier.verify(shown)
      expect({ type, show, reasons: result.report.reasons }).toEqual({ type, show, reasons: [] })
      expectReportShape(result.report)
      const hidden = there.filter((name) => !show.includes(name))
      const expected = Object.fromEntries(Object.entries(whole).filter(([name]) => !hidden.includes(name)))
      expect(claimsOf(result.credential?.document, type)).toEqual(expected)
      // Neither name nor value of what is withheld goes along.
      if (typeof shown === 'string') expect(shown.split('~')).toHaveLength(show.length + 2)
      else for (const name of hidden) expect(JSON.stringify(shown)).not.toContain(`"${name}"`)
    }
  })

  it('a claim that may not be withheld is shown, whatever is asked for', async () => {
    const { credential } = await every.issue(way, 'OccupationalHealth')
    const { credential: accepted } = await (await every.verifier()).verify(
      await discloseClaims(credential, { show: [] }),
    )
    const claims = claimsOf(accepted?.document, 'OccupationalHealth')
    expect(Object.keys(claims)).toEqual(expect.arrayContaining(['clearanceOutcome', 'exposureProneProcedures']))
  })

  it('says so where a claim cannot be chosen', async () => {
    const { credential } = await every.issue(way, 'Identity')
    await expect(discloseClaims(credential, { show: ['favouriteColour'] })).rejects.toThrow(TypeError)
    const { credential: token } = await every.issue(['vc+jwt', 'ES256'], 'Identity')
    await expect(discloseClaims(token, { show: ['photo'] })).rejects.toThrow(TypeError)
  })

  it('a rule is not asked about what may have been withheld, and the report says so', async () => {
    const { credential } = await every.issue(way, 'Immunisation')
    const { report } = await (await every.verifier()).verify(await discloseClaims(credential, { show: [] }))
    const { schema } = report.kind === 'credential' ? report.checks : { schema: undefined }
    expect(schema).toMatchObject({ outcome: 'passed', evidence: { selective: true } })
  })

  it('what is derived is presented by its holder, and by nobody else', async () => {
    const { holder, newHolder } = every.world.authority
    const { credential } = await every.issue(way, 'Identity')
    const shown = await discloseClaims(credential, { show: ['postcode'] })
    const verifier = await every.verifier()
    const present = (who: typeof holder) =>
      createPresentation({
        credentials: [shown],
        holder: who.did,
        signer: who.signer,
        challenge: CHALLENGE,
        audience: AUDIENCE,
        clock,
      })
    const accepted = await verifier.verify(await present(holder), ASK)
    expect(accepted.report.reasons).toEqual([])
    const thief = await verifier.verify(await present(await newHolder()), ASK)
    expect(thief.report.reasons.map(({ code }) => code)).toContain('holderBinding.notTheSubject')
  })
})

describe('an SD-JWT with key binding', () => {
  const WITH_BINDING: readonly Way[] = [
    ['vc+sd-jwt', 'EdDSA'],
    ['dc+sd-jwt', 'ES256'],
  ]

  it.each(WITH_BINDING)('%s with %s: is a presentation of one credential', async (...way) => {
    const { holder } = every.world.authority
    const { credential } = await every.issue(way, 'Identity')
    const presentTo = { signer: holder.signer, challenge: CHALLENGE, audience: AUDIENCE, clock }
    const presented = await discloseClaims(credential, { show: ['photo'], presentTo })
    const verifier = await every.verifier({ policy: ALONE })
    const result = await verifier.verifyPresentation(presented, ASK)
    expect(result.report.reasons).toEqual([])
    expect(result.report.input.format).toBe('sd-jwt+kb')
    expect(result.presentation?.holder).toMatch(/^urn:ietf:params:oauth:jwk-thumbprint:sha-256:/)
    expect(result.presentation?.credentials).toHaveLength(1)
    expectReportShape(result.report)
    const codes = async (ask: typeof ASK) =>
      (await verifier.verifyPresentation(presented, ask)).report.reasons.map(({ code }) => code)
    expect(await codes({ ...ASK, expectedChallenge: 'another' })).toContain('holderBinding.challengeMismatch')
    expect(await codes({ ...ASK, expectedAudience: 'another' })).toContain('holderBinding.audienceMismatch')
  })

  it.each(WITH_BINDING)('%s with %s: by another key is refused', async (...way) => {
    const thief = await every.world.authority.newHolder()
    const { credential } = await every.issue(way, 'Identity')
    const presentTo = { signer: thief.signer, challenge: CHALLENGE, audience: AUDIENCE, clock }
    const verifier = await every.verifier({ policy: ALONE })
    const { report } = await verifier.verifyPresentation(await discloseClaims(credential, { show: [], presentTo }), ASK)
    expect(report.reasons.map(({ code }) => code)).toContain('holderBinding.signatureInvalid')
  })
})
