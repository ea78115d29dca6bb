import type { GoldenExamples } from '../define.js'
import { byTrust, EXAMPLE_PERSON } from '../fictional.js'
import type { OccupationalHealthClaims } from '../generated/claims.js'

const COMMON = { clearanceDate: '2025-12-15', providerName: 'Northfield Occupational Health (fictional)' }

type Rest = Omit<OccupationalHealthClaims, keyof typeof COMMON> & Partial<OccupationalHealthClaims>

const example = (title: string, claims: Rest) => ({
  title,
  uniqueIdentifier: EXAMPLE_PERSON,
  assurance: byTrust(),
  claims: { ...COMMON, ...claims },
})

/** Worked examples of an occupational health credential. The first is what `example` prints. */
export const occupationalHealthExamples: GoldenExamples<'OccupationalHealth', 5> = [
  example('fit, cleared for exposure-prone procedures', {
    clearanceOutcome: 'Fit for role',
    exposureProneProcedures: 'Cleared',
    exposureProneProceduresClearanceDate: '2025-12-15',
    identifiedValidatedSample: 'Yes',
  }),
  example('fit with adjustments, not exposure-prone', {
    clearanceOutcome: 'Fit for role with adjustments',
    adjustments: 'Sit-stand desk',
    exposureProneProcedures: 'Not required',
    reviewDate: '2026-12-15',
  }),
  example('fit with restrictions, not cleared for exposure-prone procedures', {
    clearanceOutcome: 'Fit for role with restrictions',
    restrictions: 'No exposure-prone procedures',
    exposureProneProcedures: 'Not cleared',
    clearedForRole: 'Specialty Registrar',
    reviewDate: '2026-06-15',
  }),
  example('temporarily unfit', {
    clearanceOutcome: 'Temporarily unfit',
    exposureProneProcedures: 'Not required',
    reviewDate: '2026-03-15',
  }),
  example('awaiting further information', {
    clearanceOutcome: 'Awaiting further information',
    exposureProneProcedures: 'Not cleared',
    reviewDate: '2026-02-15',
  }),
]
