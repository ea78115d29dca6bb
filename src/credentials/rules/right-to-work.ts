import { addToDate } from '../../codec/date-time.js'
import type { JsonObject } from '../../core/json.js'
import type { Rule, RuleFinding } from '../define.js'
import { isBritishOrIrish } from '../nationalities.js'
import { isSufficient } from './gpg45.js'
import { at, textOf } from './read.js'

const NOTICE_MONTHS = 6
// W and eight more letters or digits, together or in threes as the Home Office shows them; a digit is among them, for
// words are no codes.
const SHARE_CODE = /\bW[A-Z0-9]{2}[ -]?[A-Z0-9]{3}[ -]?[A-Z0-9]{3}\b/g
const isShareCode = (text: string): boolean => [...text.matchAll(SHARE_CODE)].some(([code]) => /\d/.test(code))

/** Whether an identity service provider made the check. */
export const isDigital = (claims: JsonObject): boolean => claims.route === 'identityServiceProvider'
const isNative = (claims: JsonObject): boolean => isBritishOrIrish(textOf(claims, 'nationality'))

/** The day to which a positive verification notice reaches. */
export const noticeEnd = (claims: JsonObject): string | undefined => {
  const notice = textOf(claims, 'verificationNoticeDate')
  return notice === undefined ? undefined : addToDate(notice, NOTICE_MONTHS, 'Month')
}

const shareCodes = (claims: JsonObject): readonly RuleFinding[] =>
  Object.entries(claims).flatMap(([name, value]) => {
    const texts = Array.isArray(value) ? value : [value]
    return at(
      name,
      texts.some((text) => typeof text === 'string' && !text.startsWith('data:') && isShareCode(text)),
    )
  })

const rule = (
  code: Rule['code'],
  force: Rule['force'],
  texts: readonly [sentence: string, mend: string],
  check: Rule['check'],
): Rule => ({ code, when: 'both', force, sentence: texts[0], mend: texts[1], check })

const PROVIDER_RULES: readonly Rule[] = [
  rule(
    'schema.providerForBritishOrIrishOnly',
    'refuse',
    [
      'An identity service provider may vouch for right to work only for British and Irish passport holders.',
      'Check by another route, such as Home Office online.',
    ],
    ({ claims }) => at('nationality', isDigital(claims) && !isNative(claims)),
  ),
  rule(
    'schema.providerNeedsPassport',
    'refuse',
    ['A check by an identity service provider rests on a passport, and none is stated.', 'Add passportExpiryDate.'],
    ({ claims }) => at('passportExpiryDate', isDigital(claims) && textOf(claims, 'passportExpiryDate') === undefined),
  ),
  rule(
    'schema.passportExpiredAtCheck',
    'refuse',
    [
      'The passport had expired on the day of a check by an identity service provider.',
      'Check again with a passport in date, or by the manual route, which takes an expired British or Irish one.',
    ],
    ({ claims }) => {
      const expiry = textOf(claims, 'passportExpiryDate') ?? '9999-12-31'
      return at('passportExpiryDate', isDigital(claims) && expiry < (textOf(claims, 'dateOfIdCheck') ?? ''))
    },
  ),
  rule(
    'schema.gpg45Missing',
    'refuse',
    ['A check by an identity service provider states no GPG 45 profile.', 'Add gpg45Profile.'],
    ({ claims }) => at('gpg45Profile', isDigital(claims) && textOf(claims, 'gpg45Profile') === undefined),
  ),
  rule(
    'schema.gpg45BelowMedium',
    'refuse',
    [
      'The GPG 45 profile gives less than medium confidence, which right to work needs.',
      'Check the identity again at medium confidence.',
    ],
    ({ claims }) => {
      const profile = textOf(claims, 'gpg45Profile')
      return at('gpg45Profile', isDigital(claims) && profile !== undefined && !isSufficient(profile, 'M'))
    },
  ),
]

const BASIS_RULES: readonly Rule[] = [
  rule(
    'schema.permissionEndMissing',
    'refuse',
    ['The right is limited in time, and the claims do not say until when.', 'Add permissionEndDate.'],
    ({ claims }) => at('permissionEndDate', claims.basis === 'timeLimited' && claims.permissionEndDate === undefined),
  ),
  rule(
    'schema.permissionEndNotContinuous',
    'refuse',
    ['The right is continuous, and yet an end is stated.', 'Leave permissionEndDate out, or write timeLimited.'],
    ({ claims }) => at('permissionEndDate', claims.basis === 'continuous' && claims.permissionEndDate !== undefined),
  ),
  rule(
    'schema.noticeDateMissing',
    'refuse',
    ['The right rests on a positive verification notice whose date is missing.', 'Add verificationNoticeDate.'],
    ({ claims }) =>
      at(
        'verificationNoticeDate',
        claims.basis === 'verificationNotice' && claims.verificationNoticeDate === undefined,
      ),
  ),
  rule(
    'schema.followUpNotSixMonthsFromNotice',
    'refuse',
    [
      'The follow-up after a verification notice is due six months from the notice.',
      'Set followUpDue to six months after verificationNoticeDate.',
    ],
    ({ claims }) => {
      const due = noticeEnd(claims)
      return at('followUpDue', claims.basis === 'verificationNotice' && due !== undefined && claims.followUpDue !== due)
    },
  ),
  rule(
    'schema.followUpMissing',
    'warn',
    [
      'The right is limited in time, and no follow-up check is planned.',
      'Add followUpDue; only pre-settled status needs none.',
    ],
    ({ claims }) =>
      at(
        'followUpDue',
        claims.basis === 'timeLimited' && claims.immigrationStatus !== 'preSettled' && claims.followUpDue === undefined,
      ),
  ),
]

const ROUTE_RULES: readonly Rule[] = [
  rule(
    'schema.documentEvidenceMissing',
    'refuse',
    ['A manual check states no document that was seen.', 'List the kinds of document in documentsChecked.'],
    ({ claims }) => at('documentsChecked', claims.route === 'manual' && claims.documentsChecked === undefined),
  ),
  rule(
    'schema.noShareCodeForNationality',
    'warn',
    ['British and Irish citizens cannot be checked online with the Home Office.', 'Check whether the route is right.'],
    ({ claims }) => at('route', claims.route === 'homeOfficeOnline' && isNative(claims)),
  ),
  rule(
    'schema.noticeWithoutCheckingService',
    'refuse',
    [
      'Only the Employer Checking Service gives a verification notice.',
      'Write employerCheckingService, or another basis.',
    ],
    ({ claims }) => at('route', claims.basis === 'verificationNotice' && claims.route !== 'employerCheckingService'),
  ),
  rule(
    'schema.shareCodeStored',
    'refuse',
    [
      'A claim looks like a share code, which must never be stored.',
      'Leave it out; state the route and the date of the check.',
    ],
    ({ claims }) => shareCodes(claims),
  ),
  rule(
    'schema.identityNotVerified',
    'warn',
    ['The identity was not verified, so the check may be of somebody else.', 'Verify the identity first.'],
    ({ claims }) => at('identityVerified', claims.identityVerified === 'No'),
  ),
  {
    code: 'schema.passportExpiredAtIssue',
    when: 'issue',
    force: 'refuse',
    sentence: 'The passport has expired, and the portal policy issues no right to work on an expired passport.',
    mend: 'Check a new passport or make a new digital identity; the identity itself may be issued.',
    check: ({ claims, issuedOn, dspPortalPolicy }) =>
      at(
        'passportExpiryDate',
        dspPortalPolicy === true && (textOf(claims, 'passportExpiryDate') ?? '9999-12-31') < issuedOn,
      ),
  },
]

/** Rules of right to work: what its route, its basis and a provider's check ask for. */
export const RIGHT_TO_WORK_RULES: readonly Rule[] = [...PROVIDER_RULES, ...BASIS_RULES, ...ROUTE_RULES]
