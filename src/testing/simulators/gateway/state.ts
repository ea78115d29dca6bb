import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { encodeBase64url, randomBytes } from '#runtime'
import { encodeBase64 } from '../../../codec/base64.js'
import type { Clock } from '../../../core/clock.js'
import type { JsonObject } from '../../../core/json.js'
import { CREDENTIAL_ROWS } from '../../../credentials/rows.js'
import type { GatewayTemplate } from '../../../exchange/gateway/claim-names.js'
import { NO_TRANSPORT_FAULTS, type TransportFaults } from '../loopback.js'

/** A service that is registered with the gateway. */
export interface RegisteredClient {
  readonly clientId: string
  readonly clientSecret: string
  readonly organisationId: string
  /** Base64: the claims of credentials are signed with it. */
  readonly hintKey: string
  readonly redirectUris: readonly string[]
}

/** What a simulated wallet holds. */
export interface HeldCredential {
  readonly template: string
  /** Flat texts: `ID-LegalSurname` and the like, and `UniqueIdentifier`. */
  readonly claims: Readonly<Record<string, string>>
  readonly serialNumber: string
  /** Milliseconds since 1970. */
  readonly issuedAt: number
}

/** A revocation, as the gateway was told of it. */
export interface Revocation {
  readonly clientId: string
  readonly template: string
  readonly reason: string
}

/** A browser session that waits for its holder. */
export interface PendingSession {
  readonly id: string
  readonly kind: 'presentation' | 'issuance'
  readonly client: RegisteredClient
  readonly template: GatewayTemplate
  readonly redirectUri: string
  readonly state: string
  readonly nonce: string
  readonly codeChallenge?: string
  readonly claims?: Readonly<Record<string, string>>
  /** Milliseconds since 1970. */
  readonly expiresAt: number
  isOver: boolean
}

/** What a code stands for. */
export interface GivenCode {
  readonly session: PendingSession
  readonly scope: string
  readonly claims: JsonObject
  readonly expiresAt: number
}

/** The key that tokens are signed with. */
export interface TokenKey {
  readonly kid: string
  readonly privateKey: ReturnType<typeof generateKeyPairSync>['privateKey']
  readonly publicJwk: JsonObject
}

/** A gateway, in memory. */
export interface GatewayState {
  readonly clock: Clock
  readonly faults: TransportFaults
  readonly calls: string[]
  readonly clients: RegisteredClient[]
  readonly templates: Map<string, GatewayTemplate>
  readonly sessions: Map<string, PendingSession>
  readonly pushed: Map<string, { readonly session: PendingSession; readonly expiresAt: number }>
  readonly codes: Map<string, GivenCode>
  /** By serial number. */
  readonly issued: Map<string, { readonly clientId: string; readonly template: string }>
  readonly revocations: Map<string, Revocation>
  key: TokenKey
  /** Set once it listens. */
  origin: string
  /** Changes what tokens say. */
  rewrite: (claims: JsonObject) => JsonObject
}

const SECRET_BYTES = 24
const KEY_BYTES = 32
const MODULUS_BITS = 2048

/** A name that nobody guesses. */
export const randomName = (): string => encodeBase64url(randomBytes(SECRET_BYTES))

/** A new key to sign tokens with. */
export const newTokenKey = (): TokenKey => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: MODULUS_BITS })
  const kid = randomUUID().replaceAll('-', '').toUpperCase()
  return { kid, privateKey, publicJwk: { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig' } as JsonObject }
}

/** A new client, with secrets of its own. */
export const newClient = (redirectUris: readonly string[]): RegisteredClient => ({
  clientId: randomUUID(),
  clientSecret: randomName(),
  organisationId: randomUUID(),
  hintKey: encodeBase64(randomBytes(KEY_BYTES)),
  redirectUris: [...redirectUris],
})

const publishedTemplates = (): readonly GatewayTemplate[] =>
  Object.values(CREDENTIAL_ROWS).flatMap(({ gateway }) => (gateway ? [gateway] : []))

/** A new gateway, which knows the published templates and these. */
export const newGateway = (clock: Clock, templates: readonly GatewayTemplate[]): GatewayState => ({
  clock,
  faults: { ...NO_TRANSPORT_FAULTS },
  calls: [],
  clients: [],
  templates: new Map([...publishedTemplates(), ...templates].map((one) => [one.template, one])),
  sessions: new Map(),
  pushed: new Map(),
  codes: new Map(),
  issued: new Map(),
  revocations: new Map(),
  key: newTokenKey(),
  origin: '',
  rewrite: (claims) => claims,
})
