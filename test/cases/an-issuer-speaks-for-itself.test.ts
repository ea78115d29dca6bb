import { beforeAll, describe, expect, it } from 'vitest'
import type { CredentialTypeName } from '../../src/credentials/catalogue.js'
import { checkClaims } from '../../src/credentials/check-claims.js'
import { createVerifier } from '../../src/verifier/create-verifier.js'
import { golden } from '../credentials/support/check.js'
import { edited, FORMATS, secure } from '../verifier/support/sign.js'
import { createWorld, northfieldSecuring, type World } from '../verifier/support/world.js'

const ISSUED_ON = '2026-01-20'
const OWN = { name: 'Northfield NHS Trust (fictional)', ods: 'RZ1' }
const OTHER = { name: 'Southmere NHS Trust (fictional)', ods: 'RZ2' }
const PREDECESSOR = { name: 'Old Northfield Hospitals (fictional)', ods: 'RZ9' }

// Every type that names its issuer among its claims: the claim with a name, and the one with a code.
const NAMING: readonly (readonly [CredentialTypeName, string, string | undefined])[] = [
  ['EmploymentAssignment', 'employingOrganisation', 'employingOrganisationOds'],
  ['AccessKey', 'employer', 'employerOds'],
  ['TemporaryPlacement', 'host', undefined],
]

const issuer = {
  id: 'did:web:northfield.example',
  name: OWN.name,
  odsCode: OWN.ods,
  predecessors: [PREDECESSOR.name, 'RZ9'],
}

function refusedAt(type: CredentialTypeName, stated: Record<string, string>, by: object = issuer) {
  const parts = structuredClone(golden(type, 0))
  Object.assign(parts.claims, stated)
  const context = { issuedOn: ISSUED_ON, issuer: { id: 'did:web:northfield.example', ...by } }
  const isAboutNames = ({ code }: { code: string }) => /notTheIssuer|OfAnotherEmployer/i.test(code)
  return checkClaims(type, parts, context)
    .faults.filter(isAboutNames)
    .map(({ path }) => path)
}

describe('MEAN-1: every member that names the issuer is its own', () => {
  it.each(NAMING)('%s: its own and its predecessor’s are accepted, in any mixture', (type, name, ods) => {
    for (const by of [OWN, PREDECESSOR])
      for (const code of [OWN, PREDECESSOR])
        expect(refusedAt(type, { [name]: by.name, ...(ods ? { [ods]: code.ods } : {}) })).toEqual([])
  })

  it.each(NAMING)('%s: another’s name or code is refused, whichever it is, and where it stands', (type, name, ods) => {
    expect(refusedAt(type, { [name]: OTHER.name, ...(ods ? { [ods]: OWN.ods } : {}) })).toEqual([`/claims/${name}`])
    if (!ods) return
    expect(refusedAt(type, { [name]: OWN.name, [ods]: OTHER.ods })).toEqual([`/claims/${ods}`])
    expect(refusedAt(type, { [name]: OTHER.name, [ods]: OTHER.ods })).toContain(`/claims/${name}`)
  })

  it.each(NAMING.filter(([, , ods]) => ods !== undefined))(
    '%s: an issuer known by its code alone is held to its code, one known by its name to both',
    (type, name, ods = '') => {
      expect(refusedAt(type, { [name]: OWN.name, [ods]: OWN.ods }, { odsCode: 'RZ1' })).toEqual([])
      expect(refusedAt(type, { [name]: OWN.name, [ods]: OTHER.ods }, { odsCode: 'RZ1' })).not.toEqual([])
      expect(refusedAt(type, { [name]: OWN.name, [ods]: OTHER.ods }, { name: OWN.name })).toEqual([`/claims/${ods}`])
    },
  )

  describe('whoever signs it without our issuer', () => {
    let world: World
    beforeAll(async () => {
      world = await createWorld()
    })

    it.each(FORMATS)('is rejected by the verifier, in %s', async (format) => {
      const { document } = world.golden[format]
      const verifier = createVerifier(world.options)
      for (const [claim, value, rejected] of [
        ['employingOrganisationOds', OTHER.ods, true],
        ['employingOrganisation', OTHER.name, true],
        ['employingOrganisationOds', OWN.ods, false],
      ] as const) {
        const changed = edited(document, (draft) => {
          delete draft.proof
          draft.credentialSubject.employmentAssignment[claim] = value
        })
        const { report } = await verifier.verify(await secure(format, changed, northfieldSecuring(world)))
        expect(report.verdict, claim).toBe(rejected ? 'rejected' : 'accepted')
        if (rejected && report.kind === 'credential')
          expect(report.checks.schema).toMatchObject({
            faults: [{ path: `/credentialSubject/employmentAssignment/${claim}`, code: 'schema.employerNotTheIssuer' }],
          })
      }
    })
  })
})
