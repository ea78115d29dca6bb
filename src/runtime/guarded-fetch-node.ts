import { lookup as systemLookup } from 'node:dns'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { BlockList, isIPv6, type LookupFunction } from 'node:net'
import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls'
import { createGunzip } from 'node:zlib'
import { PassportError } from '../core/errors.js'
import { LIMITS } from '../core/limits.js'
import type { FetchRequest, FetchResponse, GuardedFetch } from '../ports/guarded-fetch.js'
import type { GuardedRequest, OutboundRequest } from '../ports/guarded-request.js'
import {
  type AllowedAddress,
  blocked,
  checkFetchOptions,
  checkLength,
  fetchFailure,
  freshness,
  type GuardedFetchOptions,
  isIPv4,
  isPrivateIPv4,
  judgeAddress,
  notSuccess,
} from './fetch-rules.js'

/** An address of a host: its text, and 4 or 6. */
export interface HostAddress {
  readonly address: string
  readonly family: number
}

/** Options that only Node has. */
export interface NodeFetchOptions extends GuardedFetchOptions {
  /** Certificate authorities, as PEM, to believe besides those that Node knows: for hosts inside an organisation. */
  readonly certificateAuthorities?: readonly string[]
  /** How names become addresses; by default the system's resolver. */
  readonly lookup?: (host: string) => Promise<readonly HostAddress[]>
}

/** Everything that one fetcher goes by. */
interface Settings extends NodeFetchOptions {
  readonly secureContext?: SecureContext
}

const GLOBAL_IPV6 = new BlockList()
GLOBAL_IPV6.addSubnet('2000::', 3, 'ipv6')

// Inside the global range and yet not public: RFC 6890 and its registries.
const SPECIAL_IPV6 = new BlockList()
for (const [network, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  SPECIAL_IPV6.addSubnet(network, prefix, 'ipv6')

/** Whether an IP address is anything but a public unicast address; IPv4 dressed as IPv6 counts as private. */
export const isPrivateAddress = (address: string): boolean => {
  if (isIPv4(address)) return isPrivateIPv4(address)
  const isPublic = isIPv6(address) && GLOBAL_IPV6.check(address, 'ipv6') && !SPECIAL_IPV6.check(address, 'ipv6')
  return !isPublic
}

const resolveAll = (host: string): Promise<readonly HostAddress[]> =>
  new Promise((resolve, reject) => {
    systemLookup(host, { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses)))
  })

const publicAddresses = async (host: string, settings: Settings, named: boolean): Promise<readonly HostAddress[]> => {
  const addresses = await (settings.lookup ?? resolveAll)(host)
  if (addresses.length === 0) throw new PassportError('fetch.failed', 'The name leads nowhere', { retryable: true })
  if (!named && addresses.some(({ address }) => isPrivateAddress(address)))
    throw blocked('its name leads to a private address')
  return addresses
}

/** Resolves a name for the socket itself, so that what was judged is what is connected to. */
const guardedLookup =
  (settings: Settings, named: boolean): LookupFunction =>
  (host, wanted, callback) => {
    publicAddresses(host, settings, named).then(
      (addresses) => {
        const [first] = addresses
        if (wanted.all || !first) callback(null, [...addresses])
        else callback(null, first.address, first.family)
      },
      (error) => callback(error, '', 4),
    )
  }

// A socket asks nobody about an address that is a number already, so numbers are judged here.
const refusePrivateNumber = ({ url, named }: AllowedAddress): void => {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (!named && (isIPv4(host) || isIPv6(host)) && isPrivateAddress(host)) throw blocked('it is a private address')
}

const open = (
  address: AllowedAddress,
  settings: Settings,
  { method = 'GET', headers, body }: Pick<OutboundRequest, 'method' | 'headers' | 'body'>,
  signal: AbortSignal,
): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    refusePrivateNumber(address)
    const send = address.url.protocol === 'https:' ? httpsRequest : httpRequest
    const request = send(address.url, {
      method,
      headers: { 'accept-encoding': 'gzip, identity', 'user-agent': 'staff-passport', ...headers },
      lookup: guardedLookup(settings, address.named),
      agent: false,
      signal,
      // Stated, because an environment variable can turn the default off.
      rejectUnauthorized: true,
      ...(settings.secureContext ? { secureContext: settings.secureContext } : {}),
    })
    request.on('response', resolve)
    request.on('error', reject)
    request.end(body)
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
    checkLength(length, maximumBytes)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308]

const redirectTarget = (response: IncomingMessage, from: AllowedAddress, settings: Settings): AllowedAddress => {
  const { location = '' } = response.headers
  const address = URL.canParse(location, from.url) ? new URL(location, from.url).href : location
  const target = judgeAddress(address, settings)
  if (target.url.origin !== from.url.origin) throw blocked('it redirects to another host')
  return target
}

type Answer = { readonly redirect: AllowedAddress } | { readonly redirect?: never; readonly response: FetchResponse }

const takeAnswer = async (
  response: IncomingMessage,
  address: AllowedAddress,
  settings: Settings,
  maximumBytes: number,
): Promise<Answer> => {
  const { statusCode = 0, headers } = response
  if (REDIRECTS.includes(statusCode) && headers.location !== undefined)
    return { redirect: redirectTarget(response, address, settings) }
  if (statusCode !== 200) throw notSuccess(statusCode)
  const body = await readBody(response, maximumBytes)
  const contentType = headers['content-type'] ?? ''
  return { response: { url: address.url.href, contentType, body, freshFor: freshness(headers['cache-control']) } }
}

const follow = async (
  first: AllowedAddress,
  settings: Settings,
  request: FetchRequest,
  signal: AbortSignal,
): Promise<FetchResponse> => {
  let address = first
  for (let hop = 0; hop <= LIMITS.fetchRedirects; hop++) {
    const response = await open(address, settings, { headers: { accept: request.accept } }, signal)
    try {
      const answer = await takeAnswer(response, address, settings, request.maximumBytes)
      if (answer.redirect === undefined) return answer.response
      address = answer.redirect
    } finally {
      response.destroy()
    }
  }
  throw new PassportError('fetch.failed', 'Too many redirects')
}

// Made once: reading every root certificate takes tens of milliseconds.
const withSecureContext = (options: NodeFetchOptions): Settings => {
  const { certificateAuthorities: further } = options
  if (!further || further.length === 0) return options
  return { ...options, secureContext: createSecureContext({ ca: [...rootCertificates, ...further] }) }
}

// Every way out: judged first, timed as a whole, and failing with our errors alone.
const outbound = async <Answer>(
  url: string,
  settings: Settings,
  cancelled: AbortSignal | undefined,
  send: (address: AllowedAddress, signal: AbortSignal) => Promise<Answer>,
): Promise<Answer> => {
  const address = judgeAddress(url, settings)
  const timeout = AbortSignal.timeout(settings.timeout ?? LIMITS.fetchTimeout)
  const signal = cancelled ? AbortSignal.any([timeout, cancelled]) : timeout
  try {
    return await send(address, signal)
  } catch (error) {
    throw fetchFailure(error, timeout.aborted)
  }
}

/**
 * Creates the guarded fetcher for Node. Addresses are judged after parsing, names inside the socket's own lookup,
 * redirects each anew; the limit on size counts decoded bytes. Nothing is sent until it is called.
 * @throws TypeError when `allowHosts` or `timeout` is none
 */
export const createGuardedFetch = (options: NodeFetchOptions = {}): GuardedFetch => {
  checkFetchOptions(options)
  const settings = withSecureContext(options)
  return (url, request) =>
    outbound(url, settings, request.signal, (address, signal) => follow(address, settings, request, signal))
}

const headersOf = ({ headers }: IncomingMessage): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  )

/**
 * Creates the guarded way to send requests for Node, under the rules of {@link createGuardedFetch}; no redirect is
 * followed, and an answer of any status is an answer.
 * @throws TypeError when `allowHosts` or `timeout` is none
 */
export const createGuardedRequest = (options: NodeFetchOptions = {}): GuardedRequest => {
  checkFetchOptions(options)
  const settings = withSecureContext(options)
  return (url, request) =>
    outbound(url, settings, request.signal, async (address, signal) => {
      const response = await open(address, settings, request, signal)
      try {
        const body = await readBody(response, request.maximumBytes)
        return { status: response.statusCode ?? 0, headers: headersOf(response), body }
      } finally {
        response.destroy()
      }
    })
}
