import { type LookupAddress, lookup as systemLookup } from 'node:dns'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { createGunzip } from 'node:zlib'
import { PassportError } from '../core/errors.js'
import { LIMITS } from '../core/limits.js'
import type { FetchRequest, FetchResponse, GuardedFetch } from '../ports/guarded-fetch.js'
import { type AllowedAddress, blocked, freshness, type GuardedFetchOptions, judgeAddress } from './fetch-rules.js'

/** Options that only Node has. */
export interface NodeFetchOptions extends GuardedFetchOptions {
  /** Further certificate authorities, as PEM, for hosts inside an organisation. */
  readonly certificateAuthorities?: readonly string[]
  /** How names become addresses; by default the system's resolver. */
  readonly lookup?: (host: string) => Promise<readonly LookupAddress[]>
}

// Not on the public internet: RFC 6890 and its registries (IPv4-mapped IPv6 is matched as IPv4).
const PRIVATE = new BlockList()
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  PRIVATE.addSubnet(network, prefix, 'ipv4')
for (const [network, prefix] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  PRIVATE.addSubnet(network, prefix, 'ipv6')

const MAPPED = /^::ffff:(?:(\d+\.\d+\.\d+\.\d+)|([0-9a-f]{1,4}):([0-9a-f]{1,4}))$/i

const unmapped = (address: string): string => {
  const [, dotted, high, low] = MAPPED.exec(address) ?? []
  if (dotted !== undefined) return dotted
  if (high === undefined || low === undefined) return address
  const bits = [Number.parseInt(high, 16), Number.parseInt(low, 16)]
  return bits.flatMap((pair) => [pair >> 8, pair & 255]).join('.')
}

/** Whether an IP address is anything but a public unicast address. */
export const isPrivateAddress = (address: string): boolean => {
  const plain = unmapped(address)
  const family = isIP(plain)
  return family === 0 || PRIVATE.check(plain, family === 4 ? 'ipv4' : 'ipv6')
}

const resolveAll = (host: string): Promise<readonly LookupAddress[]> =>
  new Promise((resolve, reject) => {
    systemLookup(host, { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses)))
  })

/** Resolves a name for the socket itself, so that what was judged is what is connected to. */
const guardedLookup =
  (options: NodeFetchOptions, named: boolean): LookupFunction =>
  (host, wanted, callback) => {
    const answer = async (): Promise<readonly LookupAddress[]> => {
      const addresses = await (options.lookup ?? resolveAll)(host)
      if (!named && addresses.some(({ address }) => isPrivateAddress(address)))
        throw blocked('its name leads to a private address')
      return addresses
    }
    answer().then(
      (addresses) => {
        const [first] = addresses
        if (!first) callback(new PassportError('fetch.failed', 'The name leads nowhere', { retryable: true }), '', 4)
        else if (wanted.all) callback(null, [...addresses])
        else callback(null, first.address, first.family)
      },
      (error) => callback(error, '', 4),
    )
  }

const refuseLiteral = ({ url, named }: AllowedAddress): void => {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (!named && isIP(host) !== 0 && isPrivateAddress(host)) throw blocked('it is a private address')
}

const failedWith = (cause: unknown): PassportError =>
  cause instanceof PassportError
    ? cause
    : new PassportError('fetch.failed', 'The request failed', { retryable: true, cause })

const open = (
  address: AllowedAddress,
  options: NodeFetchOptions,
  accept: string,
  signal: AbortSignal,
): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    refuseLiteral(address)
    const secure = address.url.protocol === 'https:'
    const request = (secure ? httpsRequest : httpRequest)(address.url, {
      method: 'GET',
      headers: { accept, 'accept-encoding': 'gzip, identity', 'user-agent': 'staff-passport' },
      lookup: guardedLookup(options, address.named),
      agent: false,
      signal,
      ...(options.certificateAuthorities ? { ca: [...options.certificateAuthorities] } : {}),
    })
    request.on('response', resolve)
    request.on('error', (error) => reject(failedWith(error)))
    request.end()
  })

const decoded = (response: IncomingMessage): AsyncIterable<Uint8Array> => {
  const encoding = response.headers['content-encoding'] ?? 'identity'
  if (encoding === 'identity') return response
  if (encoding !== 'gzip')
    throw new PassportError('fetch.failed', 'The answer is in an encoding that was not asked for')
  const gunzip = createGunzip()
  response.on('error', (error) => gunzip.destroy(error))
  return response.pipe(gunzip)
}

const readBody = async (response: IncomingMessage, maximumBytes: number): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of decoded(response)) {
    length += chunk.length
    if (length > maximumBytes)
      throw new PassportError('fetch.tooLarge', `The answer is larger than ${maximumBytes} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308]

const redirectTarget = (response: IncomingMessage, from: AllowedAddress, options: NodeFetchOptions): AllowedAddress => {
  const { location } = response.headers
  const target = judgeAddress(new URL(location ?? '', from.url).href, options)
  if (target.url.origin !== from.url.origin) throw blocked('it redirects to another host')
  return target
}

const follow = async (
  address: AllowedAddress,
  options: NodeFetchOptions,
  request: FetchRequest,
  signal: AbortSignal,
): Promise<FetchResponse> => {
  let current = address
  for (let hop = 0; hop <= LIMITS.fetchRedirects; hop++) {
    const response = await open(current, options, request.accept, signal)
    try {
      if (response.statusCode === 200) {
        const body = await readBody(response, request.maximumBytes)
        const contentType = response.headers['content-type'] ?? ''
        return { url: current.url.href, contentType, body, freshFor: freshness(response.headers['cache-control']) }
      }
      if (!REDIRECTS.includes(response.statusCode ?? 0) || response.headers.location === undefined)
        throw new PassportError('fetch.failed', `The answer was ${response.statusCode}`, {
          retryable: (response.statusCode ?? 0) >= 500,
        })
      current = redirectTarget(response, current, options)
    } finally {
      response.destroy()
    }
  }
  throw new PassportError('fetch.failed', 'Too many redirects')
}

/**
 * Creates the guarded fetcher for Node. Addresses are judged after parsing, names inside the socket's own lookup,
 * redirects each anew; the limit on size counts decoded bytes.
 */
export const createGuardedFetch =
  (options: NodeFetchOptions = {}): GuardedFetch =>
  async (url, request) => {
    const address = judgeAddress(url, options)
    const timeout = AbortSignal.timeout(options.timeout ?? LIMITS.fetchTimeout)
    const signal = request.signal ? AbortSignal.any([timeout, request.signal]) : timeout
    try {
      return await follow(address, options, request, signal)
    } catch (error) {
      if (timeout.aborted) throw new PassportError('fetch.timeout', 'The answer took too long', { retryable: true })
      throw failedWith(error)
    }
  }
