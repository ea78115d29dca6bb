import { PassportError } from '../core/errors.js'

/** Options of the guarded fetcher. */
export interface GuardedFetchOptions {
  /**
   * Hosts that may be reached although their address is private, such as `127.0.0.1:8443`; given with `http://` in
   * front, without encryption too. Exactly these, never a pattern.
   */
  readonly allowHosts?: readonly string[]
  /** Milliseconds, from first byte sent to last byte read. */
  readonly timeout?: number
}

/** Why an address may not be fetched. Never shows the address itself: it may name a person. */
export const blocked = (why: string): PassportError => new PassportError('fetch.blocked', `Fetch blocked: ${why}`)

/** An address that may be asked for, once its host is known not to be private. */
export interface AllowedAddress {
  readonly url: URL
  /** Named by the caller: private addresses are fine. */
  readonly named: boolean
}

/**
 * Judges an address after it was parsed, so that every spelling of it is judged alike.
 * @throws PassportError `fetch.blocked`
 */
export const judgeAddress = (address: string, options: GuardedFetchOptions): AllowedAddress => {
  if (!URL.canParse(address)) throw blocked('it is not an address')
  const url = new URL(address)
  if (url.username !== '' || url.password !== '') throw blocked('an address must not hold a user name')
  const allowed = options.allowHosts ?? []
  if (allowed.includes(`${url.protocol}//${url.host}`)) return { url, named: true }
  if (url.protocol !== 'https:') throw blocked('only https is fetched')
  return { url, named: allowed.includes(url.host) }
}

const MAX_AGE = /(?:^|[,\s])max-age=(\d{1,9})(?:[,\s]|$)/

/** How long an answer may be kept, in milliseconds; 0 when its sender does not say. */
export const freshness = (cacheControl: string | null | undefined): number => {
  if (!cacheControl || /no-store|no-cache/.test(cacheControl)) return 0
  return Number(MAX_AGE.exec(cacheControl)?.[1] ?? 0) * 1000
}
