import { isPlaceholderDate } from '../../../codec/date-time.js'
import { DISEASE } from '../../../credentials/diseases.js'
import type { ImmunisationClaims } from '../../../credentials/generated/claims.js'
import type { RestValues } from '../rest/resources.js'
import { type MappedClaims, settle, take } from './settle.js'

/** What an immunisation is against, by the short names under which the NHS records vaccinations. */
export const IMMUNISATION_TYPES: Readonly<Record<string, ImmunisationClaims['targetDiseases']>> = {
  HEPB: [DISEASE.hepatitisB],
  MMR: [DISEASE.measles, DISEASE.mumps, DISEASE.rubella],
  VARICELLA: [DISEASE.varicella],
  BCG: [DISEASE.tuberculosis],
  PERTUSSIS: [DISEASE.pertussis],
  COVID: [DISEASE.covid19],
  FLU: [DISEASE.influenza],
}

/** ESR's words, and the catalogue's. */
export const EVIDENCE_KINDS = {
  Vaccination: 'vaccination',
  'Blood Test': 'serology',
  'Documented History': 'documentedHistory',
  Scar: 'scar',
  IGRA: 'igra',
  Mantoux: 'mantoux',
  Declined: 'declined',
  Contraindicated: 'contraindicated',
} as const satisfies Readonly<Record<string, ImmunisationClaims['evidenceKind']>>

/** ESR's words, and the catalogue's. */
export const IMMUNITY = {
  Immune: 'immune',
  'Not Immune': 'notImmune',
  'Not Determined': 'notDetermined',
} as const satisfies Readonly<Record<string, ImmunisationClaims['immunityStatus']>>

const oneOf =
  <Value>(table: Readonly<Record<string, Value>>) =>
  (text: string): Value | undefined =>
    Object.hasOwn(table, text) ? table[text] : undefined

const dosesOf = (row: RestValues<'IM'>): readonly { readonly date: string; readonly doseNumber: number }[] =>
  [row['Dose 1 Date'], row['Dose 2 Date'], row['Dose 3 Date']].flatMap((date, at) =>
    date === undefined || isPlaceholderDate(date) ? [] : [{ date, doseNumber: at + 1 }],
  )

/** Claims of an immunisation. What is said is immunity and its evidence, never a result. */
export const immunisationClaims = (row: RestValues<'IM'>): MappedClaims<ImmunisationClaims> => {
  const doses = dosesOf(row)
  return settle('Immunisation', {
    targetDiseases: take('IM', row, 'Immunisation Type', oneOf(IMMUNISATION_TYPES)),
    evidenceKind: take('IM', row, 'Evidence', oneOf(EVIDENCE_KINDS)),
    immunityStatus: take('IM', row, 'Status', oneOf(IMMUNITY)),
    evidenceDate: take('IM', row, 'Evidence Date'),
    doses: doses.length > 0 ? { value: doses, type: 'IM', column: 'Dose 1 Date' } : {},
    recordedBy: take('IM', row, 'Recorded By'),
  })
}
