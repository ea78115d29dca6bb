import type { JsonObject } from '../../core/json.js'
import { defineType, type Rule } from '../define.js'
import { notAfter, notInFuture } from '../rules/dates.js'
import { at, textOf } from '../rules/read.js'

interface DisclosureBody {
  readonly levels: readonly string[]
  /** Levels that look into the barred lists. */
  readonly barredLists: readonly string[]
  readonly number?: RegExp
  /** Levels for which there is an update service. */
  readonly updateService: readonly string[]
}

// The form of their numbers is published by the DBS alone; of the others any number will do.

const BODIES: Readonly<Record<string, DisclosureBody>> = {
  DBS: {
    levels: ['Basic', 'Standard', 'Enhanced', 'Enhanced with barred lists'],
    barredLists: ['Enhanced', 'Enhanced with barred lists'],
    number: /^\d{12}$/,
    updateService: ['Standard', 'Enhanced', 'Enhanced with barred lists'],
  },
  'Disclosure Scotland': {
    // Levels 1 and 2 since April 2025; certificates of the earlier levels are still about.
    levels: ['Level 1', 'Level 2', 'Level 2 with barred lists', 'PVG scheme', 'Basic', 'Standard', 'Enhanced'],
    barredLists: ['Level 2 with barred lists', 'PVG scheme', 'Enhanced'],
    updateService: [],
  },
  AccessNI: {
    levels: ['Basic', 'Standard', 'Enhanced', 'Enhanced with barred lists'],
    barredLists: ['Enhanced', 'Enhanced with barred lists'],
    updateService: [],
  },
}

const bodyOf = (claims: JsonObject): DisclosureBody | undefined => {
  const name = textOf(claims, 'disclosureBody') ?? ''
  return Object.hasOwn(BODIES, name) ? BODIES[name] : undefined
}

const levelOf = (claims: JsonObject): string => textOf(claims, 'level') ?? ''

const rule = (
  code: Rule['code'],
  sentence: string,
  mend: string,
  check: Rule['check'],
  force: Rule['force'] = 'refuse',
): Rule => ({
  code,
  when: 'both',
  force,
  sentence,
  mend,
  check,
})

const RULES: readonly Rule[] = [
  rule(
    'schema.levelNotOfDisclosureBody',
    'The disclosure body has no such level.',
    'DBS and AccessNI: Basic, Standard, Enhanced, Enhanced with barred lists. Disclosure Scotland: Level 1, Level 2, Level 2 with barred lists, PVG scheme, and the earlier Basic, Standard, Enhanced.',
    ({ claims }) => at('level', bodyOf(claims)?.levels.includes(levelOf(claims)) === false),
  ),
  rule(
    'schema.certificateNumberNotOfDisclosureBody',
    'The certificate number does not have the form that the disclosure body gives it.',
    'Twelve digits for the DBS; copy it from the certificate.',
    ({ claims }) =>
      at(
        'certificateReferenceNumber',
        bodyOf(claims)?.number?.test(textOf(claims, 'certificateReferenceNumber') ?? '') === false,
      ),
  ),
  rule(
    'schema.barredListNeedsEnhanced',
    'A barred list was checked at a level that does not look into barred lists.',
    'Correct the level, or write false for the barred lists.',
    ({ claims }) => {
      const checked = claims.barredListCheckedAdult === true || claims.barredListCheckedChildren === true
      return at('level', checked && bodyOf(claims)?.barredLists.includes(levelOf(claims)) === false)
    },
  ),
  rule(
    'schema.updateServiceNotForLevel',
    'There is no update service for this level of this disclosure body.',
    'Only Standard and Enhanced disclosures of the DBS can be subscribed; write false.',
    ({ claims }) =>
      at(
        'updateService',
        claims.updateService === true && bodyOf(claims)?.updateService.includes(levelOf(claims)) === false,
      ),
  ),
  rule(
    'schema.statusCheckWithoutUpdateService',
    'A status check is dated, and the disclosure is not in the update service.',
    'Correct updateService, or leave the status check out.',
    ({ claims }) =>
      at(
        'dbsUpdateServiceStatusCheckDate',
        claims.updateService === false && claims.dbsUpdateServiceStatusCheckDate !== undefined,
      ),
  ),
  rule(
    'schema.newInformationOnUpdateService',
    'The update service reported new information, so the certificate is no longer current.',
    'Ask for a new disclosure.',
    ({ claims }) => at('updateServiceStatus', claims.updateServiceStatus === 'New information'),
    'warn',
  ),
]

/** The outcome of a disclosure. */
export const disclosureAndBarringService = defineType({
  type: 'DisclosureAndBarringService',
  label: 'Disclosure and Barring Service (DBS)',
  claimsKey: 'disclosureAndBarringService',
  schemas: ['https://w3id.org/staff-passport/schemas/disclosure-and-barring-service/v1'],
  issuedBy: ['employer'],
  specialCategory: true,
  statusPurposes: ['revocation', 'suspension'],
  requiredWhenSharing: false,
  origin: 'published',
  // The number opens the update service; every outcome, level and barred list must be seen.
  disclosable: ['certificateReferenceNumber'],
  retention: 'About six months after the decision that it was needed for.',
  doesNotProve: [
    'That the role is eligible for this level of disclosure.',
    'That nothing was recorded since: ask the update service where the holder subscribes.',
    'That it may be reused: workforce, level and barred lists must be the ones that your role needs.',
  ],
  // A disclosure has no end; how old is too old is for the next employer's policy.
  validUntil: () => undefined,
  rules: [
    ...RULES,
    notAfter('disclosureIssueDate', 'dbsUpdateServiceStatusCheckDate', {
      code: 'schema.statusCheckedBeforeIssue',
      sentence: 'The status was checked before the disclosure was issued.',
      mend: 'Correct the dates.',
    }),
    notAfter('disclosureIssueDate', 'originalSeenOn', {
      code: 'schema.originalSeenBeforeIssue',
      sentence: 'The original was seen before the disclosure was issued.',
      mend: 'Correct the dates.',
    }),
    notInFuture('disclosureIssueDate', {
      code: 'schema.disclosureIssuedInFuture',
      sentence: 'The disclosure is dated after the credential.',
      mend: 'Correct disclosureIssueDate.',
    }),
    notInFuture('originalSeenOn', {
      code: 'schema.originalSeenInFuture',
      sentence: 'The original was seen after the credential was issued.',
      mend: 'Correct originalSeenOn.',
    }),
  ],
})
