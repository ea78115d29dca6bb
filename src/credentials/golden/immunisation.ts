import type { GoldenExamples } from '../define.js'
import { DISEASE } from '../diseases.js'
import { byTrust, EXAMPLE_PERSON } from '../fictional.js'
import type { ImmunisationClaims } from '../generated/claims.js'

type Rest = Omit<ImmunisationClaims, 'targetDiseases' | 'recordedBy' | 'evidenceDate'> &
  Partial<Pick<ImmunisationClaims, 'recordedBy' | 'evidenceDate'>>

/** An example of immunity, recorded by an invented occupational health service. */
export const immunityExample = <Disease extends ImmunisationClaims['targetDiseases'][number]>(
  title: string,
  claims: Rest & { readonly targetDiseases: Disease[] },
) => ({
  title,
  uniqueIdentifier: EXAMPLE_PERSON,
  assurance: byTrust(),
  claims: { recordedBy: 'Northfield Occupational Health (fictional)', evidenceDate: '2025-12-15', ...claims },
})

const course = [
  { date: '2019-01-10', doseNumber: 1 },
  { date: '2019-02-11', doseNumber: 2 },
  { date: '2019-07-11', doseNumber: 3 },
]

/** Worked examples of an immunisation credential. The first is what `example` prints. */
export const immunisationExamples: GoldenExamples<'Immunisation', 7> = [
  immunityExample('hepatitis B, a complete course', {
    targetDiseases: [DISEASE.hepatitisB],
    evidenceKind: 'vaccination',
    immunityStatus: 'immune',
    doses: course,
    courseComplete: true,
  }),
  immunityExample('hepatitis B, antibodies after the course', {
    targetDiseases: [DISEASE.hepatitisB],
    evidenceKind: 'serology',
    immunityStatus: 'immune',
  }),
  immunityExample('measles, mumps and rubella, two doses', {
    targetDiseases: [DISEASE.measles, DISEASE.mumps, DISEASE.rubella],
    evidenceKind: 'vaccination',
    immunityStatus: 'immune',
    doses: course.slice(0, 2),
    courseComplete: true,
  }),
  immunityExample('pertussis, a booster', {
    targetDiseases: [DISEASE.pertussis],
    evidenceKind: 'vaccination',
    immunityStatus: 'immune',
    doses: [{ date: '2025-11-01', doseNumber: 1 }],
    boosterDue: '2030-11-01',
  }),
  immunityExample('COVID-19', {
    targetDiseases: [DISEASE.covid19],
    evidenceKind: 'vaccination',
    immunityStatus: 'notDetermined',
    doses: [{ date: '2025-10-10', doseNumber: 4 }],
  }),
  immunityExample('influenza, declined', {
    targetDiseases: [DISEASE.influenza],
    evidenceKind: 'declined',
    immunityStatus: 'notDetermined',
  }),
  immunityExample('measles, contraindicated', {
    targetDiseases: [DISEASE.measles],
    evidenceKind: 'contraindicated',
    immunityStatus: 'notImmune',
  }),
]
