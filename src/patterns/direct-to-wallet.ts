import type { CredentialTypeName } from '../credentials/rows.js'
import type { NameMatching } from '../matching/match-names.js'
import { matchPerson } from '../matching/match-person.js'
import type { SystemPerson } from '../systems/record-system.js'
import type { AcceptedPresentation } from '../verifier/result.js'
import { identityShown } from './identity-shown.js'
import type { Offers, OutboundPattern } from './outbound/create-outbound.js'

/** What somebody who signed in to the system itself downloads with. */
export interface DirectToWalletOptions {
  /** Made by `createOutbound` with the route `directToWallet`. */
  readonly outbound: OutboundPattern
  /** How alike names have to be: `similar` as TIS compares them, `equal` as elfh does. The birth date always has to be the same. */
  readonly names: NameMatching
}

/** Why nothing was offered, and what to do about it. */
export const NOT_DOWNLOADED_REASONS = {
  identityMissing: 'Show the identity credential, and nothing else about who you are.',
  notThisPerson:
    'The identity is of another name or birth date than the account: correct the account, or sign in to your own.',
} as const satisfies Readonly<Record<string, string>>
/** Why nothing was offered. */
export type NotDownloadedReason = keyof typeof NOT_DOWNLOADED_REASONS

/** What came of a download. */
export type Download =
  | ({ readonly outcome: 'offered' } & Offers)
  | { readonly outcome: 'refused'; readonly reason: NotDownloadedReason; readonly remedy: string }

/** The first pattern: somebody downloads from the system that they sign in to. */
export interface DirectToWallet {
  /**
   * Offers somebody what the system has of them: first they showed their identity, which has to be theirs, and the offers are for
   * the wallet that showed it and for no other.
   * @param person as the system knows whoever is signed in
   * @param shown what their wallet showed, accepted by your verifier a moment ago
   */
  download(person: SystemPerson, shown: AcceptedPresentation, types: readonly CredentialTypeName[]): Promise<Download>
}

const HOLDER = { role: 'Holder' }

const refused = (reason: NotDownloadedReason): Download => ({
  outcome: 'refused',
  reason,
  remedy: NOT_DOWNLOADED_REASONS[reason],
})

/** The first pattern, outbound and direct to wallet: identity first, then download. */
export const createDirectToWallet = ({ outbound, names }: DirectToWalletOptions): DirectToWallet => ({
  download: async ({ id, firstName, lastName, birthDate }, shown, types) => {
    const identity = identityShown(shown)
    if (!identity) return refused('identityMissing')
    const account = { legalFirstName: firstName, legalSurname: lastName, birthDate }
    if (!matchPerson(account, identity, names)) return refused('notThisPerson')
    const { uniqueIdentifier, identityCredentialDigest, holder } = identity
    const person = { passportId: uniqueIdentifier, uniqueIdentifier, identityCredentialDigest, holder }
    await outbound.match(person, id, HOLDER)
    return { outcome: 'offered', ...(await outbound.provide(uniqueIdentifier, types, HOLDER)) }
  },
})
