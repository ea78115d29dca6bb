import { beforeAll, describe, expect, it } from 'vitest'
import { isJsonObject, type JsonObject } from '../../src/core/json.js'
import type { CredentialTypeName } from '../../src/credentials/catalogue.js'
import { CREDENTIAL_ROWS } from '../../src/credentials/rows.js'
import { deriveSelective } from '../../src/formats/data-integrity/selective/derive.js'
import { createEveryFormat, type EveryFormat, TYPES } from '../verifier/support/every-format.js'
import type { Draft } from '../verifier/support/sign.js'

let every: EveryFormat
beforeAll(async () => {
  every = await createEveryFormat()
})

// The rules of some examples compare names with the issuer's.
const AT_SOUTHMERE: Partial<Record<CredentialTypeName, (draft: Draft) => void>> = {
  AccessKey: ({ claims }) => {
    claims.employer = 'Southmere NHS Trust (fictional)'
    claims.employerOds = 'RZ2'
  },
  EmploymentAssignment: ({ claims }) => {
    claims.employingOrganisation = 'Southmere NHS Trust (fictional)'
    claims.employingOrganisationOds = 'RZ2'
  },
}

const claimsOf = (document: JsonObject, key: string): JsonObject => {
  const { credentialSubject } = document
  const claims = isJsonObject(credentialSubject) ? credentialSubject[key] : undefined
  return isJsonObject(claims) ? claims : {}
}

describe('what is left of a credential whose holder withholds all that it may', () => {
  it.each(TYPES)(
    '%s: issuer, type, status, validity and every claim that is not disclosable; and it is accepted',
    async (type) => {
      const { claimsKey, disclosable } = CREDENTIAL_ROWS[type]
      const { credential, document } = await every.issue(['ecdsa-sd-2023', 'ES256'], type, AT_SOUTHMERE[type])
      const derived = await deriveSelective(credential as JsonObject, { selectivePointers: [] })
      const { proof: _, credentialSubject: _subject, ...shown } = derived
      const { credentialSubject: _whole, ...whole } = document
      expect(shown).toEqual(whole)
      const left = Object.keys(claimsOf(document, claimsKey)).filter((name) => !disclosable.includes(name))
      expect(Object.keys(claimsOf(derived, claimsKey))).toEqual(left)
      const { report } = await (await every.verifier()).verify(derived)
      expect(report.reasons).toEqual([])
    },
  )

  it.each(TYPES.filter((type) => CREDENTIAL_ROWS[type].disclosable.length > 0))(
    '%s: each may be shown by itself',
    async (type) => {
      const { claimsKey, disclosable } = CREDENTIAL_ROWS[type]
      const { credential, document } = await every.issue(['ecdsa-sd-2023', 'ES256'], type, AT_SOUTHMERE[type])
      const verifier = await every.verifier()
      for (const name of disclosable.filter((claim) => Object.hasOwn(claimsOf(document, claimsKey), claim))) {
        const pointer = `/credentialSubject/${claimsKey}/${name}`
        const derived = await deriveSelective(credential as JsonObject, { selectivePointers: [pointer] })
        expect(claimsOf(derived, claimsKey)[name]).toEqual(claimsOf(document, claimsKey)[name])
        expect({ name, reasons: (await verifier.verify(derived)).report.reasons }).toEqual({ name, reasons: [] })
      }
    },
  )
})
