import { type DIDResolutionResult, Resolver } from 'did-resolver'
import { parseDid, parseDidUrl } from '../codec/did.js'
import { type Clock, systemClock } from '../core/clock.js'
import { PassportError } from '../core/errors.js'
import { LIMITS } from '../core/limits.js'
import { importPublicKey } from '../crypto/keys.js'
import type { GuardedFetch } from '../ports/guarded-fetch.js'
import type { PublicKeyJwk } from '../ports/signer.js'
import { type DidDocument, methodFor, type Relationship } from './did-document.js'
import { didJwkDocument } from './did-jwk.js'
import { didKeyDocument } from './did-key.js'
import { fetchDidWeb } from './did-web.js'

/** Why a DID gives no document, or a document no key. */
export type DidFaultCode =
  | 'signature.keyNotFound'
  | 'signature.keyPurpose'
  | 'signature.keyUnavailable'
  | 'signature.didInvalid'
  | 'signature.didDocumentInvalid'
  | 'signature.keyRejected'

/** A DID that gave no document or no key. */
export interface DidFault {
  readonly ok: false
  readonly code: DidFaultCode
  /** Whether asking again later may help: the network failed. */
  readonly retryable: boolean
}

/** A DID document, or why there is none. */
export type DidAnswer = { readonly ok: true; readonly document: DidDocument } | DidFault

/** A key that its DID lists for the purpose, sound and public, or why there is none. */
export type KeyAnswer =
  | { readonly ok: true; readonly publicKeyJwk: PublicKeyJwk; readonly controller: string }
  | DidFault

/** Resolves DIDs. Only did:web goes out, and only through the guarded fetcher. */
export interface DidResolver {
  resolve(did: string): Promise<DidAnswer>
  findKey(keyId: string, relationship: Relationship): Promise<KeyAnswer>
}

/** What a resolver needs: without `fetch`, a did:web answers `signature.keyUnavailable`. */
export interface DidResolverOptions {
  readonly fetch?: GuardedFetch
  readonly clock?: Clock
}

const fault = (code: DidFaultCode, retryable = false): DidFault => ({ ok: false, code, retryable })

const asResolution = (document: DidDocument | undefined, error: string): DIDResolutionResult =>
  ({
    didResolutionMetadata: document ? {} : { error },
    didDocument: document ?? null,
    didDocumentMetadata: {},
  }) as unknown as DIDResolutionResult

interface CachedDocument {
  readonly until: number
  readonly document: DidDocument
}

const createWebMethod = (options: DidResolverOptions) => {
  const cache = new Map<string, CachedDocument>()
  const clock = options.clock ?? systemClock
  const keep = (did: string, document: DidDocument, freshFor: number): void => {
    const [oldest] = cache.keys()
    if (cache.size >= LIMITS.cacheEntries && oldest !== undefined) cache.delete(oldest)
    cache.set(did, { document, until: clock.now().getTime() + Math.min(freshFor, LIMITS.fetchCacheMaximum) })
  }
  return async (did: string): Promise<DIDResolutionResult> => {
    const cached = cache.get(did)
    if (cached && cached.until > clock.now().getTime()) return asResolution(cached.document, '')
    if (!options.fetch) return asResolution(undefined, 'signature.keyUnavailable')
    const fetched = await fetchDidWeb(did, options.fetch)
    if (!fetched.ok) return asResolution(undefined, fetched.code)
    keep(did, fetched.document, fetched.freshFor)
    return asResolution(fetched.document, '')
  }
}

const REPORTED: readonly DidFaultCode[] = [
  'signature.didInvalid',
  'signature.didDocumentInvalid',
  'signature.keyUnavailable',
]

const sound = async (jwk: PublicKeyJwk): Promise<boolean> =>
  importPublicKey(jwk).then(
    () => true,
    (error: unknown) => {
      if (error instanceof PassportError && error.code === 'key.rejected') return false
      throw error
    },
  )

const createResolve = (options: DidResolverOptions): DidResolver['resolve'] => {
  const registry = new Resolver({
    key: async (did) => asResolution(didKeyDocument(did), 'signature.didInvalid'),
    jwk: async (did) => asResolution(didJwkDocument(did), 'signature.didInvalid'),
    web: createWebMethod(options),
  })
  return async (did) => {
    if (!parseDid(did)) return fault('signature.didInvalid')
    try {
      const { didDocument, didResolutionMetadata } = await registry.resolve(did)
      if (didDocument) return { ok: true, document: didDocument as unknown as DidDocument }
      return fault(REPORTED.find((code) => code === didResolutionMetadata.error) ?? 'signature.didInvalid')
    } catch (error) {
      if (error instanceof PassportError) return fault('signature.keyUnavailable', error.retryable)
      throw error
    }
  }
}

/**
 * Creates a resolver for did:key, did:jwk and did:web. Nothing is fetched until asked.
 *
 * ```ts
 * import { createDidResolver, didKey, generateKey } from 'staff-passport'
 *
 * const { keyId } = didKey(await generateKey('EdDSA'))
 * const answer = await createDidResolver().findKey(keyId, 'assertionMethod')
 * if (!answer.ok) throw new Error(answer.code)
 * ```
 *
 * @see DID Core 1.0; Controlled Identifiers 1.0
 */
export const createDidResolver = (options: DidResolverOptions = {}): DidResolver => {
  const resolve = createResolve(options)
  return {
    resolve,
    findKey: async (keyId, relationship) => {
      const parsed = parseDidUrl(keyId)
      if (!parsed) return fault('signature.didInvalid')
      const answer = await resolve(parsed.did)
      if (!answer.ok) return answer
      const { listed, allowed } = methodFor(answer.document, keyId, relationship)
      if (!listed) return fault('signature.keyNotFound')
      if (!allowed) return fault('signature.keyPurpose')
      if (listed.controller !== parsed.did) return fault('signature.didDocumentInvalid')
      if (!listed.publicKeyJwk || !(await sound(listed.publicKeyJwk))) return fault('signature.keyRejected')
      return { ok: true, publicKeyJwk: listed.publicKeyJwk, controller: listed.controller }
    },
  }
}
