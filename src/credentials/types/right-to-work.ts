import { endOfDay } from '../../codec/date-time.js'
import type { JsonObject } from '../../core/json.js'
import { defineType } from '../define.js'
import { byIdentityProvider, byTrust, EXAMPLE_NAMES, EXAMPLE_PERSON } from '../fictional.js'
import { notAfter, notInFuture } from '../rules/dates.js'
import { documentsOrProfile } from '../rules/gpg45.js'
import { textOf } from '../rules/read.js'
import { isDigital, noticeEnd, RIGHT_TO_WORK_RULES } from '../rules/right-to-work.js'

const endOf = (claims: JsonObject): string | undefined => {
  const end = claims.basis === 'timeLimited' ? textOf(claims, 'permissionEndDate') : noticeEnd(claims)
  return end === undefined ? undefined : endOfDay(end)
}

const COMMON = {
  ...EXAMPLE_NAMES,
  identityVerified: 'Yes',
  evidenceCheckedBy: 'Northfield NHS Trust (fictional)',
  dateOfIdCheck: '2026-01-05',
}

const byDocuments = byTrust({ verificationMethod: 'Document Verification' })

/** The right to work in the United Kingdom, as it was checked. */
export const rightToWork = defineType({
  type: 'RightToWork',
  label: 'Right to work',
  claimsKey: 'rightToWork',
  schemas: ['https://w3id.org/staff-passport/schemas/right-to-work/v1'],
  issuedBy: ['employer', 'identityProvider'],
  specialCategory: false,
  statusPurposes: ['revocation', 'suspension'],
  requiredWhenSharing: false,
  origin: 'published',
  disclosable: [],
  retention: 'For the whole of the employment, and two years after it ends.',
  doesNotProve: [
    'A statutory excuse for you: every employer makes its own right-to-work check.',
    'That the person in front of you is the person checked: compare them yourself.',
  ],
  validUntil: (claims) => (claims.basis === 'continuous' ? undefined : endOf(claims)),
  rules: [
    notInFuture('dateOfIdCheck', {
      code: 'schema.rightToWorkCheckedInFuture',
      sentence: 'The check was made after the credential was issued.',
      mend: 'Correct dateOfIdCheck, or issue after the check.',
    }),
    notAfter('dateOfIdCheck', 'permissionEndDate', {
      code: 'schema.permissionEndedBeforeCheck',
      sentence: 'The permission had ended before the check.',
      mend: 'Correct the dates, or do not issue.',
    }),
    ...documentsOrProfile('gpg45Profile', isDigital),
    ...RIGHT_TO_WORK_RULES,
  ],
  examples: [
    {
      title: 'British passport, identity service provider',
      uniqueIdentifier: EXAMPLE_PERSON,
      assurance: byIdentityProvider(),
      claims: {
        ...COMMON,
        evidenceCheckedBy: 'Plainview Identity (fictional)',
        passportExpiryDate: '2030-06-28',
        gpg45Profile: 'M1A',
        route: 'identityServiceProvider',
        nationality: 'British',
        basis: 'continuous',
        immigrationStatus: 'citizen',
      },
    },
    {
      title: 'expired Irish passport, manual check',
      uniqueIdentifier: EXAMPLE_PERSON,
      assurance: byDocuments,
      claims: {
        ...COMMON,
        passportExpiryDate: '2024-03-28',
        route: 'manual',
        nationality: 'Irish',
        basis: 'continuous',
        documentsChecked: ['Passport'],
      },
    },
    {
      title: 'limited leave, Home Office online',
      uniqueIdentifier: EXAMPLE_PERSON,
      assurance: byTrust(),
      claims: {
        ...COMMON,
        route: 'homeOfficeOnline',
        nationality: 'Ghanaian',
        basis: 'timeLimited',
        immigrationStatus: 'limitedLeave',
        permissionEndDate: '2028-09-28',
        followUpDue: '2028-09-28',
        workRestrictions: 'Health and care sponsor only',
      },
    },
    {
      title: 'pre-settled status, Home Office online',
      uniqueIdentifier: EXAMPLE_PERSON,
      assurance: byTrust(),
      claims: {
        ...COMMON,
        route: 'homeOfficeOnline',
        nationality: 'Spanish',
        basis: 'timeLimited',
        immigrationStatus: 'preSettled',
        permissionEndDate: '2027-05-28',
      },
    },
    {
      title: 'positive verification notice, Employer Checking Service',
      uniqueIdentifier: EXAMPLE_PERSON,
      assurance: byTrust(),
      claims: {
        ...COMMON,
        route: 'employerCheckingService',
        nationality: 'Jamaican',
        basis: 'verificationNotice',
        verificationNoticeDate: '2025-12-28',
        followUpDue: '2026-06-28',
      },
    },
  ],
})
