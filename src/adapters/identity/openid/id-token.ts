import { createLocalJWKSet, type JSONWebKeySet, type JWTPayload, jwtVerify } from 'jose'
import type { JsonObject } from '../../../core/json.js'
import { LIMITS } from '../../../core/limits.js'
import { malformed } from '../call.js'
import type { OpenIdClient } from './client.js'

/** What a token is checked against. */
export interface TokenQuestion {
  readonly keys: readonly JsonObject[]
  readonly nonce: string
}

const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'ES384', 'ES512', 'EdDSA']
const LONGEST_AGE_SECONDS = 300
const SECOND = 1000

// A token for several says whom it was given to.
const isGivenTo = (clientId: string, { aud, azp }: JWTPayload): boolean =>
  azp === undefined ? [aud].flat().length === 1 : azp === clientId

// OpenID Connect Core 1.0, 3.1.3.7: signed by the provider, addressed to us, of now, and in answer to our question.
const verified = async (
  { issuer, clientId, clock }: OpenIdClient,
  token: string,
  { keys, nonce }: TokenQuestion,
): Promise<JWTPayload | undefined> => {
  const ring = createLocalJWKSet({ keys } as unknown as JSONWebKeySet)
  const { payload } = await jwtVerify(token, ring, {
    algorithms: ALGORITHMS,
    issuer,
    audience: clientId,
    requiredClaims: ['sub', 'iat', 'exp', 'nonce'],
    maxTokenAge: LONGEST_AGE_SECONDS,
    clockTolerance: LIMITS.clockSkew / SECOND,
    currentDate: clock.now(),
  })
  return isGivenTo(clientId, payload) && payload.nonce === nonce ? payload : undefined
}

/** The claims of a token of the provider's. @throws PassportError `system.malformed` when it is not one */
export const readIdToken = async (
  client: OpenIdClient,
  token: string,
  question: TokenQuestion,
): Promise<JsonObject> => {
  // The library's errors are never passed on: they hold the claims, and those are about a person.
  const payload = await verified(client, token, question).catch(() => undefined)
  if (!payload) throw malformed('an id_token that is not its own, or not for this check')
  return payload as JsonObject
}
