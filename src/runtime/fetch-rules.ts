import { PassportError } from '../core/errors.js'

/** Options of the guarded fetcher. */
export interface GuardedFetchOptions {
  /**
   * Hosts that may be reached although their address is private, such as `127.0.0.1:8443`; given with `http://` in
   * front, without encryption too. Exactly these, as an address shows them, never a pattern.
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

// An entry that no address could ever match would silently allow nothing: say so at once.
const isHostName = (entry: string): boolean => {
  const origin = entry.includes('://') ? entry : `https://${entry}`
  if (!/^https?:\/\/[^*]+$/.test(origin) || !URL.canParse(origin)) return false
  const { protocol, host } = new URL(origin)
  return origin === `${protocol}//${host}`
}

/** @throws TypeError when a host is not written as an address shows it, or the timeout is no time */
export const checkFetchOptions = ({ allowHosts = [], timeout }: GuardedFetchOptions): void => {
  if (!allowHosts.every(isHostName))
    throw new TypeError('Each of allowHosts must be a host as an address shows it, such as 127.0.0.1:8443')
  if (timeout !== undefined && !(Number.isSafeInteger(timeout) && timeout > 0))
    throw new TypeError('timeout must be a number of milliseconds')
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

// Not on the public internet: RFC 6890 and its registries, multicast and what is reserved.
const PRIVATE_IPV4 = [
  [0x00000000, 8],
  [0x0a000000, 8],
  [0x64400000, 10],
  [0x7f000000, 8],
  [0xa9fe0000, 16],
  [0xac100000, 12],
  [0xc0000000, 24],
  [0xc0000200, 24],
  [0xc0586300, 24],
  [0xc0a80000, 16],
  [0xc6120000, 15],
  [0xc6336400, 24],
  [0xcb007100, 24],
  [0xe0000000, 4],
  [0xf0000000, 4],
] as const

const IPV4 = /^(?:\d{1,3}\.){3}\d{1,3}$/

const toNumber = (address: string): number => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)

/** Whether a text is an IPv4 address in four decimal parts, the one form in which addresses show it. */
export const isIPv4 = (host: string): boolean => IPV4.test(host)

/** Whether an IPv4 address is anything but a public unicast address. */
export const isPrivateIPv4 = (address: string): boolean => {
  const number = toNumber(address)
  return PRIVATE_IPV4.some(
    ([network, prefix]) => Math.floor(number / 2 ** (32 - prefix)) === network / 2 ** (32 - prefix),
  )
}

const MAX_AGE = /(?:^|[,\s])max-age=(\d{1,9})(?:[,\s]|$)/

/** How long an answer may be kept, in milliseconds; 0 when its sender does not say. */
export const freshness = (cacheControl: string | null | undefined): number => {
  const directives = cacheControl?.toLowerCase() ?? ''
  if (/no-store|no-cache/.test(directives)) return 0
  return Number(MAX_AGE.exec(directives)?.[1] ?? 0) * 1000
}

// Too many requests, or a server that is not itself for now: RFC 9110, section 15.6; RFC 6585, section 4.
const RETRYABLE = [408, 425, 429]

/** An answer that is not a success. */
export const notSuccess = (status: number): PassportError =>
  new PassportError('fetch.failed', `The answer was ${status}`, {
    retryable: status >= 500 || RETRYABLE.includes(status),
  })

/** @throws PassportError `fetch.tooLarge` when more has come than was asked for */
export const checkLength = (length: number, maximumBytes: number): void => {
  if (length > maximumBytes)
    throw new PassportError('fetch.tooLarge', `The answer is larger than ${maximumBytes} bytes`)
}

/** What a failed request throws: our own error as it is, any other as one that may pass. */
export const fetchFailure = (error: unknown, timedOut: boolean): PassportError => {
  if (timedOut) return new PassportError('fetch.timeout', 'The answer took too long', { retryable: true })
  if (error instanceof PassportError) return error
  return new PassportError('fetch.failed', 'The request failed', { retryable: true, cause: error })
}
