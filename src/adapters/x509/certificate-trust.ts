import { Certificate, CertificateChainValidationEngine } from 'pkijs'
import { sha256 } from '#runtime'
import { toHex } from '../../codec/hex.js'
import type { CertificateAnswer, CertificateQuestion, CertificateTrust } from '../../ports/certificate-trust.js'
import { isPathAllowed, keyOfCertificate, mayBeIssuers, maySign } from './certificate.js'

/** What certificates are judged by. */
export interface CertificateTrustOptions {
  /** The certificates of authorities that you trust, given to you out of band: PEM, one or several in each text. */
  readonly anchors: readonly string[]
}

const decodeBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (character) => character.charCodeAt(0))

const parse = (base64: string): Certificate => Certificate.fromBER(decodeBase64(base64))

const PEM = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g

const parseAnchors = (anchors: readonly string[]): readonly Certificate[] => {
  const bodies = anchors.flatMap((text) => [...text.matchAll(PEM)].map(([, body = '']) => body.replace(/\s/g, '')))
  try {
    if (bodies.length > 0) return bodies.map(parse)
  } catch {
    // Said below.
  }
  throw new TypeError('anchors must hold certificates as PEM')
}

const digestOf = (certificate: Certificate): string => toHex(sha256(new Uint8Array(certificate.toSchema(true).toBER())))

const parseChain = (chain: readonly string[]): readonly Certificate[] | undefined => {
  try {
    return chain.map(parse)
  } catch {
    return undefined
  }
}

const isAmong = (certificate: Certificate, others: readonly Certificate[]): boolean =>
  others.some((other) => digestOf(other) === digestOf(certificate))

const no = (code: Exclude<CertificateAnswer, { ok: true }>['code']): CertificateAnswer => ({ ok: false, code })

/** The anchor at the end of a valid path; `undefined` when there is no such path. */
const anchorOf = async (
  chain: readonly Certificate[],
  anchors: readonly Certificate[],
  at: number,
): Promise<Certificate | undefined> => {
  // The engine takes the signer's certificate last, and has states of its own: one for each question.
  const engine = new CertificateChainValidationEngine({
    trustedCerts: [...anchors],
    certs: [...chain].reverse(),
    checkDate: new Date(at),
  })
  const { result, certificatePath } = await engine.verify()
  const path = certificatePath ?? []
  const end = path.at(-1)
  return result && end && isAmong(end, anchors) && isPathAllowed(path) ? end : undefined
}

const judge = async (
  chain: readonly string[],
  question: CertificateQuestion,
  anchors: readonly Certificate[],
): Promise<CertificateAnswer> => {
  const certificates = parseChain(chain)
  const [signer] = certificates ?? []
  const publicKeyJwk = signer && keyOfCertificate(signer)
  if (!certificates || !signer || !publicKeyJwk) return no('signature.certificateMalformed')
  // HAIP 1.0, section 6.1.1: no self-signed signer, and the anchor is not sent along.
  if (certificates.some((certificate) => isAmong(certificate, anchors))) return no('signature.certificateUntrusted')
  const anchor = await anchorOf(certificates, anchors, question.at).catch(() => undefined)
  if (!anchor || !maySign(signer)) return no('signature.certificateUntrusted')
  if (!mayBeIssuers(signer, question.issuer)) return no('signature.certificateNotIssuers')
  return { ok: true, publicKeyJwk, certificate: digestOf(signer), anchor: digestOf(anchor) }
}

/**
 * Trusts the keys of certificates that lead to an anchor of yours: what a verifier needs whose policy binds issuers by
 * `certificate`, such as `POLICIES.haip`. The certificate must be for signatures, no authority's own, in force at the
 * moment asked about, and name the issuer: the host of its https identifier or did:web as a DNS name, or the identifier
 * itself as a URI. Revocation of certificates is not asked: the trust list says who may issue.
 *
 * ```ts
 * import { createCertificateTrust } from 'staff-passport/x509'
 *
 * const trusting = (pem: string) => createCertificateTrust({ anchors: [pem] })
 * ```
 *
 * @throws TypeError when an anchor is no certificate
 * @see RFC 5280, section 6; OpenID4VC High Assurance Interoperability Profile 1.0
 */
export const createCertificateTrust = (options: CertificateTrustOptions): CertificateTrust => {
  const anchors = parseAnchors(options.anchors)
  return { portVersion: 1, keyOf: (chain, question) => judge([...chain], { ...question }, anchors) }
}
