import type { JsonObject } from '../../core/json.js'
import type { Rule } from '../define.js'
import { DISEASE } from '../diseases.js'
import { notInFuture } from './dates.js'
import { at, isAfter, objectsOf, textOf } from './read.js'

const kindOf = (claims: JsonObject): string => textOf(claims, 'evidenceKind') ?? ''
const targets = (claims: JsonObject): readonly unknown[] =>
  Array.isArray(claims.targetDiseases) ? claims.targetDiseases : []

const TESTS: readonly string[] = ['serology', 'igra', 'mantoux']
const TUBERCULOSIS_ONLY: readonly string[] = ['scar', 'igra', 'mantoux']
const NO_IMMUNITY: readonly string[] = ['declined', 'contraindicated']

const concernsHepatitisB = (claims: JsonObject): boolean => targets(claims).includes(DISEASE.hepatitisB)

const CONTRADICTED: Readonly<Record<string, string>> = { positive: 'notImmune', negative: 'immune' }

// Doses as they were counted; a set keeps no order of its own.
const datesAsCounted = (claims: JsonObject): readonly string[] =>
  objectsOf(claims, 'doses')
    .toSorted((one, other) => Number(one.doseNumber) - Number(other.doseNumber))
    .map((dose) => textOf(dose, 'date') ?? '')

const both = (
  code: Rule['code'],
  force: Rule['force'],
  sentence: string,
  mend: string,
  check: Rule['check'],
): Rule => ({
  code,
  when: 'both',
  force,
  sentence,
  mend,
  check,
})

/** Rules of immunity and its evidence, after the Green Book (ours). */
export const IMMUNITY_RULES: readonly Rule[] = [
  both(
    'schema.dosesMissing',
    'refuse',
    'The evidence is vaccination, and no dose is listed.',
    'List the doses with their dates.',
    ({ claims }) => at('doses', kindOf(claims) === 'vaccination' && claims.doses === undefined),
  ),
  both(
    'schema.dosesWithoutVaccination',
    'refuse',
    'Doses are listed, and the evidence is not vaccination.',
    'Write vaccination, or leave the doses out.',
    ({ claims }) => at('doses', kindOf(claims) !== 'vaccination' && claims.doses !== undefined),
  ),
  both(
    'schema.testResultMissing',
    'refuse',
    'The evidence is a test, and its result is missing.',
    'Add testResult.',
    ({ claims }) =>
      at(
        'testResult',
        TESTS.includes(kindOf(claims)) && !concernsHepatitisB(claims) && claims.testResult === undefined,
      ),
  ),
  // A bare "positive" may be of the infection, which a passport never states.
  both(
    'schema.hepatitisBResultStated',
    'refuse',
    'A test result is stated for hepatitis B, which may tell of the infection.',
    'Leave testResult out; immunityStatus says what the receiving employer needs to know.',
    ({ claims }) => at('testResult', concernsHepatitisB(claims) && claims.testResult !== undefined),
  ),
  both(
    'schema.testResultWithoutTest',
    'refuse',
    'A test result is stated, and the evidence is no test.',
    'Leave testResult out, or correct evidenceKind.',
    ({ claims }) => at('testResult', !TESTS.includes(kindOf(claims)) && claims.testResult !== undefined),
  ),
  both(
    'schema.evidenceNotForDisease',
    'refuse',
    'A scar, an IGRA or a Mantoux test tells of tuberculosis only.',
    'Correct evidenceKind or targetDiseases.',
    ({ claims }) =>
      at(
        'evidenceKind',
        TUBERCULOSIS_ONLY.includes(kindOf(claims)) && targets(claims).some((code) => code !== DISEASE.tuberculosis),
      ),
  ),
  both(
    'schema.immuneWithoutEvidence',
    'warn',
    'Immunity is stated where vaccination was declined or contraindicated.',
    'State notDetermined, or the evidence of immunity.',
    ({ claims }) => at('immunityStatus', NO_IMMUNITY.includes(kindOf(claims)) && claims.immunityStatus === 'immune'),
  ),
  both(
    'schema.testContradictsImmunity',
    'warn',
    'The serology and the immunity that is stated contradict each other.',
    'Check which of testResult and immunityStatus is right.',
    ({ claims }) =>
      at(
        'immunityStatus',
        kindOf(claims) === 'serology' && CONTRADICTED[String(claims.testResult)] === claims.immunityStatus,
      ),
  ),
  both(
    'schema.dosesOutOfOrder',
    'warn',
    'The dates of the doses do not rise with their numbers.',
    'Check the numbers and dates of the doses.',
    ({ claims }) => {
      const dates = datesAsCounted(claims)
      return at(
        'doses',
        dates.some((date, index) => index > 0 && date <= (dates[index - 1] ?? '')),
      )
    },
  ),
  both(
    'schema.doseInFuture',
    'refuse',
    'A dose is dated after the credential.',
    'Correct the date of the dose.',
    ({ claims, issuedOn }) =>
      objectsOf(claims, 'doses').flatMap((dose, index) =>
        isAfter(textOf(dose, 'date'), issuedOn) ? [{ path: `/claims/doses/${index}/date` }] : [],
      ),
  ),
  notInFuture('evidenceDate', {
    code: 'schema.immunityEvidenceInFuture',
    sentence: 'The evidence is dated after the credential.',
    mend: 'Correct evidenceDate.',
  }),
]
