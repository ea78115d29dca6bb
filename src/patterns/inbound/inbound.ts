import type { CredentialTypeName } from '../../credentials/rows.js'
import type { Added } from '../../systems/record-system.js'

/** Why a record was not sent, and what to do about it. */
export const INBOUND_REASONS = {
  noSuchPerson: 'The person is not there any more: match them again.',
  notReceived: 'The system takes no records of this type.',
  alreadyThere: 'The system has it already: nothing is to be done.',
  notReady: 'The person’s record is not in a state to take it: look there, then send again.',
  refused: 'The system did not take it: look there, then send again.',
  forgotten: 'What it said is kept no longer: ask the holder to show it again, and accept it.',
} as const satisfies Readonly<Record<Extract<Added, { outcome: 'notAdded' }>['reason'] | 'forgotten', string>>

/** What was sent to the system, or why not. */
export interface InboundItem {
  readonly type: CredentialTypeName
  readonly credentialId: string
  readonly state: 'accepted' | 'sending' | 'sent' | 'notSent'
  readonly reason?: keyof typeof INBOUND_REASONS
  readonly remedy?: string
  readonly recordId?: string
}

/** How what a holder shared goes into a system. */
export interface Inbound {
  readonly id: string
  /** Your own identifier of the passport. */
  readonly passportId: string
  readonly system: string
  /** Once somebody said which record is the person's. */
  readonly personId?: string
  readonly items: readonly InboundItem[]
  /** Who did what, by their role, and when (RFC 3339, UTC); oldest first. */
  readonly history: readonly { readonly at: string; readonly what: string; readonly role?: string }[]
}
