import type { BasicConstraints, Certificate, GeneralName, GeneralNames } from 'pkijs'
import { isJsonObject } from '../../core/json.js'
import type { PublicKeyJwk } from '../../ports/signer.js'

// RFC 5280, section 4.2.1.
const BASIC_CONSTRAINTS = '2.5.29.19'
const KEY_USAGE = '2.5.29.15'
const SUBJECT_ALTERNATIVE_NAME = '2.5.29.17'

const extension = (certificate: Certificate, id: string): unknown =>
  certificate.extensions?.find(({ extnID }) => extnID === id)?.parsedValue

/** The public key of a certificate; `undefined` for a kind of key that has no JWK. */
export const keyOfCertificate = (certificate: Certificate): PublicKeyJwk | undefined => {
  try {
    const jwk: unknown = certificate.subjectPublicKeyInfo.toJSON()
    if (!isJsonObject(jwk)) return undefined
    const { kty, crv, x, y } = jwk
    if (typeof kty !== 'string' || typeof crv !== 'string' || typeof x !== 'string') return undefined
    return { kty, crv, x, ...(typeof y === 'string' ? { y } : {}) }
  } catch {
    return undefined
  }
}

interface Bits {
  readonly valueBlock: { readonly valueHexView: Uint8Array }
}

const DIGITAL_SIGNATURE = 0x80

/** Whether the certificate is for signatures, and not an authority's (RFC 5280, sections 4.2.1.3 and 4.2.1.9). */
export const maySign = (certificate: Certificate): boolean => {
  const constraints = extension(certificate, BASIC_CONSTRAINTS) as BasicConstraints | undefined
  const usage = extension(certificate, KEY_USAGE) as Bits | undefined
  const isForSignatures = usage === undefined || ((usage.valueBlock.valueHexView[0] ?? 0) & DIGITAL_SIGNATURE) !== 0
  return isForSignatures && constraints?.cA !== true
}

const NAME_CONSTRAINTS = '2.5.29.30'
// What the chain's engine or this file judges. RFC 5280, 4.2: any other that is critical must be refused.
const UNDERSTOOD = [BASIC_CONSTRAINTS, KEY_USAGE, SUBJECT_ALTERNATIVE_NAME, NAME_CONSTRAINTS]

const isUnderstood = (certificate: Certificate): boolean =>
  (certificate.extensions ?? []).every(({ critical, extnID }) => !critical || UNDERSTOOD.includes(extnID))

const mayHaveBelow = (certificate: Certificate, below: number): boolean => {
  const constraints = extension(certificate, BASIC_CONSTRAINTS) as BasicConstraints | undefined
  const most = constraints?.pathLenConstraint
  return most === undefined || (typeof most === 'number' && below <= most)
}

/**
 * What the engine leaves out: critical extensions that nobody here understands, and how many authorities may follow one
 * another (RFC 5280, sections 4.2 and 4.2.1.9).
 * @param path from the signer's certificate to the anchor
 */
export const isPathAllowed = (path: readonly Certificate[]): boolean =>
  path.every(isUnderstood) && path.slice(1).every((authority, below) => mayHaveBelow(authority, below))

const DNS_NAME = 2
const URI = 6

const namesOf = (certificate: Certificate): readonly GeneralName[] =>
  (extension(certificate, SUBJECT_ALTERNATIVE_NAME) as (GeneralNames & { altNames?: GeneralName[] }) | undefined)
    ?.altNames ?? []

const WEB = 'did:web:'

/** The host that an identifier belongs to; `undefined` for one that belongs to none. */
const hostOf = (issuer: string): string | undefined => {
  // A port is written as %3A, and no host has another escape.
  if (issuer.startsWith(WEB)) return issuer.slice(WEB.length).split(/:|%3A/i, 1)[0]
  return issuer.startsWith('https://') && URL.canParse(issuer) ? new URL(issuer).hostname : undefined
}

/** Whether the certificate names the issuer: by its host, or by its whole identifier. No wildcards. */
export const mayBeIssuers = (certificate: Certificate, issuer: string): boolean => {
  const host = hostOf(issuer)
  return namesOf(certificate).some(
    ({ type, value }) =>
      (type === URI && value === issuer) ||
      (type === DNS_NAME && host !== undefined && typeof value === 'string' && value.toLowerCase() === host),
  )
}
