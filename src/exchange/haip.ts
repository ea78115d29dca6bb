import type { Openid4vciOptions } from './openid4vci/settings.js'
import type { Openid4vpOptions } from './openid4vp/settings.js'

/**
 * What an issuer sets to keep to the high-assurance profile: SD-JWT VC, pushed requests with PKCE, tokens bound to a key,
 * attested wallets. Beside it belong `attesters`, `wallets` and `signIn`, an issuer whose signer has a certificate chain, and
 * offers with `proof: 'signIn'`.
 * @see OpenID4VC High Assurance Interoperability Profile 1.0, section 4
 */
export const HAIP_ISSUER = {
  formats: ['dc+sd-jwt'],
  requireDpop: true,
  requireClientAttestation: true,
  linkScheme: 'haip-vci://',
} as const satisfies Partial<Openid4vciOptions>

/**
 * What a verifier sets to keep to the high-assurance profile: SD-JWT VC, encrypted answers. Beside it belongs
 * `client: { prefix: 'x509_hash', signer }` with a certificate chain, and a verifier by `POLICIES.haip`.
 * @see OpenID4VC High Assurance Interoperability Profile 1.0, section 5
 */
export const HAIP_VERIFIER = {
  formats: ['dc+sd-jwt'],
  encrypt: true,
  linkScheme: 'haip-vp://',
} as const satisfies Partial<Openid4vpOptions>
