import { CHECK_CODES, type CodeText, ERROR_CODES } from '../src/core/codes.js'
import { CHECK_NAMES } from '../src/core/outcome.js'
import { CREDENTIAL_TYPES } from '../src/credentials/catalogue.js'
import type { CredentialTypeRow, Rule } from '../src/credentials/define.js'
import { COMMON_RULES } from '../src/credentials/rules/common.js'

const AREAS: Readonly<Record<string, readonly [title: string, sentence: string]>> = {
  format: ['Format', 'Is it whole, unambiguous, and of a kind that we read? Nothing else is asked when it is not.'],
  signature: ['Signature', 'Did the key that the proof names sign exactly this, and is the key fit for it?'],
  issuerTrust: ['Issuer trust', 'Does the signed trust list let this issuer issue this type, then?'],
  schema: ['Schema', 'Has it the shape of its type? The rules of the types follow further down.'],
  validityPeriod: ['Validity period', 'Is it within its dates?'],
  status: ['Status', 'Has its issuer revoked or suspended it?'],
  holderBinding: ['Holder binding', 'Is whoever presents it the person it is about, here and now, and to us?'],
  policy: ['Policy', 'What the verifier’s own policy asks for.'],
  claims: ['Claims', 'Thrown by `issue` as a `ClaimsError`, before anything is reserved, recorded or signed.'],
  store: ['Store', 'Thrown as a `PassportError`.'],
  fetch: ['Fetch', 'Thrown as a `PassportError` by the guarded fetcher.'],
  key: ['Key', 'Thrown as a `PassportError`.'],
}

const rows: readonly CredentialTypeRow[] = Object.values(CREDENTIAL_TYPES)

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

const table = (headings: readonly string[], lines: readonly (readonly string[])[]): string =>
  [headings, headings.map(() => '---'), ...lines.map((line) => line.map(cell))]
    .map((line) => `| ${line.join(' | ')} |`)
    .join('\n')

const areaOf = (code: string): string => code.slice(0, code.indexOf('.'))

const inArea = (codes: Readonly<Record<string, CodeText>>, area: string): string => {
  const [title, sentence] = AREAS[area] ?? [area, '']
  const lines = Object.entries(codes)
    .filter(([code]) => areaOf(code) === area)
    .map(([code, { meaning, mend }]) => [`\`${code}\``, meaning, mend])
  return `### ${title}\n\n${sentence}\n\n${table(['Code', 'What it means', 'What to do'], lines)}`
}

const areasOf = (codes: object): readonly string[] => [...new Set(Object.keys(codes).map(areaOf))]

const WHEN: Readonly<Record<Rule['when'], string>> = { issue: 'issuing', both: 'issuing and verifying' }
const FORCE: Readonly<Record<Rule['force'], string>> = { refuse: 'refuses', warn: 'warns' }

/** The rules of every type, of each type, and of no rule twice: types that share a rule share its meaning. */
const everyRule = (): readonly Rule[] => {
  const rules = [...COMMON_RULES, ...rows.flatMap((row) => row.rules)]
  return rules.filter(({ code }, index) => rules.findIndex((other) => other.code === code) === index)
}

const typesWith = (rule: Rule): readonly string[] =>
  rows.filter(({ rules }) => rules.some(({ code }) => code === rule.code)).map(({ label }) => label)

const ruleTable = (rules: readonly Rule[]): string =>
  table(
    ['Code', 'What it means', 'What to do', 'Force'],
    rules.map(({ code, when, force, sentence, mend }) => [
      `\`${code}\``,
      sentence,
      mend,
      `${FORCE[force]}, when ${WHEN[when]}`,
    ]),
  )

const ruleSections = (): readonly string[] => {
  const sections = new Map<string, Rule[]>()
  for (const rule of everyRule()) {
    const title = typesWith(rule).join(', ') || 'Every type'
    sections.set(title, [...(sections.get(title) ?? []), rule])
  }
  return [...sections].map(([title, rules]) => `### ${title}\n\n${ruleTable(rules)}`)
}

/** Every code there is, and what it means: those of checks, of thrown errors, and of the catalogue's rules. */
export const everyCode = (): readonly (CodeText & { readonly code: string })[] => [
  ...Object.entries({ ...CHECK_CODES, ...ERROR_CODES }).map(([code, text]) => ({ code, ...text })),
  ...[...COMMON_RULES, ...rows.flatMap(({ rules }) => rules)].map(({ code, sentence, mend }) => ({
    code,
    meaning: sentence,
    mend,
  })),
]

/** The page `docs/errors.md`. */
export const errorPage = (): string =>
  [
    '<!-- Made by `npm run generate`. Do not edit. -->',
    '# Codes',
    'Every code that a report or an error can hold, what it means, and what to do about it. Codes are stable: a report filed today means the same in ten years. `npx staff-passport explain <code>` says the same on the command line.',
    'A code begins with the check that found the fault, or with the area that failed. A path beside it says where, as a JSON pointer; an unknown member is written `*`. No report, error or log line ever holds a value from a credential.',
    '## In reports',
    `A bad credential is never thrown: it is a value in a report. The checks, in the order in which a report lists them: ${CHECK_NAMES.map((name) => `\`${name}\``).join(', ')}.`,
    ...areasOf(CHECK_CODES).map((area) => inArea(CHECK_CODES, area)),
    '## Thrown',
    'The world let us down. An error says whether the same call may succeed later (`retryable`). A `TypeError` without a code means that the function was called wrongly: mend the program.',
    ...areasOf(ERROR_CODES).map((area) => inArea(ERROR_CODES, area)),
    '## Rules of the credential types',
    'What a schema cannot say. A rule that refuses stops the credential from being issued, and fails the `schema` check where it is asked when verifying; one that warns is reported and changes no verdict.',
    ...ruleSections(),
  ].join('\n\n')
