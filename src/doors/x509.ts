/** The door for issuers that are known by certificates, as the OpenID high-assurance profile asks. */

export { type CertificateTrustOptions, createCertificateTrust } from '../adapters/x509/certificate-trust.js'
export type { CertificateAnswer, CertificateQuestion, CertificateTrust } from '../ports/certificate-trust.js'
