import type { JsonObject } from '../../../src/core/json.js'
import { CREDENTIAL_TYPES, type CredentialTypeName } from '../../../src/credentials/catalogue.js'
import { type CheckedClaims, checkClaims } from '../../../src/credentials/check-claims.js'
import type { CatalogueEntry, RuleInput } from '../../../src/credentials/define.js'

/** The day on which the golden examples are issued in these tests. */
export const ISSUED_ON = '2026-01-20'

/** JSON that a test may change. */
// biome-ignore lint/suspicious/noExplicitAny: a draft of claims is whatever a test makes of it
export type Draft = any

/** What is checked: a copy of a golden example. */
export interface Parts {
  uniqueIdentifier: string
  assurance: Draft
  claims: Draft
  evidence?: Draft
}

/** A copy of a golden example, by its number from 0. */
export const golden = (type: CredentialTypeName, variant = 0): Parts => {
  const row: CatalogueEntry = CREDENTIAL_TYPES[type]
  const example = row.examples[variant]
  if (!example) throw new Error(`${type} has no example ${variant}`)
  const { title: _, ...parts } = structuredClone(example) as unknown as Parts & { title: string }
  return parts
}

/** Checks a changed golden example. */
export const checkChanged = (
  type: CredentialTypeName,
  variant: number,
  change: (parts: Parts) => void,
  context: Partial<RuleInput> = {},
): CheckedClaims => {
  const parts = golden(type, variant)
  change(parts)
  return checkClaims(type, JSON.parse(JSON.stringify(parts)) as JsonObject & Parts, { issuedOn: ISSUED_ON, ...context })
}

/** Codes of faults and warnings. */
export const codesOf = ({ faults, warnings }: CheckedClaims) => ({
  faults: faults.map(({ code }) => code),
  warnings: warnings.map(({ code }) => code),
})
