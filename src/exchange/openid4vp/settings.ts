import { encodeBase64url, sha256 } from '#runtime'
import type { Signer } from '../../ports/signer.js'
import type { Verifier } from '../../verifier/create-verifier.js'
import type { ExchangeBook } from '../book/exchange-book.js'
import { checkBaseUrl } from '../openid4vci/settings.js'
import { isVpFormat, VP_FORMATS, type VpFormat } from './dcql.js'

/**
 * How the verifier names itself to wallets. `redirect_uri`: by where answers go, unsigned. `decentralized_identifier`: by
 * its DID. `x509_san_dns` and `x509_hash`: by a certificate of its signer's chain.
 */
export type ClientIdentity =
  | { readonly prefix: 'redirect_uri' }
  | { readonly prefix: 'decentralized_identifier'; readonly signer: Signer }
  | { readonly prefix: 'x509_san_dns' | 'x509_hash'; readonly signer: Signer }

/** What an OpenID4VP verifier needs. What matters for safety has no default. */
export interface Openid4vpOptions {
  /** The https address under which the endpoints are mounted, without a slash at its end. */
  readonly url: string
  /** By whose policy and trust everything is judged. */
  readonly verifier: Verifier
  readonly book: ExchangeBook
  readonly client: ClientIdentity
  /** As wallets show it. */
  readonly name: string
  /** https, or a data URL. */
  readonly logo?: string
  /** Formats to ask for, the preferred one first; by default all. */
  readonly formats?: readonly VpFormat[]
  /** Whether answers are encrypted (`direct_post.jwt`); by default they are. */
  readonly encrypt?: boolean
  /** How links to wallets begin; by default `openid4vp://`. HAIP has `haip-vp://`. */
  readonly linkScheme?: string
}

/** An OpenID4VP verifier's options, with every default filled in. */
export interface Openid4vpSettings extends Required<Omit<Openid4vpOptions, 'logo'>> {
  readonly logo?: string
}

const chainOf = ({ certificateChain = [] }: Signer): string =>
  certificateChain[0] ?? missing('The signer of an x509 client needs a certificateChain')

const missing = (message: string): never => {
  throw new TypeError(message)
}

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))

/**
 * The client identifier, for a request whose answer goes to this address.
 * @see OpenID for Verifiable Presentations 1.0, section 5.9
 */
export const clientIdOf = ({ client, url }: Openid4vpSettings, responseUri: string): string => {
  if (client.prefix === 'redirect_uri') return `redirect_uri:${responseUri}`
  if (client.prefix === 'decentralized_identifier')
    return `decentralized_identifier:${client.signer.keyId.split('#', 1)[0]}`
  if (client.prefix === 'x509_san_dns') return `x509_san_dns:${new URL(url).hostname}`
  return `x509_hash:${encodeBase64url(sha256(bytesOf(chainOf(client.signer))))}`
}

/** The settings of an OpenID4VP verifier. @throws TypeError when an option is missing or does not fit */
export const checkOptions = (options: Openid4vpOptions): Openid4vpSettings => {
  checkBaseUrl(options.url)
  const { client, formats = VP_FORMATS, name } = options
  if (formats.length === 0 || !formats.every(isVpFormat)) throw new TypeError('formats must name formats of OpenID4VP')
  if (typeof name !== 'string' || name === '') throw new TypeError('name must be a text: wallets show it')
  if (client.prefix !== 'redirect_uri' && typeof client.signer?.sign !== 'function')
    throw new TypeError('client.signer must be a Signer: its requests are signed')
  if (client.prefix === 'x509_san_dns' || client.prefix === 'x509_hash') chainOf(client.signer)
  return { encrypt: true, linkScheme: 'openid4vp://', ...options, formats }
}
