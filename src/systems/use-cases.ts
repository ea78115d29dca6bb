import type { CredentialTypeName } from '../credentials/rows.js'

/** What the Digital Staff Passport API was published for: what goes which way, and with what kind of system. */
export interface UseCase {
  /** As published. */
  readonly name: string
  /** `get`: from the system to the passport; `send`: from the passport to the system. */
  readonly direction: 'get' | 'send'
  readonly type: CredentialTypeName
  readonly systems: readonly SystemKind[]
}

/** A kind of system, as the published use cases name it. */
export type SystemKind = 'Learning management system' | 'Recruitment system' | 'DBS registered body'

/** Every published use case of the Digital Staff Passport API. */
export const PUBLISHED_USE_CASES: readonly UseCase[] = [
  { name: 'Get core skills', direction: 'get', type: 'CoreSkill', systems: ['Learning management system'] },
  { name: 'Send core skills', direction: 'send', type: 'CoreSkill', systems: ['Learning management system'] },
  {
    name: 'Send right to work information',
    direction: 'send',
    type: 'RightToWork',
    systems: ['Recruitment system'],
  },
  {
    name: 'Send DBS check supporting information',
    direction: 'send',
    type: 'DbsSupportingInformation',
    systems: ['Recruitment system', 'DBS registered body'],
  },
  {
    name: 'Get DBS check outcome',
    direction: 'get',
    type: 'DisclosureAndBarringService',
    systems: ['Recruitment system'],
  },
  {
    name: 'Send DBS check outcome',
    direction: 'send',
    type: 'DisclosureAndBarringService',
    systems: ['Recruitment system'],
  },
  {
    name: 'Send professional registration',
    direction: 'send',
    type: 'ProfessionalRegistration',
    systems: ['Recruitment system'],
  },
]
