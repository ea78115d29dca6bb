import type { StoreCapabilities } from './capabilities.js'

/** What a status list is for (Bitstring Status List 1.0, section 2.1). */
export type StatusPurpose = 'revocation' | 'suspension'

/** What a list is for: one purpose, or all of a credential's status at once (Token Status List, section 7). */
export type ListPurpose = StatusPurpose | 'status'

/** One place in one status list, given to one credential and never to another. */
export interface StatusIndex {
  readonly purpose: ListPurpose
  /** The list's own short name: letters, digits and hyphens, fit for the end of a URL. */
  readonly list: string
  readonly index: number
}

/** A status list as the store knows it. What its bits are is the register's business. */
export interface StatusListRecord {
  readonly list: string
  readonly purpose: ListPurpose
  /** Number of entries, at least 131,072. */
  readonly entries: number
  /** How many of them are taken. */
  readonly reserved: number
}

/**
 * Gives out places in status lists: at random, never one twice, whatever processes ask at once, and in a new list
 * before the old one fills.
 */
export interface StatusListStore {
  readonly portVersion: 1
  readonly capabilities: StoreCapabilities
  /** Takes `count` free places (default 1). What it returned stays taken for ever, used or not. */
  reserve(purpose: ListPurpose, count?: number): Promise<readonly StatusIndex[]>
  /** Every list there is. */
  lists(): Promise<readonly StatusListRecord[]>
}
