import { type CredentialTypeName, isCredentialTypeName } from '../../credentials/rows.js'
import { isBaseUrl } from '../base-url.js'
import type { ExchangeBook } from '../book/exchange-book.js'
import type { EntraClient } from './client.js'

/** What an exchange over Microsoft Entra Verified ID needs. What matters for safety has no default. */
export interface EntraOptions {
  /** The https address under which the callback endpoint is mounted, without a slash at its end. */
  readonly url: string
  readonly client: EntraClient
  /** The DID of your authority in Entra, such as `did:web:trust.example`. */
  readonly authority: string
  readonly book: ExchangeBook
  /** 32 characters or more, at random: Entra shows them with each callback, and nobody else knows them. */
  readonly apiKey: string
  /** As wallets show you. */
  readonly name: string
  /** https. */
  readonly logo?: string
  readonly termsOfService?: string
  /** Your ODS code: rules of the catalogue ask for it. */
  readonly odsCode?: string
  /** What can be offered: of each type, the address of its contract's manifest. */
  readonly manifests?: Readonly<Partial<Record<CredentialTypeName, string>>>
  /** Whose credentials to accept, by type, where a request names nobody: Entra itself would accept anybody's. */
  readonly issuers?: Readonly<Partial<Record<CredentialTypeName, readonly string[]>>>
  /** Digits of a transaction code, 4 to 16; by default 6. */
  readonly pinLength?: number
}

type Defaulted = 'manifests' | 'issuers' | 'pinLength'

/** The options, with every default filled in. */
export type EntraSettings = Omit<EntraOptions, Defaulted> & Required<Pick<EntraOptions, Defaulted>>

const LEAST_KEY = 32
const PIN_LENGTH = { least: 4, usual: 6, most: 16 }

const isText = (value: unknown): boolean => typeof value === 'string' && value !== ''

const checkTypes = ({ manifests, issuers }: EntraSettings): void => {
  if (![...Object.keys(manifests), ...Object.keys(issuers)].every(isCredentialTypeName))
    throw new TypeError('manifests and issuers go by the names of types')
  if (!Object.values(manifests).every((manifest) => isText(manifest) && URL.canParse(manifest)))
    throw new TypeError('manifests must be addresses')
}

/** The settings of an exchange over Entra. @throws TypeError when an option is missing or does not fit */
export const checkOptions = (options: EntraOptions): EntraSettings => {
  const settings = { manifests: {}, issuers: {}, pinLength: PIN_LENGTH.usual, ...options }
  const { url, client, authority, apiKey, name, pinLength } = settings
  if (!isBaseUrl(url)) throw new TypeError('url must be an https address without query, fragment or a slash at its end')
  if (typeof client?.call !== 'function') throw new TypeError('client must be an EntraClient')
  if (!isText(authority) || !authority.startsWith('did:')) throw new TypeError('authority must be a DID')
  if (typeof apiKey !== 'string' || apiKey.length < LEAST_KEY)
    throw new TypeError(`apiKey must be ${LEAST_KEY} characters or more, at random`)
  if (!isText(name)) throw new TypeError('name must be a text: wallets show it')
  if (!Number.isInteger(pinLength) || pinLength < PIN_LENGTH.least || pinLength > PIN_LENGTH.most)
    throw new TypeError(`pinLength must be ${PIN_LENGTH.least} to ${PIN_LENGTH.most}`)
  checkTypes(settings)
  return settings
}
