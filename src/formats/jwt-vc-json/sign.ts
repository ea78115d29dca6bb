import { parseDateTime } from '../../codec/date-time.js'
import { asArray, isJsonObject, type Json, type JsonObject } from '../../core/json.js'
import { signCompactJws } from '../../crypto/sign-compact-jws.js'
import type { Signer } from '../../ports/signer.js'
import { identifierOf } from '../shape.js'
import { toContexts1 } from './contexts.js'

const HEADER = { typ: 'JWT' }

const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000)

const member = (name: string, value: Json | undefined): JsonObject => (value === undefined ? {} : { [name]: value })

const secondOf = (value: Json | undefined): number | undefined => {
  const moment = typeof value === 'string' ? parseDateTime(value) : undefined
  return moment === undefined ? undefined : seconds(moment)
}

const contextsOf = (document: JsonObject): readonly Json[] => {
  const list = toContexts1(document['@context'])
  if (!list) throw new TypeError('document must be of VCDM 2.0: its context comes first')
  return list
}

const onlySubject = ({ credentialSubject }: JsonObject): string | undefined => {
  const [only, ...others] = asArray(credentialSubject)
  return others.length > 0 || !isJsonObject(only) ? undefined : identifierOf(only.id)
}

// VCDM 1.1, 4.9: readers expect one status as it is, and not in a list.
const single = (value: Json | undefined): Json | undefined => {
  const [only, ...others] = asArray(value)
  return others.length > 0 ? value : only
}

/**
 * Secures a credential as a `jwt_vc_json` token of VCDM 1.1. The registered claims repeat what the document says, for
 * readers of the one and readers of the other; a credential without a beginning begins when it is signed.
 * @throws TypeError when the document is not one of VCDM 2.0
 * @see Verifiable Credentials Data Model 1.1, section 6.3.1 (JWT encoding)
 */
export const signJwtVcJson = async (
  document: JsonObject,
  signer: Signer,
  { created }: { readonly created: Date },
): Promise<string> => {
  const { validFrom = created.toISOString(), validUntil, ...rest } = document
  const payload: JsonObject = {
    ...member('iss', identifierOf(document.issuer)),
    ...member('sub', onlySubject(document)),
    ...member('jti', identifierOf(document.id)),
    ...member('nbf', secondOf(validFrom)),
    iat: seconds(created.getTime()),
    ...member('exp', secondOf(validUntil)),
    vc: {
      ...rest,
      ...member('credentialStatus', single(rest.credentialStatus)),
      '@context': contextsOf(document),
      issuanceDate: validFrom,
      ...member('expirationDate', validUntil),
    },
  }
  return signCompactJws({ header: HEADER, payload: JSON.stringify(payload), signer })
}

const ENVELOPE = /^data:application\/[^,]+,/

// VCDM 1.1 has no envelopes: a token stands for itself.
const credentialOf = (credential: Json): Json => {
  const id = isJsonObject(credential) ? credential.id : undefined
  return typeof id === 'string' && ENVELOPE.test(id) ? id.replace(ENVELOPE, '') : credential
}

/**
 * Secures a presentation as a `jwt_vp_json` token, for one challenge and one audience.
 * @throws TypeError when the document is not one of VCDM 2.0
 */
export const signJwtVpJson = async (
  document: JsonObject,
  signer: Signer,
  options: { readonly challenge: string; readonly audience: string; readonly created: Date; readonly expires?: Date },
): Promise<string> => {
  const now = seconds(options.created.getTime())
  const { verifiableCredential, ...rest } = document
  const payload: JsonObject = {
    ...member('iss', identifierOf(document.holder)),
    ...member('jti', identifierOf(document.id)),
    aud: options.audience,
    nonce: options.challenge,
    nbf: now,
    iat: now,
    ...(options.expires ? { exp: seconds(options.expires.getTime()) } : {}),
    vp: {
      ...rest,
      '@context': contextsOf(document),
      verifiableCredential: asArray(verifiableCredential).map(credentialOf),
    },
  }
  return signCompactJws({ header: HEADER, payload: JSON.stringify(payload), signer })
}
