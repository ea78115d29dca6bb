import { parseDateTime } from '../../codec/date-time.js'
import { asArray, type Json, type JsonObject } from '../../core/json.js'
import { signCompactJws } from '../../crypto/sign-compact-jws.js'
import type { Signer } from '../../ports/signer.js'
import { identifierOf } from '../shape.js'

const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000)

const expiry = (validUntil: Json | undefined): JsonObject => {
  const end = typeof validUntil === 'string' ? parseDateTime(validUntil) : undefined
  return end === undefined ? {} : { exp: seconds(end) }
}

const claim = (name: string, value: string | undefined): JsonObject => (value === undefined ? {} : { [name]: value })

/**
 * Secures a credential as a compact `vc+jwt`. The registered claims repeat what the document says, for readers that
 * only know JWTs.
 * @see Securing Verifiable Credentials using JOSE and COSE, section 3.1.1
 */
export const signJwtCredential = (
  document: JsonObject,
  signer: Signer,
  { created, expectedUpdate }: { readonly created: Date; readonly expectedUpdate?: string },
): Promise<string> => {
  const payload = {
    ...document,
    ...claim('iss', identifierOf(document.issuer)),
    ...claim('jti', identifierOf(document.id)),
    ...claim('sub', identifierOf(asArray(document.credentialSubject)[0])),
    iat: seconds(created.getTime()),
    ...expiry(document.validUntil),
    ...claim('expectedUpdate', expectedUpdate),
  }
  return signCompactJws({ header: { typ: 'vc+jwt', cty: 'vc' }, payload: JSON.stringify(payload), signer })
}

/** Secures a presentation as a compact `vp+jwt`, for one challenge and one audience. */
export const signJwtPresentation = (
  document: JsonObject,
  signer: Signer,
  options: { readonly challenge: string; readonly audience: string; readonly created: Date; readonly expires?: Date },
): Promise<string> => {
  const payload = {
    ...document,
    ...claim('iss', identifierOf(document.holder)),
    aud: options.audience,
    nonce: options.challenge,
    iat: seconds(options.created.getTime()),
    ...(options.expires ? { exp: seconds(options.expires.getTime()) } : {}),
  }
  return signCompactJws({ header: { typ: 'vp+jwt', cty: 'vp' }, payload: JSON.stringify(payload), signer })
}
