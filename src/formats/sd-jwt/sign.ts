import { parseDateTime } from '../../codec/date-time.js'
import { parseDid } from '../../codec/did.js'
import { asArray, isJsonObject, type Json, type JsonObject } from '../../core/json.js'
import { rowForTypes } from '../../credentials/rows.js'
import { didCarriedKey } from '../../crypto/did-carried-key.js'
import { signCompactJws } from '../../crypto/sign-compact-jws.js'
import type { Signer } from '../../ports/signer.js'
import { identifierOf } from '../shape.js'
import { pack } from './pack.js'
import { PASSED_ON } from './to-document.js'
import { vctOf } from './vct.js'

/** What an SD-JWT is signed with. */
export interface SdJwtSigning {
  readonly created: Date
  /** JSON pointers into the document: what the holder may withhold. */
  readonly disclosable?: readonly string[]
  /** The `status` claim of an SD-JWT VC. */
  readonly status?: JsonObject
}

const SECOND = 1000

const seconds = (name: string, moment: Json | undefined): JsonObject => {
  const time = typeof moment === 'string' ? parseDateTime(moment) : undefined
  return time === undefined ? {} : { [name]: Math.floor(time / SECOND) }
}

const subjectId = (document: JsonObject): string | undefined => identifierOf(asArray(document.credentialSubject)[0])

/** The key that the credential is bound to: the one that the subject's DID carries, or the DID (RFC 7800). */
const confirmation = (document: JsonObject): JsonObject => {
  const subject = subjectId(document)
  const did = subject === undefined ? undefined : parseDid(subject)
  if (!did || subject === undefined) return {}
  const jwk = didCarriedKey(subject)
  if (!jwk) return { cnf: { kid: subject } }
  const { kty, crv, x, y } = jwk
  return { cnf: { jwk: { kty, crv, x, ...(y === undefined ? {} : { y }) } } }
}

const SAID_ELSEWHERE = [
  '@context',
  'id',
  'type',
  'issuer',
  'validFrom',
  'validUntil',
  'credentialSubject',
  'credentialSchema',
]

const refuseUnsayable = (document: JsonObject): void => {
  const known = [...SAID_ELSEWHERE, ...PASSED_ON]
  if (Object.keys(document).some((name) => !known.includes(name)) || asArray(document.credentialSubject).length !== 1)
    throw new TypeError('An SD-JWT VC cannot say all that this document says')
}

const issuerClaims = ({ issuer }: JsonObject): JsonObject => ({
  iss: identifierOf(issuer) ?? '',
  ...(isJsonObject(issuer) && issuer.name !== undefined ? { issuer_name: issuer.name } : {}),
})

const vctFor = (document: JsonObject): string => {
  const types = asArray(document.type).filter((type): type is string => typeof type === 'string')
  const row = rowForTypes(types)
  return row ? vctOf(row) : (types.find((type) => type !== 'VerifiableCredential') ?? 'VerifiableCredential')
}

const passedOn = (document: JsonObject): JsonObject =>
  Object.fromEntries(PASSED_ON.flatMap((name) => (document[name] === undefined ? [] : [[name, document[name]]])))

const payloadOf = (document: JsonObject, { created, status }: SdJwtSigning): JsonObject => {
  const [subject] = asArray(document.credentialSubject)
  const { id, ...claims } = isJsonObject(subject) ? subject : {}
  return {
    ...issuerClaims(document),
    ...(document.id === undefined ? {} : { jti: document.id }),
    vct: vctFor(document),
    ...(id === undefined ? {} : { sub: id }),
    iat: Math.floor(created.getTime() / SECOND),
    ...seconds('nbf', document.validFrom),
    ...seconds('exp', document.validUntil),
    ...confirmation(document),
    ...(status === undefined ? {} : { status }),
    ...claims,
    ...passedOn(document),
  }
}

const SUBJECT = '/credentialSubject'

const compact = async (header: JsonObject, payload: JsonObject, pointers: readonly string[], signer: Signer) => {
  const packed = pack(payload, pointers)
  const token = await signCompactJws({ header, payload: JSON.stringify(packed.payload), signer })
  return [token, ...packed.disclosures, ''].join('~')
}

/**
 * Secures a credential as an SD-JWT VC, `dc+sd-jwt`: the same facts in that format's own words, the claims that may be
 * withheld as digests, bound to the key of the subject's DID.
 * @throws TypeError when the document says what an SD-JWT VC cannot, or a pointer leads to nothing
 * @see SD-JWT-based Verifiable Credentials, section 3
 */
export const signSdJwtVc = (document: JsonObject, signer: Signer, options: SdJwtSigning): Promise<string> => {
  refuseUnsayable(document)
  const pointers = (options.disclosable ?? []).map((pointer) =>
    pointer.startsWith(`${SUBJECT}/`) ? pointer.slice(SUBJECT.length) : pointer,
  )
  return compact({ typ: 'dc+sd-jwt' }, payloadOf(document, options), pointers, signer)
}

const W3C = {
  credential: { header: { typ: 'vc+sd-jwt', cty: 'vc' }, by: 'issuer' },
  presentation: { header: { typ: 'vp+sd-jwt', cty: 'vp' }, by: 'holder' },
} as const

/**
 * Secures a credential or a presentation of VCDM 2.0 as an SD-JWT, `vc+sd-jwt` or `vp+sd-jwt`.
 * @throws TypeError when a pointer leads to nothing
 * @see Securing Verifiable Credentials using JOSE and COSE, section 3.2
 */
export const signW3cSdJwt = (document: JsonObject, signer: Signer, options: SdJwtSigning): Promise<string> => {
  const { header, by } = W3C[asArray(document.type).includes('VerifiablePresentation') ? 'presentation' : 'credential']
  const signedBy = identifierOf(document[by])
  const payload = {
    ...document,
    // A party that may itself be withheld is not named a second time.
    ...(signedBy === undefined || options.disclosable?.includes(`/${by}`) ? {} : { iss: signedBy }),
    iat: Math.floor(options.created.getTime() / SECOND),
    ...seconds('exp', document.validUntil),
    ...confirmation(document),
  }
  return compact(header, payload, options.disclosable ?? [], signer)
}
