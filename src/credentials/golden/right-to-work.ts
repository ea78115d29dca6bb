import type { GoldenExamples } from '../define.js'
import { byIdentityProvider, byTrust, EXAMPLE_NAMES, EXAMPLE_PERSON } from '../fictional.js'

const COMMON = {
  ...EXAMPLE_NAMES,
  identityVerified: 'Yes',
  evidenceCheckedBy: 'Northfield NHS Trust (fictional)',
  dateOfIdCheck: '2026-01-05',
} as const

const byDocuments = byTrust({ verificationMethod: 'Document Verification' })

/** Worked examples of a right to work credential. The first is what `example` prints. */
export const rightToWorkExamples: GoldenExamples<'RightToWork', 5> = [
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
]
