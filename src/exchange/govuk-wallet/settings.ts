import { parseDidUrl } from '../../codec/did.js'
import { type CredentialTypeName, isCredentialTypeName } from '../../credentials/rows.js'
import type { Issuer } from '../../issuer/issuer.js'
import type { GuardedFetch } from '../../ports/guarded-fetch.js'
import type { IssuanceRegister } from '../../ports/issuance-register.js'
import type { PublicKeyJwk, Signer } from '../../ports/signer.js'
import { isBaseUrl } from '../base-url.js'
import type { ExchangeBook } from '../book/exchange-book.js'
import { issuerForWallet, type WalletIssuer } from './issuing.js'
import { createTokenKeys, type TokenKeys } from './token-keys.js'

/** Where the parts of GOV.UK One Login are. */
export interface GovukEnvironment {
  /** The token service, as tokens name it: its keys are at `/.well-known/jwks.json`. */
  readonly tokenService: string
  /** What offers are links to. */
  readonly offerUrl: string
}

/** The environments of GOV.UK One Login, as GOV.UK Wallet's technical documentation names them. */
export const GOVUK_ENVIRONMENTS = {
  production: { tokenService: 'https://token.account.gov.uk', offerUrl: 'https://mobile.account.gov.uk/wallet/add' },
  integration: {
    tokenService: 'https://token.integration.account.gov.uk',
    offerUrl: 'https://mobile.integration.account.gov.uk/wallet/add',
  },
} as const satisfies Readonly<Record<string, GovukEnvironment>>

/** A key that signed before. */
export interface GovukPreviousKey {
  /** Such as `did:web:trust.example#key-1`. */
  readonly keyId: string
  readonly publicKeyJwk: PublicKeyJwk
}

/** What an exchange with GOV.UK Wallet needs. What matters for safety has no default. */
export interface GovukWalletOptions {
  /** The credential issuer's address, as agreed with GOV.UK: https, and no path, because what is published stands at its root. */
  readonly url: string
  /** An issuer whose `id` is that address, created without a `name`: GOV.UK Wallet takes its identifier as a text alone. */
  readonly issuer: Issuer
  /** The register that the issuer writes. */
  readonly register: IssuanceRegister
  /**
   * The key that the issuer signs with; codes are signed with it too. On P-256, named by the did:web of the same host, such
   * as `did:web:trust.example#key-1`, in lower case, and without certificates.
   */
  readonly signer: Signer
  /** Keys that signed before: published until the last credential that they signed has ended. Leave out what was stolen. */
  readonly previousKeys?: readonly GovukPreviousKey[]
  readonly book: ExchangeBook
  /** Your client identifier at GOV.UK One Login. */
  readonly clientId: string
  /** `production` or `integration`, or where a simulator is. There is no default. */
  readonly environment: keyof typeof GOVUK_ENVIRONMENTS | GovukEnvironment
  /** How the token service's keys are fetched. */
  readonly fetch: GuardedFetch
  /** What to offer: the types that GOV.UK agreed to, each under its own name. */
  readonly types: readonly CredentialTypeName[]
  /** For how many days a credential is valid at most, as agreed with GOV.UK. */
  readonly validityDays: number
  /** Where holders renew a credential with a browser: https, on a `gov.uk` domain. */
  readonly refreshUrl: string
  /** How many days before a credential ends the wallet is told to expect a newer one; by default 0, at its end. */
  readonly expectedUpdateDays?: number
  /** What becomes of a credential of which the wallet never said that it kept it: it is revoked, or stays valid. */
  readonly whenUnaccepted: 'withdraw' | 'keep'
  /**
   * A sentence saying why an offer need not name whose wallet may take it. Whoever gets hold of such an offer first, and
   * is signed in to any GOV.UK One Login, may take it.
   */
  readonly withoutSubject?: string
  /** Told of an offer that somebody else's wallet tried to take: for audit, and against fraud. */
  readonly onForeignSubject?: (exchangeId: string) => void
}

/** The options, with every default filled in. */
export interface GovukWalletSettings
  extends Required<Omit<GovukWalletOptions, 'issuer' | 'environment' | 'fetch' | 'withoutSubject'>> {
  readonly issuer: WalletIssuer
  readonly environment: GovukEnvironment
  readonly withoutSubject?: string
  /** The did:web of the address. */
  readonly did: string
  readonly tokenKeys: TokenKeys
  /** One credential is for one key. */
  readonly batchSize: 1
}

const isText = (value: unknown): boolean => typeof value === 'string' && value.trim() !== ''
const isCount = (value: unknown, least: number): boolean => Number.isSafeInteger(value) && Number(value) >= least

const isRefreshUrl = (url: unknown): boolean => {
  if (typeof url !== 'string' || !URL.canParse(url)) return false
  const { protocol, hostname } = new URL(url)
  return protocol === 'https:' && hostname.endsWith('.gov.uk')
}

// The wallet reads identifiers of keys in lower case, and no port.
const FRAGMENT = /^[a-z0-9._:-]+$/

/** The part of a key's identifier that names it within its DID. */
export const keyName = (keyId: string): string => keyId.slice(keyId.indexOf('#') + 1)

const isKeyOf = (did: string, { keyId, publicKeyJwk }: GovukPreviousKey): boolean =>
  parseDidUrl(keyId)?.did === did && FRAGMENT.test(keyName(keyId)) && publicKeyJwk.crv === 'P-256'

const checkIdentity = ({ url, issuer, signer, previousKeys = [] }: GovukWalletOptions): void => {
  if (!isBaseUrl(url) || new URL(url).origin !== url || !url.startsWith('https:') || new URL(url).port !== '')
    throw new TypeError('url must be an https address of a host alone')
  if (issuer?.id !== url) throw new TypeError('issuer must have the url as its id')
  if (issuer.name !== undefined) throw new TypeError('issuer must be created without a name')
  if (signer?.algorithm !== 'ES256' || signer.certificateChain !== undefined)
    throw new TypeError('signer must be a key on P-256 (ES256), without certificates')
  const did = `did:web:${new URL(url).host}`
  if (![signer, ...previousKeys].every((key) => isKeyOf(did, key)))
    throw new TypeError(`signer and previousKeys must be on P-256, with identifiers such as ${did}#key-1`)
}

const checkDuties = (options: GovukWalletOptions): void => {
  const { register, whenUnaccepted, withoutSubject, clientId, fetch } = options
  if (register?.portVersion !== 1) throw new TypeError('register must implement IssuanceRegister, version 1')
  if (whenUnaccepted !== 'withdraw' && whenUnaccepted !== 'keep')
    throw new TypeError('whenUnaccepted must be withdraw or keep: it has no default')
  if (withoutSubject !== undefined && !isText(withoutSubject)) throw new TypeError('withoutSubject must be a sentence')
  if (!isText(clientId)) throw new TypeError('clientId must be a text')
  if (typeof fetch !== 'function') throw new TypeError('fetch must be a GuardedFetch')
}

const checkAgreed = ({ types, validityDays, refreshUrl, expectedUpdateDays = 0 }: GovukWalletOptions): void => {
  if (types.length === 0 || !types.every(isCredentialTypeName)) throw new TypeError('types must name types')
  if (!isCount(validityDays, 1)) throw new TypeError('validityDays must be a whole number of days')
  if (!isCount(expectedUpdateDays, 0)) throw new TypeError('expectedUpdateDays must be a whole number of days')
  if (!isRefreshUrl(refreshUrl)) throw new TypeError('refreshUrl must be an https address on a gov.uk domain')
}

const environmentOf = ({ environment }: GovukWalletOptions): GovukEnvironment => {
  const known = typeof environment === 'string' ? GOVUK_ENVIRONMENTS[environment] : environment
  if (!known || !isBaseUrl(known.tokenService) || !isBaseUrl(known.offerUrl))
    throw new TypeError('environment must be production or integration, or two https addresses')
  return known
}

/** The settings of an exchange with GOV.UK Wallet. @throws TypeError when an option is missing or does not fit */
export const checkOptions = (options: GovukWalletOptions): GovukWalletSettings => {
  checkIdentity(options)
  checkDuties(options)
  checkAgreed(options)
  const environment = environmentOf(options)
  const { fetch, book, issuer, validityDays, expectedUpdateDays = 0, ...rest } = options
  const url = `${environment.tokenService}/.well-known/jwks.json`
  return {
    previousKeys: [],
    onForeignSubject: () => undefined,
    ...rest,
    book,
    validityDays,
    expectedUpdateDays,
    environment,
    issuer: issuerForWallet(issuer, { validityDays, expectedUpdateDays, clock: book.clock }),
    did: `did:web:${new URL(options.url).host}`,
    tokenKeys: createTokenKeys({ url, fetch, clock: book.clock }),
    batchSize: 1,
  }
}
