import type { GoldenExamples } from '../define.js'
import { byTrust, EXAMPLE_PERSON } from '../fictional.js'

const COMMON = {
  checkOutcome: 'No information recorded',
  disclosureIssueDate: '2025-10-01',
  originalSeenOn: '2025-10-08',
  workforce: 'childAndAdult',
} as const

/** Worked examples of a disclosure and barring service (dbs) credential. The first is what `example` prints. */
export const disclosureAndBarringServiceExamples: GoldenExamples<'DisclosureAndBarringService', 3> = [
  {
    title: 'enhanced disclosure in the update service',
    uniqueIdentifier: EXAMPLE_PERSON,
    assurance: byTrust({ verificationMethod: 'Document Verification and Record Verification' }),
    claims: {
      ...COMMON,
      disclosureBody: 'DBS',
      level: 'Enhanced',
      certificateReferenceNumber: '001234567890',
      updateService: true,
      barredListCheckedAdult: true,
      barredListCheckedChildren: true,
      dbsUpdateServiceStatusCheckDate: '2026-01-05',
      updateServiceStatus: 'No new information',
    },
  },
  {
    title: 'PVG scheme, Disclosure Scotland',
    uniqueIdentifier: EXAMPLE_PERSON,
    assurance: byTrust({ verificationMethod: 'Document Verification' }),
    claims: {
      ...COMMON,
      disclosureBody: 'Disclosure Scotland',
      level: 'PVG scheme',
      certificateReferenceNumber: '2510010000000001',
      updateService: false,
      barredListCheckedAdult: true,
      barredListCheckedChildren: true,
    },
  },
  {
    title: 'basic check, AccessNI',
    uniqueIdentifier: EXAMPLE_PERSON,
    assurance: byTrust({ verificationMethod: 'Document Verification' }),
    claims: {
      ...COMMON,
      disclosureBody: 'AccessNI',
      level: 'Basic',
      certificateReferenceNumber: '1000000001',
      updateService: false,
      barredListCheckedAdult: false,
      barredListCheckedChildren: false,
      workforce: 'other',
    },
  },
]
