import { randomUUID } from 'node:crypto'
import { digestText, encodeBase64url, randomBytes } from '#runtime'
import { encodeBase64 } from '../../../codec/base64.js'
import type { Clock } from '../../../core/clock.js'
import type { JsonObject } from '../../../core/json.js'
import { generateKey } from '../../../crypto/keys.js'
import { createLocalSigner } from '../../../crypto/local-signer.js'
import type { EntraContract } from '../../../exchange/entra/contracts.js'
import type { Signer } from '../../../ports/signer.js'
import { type EntraFaults, NO_FAULTS } from './faults.js'

/** A contract of the simulated tenant. */
export interface SimulatedContract extends EntraContract {
  readonly id: string
  readonly manifestUrl: string
}

/** What the tenant remembers of a credential that it issued. */
export interface SimulatedCredential {
  readonly id: string
  readonly contractId: string
  readonly indexHash?: string
  readonly issuedAt: number
  status: 'valid' | 'issuerRevoked'
}

/** A request that waits for a wallet. */
export interface PendingRequest {
  readonly id: string
  readonly kind: 'issuance' | 'presentation'
  readonly body: JsonObject
  /** Milliseconds since 1970. */
  readonly expiresAt: number
  isOver: boolean
  /** Callbacks that are held back, to come late. */
  readonly held: JsonObject[]
}

/** A callback that was made. */
export interface MadeCallback {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: JsonObject
  /** What was answered; 0 when nobody did. */
  readonly status: number
}

/** A tenant of Microsoft Entra Verified ID, in memory. */
export interface Tenant {
  readonly clock: Clock
  readonly tenant: string
  readonly clientId: string
  readonly clientSecret: string
  readonly authorityId: string
  readonly did: string
  readonly signer: Signer
  readonly faults: EntraFaults
  readonly contracts: SimulatedContract[]
  readonly credentials: SimulatedCredential[]
  readonly pending: Map<string, PendingRequest>
  /** Access tokens: for which scope, and until when. */
  readonly tokens: Map<string, { readonly scope: string; readonly until: number }>
  readonly callbacks: MadeCallback[]
  readonly calls: string[]
  /** Set once it listens. */
  origin: string
  /** Changes what callbacks say. */
  rewrite: (callback: JsonObject) => JsonObject
}

const SECRET_BYTES = 24
const DID = 'did:web:verifiedid.example'

/** A name that nobody guesses. */
export const randomName = (): string => encodeBase64url(randomBytes(SECRET_BYTES))

/** How the tenant finds a credential again: it keeps no claim. */
export const indexHash = (contractId: string, claimValue: string): string =>
  encodeBase64(digestText('SHA-256', contractId + claimValue))

/** A new tenant, with a key and nothing issued. */
export const newTenant = async (clock: Clock): Promise<Tenant> => ({
  clock,
  tenant: randomUUID(),
  clientId: randomUUID(),
  clientSecret: randomName(),
  authorityId: randomUUID(),
  did: DID,
  signer: await createLocalSigner(await generateKey('ES256'), `${DID}#key-1`),
  faults: { ...NO_FAULTS },
  contracts: [],
  credentials: [],
  pending: new Map(),
  tokens: new Map(),
  callbacks: [],
  calls: [],
  origin: '',
  rewrite: (callback) => callback,
})
