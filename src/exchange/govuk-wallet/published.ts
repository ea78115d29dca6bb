import type { JsonObject } from '../../core/json.js'
import { type GovukPreviousKey, type GovukWalletSettings, keyName } from './settings.js'

const FORMAT = 'jwt_vc_json'

const keysOf = ({ signer, previousKeys }: GovukWalletSettings): readonly GovukPreviousKey[] => [signer, ...previousKeys]

const toJwk = ({ keyId, publicKeyJwk: { kty, crv, x, y = '' } }: GovukPreviousKey): JsonObject => ({
  kty,
  crv,
  x,
  y,
  kid: keyName(keyId),
  alg: 'ES256',
})

/** The keys that codes are signed with. @see GOV.UK Wallet, "Publish your JSON Web Key Set" */
export const keySet = (settings: GovukWalletSettings): JsonObject => ({
  keys: keysOf(settings).map((key) => ({ ...toJwk(key), use: 'sig' })),
})

/**
 * The DID document as GOV.UK Wallet reads it: keys as `JsonWebKey2020`, all of them for assertions, and nothing else.
 * @see GOV.UK Wallet, "Publish your Decentralised Identifier (DID) document"
 */
export const didDocument = (settings: GovukWalletSettings): JsonObject => ({
  '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/suites/jws-2020/v1'],
  id: settings.did,
  verificationMethod: keysOf(settings).map((key) => ({
    id: key.keyId,
    type: 'JsonWebKey2020',
    controller: settings.did,
    publicKeyJwk: toJwk(key),
  })),
  assertionMethod: keysOf(settings).map(({ keyId }) => keyId),
})

const configuration = ({ validityDays, refreshUrl }: GovukWalletSettings, type: string): JsonObject => ({
  // So it is called there; the token's own type is vc+jwt.
  format: FORMAT,
  credential_definition: { type: ['VerifiableCredential', type] },
  cryptographic_binding_methods_supported: ['did:key'],
  credential_signing_alg_values_supported: ['ES256'],
  proof_types_supported: { jwt: { proof_signing_alg_values_supported: ['ES256'] } },
  credential_validity_period_max_days: validityDays,
  credential_refresh_web_journey_url: refreshUrl,
})

/**
 * The credential issuer's metadata: no endpoint for tokens or nonces, which are the token service's.
 * @see OpenID for Verifiable Credential Issuance, draft 14, section 11.2; GOV.UK Wallet, "Publish your credential issuer
 * metadata"
 */
export const issuerMetadata = (settings: GovukWalletSettings): JsonObject => ({
  credential_issuer: settings.url,
  authorization_servers: [settings.environment.tokenService],
  credential_endpoint: `${settings.url}/credential`,
  notification_endpoint: `${settings.url}/notification`,
  credential_configurations_supported: Object.fromEntries(
    settings.types.map((type) => [type, configuration(settings, type)]),
  ),
})
