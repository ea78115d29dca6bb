import { describe, expect, it } from 'vitest'
import { addToDate } from '../../src/codec/date-time.js'
import { CREDENTIAL_TYPES, type CredentialTypeName } from '../../src/credentials/catalogue.js'
import { checkClaims } from '../../src/credentials/check-claims.js'
import type { CatalogueEntry } from '../../src/credentials/define.js'
import { currentExample } from '../../src/credentials/examples.js'

const rows: readonly CatalogueEntry[] = Object.values(CREDENTIAL_TYPES)

/** A leap year and both its neighbours' ends, and the first days and the last of years far away. */
function everyDay(): readonly string[] {
  const days = Array.from({ length: 400 }, (_, day) => addToDate('2027-12-15', day, 'Day'))
  return [...days, '2026-01-01', '2026-01-04', '2026-01-05', '2026-12-01', '2026-12-31', '2039-01-01', '2040-02-29']
}

describe('CAL-1: the examples of the catalogue', () => {
  it.each(rows.flatMap((row) => row.examples.map((example) => [row.type, example.title, row, example] as const)))(
    '%s, %s: can be issued on every day',
    (type, _title, row, example) => {
      for (const today of everyDay()) {
        const current = currentExample(example, today)
        const { faults } = checkClaims(type as CredentialTypeName, current, { issuedOn: today })
        expect(faults, today).toEqual([])
        const end = row.validUntil(current.claims)
        expect(end === undefined || end > `${today}T23:59:59Z`, `${today}: ends ${end}`).toBe(true)
      }
    },
  )
})
