import { webcrypto } from 'node:crypto'
import { BitString, Integer, Utf8String } from 'asn1js'
import { AttributeTypeAndValue, BasicConstraints, Certificate, Extension, GeneralName, GeneralNames } from 'pkijs'
import type { PublicKeyJwk } from '../../src/ports/signer.js'

const { subtle } = webcrypto
const P256 = { name: 'ECDSA', namedCurve: 'P-256' }

/** An authority, or anybody else with a certificate and its private key. */
export interface CertificateHolder {
  readonly name: string
  readonly certificate: Certificate
  readonly privateKey: CryptoKey
}

/** What a certificate is to say. */
export interface CertificateWish {
  readonly name: string
  /** By default a key of its own is made. */
  readonly key?: PublicKeyJwk
  readonly authority?: boolean
  readonly pathLength?: number
  readonly dns?: string
  readonly uri?: string
  /** Bits of the key usage, the first of eight; by default signatures, or signing certificates for an authority. */
  readonly usage?: number
  readonly from?: string
  readonly until?: string
  readonly critical?: string
}

const COMMON_NAME = '2.5.4.3'
let serial = 1

const nameOf = (name: string): AttributeTypeAndValue =>
  new AttributeTypeAndValue({ type: COMMON_NAME, value: new Utf8String({ value: name }) })

const alternativeNames = ({ dns, uri }: CertificateWish): Extension[] => {
  const altNames = [
    ...(dns === undefined ? [] : [new GeneralName({ type: 2, value: dns })]),
    ...(uri === undefined ? [] : [new GeneralName({ type: 6, value: uri })]),
  ]
  if (altNames.length === 0) return []
  return [new Extension({ extnID: '2.5.29.17', extnValue: new GeneralNames({ names: altNames }).toSchema().toBER() })]
}

const extensions = (wish: CertificateWish): Extension[] => {
  const { authority = false, pathLength } = wish
  const usage = wish.usage ?? (authority ? 0x06 : 0x80)
  const constraints = new BasicConstraints({
    cA: authority,
    ...(pathLength === undefined ? {} : { pathLenConstraint: pathLength }),
  })
  return [
    new Extension({ extnID: '2.5.29.19', critical: true, extnValue: constraints.toSchema().toBER() }),
    new Extension({
      extnID: '2.5.29.15',
      critical: true,
      extnValue: new BitString({ valueHex: Uint8Array.of(usage).buffer, unusedBits: 0 }).toBER(),
    }),
    ...alternativeNames(wish),
    ...(wish.critical === undefined
      ? []
      : [new Extension({ extnID: wish.critical, critical: true, extnValue: new Utf8String({ value: 'x' }).toBER() })]),
  ]
}

/** Makes a certificate, signed by an authority or, without one, by itself. */
export const makeCertificate = async (wish: CertificateWish, by?: CertificateHolder): Promise<CertificateHolder> => {
  const own = await subtle.generateKey(P256, true, ['sign', 'verify'])
  const publicKey = wish.key
    ? await subtle.importKey('jwk', { ...wish.key } as JsonWebKey, P256, true, ['verify'])
    : own.publicKey
  const certificate = new Certificate()
  certificate.version = 2
  certificate.serialNumber = new Integer({ value: serial++ })
  certificate.issuer.typesAndValues.push(nameOf(by?.name ?? wish.name))
  certificate.subject.typesAndValues.push(nameOf(wish.name))
  certificate.notBefore.value = new Date(wish.from ?? '2026-01-01T00:00:00Z')
  certificate.notAfter.value = new Date(wish.until ?? '2049-01-01T00:00:00Z')
  certificate.extensions = extensions(wish)
  await certificate.subjectPublicKeyInfo.importKey(publicKey as CryptoKey)
  await certificate.sign((by?.privateKey ?? own.privateKey) as CryptoKey, 'SHA-256')
  return { name: wish.name, certificate, privateKey: own.privateKey as CryptoKey }
}

/** A certificate as `x5c` holds it. */
export const toBase64 = ({ certificate }: CertificateHolder): string =>
  Buffer.from(certificate.toSchema(true).toBER()).toString('base64')

/** A certificate as PEM. */
export const toPem = (holder: CertificateHolder): string =>
  `-----BEGIN CERTIFICATE-----\n${(toBase64(holder).match(/.{1,64}/g) ?? []).join('\n')}\n-----END CERTIFICATE-----\n`
