import { type DIDResolutionResult, Resolver } from 'did-resolver'
import { parseDid, parseDidUrl } from '../codec/did.js'
import { type Clock, systemClock } from '../core/clock.js'
import { PassportError } from '../core/errors.js'
import { detached } from '../core/json.js'
import { keep } from '../core/keep.js'
import { importPublicKey } from '../crypto/keys.js'
import type { GuardedFetch } from '../ports/guarded-fetch.js'
import type { PublicKeyJwk } from '../ports/signer.js'
import {
  type DidDocument,
  findMethod,
  freezeDocument,
  isListedFor,
  type Relationship,
  type VerificationMethod,
} from './did-document.js'
import { didJwkDocument } from './did-jwk.js'
import { didKeyDocument } from './did-key.js'
import { createDidWebCache } from './did-web-cache.js'
import { METHODS, unsupportedPart } from './unsupported.js'

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
  /** The method or kind of key that is not supported, by name, such as `did:ion` or `P-384`. */
  readonly unsupported?: string
}

/** A DID document, or why there is none. */
export type DidAnswer = { readonly ok: true; readonly document: DidDocument } | DidFault

/** A key that its DID lists for the purpose, sound and public, or why there is none. */
export type KeyAnswer =
  | { readonly ok: true; readonly publicKeyJwk: PublicKeyJwk; readonly controller: string }
  | DidFault

/** Resolves DIDs. Only did:web goes out, and only through the guarded fetcher. */
export interface DidResolver {
  /** The document of a DID. A bad DID is an answer, never thrown. */
  resolve(did: string): Promise<DidAnswer>
  /**
   * The key of this id (an absolute DID URL), if its DID lists it for the purpose, controls it and answers for it now,
   * and it is sound.
   */
  findKey(keyId: string, relationship: Relationship): Promise<KeyAnswer>
}

/** What a resolver needs: without `fetch`, a did:web answers `signature.keyUnavailable`. */
export interface DidResolverOptions {
  readonly fetch?: GuardedFetch
  readonly clock?: Clock
}

const fault = (code: DidFaultCode, retryable = false): DidFault => ({ ok: false, code, retryable })

// The registry's own types name documents more loosely than we do; they stay inside this file.
const found = (document: DidDocument): DIDResolutionResult =>
  ({ didResolutionMetadata: {}, didDocument: document, didDocumentMetadata: {} }) as unknown as DIDResolutionResult

const notFound = (error: DidFaultCode, retryable = false): DIDResolutionResult => ({
  didResolutionMetadata: { error, retryable },
  didDocument: null,
  didDocumentMetadata: {},
})

// What a DID says in its own text never changes, and unpacking a P-256 point takes a while.
const remembering = (read: (did: string) => DidDocument | undefined) => {
  const known = new Map<string, DidDocument>()
  return async (did: string): Promise<DIDResolutionResult> => {
    const cached = known.get(did)
    if (cached) return found(cached)
    const own = detached(did)
    const document = read(own)
    if (!document) return notFound('signature.didInvalid')
    return found(keep(known, own, freezeDocument(document)))
  }
}

const createWebMethod = ({ fetch, clock = systemClock }: DidResolverOptions) => {
  if (!fetch) return async () => notFound('signature.keyUnavailable')
  const ask = createDidWebCache(fetch, clock)
  return async (did: string): Promise<DIDResolutionResult> => {
    const answer = await ask(did)
    if (answer.ok) return found(answer.document)
    if ('code' in answer) return notFound(answer.code)
    return notFound('signature.keyUnavailable', answer.unavailable.retryable)
  }
}

const REPORTED: readonly DidFaultCode[] = ['signature.didDocumentInvalid', 'signature.keyUnavailable']

const createResolve = (options: DidResolverOptions): DidResolver['resolve'] => {
  const registry = new Resolver({
    key: remembering(didKeyDocument),
    jwk: remembering(didJwkDocument),
    web: createWebMethod(options),
  })
  // The registry looks methods up among inherited names too, so `did:constructor:x` must not reach it.
  const isKnown = (did: string): boolean => METHODS.some((method) => method === parseDid(did)?.method)
  return async (did) => {
    const { didDocument, didResolutionMetadata } = isKnown(did)
      ? await registry.resolve(did)
      : notFound('signature.didInvalid')
    if (didDocument) return { ok: true, document: didDocument as unknown as DidDocument }
    const code = REPORTED.find((known) => known === didResolutionMetadata.error) ?? 'signature.didInvalid'
    const unsupported = code === 'signature.didInvalid' ? unsupportedPart(did) : undefined
    return {
      ...fault(code, didResolutionMetadata.retryable === true),
      ...(unsupported === undefined ? {} : { unsupported }),
    }
  }
}

const importSound = (jwk: PublicKeyJwk): Promise<PublicKeyJwk | undefined> =>
  importPublicKey(jwk).then(
    (key) => key.jwk,
    (error: unknown) => {
      if (!(error instanceof PassportError)) throw error
      if (error.code === 'key.rejected') return undefined
      // A sound key is found, whether or not this platform can use it.
      if (error.code === 'key.algorithmUnavailable') return jwk
      throw error
    },
  )

const keyOf = async ({ publicKeyJwk, controller }: VerificationMethod): Promise<KeyAnswer> => {
  const sound = publicKeyJwk && (await importSound(publicKeyJwk))
  return sound ? { ok: true, publicKeyJwk: sound, controller } : fault('signature.keyRejected')
}

// Not `endsAt <= now`: a moment that is none compares as false and must not pass.
const isOver = ({ endsAt }: VerificationMethod, clock: Clock): boolean =>
  endsAt !== undefined && !(clock.now().getTime() < endsAt)

/**
 * Creates a resolver for did:key, did:jwk and did:web. Nothing is fetched until asked; documents of did:web are kept for
 * as long as their sender allows, at least a minute.
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
  const clock = options.clock ?? systemClock
  return {
    resolve,
    findKey: async (keyId, relationship) => {
      const parsed = parseDidUrl(keyId)
      if (!parsed) return fault('signature.didInvalid')
      const answer = await resolve(parsed.did)
      if (!answer.ok) return answer
      const method = findMethod(answer.document, keyId)
      if (method === undefined) return fault('signature.keyNotFound')
      if (method === 'ambiguous' || method.controller !== parsed.did) return fault('signature.didDocumentInvalid')
      if (!isListedFor(answer.document, keyId, relationship)) return fault('signature.keyPurpose')
      return isOver(method, clock) ? fault('signature.keyRejected') : keyOf(method)
    },
  }
}
