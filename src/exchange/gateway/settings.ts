import { CREDENTIAL_ROWS, type CredentialTypeName, isCredentialTypeName } from '../../credentials/rows.js'
import type { NameMatching } from '../../matching/match-names.js'
import type { GuardedRequest } from '../../ports/guarded-request.js'
import { isBaseUrl, isSafeUrl } from '../base-url.js'
import type { ExchangeBook } from '../book/exchange-book.js'
import type { GatewayTemplate } from './claim-names.js'
import { createKeyRing, type KeyRing } from './key-ring.js'

/** A record of a source system: what a credential is drawn from. */
export interface SourceReference {
  readonly type: CredentialTypeName
  /** The source system's own identifier of the record. */
  readonly id: string
}

/** What a client of the credential gateway needs. What matters for safety has no default. */
export interface GatewayOptions {
  /** The gateway's address, without a slash at its end. */
  readonly url: string
  readonly clientId: string
  readonly clientSecret: string
  /** As the gateway knows your organisation; sent with every revocation. */
  readonly organisationId: string
  /** The key that the gateway gave you for the claims of credentials, in Base64: 32 bytes or more. */
  readonly hintKey: string
  /** Where the gateway leads browsers back to, each as it is registered there. */
  readonly redirectUris: { readonly verification: string; readonly issuance: string }
  readonly book: ExchangeBook
  readonly send: GuardedRequest
  /** 32 to 64 random bytes that you share with your source systems: they sign their records with it. */
  readonly sourceKey: Uint8Array
  /**
   * When a record of a source system was last modified (RFC 3339); `undefined` when nobody knows. What may have changed
   * since it was read is not issued, or revoked at once.
   */
  readonly lastModified: (record: SourceReference) => Promise<string | undefined>
  /** How strictly the names of the verified identity must be those that the source system has. */
  readonly names: NameMatching
  /** Templates and prefixes for types for which none is published, as the gateway has them for you. */
  readonly templates?: { readonly [Type in CredentialTypeName]?: GatewayTemplate }
  /**
   * Until when the claims handed to the gateway hold. `credentialEnd` (default): as long as the credential, as the Trainee
   * Information System does. `fiveMinutes`: as the elfh Hub does.
   */
  readonly hintExpiry?: 'credentialEnd' | 'fiveMinutes'
  /** To whom the gateway's tokens are addressed; by default `{url}/oidc`, like their issuer. */
  readonly audience?: string
  /** Waits so many milliseconds before a call is tried again. */
  readonly wait?: (milliseconds: number) => Promise<void>
}

/** The options of a client of the gateway, with every default filled in. */
export interface GatewaySettings extends Required<Omit<GatewayOptions, 'hintKey' | 'templates'>> {
  readonly hintKey: Uint8Array
  readonly templates: Readonly<Record<string, GatewayTemplate | undefined>>
  readonly keys: KeyRing
}

const KEY_BYTES = 32
const BLOCK_BYTES = 64
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

const demand = (isRight: boolean, message: string): void => {
  if (!isRight) throw new TypeError(message)
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== ''

const readKey = (base64: string): Uint8Array => {
  demand(isText(base64) && BASE64.test(base64), 'hintKey must be Base64')
  const key = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  // RFC 7518, 3.2: a key of the size of the hash or larger.
  demand(key.length >= KEY_BYTES, 'hintKey must be 32 bytes or more')
  return key
}

const checkAddresses = ({ url, redirectUris }: GatewayOptions): void => {
  demand(isBaseUrl(url), 'url must be an https address without query, fragment or a slash at its end')
  for (const uri of [redirectUris?.verification, redirectUris?.issuance])
    demand(isText(uri) && isSafeUrl(uri) && !/[?#]/.test(uri), 'redirectUris must be https addresses without query')
}

const checkDuties = ({ book, send, lastModified, names, sourceKey }: GatewayOptions): void => {
  demand(typeof book?.begin === 'function', 'book must be an ExchangeBook')
  demand(typeof send === 'function', 'send must be a GuardedRequest')
  demand(typeof lastModified === 'function', 'lastModified must tell when a record changed: it has no default')
  demand(names === 'similar' || names === 'equal', 'names must be similar or equal: it has no default')
  demand(
    sourceKey instanceof Uint8Array && sourceKey.length >= KEY_BYTES && sourceKey.length <= BLOCK_BYTES,
    'sourceKey must be 32 to 64 random bytes',
  )
}

const templatesOf = ({ templates = {} }: GatewayOptions): GatewaySettings['templates'] => {
  for (const [type, { template, prefix }] of Object.entries(templates))
    demand(
      isCredentialTypeName(type) && isText(template) && isText(prefix),
      'templates must be of types, with a prefix',
    )
  const published = Object.values(CREDENTIAL_ROWS).map((row) => [row.type, row.gateway] as const)
  return { ...Object.fromEntries(published), ...templates }
}

const later = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** The settings of a client of the gateway. @throws TypeError when an option is missing or does not fit */
export const checkOptions = (options: GatewayOptions): GatewaySettings => {
  checkAddresses(options)
  checkDuties(options)
  for (const name of ['clientId', 'clientSecret', 'organisationId'] as const)
    demand(isText(options[name]), `${name} must be a text`)
  const settings = {
    hintExpiry: 'credentialEnd' as const,
    audience: `${options.url}/oidc`,
    wait: later,
    ...options,
    hintKey: readKey(options.hintKey),
    sourceKey: options.sourceKey.slice(),
    templates: templatesOf(options),
  }
  return { ...settings, keys: createKeyRing(settings) }
}

/** How the gateway names a type. @throws TypeError when it has no name for it */
export const templateOf = ({ templates }: GatewaySettings, type: CredentialTypeName): GatewayTemplate => {
  const template = Object.hasOwn(templates, type) ? templates[type] : undefined
  if (!template) throw new TypeError('The gateway has no template for a credential of this type: see templates')
  return template
}
