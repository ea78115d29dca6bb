import { parseDid } from '../../codec/did.js'

// The fragment of the one key of a DID that is a key (did:key, 3.1; did:jwk, "DID URL").
const ONLY_KEY: Readonly<Record<string, (id: string) => string>> = { key: (id) => id, jwk: () => '0' }

/**
 * The id of the one key that a did:key or did:jwk has, for a token whose header names none; `undefined` for any other
 * issuer, because of several keys one must be named.
 */
export const impliedKeyId = (issuer: string): string | undefined => {
  const did = parseDid(issuer)
  const fragment = did && Object.hasOwn(ONLY_KEY, did.method) ? ONLY_KEY[did.method]?.(did.id) : undefined
  return fragment === undefined ? undefined : `${issuer}#${fragment}`
}
