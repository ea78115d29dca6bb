import type { JsonObject } from '../../core/json.js'
import { defineType, type Rule } from '../define.js'
import { notAfter, notInFuture } from '../rules/dates.js'
import { documentsOrProfile, isSufficient } from '../rules/gpg45.js'
import { at, textOf } from '../rules/read.js'

// GPG 45 for disclosures: Basic needs medium confidence, Standard and Enhanced need high.
const needed = (claims: JsonObject): 'M' | 'H' =>
  claims.levelSought === 'Standard' || claims.levelSought === 'Enhanced' ? 'H' : 'M'
const hasDocuments = (claims: JsonObject): boolean => claims.documentsChecked !== undefined

const RULES: readonly Rule[] = [
  {
    code: 'schema.gpg45BelowDisclosureLevel',
    when: 'both',
    force: 'refuse',
    sentence:
      'The GPG 45 profile gives less confidence than the level of disclosure needs: medium for Basic, high for Standard and Enhanced.',
    mend: 'Check the identity again at the confidence needed, or seek another level.',
    check: ({ claims }) => {
      const profile = textOf(claims, 'evidenceProfile')
      return at('evidenceProfile', profile !== undefined && !isSufficient(profile, needed(claims)))
    },
  },
  {
    code: 'schema.identityEvidenceMissing',
    when: 'issue',
    force: 'warn',
    sentence: 'Neither a GPG 45 profile nor a document that was checked is stated.',
    mend: 'Add evidenceProfile for a digital check, documentsChecked for one of documents.',
    check: ({ claims }) =>
      at('evidenceProfile', textOf(claims, 'evidenceProfile') === undefined && !hasDocuments(claims)),
  },
  {
    code: 'schema.addressCheckMissing',
    when: 'both',
    force: 'warn',
    sentence: 'The current address was verified, and the claims do not say when.',
    mend: 'Add dateOfAddressCheck.',
    check: ({ claims }) =>
      at('dateOfAddressCheck', claims.currentAddressVerified === true && claims.dateOfAddressCheck === undefined),
  },
  {
    code: 'schema.passportOfSomebodyElse',
    when: 'both',
    force: 'refuse',
    sentence: 'The birth date in the passport is not the birth date.',
    mend: 'Check which passport was read.',
    check: ({ claims }) => {
      const inPassport = textOf(claims, 'passportDateOfBirth')
      return at('passportDateOfBirth', inPassport !== undefined && inPassport !== claims.dateOfBirth)
    },
  },
]

/** What is needed to apply for a disclosure. */
export const dbsSupportingInformation = defineType({
  type: 'DbsSupportingInformation',
  label: 'DBS supporting information',
  claimsKey: 'dbsSupportingInformation',
  schemas: ['https://w3id.org/staff-passport/schemas/dbs-supporting-information/v1'],
  issuedBy: ['employer', 'identityProvider'],
  specialCategory: false,
  statusPurposes: ['revocation'],
  requiredWhenSharing: false,
  origin: 'published',
  // The numbers of documents and where somebody lives; not that they were checked, by whom and when.
  disclosable: [
    'currentAddress',
    'residentFrom',
    'dateOfAddressCheck',
    'subjectId',
    'passportNumber',
    'passportDateOfBirth',
    'passportIssueDate',
    'passportExpiryDate',
    'passportNationality',
    'passportIssuingCountry',
    'drivingLicenceNumber',
    'drivingLicenceIssueDate',
    'drivingLicenceExpiryDate',
    'drivingLicenceValidFrom',
    'drivingLicenceType',
    'drivingLicenceIssueCountry',
  ],
  retention: 'Until the application is decided, at most six months.',
  doesNotProve: [
    'That the role is eligible for the level of disclosure sought.',
    'That nothing is recorded about the person.',
  ],
  validUntil: () => undefined,
  rules: [
    ...RULES,
    ...documentsOrProfile('evidenceProfile', (claims) => !hasDocuments(claims)),
    notInFuture('dateOfIdCheck', {
      code: 'schema.dbsIdentityCheckedInFuture',
      sentence: 'The identity was checked after the credential was issued.',
      mend: 'Correct dateOfIdCheck.',
    }),
    notInFuture('dateOfAddressCheck', {
      code: 'schema.addressCheckedInFuture',
      sentence: 'The address was checked after the credential was issued.',
      mend: 'Correct dateOfAddressCheck.',
    }),
    notAfter('passportIssueDate', 'passportExpiryDate', {
      code: 'schema.passportEndsBeforeItBegins',
      sentence: 'The passport expires before it was issued.',
      mend: 'Correct the dates of the passport.',
    }),
    notAfter('drivingLicenceIssueDate', 'drivingLicenceExpiryDate', {
      code: 'schema.drivingLicenceEndsBeforeItBegins',
      sentence: 'The driving licence expires before it was issued.',
      mend: 'Correct the dates of the driving licence.',
    }),
  ],
})
