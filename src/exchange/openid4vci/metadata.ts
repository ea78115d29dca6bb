import type { JsonObject } from '../../core/json.js'
import { configurationId, credentialConfiguration, PROOF_ALGORITHMS } from './configurations.js'
import { RESPONSE_ENCRYPTION } from './encryption.js'
import { issuerMetadata, serverMetadata } from './messages.js'
import type { Openid4vciSettings } from './settings.js'

const PRE_AUTHORIZED = 'urn:ietf:params:oauth:grant-type:pre-authorized_code'

const configurations = (settings: Openid4vciSettings): JsonObject => {
  const { types, formats, algorithm, display, attesters } = settings
  const logo = display.logo === undefined ? {} : { logo: display.logo }
  const options = { algorithm, ...logo, attestations: attesters.length > 0 }
  return Object.fromEntries(
    types.flatMap((type) =>
      formats.map((format) => [configurationId(type, format), credentialConfiguration(type, format, options)]),
    ),
  )
}

/**
 * The credential issuer's metadata.
 * @see OpenID for Verifiable Credential Issuance 1.0, section 12.2
 */
export const credentialIssuerMetadata = (settings: Openid4vciSettings): JsonObject => {
  const { url, display, batchSize } = settings
  const shown = { name: display.name, ...(display.logo === undefined ? {} : { logo: { uri: display.logo } }) }
  return issuerMetadata({
    credential_issuer: url,
    credential_endpoint: `${url}/credential`,
    nonce_endpoint: `${url}/nonce`,
    deferred_credential_endpoint: `${url}/deferred`,
    notification_endpoint: `${url}/notification`,
    credential_response_encryption: {
      alg_values_supported: RESPONSE_ENCRYPTION.algorithms,
      enc_values_supported: RESPONSE_ENCRYPTION.contents,
      encryption_required: false,
    },
    ...(batchSize > 1 ? { batch_credential_issuance: { batch_size: batchSize } } : {}),
    display: ['en-GB', 'cy'].map((locale) => ({ ...shown, locale })),
    credential_configurations_supported: configurations(settings),
  })
}

/** The authorization server's metadata; it is the credential issuer itself. @see RFC 8414, section 2 */
export const authorizationServerMetadata = (settings: Openid4vciSettings): JsonObject => {
  const { url, signIn, attesters, requireClientAttestation } = settings
  const algorithms = { dpop_signing_alg_values_supported: PROOF_ALGORITHMS }
  const grants = { grant_types_supported: [PRE_AUTHORIZED, ...(signIn ? ['authorization_code'] : [])] }
  const common = {
    issuer: url,
    token_endpoint: `${url}/token`,
    token_endpoint_auth_methods_supported: [
      ...(attesters.length > 0 ? ['attest_jwt_client_auth'] : []),
      ...(requireClientAttestation ? [] : ['none']),
    ],
    'pre-authorized_grant_anonymous_access_supported': !requireClientAttestation,
    response_types_supported: ['code'],
    ...grants,
    ...algorithms,
  }
  if (!signIn) return serverMetadata(common)
  return serverMetadata({
    ...common,
    authorization_endpoint: `${url}/authorize`,
    pushed_authorization_request_endpoint: `${url}/par`,
    require_pushed_authorization_requests: true,
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
  })
}
