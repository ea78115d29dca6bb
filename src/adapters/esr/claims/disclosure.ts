import type { DisclosureAndBarringServiceClaims } from '../../../credentials/generated/claims.js'
import type { RestValues } from '../rest/resources.js'
import { type MappedClaims, settle, take } from './settle.js'

/** ESR's words, and the catalogue's. What was recorded is in neither. */
export const DISCLOSURE_OUTCOMES = {
  Clear: 'No information recorded',
  'Reviewed and accepted': 'Information recorded and assessed',
} as const satisfies Readonly<Record<string, DisclosureAndBarringServiceClaims['checkOutcome']>>

/** ESR's words, and the catalogue's. */
export const WORKFORCES = {
  Child: 'child',
  Adult: 'adult',
  'Child and Adult': 'childAndAdult',
  Other: 'other',
} as const satisfies Readonly<Record<string, DisclosureAndBarringServiceClaims['workforce']>>

const yesNo = (text: string): boolean | undefined => ({ Y: true, N: false })[text.toUpperCase()]

const oneOf =
  (table: Readonly<Record<string, string>>) =>
  (text: string): string | undefined =>
    Object.hasOwn(table, text) ? table[text] : undefined

/** Claims of a criminal record check. */
export const disclosureClaims = (row: RestValues<'DB'>): MappedClaims<DisclosureAndBarringServiceClaims> =>
  settle('DisclosureAndBarringService', {
    disclosureBody: take('DB', row, 'Disclosure Body'),
    level: take('DB', row, 'Level'),
    certificateReferenceNumber: take('DB', row, 'Certificate Number'),
    checkOutcome: take('DB', row, 'Outcome', oneOf(DISCLOSURE_OUTCOMES)),
    disclosureIssueDate: take('DB', row, 'Issue Date'),
    workforce: take('DB', row, 'Workforce', oneOf(WORKFORCES)),
    barredListCheckedAdult: take('DB', row, 'Adults Barred List', yesNo, 'import.yesNo'),
    barredListCheckedChildren: take('DB', row, 'Childrens Barred List', yesNo, 'import.yesNo'),
    updateService: take('DB', row, 'Update Service', yesNo, 'import.yesNo'),
    dbsUpdateServiceStatusCheckDate: take('DB', row, 'Update Service Check Date'),
    originalSeenOn: take('DB', row, 'Original Seen Date'),
  })
