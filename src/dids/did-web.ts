import { parseDid } from '../codec/did.js'
import { parseStrictJson } from '../codec/strict-json.js'
import { isJsonObject } from '../core/json.js'
import { LIMITS } from '../core/limits.js'
import type { GuardedFetch } from '../ports/guarded-fetch.js'
import { type DidDocument, freezeDocument } from './did-document.js'

// A host as it is written: lower case, labels of letters, digits and hyphens; a port only as %3A.
const HOST = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*(?:%3A[1-9][0-9]{0,4})?$/
const PATH_SEGMENT = /^(?!\.{1,2}$)[A-Za-z0-9._-]+$/

/**
 * Where the document of a did:web lies; `undefined` when the DID is not a well-formed did:web. Percent signs are
 * allowed for a port only, so that no path can hide in one.
 * @see did:web Method Specification, section 2.5.2
 */
export const didWebUrl = (did: string): string | undefined => {
  const parsed = parseDid(did)
  if (parsed?.method !== 'web') return undefined
  const [host = '', ...path] = parsed.id.split(':')
  if (!HOST.test(host) || !path.every((segment) => PATH_SEGMENT.test(segment))) return undefined
  const folder = path.length === 0 ? '/.well-known' : `/${path.join('/')}`
  const url = `https://${host.replace('%3A', ':')}${folder}/did.json`
  return URL.canParse(url) ? url : undefined
}

/** A did:web document as fetched, or why there is none. */
export type DidWebResult =
  | { readonly ok: true; readonly document: DidDocument; readonly freshFor: number }
  | { readonly ok: false; readonly code: 'signature.didInvalid' | 'signature.didDocumentInvalid' }

const JSON_TYPE = /^application\/(?:[a-z0-9.+-]+\+)?json[\t ]*(?:;|$)/i
const ACCEPT = 'application/did+json, application/did+ld+json, application/json'

/**
 * Fetches the document of a did:web, which must be about that DID and no other.
 * @throws PassportError of the fetcher: `fetch.blocked`, `fetch.failed`, `fetch.timeout`, `fetch.tooLarge`
 */
export const fetchDidWeb = async (did: string, fetch: GuardedFetch): Promise<DidWebResult> => {
  const url = didWebUrl(did)
  if (url === undefined) return { ok: false, code: 'signature.didInvalid' }
  const { body, contentType, freshFor } = await fetch(url, { maximumBytes: LIMITS.didDocumentBytes, accept: ACCEPT })
  // A page that shows what somebody typed is no document of its host (DID Core 1.0, section 6).
  if (contentType !== '' && !JSON_TYPE.test(contentType)) return { ok: false, code: 'signature.didDocumentInvalid' }
  const parsed = parseStrictJson(body)
  if (!parsed.ok || !isJsonObject(parsed.value) || parsed.value.id !== did)
    return { ok: false, code: 'signature.didDocumentInvalid' }
  return { ok: true, document: freezeDocument(parsed.value as DidDocument), freshFor }
}
