import type { CredentialTypeName } from '../../credentials/rows.js'
import type { RequestedCredential } from '../../exchange/wallet-exchange.js'
import type { NotSentReason } from '../../systems/not-sent.js'
import type { NewRecord } from '../../systems/record-system.js'

/** What to ask a holder for whose passport is to be connected: what the recruitment system needs, and no more. */
export const CREDENTIALS_TO_CONNECT: readonly RequestedCredential[] = [
  { type: 'Identity' },
  // Who applies for a check has to give the address, which the holder may withhold otherwise.
  { type: 'DbsSupportingInformation', claims: ['currentAddress'] },
  { type: 'RightToWork' },
]

/** The passport to connect: whose it is, and what was accepted of it. */
export interface ConnectedPassport {
  /** Your own identifier of the passport. */
  readonly id: string
  readonly firstName: string
  readonly lastName: string
  /** `YYYY-MM-DD`. */
  readonly birthDate: string
  /** The facts of accepted credentials; what the recruitment system does not need is not sent. */
  readonly accepted: readonly NewRecord[]
}

/** What was sent, or why not. */
export interface ConnectionItem {
  readonly type: CredentialTypeName
  readonly state: 'sending' | 'sent' | 'notSent' | 'received'
  readonly reason?: NotSentReason
  /** What is the matter and what to do about it, for whoever presses the button. */
  readonly sentence?: string
  readonly remedy?: string
  readonly credentialId?: string
  /** Of what was received: the system's own identifier of it. */
  readonly recordId?: string
  /** RFC 3339, UTC. */
  readonly at: string
}

/** Something that happened to a connection. */
export interface ConnectionEvent {
  /** RFC 3339, UTC. */
  readonly at: string
  readonly what: 'connected' | 'sent' | 'notSent' | 'received' | 'disconnected'
  readonly type?: CredentialTypeName
  readonly reason?: NotSentReason
  readonly role?: string
}

/** A connection of a passport with an application, and everything that happened to it. */
export interface Connection {
  readonly id: string
  readonly passportId: string
  readonly system: string
  readonly applicationId: string
  readonly state: 'connected' | 'disconnected'
  readonly items: readonly ConnectionItem[]
  /** Oldest first; a disconnection ends it, and a later connection has a history of its own. */
  readonly history: readonly ConnectionEvent[]
}
