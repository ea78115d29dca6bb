import { digestText, encodeBase64url } from '#runtime'
import { canonicalizeJson } from '../../codec/jcs.js'
import type { JsonObject } from '../../core/json.js'
import type { CredentialTypeName } from '../../credentials/rows.js'
import type { SystemRecord } from '../../systems/record-system.js'

/** A record that was provided as a credential. */
export interface Provided {
  readonly recordId: string
  readonly type: CredentialTypeName
  /** `notTaken` is one that nobody has: not taken, refused, or deleted again by its holder. */
  readonly state: 'offered' | 'held' | 'notTaken' | 'revoked'
  readonly exchangeId: string
  /** As your register knows it, once the wallet has it. */
  readonly credentialId?: string
}

/** A passport that was matched with a person of a system. */
export interface Outbound {
  readonly id: string
  readonly passportId: string
  readonly personId: string
  readonly provided: readonly Provided[]
  /** Who did what, by their role, and when (RFC 3339, UTC); oldest first. */
  readonly history: readonly { readonly at: string; readonly what: string; readonly role?: string }[]
}

/** The person whose credentials they are to be. */
export interface OutboundPerson {
  /** Your own identifier of their passport. */
  readonly passportId: string
  /** Of their identity credential. */
  readonly uniqueIdentifier: string
  /** SHA-256 of the identity credential that was relied on, in hexadecimal: kept as evidence. */
  readonly identityCredentialDigest?: string
  /** The one key that may take what is offered, as the accepted presentation of the identity names its holder. */
  readonly holder?: string
}

/** What was provided, as it is kept. */
export interface KeptCredential extends Provided {
  /** A digest of what the wallet shows. */
  readonly content: string
}

/** A matched passport, as it is kept. */
export type PassportBody = JsonObject &
  Omit<Outbound, 'id' | 'provided'> & {
    readonly person: OutboundPerson
    readonly provided: readonly KeptCredential[]
    /** Types that were asked for, whether the system had any of them then or not. */
    readonly askedFor?: readonly CredentialTypeName[]
  }

/** Types of which new records are offered: what was asked for, and what was provided. */
export function typesAskedFor({ askedFor = [], provided }: PassportBody): readonly CredentialTypeName[] {
  return [...new Set([...askedFor, ...provided.map(({ type }) => type)])]
}

/** As it is kept: plain JSON. */
export const asBody = (body: object): PassportBody => body as PassportBody

/** A digest of what a wallet shows of a record. When it was last looked at is no change of what it says. */
export const contentOf = ({ type, claims, assurance }: SystemRecord): string => {
  const { lastRefresh: _, ...rest } = assurance
  return encodeBase64url(digestText('SHA-256', canonicalizeJson({ type, claims, assurance: rest })))
}

/** A matched passport, as it is shown. */
export const shown = ({ person: _, askedFor: __, provided, ...body }: PassportBody, id: string): Outbound => ({
  id,
  ...body,
  provided: provided.map(({ content: _content, ...one }) => one),
})

const LIVE: readonly Provided['state'][] = ['offered', 'held']

/** Whether somebody has it, or may still take it. */
export const isLive = ({ state }: Provided): boolean => LIVE.includes(state)
