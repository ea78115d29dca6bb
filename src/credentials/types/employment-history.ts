import { addToDate, daysBetween } from '../../codec/date-time.js'
import type { JsonObject } from '../../core/json.js'
import { defineType, type Rule, type RuleFinding } from '../define.js'
import { notInFuture } from '../rules/dates.js'
import { isAfter, objectsOf, textOf } from '../rules/read.js'

const YEARS_LOOKED_AT = 3
// Moving between employers at a month's end leaves days that are no gap (ours).
const DAYS_TOLERATED = 31

const each = (claims: JsonObject, wrong: (employment: JsonObject) => string | undefined): readonly RuleFinding[] =>
  objectsOf(claims, 'employments').flatMap((employment, index) => {
    const name = wrong(employment)
    return name === undefined ? [] : [{ path: `/claims/employments/${index}/${name}` }]
  })

const startOf = (employment: JsonObject): string => textOf(employment, 'startDate') ?? ''

/** Whether the days between two employments are a gap. Rotations within one programme are continuous. */
const isGap = (covered: string, next: JsonObject, since: string): boolean => {
  const from = covered > since ? covered : since
  return next.rotationalProgramme !== true && startOf(next) > from && daysBetween(from, startOf(next)) > DAYS_TOLERATED
}

const gaps = (claims: JsonObject): readonly RuleFinding[] => {
  const checkedOn = textOf(claims, 'checkedOn') ?? ''
  const since = addToDate(checkedOn, -YEARS_LOOKED_AT, 'Year')
  const employments = objectsOf(claims, 'employments')
  const inOrder = [...employments].sort((a, b) => (startOf(a) < startOf(b) ? -1 : 1))
  let covered = since
  const found: RuleFinding[] = []
  for (const employment of inOrder) {
    if (isGap(covered, employment, since))
      found.push({ path: `/claims/employments/${employments.indexOf(employment)}/startDate` })
    const end = textOf(employment, 'endDate') ?? checkedOn
    if (end > covered) covered = end
  }
  if (daysBetween(covered, checkedOn) > DAYS_TOLERATED) found.push({ path: '/claims/employments' })
  return found
}

const RULES: readonly Rule[] = [
  {
    code: 'schema.employmentGap',
    when: 'both',
    force: 'warn',
    sentence: 'There is a gap in the last three years.',
    mend: 'Ask what lies in it; a rotational programme counts as continuous.',
    check: ({ claims }) => gaps(claims),
  },
  {
    code: 'schema.employmentEndsBeforeItBegins',
    when: 'both',
    force: 'refuse',
    sentence: 'An employment ends before it begins.',
    mend: 'Correct its dates.',
    check: ({ claims }) =>
      each(claims, (employment) =>
        isAfter(startOf(employment), textOf(employment, 'endDate')) ? 'endDate' : undefined,
      ),
  },
  {
    code: 'schema.referenceDateMissing',
    when: 'both',
    force: 'warn',
    sentence: 'A reference was received, and the claims do not say when.',
    mend: 'Add receivedOn.',
    check: ({ claims }) =>
      each(claims, ({ reference }) => {
        const { outcome, receivedOn } = (reference ?? {}) as JsonObject
        return outcome === 'Received' && receivedOn === undefined ? 'reference/receivedOn' : undefined
      }),
  },
]

/** Where somebody worked before, with references. */
export const employmentHistory = defineType({
  type: 'EmploymentHistory',
  label: 'Employment history',
  claimsKey: 'employmentHistory',
  schemas: ['https://w3id.org/staff-passport/schemas/employment-history/v1'],
  issuedBy: ['employer'],
  specialCategory: false,
  statusPurposes: ['revocation'],
  requiredWhenSharing: false,
  origin: 'ours',
  // A post left out would be a gap hidden.
  disclosable: [],
  retention: 'As long as the person works for you.',
  doesNotProve: ['What a referee would say today.', 'That nothing was left out.'],
  validUntil: () => undefined,
  rules: [
    ...RULES,
    notInFuture('checkedOn', {
      code: 'schema.historyCheckedInFuture',
      sentence: 'The history was checked after the credential was issued.',
      mend: 'Correct checkedOn.',
    }),
  ],
})
