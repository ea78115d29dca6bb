import { PassportError } from '../core/errors.js'
import { asArray, isJsonObject, type JsonObject } from '../core/json.js'
import type { GuardedRequest } from '../ports/guarded-request.js'
import { getJson, malformed } from './talk.js'

/** What a wallet knows of an issuer. */
export interface IssuerMetadata {
  readonly issuer: JsonObject
  readonly server: JsonObject
}

/** The address of metadata: between host and path. @see RFC 8414, section 3; OpenID4VCI 1.0, section 12.2.2 */
const wellKnown = (identifier: string, name: string): string => {
  const { origin, pathname } = new URL(identifier)
  return `${origin}/.well-known/${name}${pathname.replace(/\/$/, '')}`
}

/** A member that has to be an address at the same origin as its owner, or any, where it may be elsewhere. */
export const addressIn = (metadata: JsonObject, name: string): string => {
  const value = metadata[name]
  if (typeof value !== 'string' || !URL.canParse(value)) throw malformed('metadata')
  return value
}

/** Fetches the metadata of an issuer and of its authorization server. @throws PassportError */
export const fetchIssuerMetadata = async (send: GuardedRequest, identifier: string): Promise<IssuerMetadata> => {
  const issuer = await getJson(send, wellKnown(identifier, 'openid-credential-issuer'), 'issuer metadata')
  if (issuer.credential_issuer !== identifier)
    throw new PassportError('exchange.untrusted', 'The issuer metadata is another issuer’s')
  const [named] = asArray(issuer.authorization_servers)
  const server = typeof named === 'string' ? named : identifier
  const metadata = await getJson(send, wellKnown(server, 'oauth-authorization-server'), 'server metadata')
  if (metadata.issuer !== server)
    throw new PassportError('exchange.untrusted', 'The server metadata is another server’s')
  return { issuer, server: metadata }
}

/** The configuration of a credential that an issuer offers. */
export const configurationIn = ({ issuer }: IssuerMetadata, id: string): JsonObject => {
  const all = issuer.credential_configurations_supported
  const found = isJsonObject(all) && Object.hasOwn(all, id) ? all[id] : undefined
  if (!isJsonObject(found)) throw malformed('an offer')
  return found
}

/** What of some displays is for a language, else the first. */
export const displayIn = (displays: unknown, language: string): JsonObject => {
  const all = Array.isArray(displays) ? displays.filter(isJsonObject) : []
  return all.find(({ locale }) => typeof locale === 'string' && locale.startsWith(language)) ?? all[0] ?? {}
}
