import type { CredentialTypeName } from '../../credentials/rows.js'
import { isCredentialTypeName } from '../../credentials/rows.js'
import { CREDENTIAL_FORMATS, type IssuingFormat } from '../../formats/sign.js'
import type { Issuer } from '../../issuer/issuer.js'
import type { IssuanceRegister } from '../../ports/issuance-register.js'
import type { PublicKeyJwk, SignatureAlgorithm } from '../../ports/signer.js'
import { isBaseUrl } from '../base-url.js'
import type { ExchangeBook } from '../book/exchange-book.js'
import { allowLoopback } from './messages.js'
import { createNonces, type Nonces } from './nonces.js'

/** A wallet that may ask for authorization codes. */
export interface WalletClient {
  readonly clientId: string
  /** Where it may be led back to, each to the letter. */
  readonly redirectUris: readonly string[]
}

/** How issuer metadata names the organisation. */
export interface IssuerDisplay {
  readonly name: string
  /** https, or a data URL. */
  readonly logo?: string
}

/** What an OpenID4VCI issuer needs. What matters for safety has no default. */
export interface Openid4vciOptions {
  /** The credential issuer identifier: the https address under which the endpoints are mounted, without a slash at its end. */
  readonly url: string
  readonly issuer: Issuer
  /** The register that the issuer writes. */
  readonly register: IssuanceRegister
  /** The algorithm of the issuer's key. */
  readonly algorithm: SignatureAlgorithm
  readonly book: ExchangeBook
  /** 32 to 64 random bytes: nonces are made with it, by every process that serves this issuer. */
  readonly nonceKey: Uint8Array
  /** What to offer, and in which formats, the preferred one first. */
  readonly types: readonly CredentialTypeName[]
  readonly formats: readonly IssuingFormat[]
  readonly display: IssuerDisplay
  /**
   * What becomes of a credential that was handed to a wallet which never said that it kept it. `withdraw`: it is revoked
   * when the exchange ends, so wallets that send no notifications lose theirs. `keep`: it stays valid.
   */
  readonly whenUnaccepted: 'withdraw' | 'keep'
  /** Where a holder signs in, for offers with `proof: 'signIn'`: call `approve` or `decline` there. */
  readonly signIn?: (authorizationId: string) => string
  readonly wallets?: readonly WalletClient[]
  /** Keys under which one credential may be issued to one holder at once; by default 1. */
  readonly batchSize?: number
  /** Whether tokens must be bound to a key of the wallet's (DPoP), as HAIP asks. */
  readonly requireDpop?: boolean
  /** Wallet providers whose attestations are taken. */
  readonly attesters?: readonly PublicKeyJwk[]
  /** Whether every key must be attested. */
  readonly requireAttestation?: boolean
  /** Whether every wallet must be attested when it asks for a code or a token, as HAIP asks. */
  readonly requireClientAttestation?: boolean
  /** `reference` (default): the link leads to the offer, and fits a small QR code. `value`: it holds the offer. */
  readonly offerBy?: 'reference' | 'value'
  /** How links to wallets begin; by default `openid-credential-offer://`. HAIP has `haip-vci://`. */
  readonly linkScheme?: string
}

/** An OpenID4VCI issuer's options, with every default filled in. */
export interface Openid4vciSettings extends Required<Omit<Openid4vciOptions, 'signIn' | 'nonceKey'>> {
  readonly signIn?: Openid4vciOptions['signIn']
  readonly nonces: Nonces
}

/** What handing out a credential and ending an offer need, whatever tokens let a wallet in. */
export type OfferSettings = Pick<Openid4vciSettings, 'book' | 'register' | 'batchSize' | 'whenUnaccepted'> & {
  readonly issuer: Pick<Issuer, 'issue' | 'revoke'>
}

/** @throws TypeError unless it is an https address, or one of this machine, without query or a slash at its end */
export const checkBaseUrl = (url: string): void => {
  if (!isBaseUrl(url)) throw new TypeError('url must be an https address without query, fragment or a slash at its end')
  if (url.startsWith('http:')) allowLoopback()
}

const checkLists = ({ types, formats }: Openid4vciOptions): void => {
  if (types.length === 0 || !types.every(isCredentialTypeName)) throw new TypeError('types must name types')
  if (formats.length === 0 || !formats.every((name) => Object.hasOwn(CREDENTIAL_FORMATS, name)))
    throw new TypeError('formats must name formats')
}

const checkDuties = (options: Openid4vciOptions): void => {
  if (options.register?.portVersion !== 1) throw new TypeError('register must implement IssuanceRegister, version 1')
  if (options.whenUnaccepted !== 'withdraw' && options.whenUnaccepted !== 'keep')
    throw new TypeError('whenUnaccepted must be withdraw or keep: it has no default')
  if (!(options.nonceKey instanceof Uint8Array) || options.nonceKey.length < 32 || options.nonceKey.length > 64)
    throw new TypeError('nonceKey must be 32 to 64 random bytes')
  const isAttested = options.requireAttestation || options.requireClientAttestation
  if (isAttested && (options.attesters ?? []).length === 0)
    throw new TypeError('requireAttestation and requireClientAttestation need attesters')
}

/** The settings of an OpenID4VCI issuer. @throws TypeError when an option is missing or does not fit */
export const checkOptions = (options: Openid4vciOptions): Openid4vciSettings => {
  checkBaseUrl(options.url)
  checkLists(options)
  checkDuties(options)
  const { nonceKey, ...rest } = options
  return {
    wallets: [],
    batchSize: 1,
    requireDpop: false,
    attesters: [],
    requireAttestation: false,
    requireClientAttestation: false,
    offerBy: 'reference',
    linkScheme: 'openid-credential-offer://',
    ...rest,
    nonces: createNonces(options.book, nonceKey.slice()),
  }
}
