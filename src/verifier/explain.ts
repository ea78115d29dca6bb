import { toDisplayText } from '../codec/display-text.js'
import { asArray, isJsonObject, type JsonObject } from '../core/json.js'
import { CHECK_NAMES, type CheckName, type CheckResult } from '../core/outcome.js'
import { findRow } from '../credentials/rows.js'
import { codeText } from './code-text.js'
import type { CredentialReport, PresentationReport, Report, ReportInput, Suitability, Verdict } from './report.js'

const LABELS: Readonly<Record<CheckName | 'samePerson', string>> = {
  format: 'Format',
  signature: 'Signature',
  issuerTrust: 'Issuer trust',
  schema: 'Schema',
  validityPeriod: 'Validity period',
  status: 'Status',
  holderBinding: 'Holder binding',
  samePerson: 'Same person',
}

const HOLDS: Readonly<Record<CheckName | 'samePerson', string>> = {
  format: 'it is whole and unambiguous',
  signature: 'its issuer signed exactly this',
  issuerTrust: 'the trust list lets this issuer issue it',
  schema: 'it has the shape of its type and keeps its rules',
  validityPeriod: 'it was within its dates',
  status: 'its issuer has not withdrawn it',
  holderBinding: 'whoever presented it is the person it is about',
  samePerson: 'all its credentials are about one person',
}

const MARKS: Readonly<Record<CheckResult['outcome'], string>> = {
  passed: 'yes',
  failed: 'NO',
  inconclusive: '?',
  notApplicable: '-',
  notRun: '-',
}

const WIDTH = 17

const meaning = (code: string): string =>
  codeText(code)?.meaning ?? 'This version of the software does not know this code.'

const saying = (name: CheckName | 'samePerson', result: CheckResult): string => {
  switch (result.outcome) {
    case 'passed':
      return `${HOLDS[name]}.`
    case 'failed':
      return `${meaning(result.code)} (${result.code})`
    case 'inconclusive':
      return `could not be found out. ${meaning(result.code)} (${result.code})`
    case 'notApplicable':
      return `does not apply. ${result.reason}`
    case 'notRun':
      return 'skipped' in result
        ? `skipped by the policy. ${result.skipped}`
        : `not asked, because of: ${result.blockedBy.map((blocker) => LABELS[blocker].toLowerCase()).join(', ')}.`
  }
}

// Places that say no more than the line itself are left out.
const placesOf = (result: CheckResult): readonly string[] => {
  const faults = 'faults' in result ? result.faults.filter(({ path }) => path !== '') : []
  const warnings = 'evidence' in result ? asArray(result.evidence.warnings).filter(isJsonObject) : []
  return [
    ...faults.map(({ path, code }) => `at ${path}: ${code}`),
    ...warnings.map(({ path, code }) => `warning at ${String(path)}: ${meaning(String(code))} (${String(code)})`),
  ].map((line) => `${' '.repeat(WIDTH + 6)}${line}`)
}

const line = (name: CheckName | 'samePerson', result: CheckResult): readonly string[] => [
  `${MARKS[result.outcome].padStart(3)}  ${LABELS[name].padEnd(WIDTH)} ${saying(name, result)}`,
  ...placesOf(result),
]

const VERDICTS: Readonly<Record<Verdict, string>> = {
  accepted: 'ACCEPTED. Every check that the policy asks for holds.',
  rejected: 'REJECTED. Do not rely on it.',
  undecided: 'UNDECIDED. Something could not be found out; do not rely on it until it is.',
}

const mends = (report: Report): readonly string[] => {
  const codes = [...new Set(report.reasons.map(({ code }) => code))]
  if (codes.length === 0) return []
  return [
    '',
    'What to do:',
    ...codes.map((code) => `  - ${codeText(code)?.mend ?? 'Ask the keeper of this software.'} (${code})`),
  ]
}

const inputLines = ({ sha256, format, type, issuer }: ReportInput): readonly string[] => [
  ...(type === undefined ? [] : [`Type:      ${findRow(type)?.label ?? type}`]),
  ...(issuer === undefined ? [] : [`Issuer:    ${issuer}`]),
  ...(format === undefined ? [] : [`Format:    ${format}`]),
  `SHA-256:   ${sha256}`,
]

const frameLines = (report: Report): readonly string[] => [
  `Checked:   ${report.checkedAt}${report.at === undefined ? '' : `, asking about ${report.at}`}`,
  `Policy:    ${report.policy.name} (${report.policy.digest.slice(0, 12)})`,
  `Software:  ${report.software.name} ${report.software.version}`,
]

const MEETS: Readonly<Record<Suitability['outcome'], string>> = {
  meets: 'meets the policy',
  fallsShort: 'falls short of the policy',
  cannotSay: 'the credential does not say',
}

const ASKED: Readonly<Record<Suitability['requirement'], string>> = {
  maximumAge: 'Age',
  requiredLevel: 'Level',
  requiredWorkforce: 'Workforce',
  refreshPeriods: 'Refresh',
}

const suitabilityLines = ({ suitability }: CredentialReport): readonly string[] =>
  suitability === undefined || suitability.length === 0
    ? []
    : [
        '',
        'Suitability for the work at hand (no part of the verdict):',
        ...suitability.map(({ requirement, outcome }) => `  - ${ASKED[requirement]}: ${MEETS[outcome]}`),
      ]

const ALWAYS = 'That its holder is employable: acceptance says that the credential is genuine, not that it is enough.'

const caveats = (types: readonly string[]): readonly string[] => [
  '',
  'What acceptance does not prove:',
  ...new Set([ALWAYS, ...types.flatMap((type) => findRow(type)?.doesNotProve ?? [])].map((text) => `  - ${text}`)),
]

const typeOf = ({ input }: CredentialReport): readonly string[] => (input.type === undefined ? [] : [input.type])

// As the trust list names it; what a credential calls its issuer is not repeated.
const organisationLines = ({ checks: { issuerTrust } }: CredentialReport): readonly string[] => {
  const { organisationName, odsCode } = 'evidence' in issuerTrust ? issuerTrust.evidence : {}
  if (typeof organisationName !== 'string') return []
  return [`Issued by: ${organisationName}${typeof odsCode === 'string' ? `, ODS code ${odsCode}` : ''}`]
}

const WAYS: Readonly<Record<string, string>> = {
  directToWallet: 'downloaded by its holder from the system that it is from',
  viaPortal: 'provided by the employer from its own system',
  viaEsr: 'by way of ESR, from another system',
  manualEntry: 'entered by hand',
}

const wayOf = ({ route, identityCredentialDigest }: JsonObject): string => {
  const relied =
    typeof identityCredentialDigest === 'string'
      ? `, relying on the identity credential ${identityCredentialDigest.slice(0, 12)}`
      : ''
  return `Came:      ${WAYS[String(route)] ?? 'in a way that this version does not know'}${relied}`
}

const sourceLines = ({ checks: { schema } }: CredentialReport): readonly string[] =>
  'evidence' in schema ? asArray(schema.evidence.sources).filter(isJsonObject).map(wayOf) : []

const explainCredential = (report: CredentialReport): readonly string[] => [
  VERDICTS[report.verdict],
  '',
  ...inputLines(report.input),
  ...organisationLines(report),
  ...sourceLines(report),
  ...frameLines(report),
  '',
  ...CHECK_NAMES.flatMap((name) => line(name, report.checks[name])),
  ...mends(report),
  ...suitabilityLines(report),
  ...(report.verdict === 'accepted' ? caveats(typeOf(report)) : []),
]

const isTelling = ({ outcome }: CheckResult): boolean => outcome === 'failed' || outcome === 'inconclusive'

const sameCode = (one: CheckResult, other: CheckResult): boolean =>
  'code' in one && 'code' in other && one.code === other.code

// In a presentation a good credential is one line; one that is not good says why, but for what was said above.
const summary = (report: CredentialReport, index: number, whole: PresentationReport): readonly string[] => [
  `  ${index + 1}. ${typeOf(report)[0] ?? 'unknown type'}: ${report.verdict}`,
  ...CHECK_NAMES.filter((name) => isTelling(report.checks[name]))
    .filter((name) => name !== 'holderBinding' || !sameCode(report.checks[name], whole.holderBinding))
    .flatMap((name) => line(name, report.checks[name]))
    .map((text) => `    ${text}`),
  ...suitabilityLines(report)
    .slice(2)
    .map((text) => `    ${text}`),
]

const explainPresentation = (report: PresentationReport): readonly string[] => [
  VERDICTS[report.verdict],
  '',
  'A presentation.',
  ...inputLines(report.input),
  ...frameLines(report),
  '',
  ...line('holderBinding', report.holderBinding),
  ...line('samePerson', report.samePerson),
  '',
  `Credentials: ${report.credentials.length}`,
  ...report.credentials.flatMap((credential, index) => summary(credential, index, report)),
  ...mends(report),
  ...(report.verdict === 'accepted' ? caveats(report.credentials.flatMap(typeOf)) : []),
]

/**
 * A report in plain words for a person: the verdict first, one line for each check, what to do, and what an acceptance
 * does not prove. Holds no claim, because the report holds none.
 */
export const explain = (report: Report): string =>
  (report.kind === 'credential' ? explainCredential(report) : explainPresentation(report)).map(toDisplayText).join('\n')
