import { parseDid } from '../../codec/did.js'
import type { JsonObject } from '../../core/json.js'
import type { DidFault, DidResolver } from '../../dids/resolver.js'
import type { Answer, Reply, Route } from '../answer.js'

const PREFIX = '/1.0/identifiers/'
const RESULT = 'application/did-resolution'
const DOCUMENT = 'application/did'

// A client may write the DID as it is, or encode all of it; a DID may itself hold what looks encoded.
const didIn = (request: Request): string => {
  const written = new URL(request.url).pathname.slice(PREFIX.length)
  if (parseDid(written)) return written
  try {
    return decodeURIComponent(written)
  } catch {
    return written
  }
}

const ERRORS = 'https://www.w3.org/ns/did#'

const failureOf = (did: string, { code, retryable, unsupported }: DidFault): readonly [number, string] => {
  if (!parseDid(did)) return [400, 'INVALID_DID']
  if (unsupported !== undefined) return [501, 'METHOD_NOT_SUPPORTED']
  if (code === 'signature.keyUnavailable') return retryable ? [503, 'INTERNAL_ERROR'] : [404, 'NOT_FOUND']
  return code === 'signature.didDocumentInvalid' ? [500, 'INVALID_DID_DOCUMENT'] : [400, 'INVALID_DID']
}

const wantsDocument = (request: Request): boolean =>
  /^application\/did(?:\+(?:ld\+)?json)?\s*(?:;|,|$)/.test(request.headers.get('accept') ?? '') &&
  !(request.headers.get('accept') ?? '').includes('did-resolution')

const failed = (status: number, title: string, code: string): Reply => ({
  status,
  contentType: RESULT,
  body: {
    didResolutionMetadata: { error: { type: `${ERRORS}${title}`, title, code } },
    didDocument: null,
    didDocumentMetadata: {},
  },
})

const found = (document: JsonObject, request: Request): Reply =>
  wantsDocument(request)
    ? { status: 200, contentType: DOCUMENT, body: document }
    : {
        status: 200,
        contentType: RESULT,
        body: { didResolutionMetadata: { contentType: DOCUMENT }, didDocument: document, didDocumentMetadata: {} },
      }

const resolve =
  (resolver: DidResolver, mayGoOut: (request: Request) => void): Answer =>
  async ({ request }) => {
    const did = didIn(request)
    // A did:web is fetched from wherever it says, so not everybody may send us there.
    if (parseDid(did)?.method === 'web') mayGoOut(request)
    const answer = await resolver.resolve(did)
    return answer.ok ? found(answer.document, request) : failed(...failureOf(did, answer), answer.code)
  }

/**
 * Resolving DIDs. What is written in the DID itself is for everybody; what must be fetched, for the token's holder.
 * @see DID Resolution 0.3, section 7.1 (HTTPS binding)
 */
export const identifierRoutes = (resolver: DidResolver, mayGoOut: (request: Request) => void): readonly Route[] => [
  { method: 'GET', path: `${PREFIX}:did{.+}`, guarded: false, answer: resolve(resolver, mayGoOut) },
]
