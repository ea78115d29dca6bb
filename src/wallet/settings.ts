import { type Clock, systemClock } from '../core/clock.js'
import { generateKey } from '../crypto/keys.js'
import { createLocalSigner } from '../crypto/local-signer.js'
import { didKey } from '../dids/did-key.js'
import { createDidResolver, type DidResolver } from '../dids/resolver.js'
import type { CertificateTrust } from '../ports/certificate-trust.js'
import type { GuardedRequest } from '../ports/guarded-request.js'
import type { SignatureAlgorithm, Signer } from '../ports/signer.js'
import type { WalletStorage } from '../ports/wallet-storage.js'
import type { Verifier } from '../verifier/create-verifier.js'
import { openSafe, type Safe, type WalletKey } from './safe.js'

/** What a wallet needs. What matters for safety has no default. */
export interface WalletOptions {
  readonly storage: WalletStorage
  /** 32 random bytes that only the holder's device has: keys and credentials are sealed with it. */
  readonly sealingKey: Uint8Array
  /** The only way out. */
  readonly send: GuardedRequest
  /**
   * Judges what issuers send before it is kept, and the standing of what is kept. A policy without presentations does,
   * such as `nhs`.
   */
  readonly verifier: Verifier
  /** Resolves verifiers' DIDs; by default did:key and did:jwk, and nothing that has to be fetched. */
  readonly resolver?: DidResolver
  /** Judges verifiers' certificates; without it, requests of x509 clients are refused. */
  readonly certificates?: CertificateTrust
  /** The algorithm of the holder's key; by default `ES256`, which every issuer and verifier knows. */
  readonly algorithm?: Extract<SignatureAlgorithm, 'ES256' | 'EdDSA'>
  /** How the wallet names itself to authorization servers, where it is led back, and how the holder signs in there. */
  readonly client?: WalletClientOptions
  readonly clock?: Clock
  /** Waits so many milliseconds before an issuer is told again; by default with a timer. */
  readonly wait?: (milliseconds: number) => Promise<void>
}

/** A wallet as authorization servers know it. */
export interface WalletClientOptions {
  readonly clientId: string
  readonly redirectUri: string
  /** Leads the holder's browser to an address, and gives the address that it was led back to. */
  readonly signIn: (url: string) => Promise<string>
}

/** A wallet's options, with every default filled in. */
export interface WalletSettings extends Omit<WalletOptions, 'storage' | 'sealingKey'> {
  readonly safe: Safe
  readonly resolver: DidResolver
  readonly clock: Clock
}

/** The settings of a wallet. @throws TypeError when an option does not fit; PassportError `store.corrupt` */
export const openSettings = async (options: WalletOptions): Promise<WalletSettings> => {
  const { storage, sealingKey, ...rest } = options
  if (storage?.portVersion !== 1) throw new TypeError('storage must implement WalletStorage, version 1')
  const clock = options.clock ?? systemClock
  const safe = await openSafe(storage, sealingKey)
  return { ...rest, clock, safe, resolver: options.resolver ?? createDidResolver({ clock }) }
}

const newKey = async (algorithm: SignatureAlgorithm): Promise<WalletKey> => {
  const privateKeyJwk = await generateKey(algorithm)
  return { ...didKey(privateKeyJwk), privateKeyJwk }
}

/** A signer for one of the wallet's keys. */
export const signerOf = ({ privateKeyJwk, keyId }: WalletKey): Promise<Signer> =>
  createLocalSigner(privateKeyJwk, keyId)

/** The wallet's key for new credentials; made when it is first needed. */
export const ownKey = async ({ safe, algorithm = 'ES256' }: WalletSettings): Promise<WalletKey> => {
  const [known] = safe.contents().keys
  if (known) return known
  const made = await newKey(algorithm)
  await safe.change((contents) => ({ ...contents, keys: contents.keys.length > 0 ? contents.keys : [made] }))
  return safe.contents().keys[0] ?? made
}
