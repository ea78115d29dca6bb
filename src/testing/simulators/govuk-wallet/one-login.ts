import { randomUUID } from 'node:crypto'
import { encodeBase64url } from '#runtime'
import { encodeUtf8 } from '../../../codec/utf8.js'
import type { Clock } from '../../../core/clock.js'
import type { JsonObject } from '../../../core/json.js'
import { generateKey } from '../../../crypto/keys.js'
import { createLocalSigner } from '../../../crypto/local-signer.js'
import type { Signer } from '../../../ports/signer.js'
import { NO_TRANSPORT_FAULTS, type TransportFaults } from '../loopback.js'

/** A credential issuer that was registered with GOV.UK. */
export interface RegisteredIssuer {
  /** Its client identifier at GOV.UK One Login. */
  readonly clientId: string
  /** Where it really is, such as `http://127.0.0.1:8080`, for an address that no name server knows. */
  readonly at?: string
}

/** A token before it is signed. */
export interface UnsignedToken {
  readonly header: JsonObject
  readonly claims: JsonObject
}

/** GOV.UK One Login, in memory. */
export interface OneLogin {
  readonly clock: Clock
  readonly issuers: Readonly<Record<string, RegisteredIssuer>>
  /** Who is signed in in the app: the subject of each session. */
  readonly sessions: Map<string, string>
  readonly usedCodes: Set<string>
  /** Whether a code is taken again. */
  takesAgain: boolean
  /** The requests that it got, such as `POST /token`. */
  readonly calls: string[]
  readonly faults: TransportFaults
  signer: Signer
  /** Set once it listens. */
  origin: string
  /** Changes what tokens say. */
  rewrite: (token: UnsignedToken) => UnsignedToken
}

/** A key of its own, under a name of its own. */
export const newServiceKey = async (): Promise<Signer> => {
  const keyId = randomUUID()
  // Signers of ours go by DID URLs; keys of a token service have a name alone.
  return { ...(await createLocalSigner(await generateKey('ES256'), `did:web:localhost#${keyId}`)), keyId }
}

/** GOV.UK One Login with a key, and nobody signed in. */
export const newOneLogin = async (clock: Clock, issuers: OneLogin['issuers']): Promise<OneLogin> => ({
  clock,
  issuers,
  sessions: new Map(),
  usedCodes: new Set(),
  takesAgain: false,
  calls: [],
  faults: { ...NO_TRANSPORT_FAULTS },
  signer: await newServiceKey(),
  origin: '',
  rewrite: (token) => token,
})

/** The time, in seconds since 1970. */
export const secondsNow = ({ clock }: Pick<OneLogin, 'clock'>): number => Math.floor(clock.now().getTime() / 1000)

const encoded = (value: JsonObject): string => encodeBase64url(encodeUtf8(JSON.stringify(value)))

/** Signs a token as it is, whatever its header says. */
export const signToken = async ({ header, claims }: UnsignedToken, signer: Signer): Promise<string> => {
  const input = `${encoded(header)}.${encoded(claims)}`
  return `${input}.${encodeBase64url(await signer.sign(encodeUtf8(input)))}`
}

/** What an address answered. */
export interface Answered {
  readonly status: number
  readonly headers: Headers
  /** Empty where there was no JSON. */
  readonly body: JsonObject
}

const realAddress = ({ issuers }: OneLogin, address: string): string => {
  const { origin } = new URL(address)
  const at = Object.hasOwn(issuers, origin) ? issuers[origin]?.at : undefined
  return at === undefined ? address : at + address.slice(origin.length)
}

/** Asks an issuer, wherever it really is. */
export const ask = async (oneLogin: OneLogin, address: string, request: RequestInit = {}): Promise<Answered> => {
  const response = await fetch(realAddress(oneLogin, address), { redirect: 'error', ...request })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('application/json') && text !== ''
  return { status: response.status, headers: response.headers, body: isJson ? (JSON.parse(text) as JsonObject) : {} }
}
