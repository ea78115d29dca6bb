import { listOf, objectOf, oneOf, type Shape, text, where, whole } from '../entra/shape.js'

const matching = (pattern: RegExp): Shape => where((value) => typeof value === 'string' && pattern.test(value))

const MOST = Number.MAX_SAFE_INTEGER
const seconds = whole(1, MOST)
const single = (item: Shape): Shape =>
  where((value) => Array.isArray(value) && value.length === 1 && item(value[0], '') === undefined)

/** An object that has at least these members. */
const atLeast =
  (members: Readonly<Record<string, Shape>>): Shape =>
  (value, path) => {
    const known = Object.keys(members).map((name) => name.replace('?', ''))
    const some = Object.entries(value ?? {}).filter(([name]) => known.includes(name))
    return objectOf(members)(Object.fromEntries(some), path)
  }

const publicKey = { kty: oneOf('EC'), crv: oneOf('P-256'), x: text, y: text, kid: text, alg: oneOf('ES256') }

/** A set of keys, as an issuer must publish it. */
export const keySetShape: Shape = objectOf({ keys: listOf(objectOf({ ...publicKey, use: oneOf('sig') }), 1) })

/** The header and the claims of a pre-authorized code. */
export const codeHeaderShape: Shape = objectOf({ alg: oneOf('ES256'), typ: oneOf('JWT'), kid: text })
export const codeShape: Shape = objectOf({
  aud: text,
  clientId: text,
  iss: text,
  credential_identifiers: single(text),
  credential_configuration_ids: single(text),
  iat: seconds,
  exp: seconds,
})

const DID = /^did:web:/

/** A DID document, as an issuer must publish it. */
export const didShape: Shape = objectOf({
  '@context': where(
    (value) =>
      JSON.stringify(value) ===
      JSON.stringify(['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/suites/jws-2020/v1']),
  ),
  id: matching(DID),
  verificationMethod: listOf(
    objectOf({
      id: matching(DID),
      type: oneOf('JsonWebKey2020'),
      controller: matching(DID),
      publicKeyJwk: objectOf(publicKey),
    }),
    1,
  ),
  assertionMethod: listOf(matching(DID), 1),
})

const isGovUk = (value: unknown): boolean =>
  typeof value === 'string' && URL.canParse(value) && /^https:\/\/[^/]+\.gov\.uk(?:\/|$)/.test(value)

/** A type of credential, as metadata must describe it. */
export const configurationShape: Shape = atLeast({
  format: oneOf('jwt_vc_json'),
  credential_definition: atLeast({ type: where((value) => Array.isArray(value) && value.length === 2) }),
  cryptographic_binding_methods_supported: where((value) => Array.isArray(value) && value.includes('did:key')),
  credential_signing_alg_values_supported: where((value) => Array.isArray(value) && value.includes('ES256')),
  proof_types_supported: atLeast({
    jwt: atLeast({
      proof_signing_alg_values_supported: where((value) => Array.isArray(value) && value.includes('ES256')),
    }),
  }),
  credential_validity_period_max_days: whole(1, MOST),
  credential_refresh_web_journey_url: where(isGovUk),
})

/** What an issuer says of itself. */
export const metadataShape = (issuer: string, tokenService: string): Shape =>
  atLeast({
    credential_issuer: oneOf(issuer),
    authorization_servers: where((value) => Array.isArray(value) && value.includes(tokenService)),
    credential_endpoint: oneOf(`${issuer}/credential`),
    'notification_endpoint?': oneOf(`${issuer}/notification`),
    credential_configurations_supported: where((value) => typeof value === 'object' && value !== null),
  })

const GRANT = 'urn:ietf:params:oauth:grant-type:pre-authorized_code'

/** What an offer must hold, and nothing else. */
export const offerShape: Shape = objectOf({
  credential_issuer: text,
  credential_configuration_ids: single(text),
  grants: objectOf({ [GRANT]: objectOf({ 'pre-authorized_code': text }) }),
})

const UTC_SECOND = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/
const VCDM_2 = 'https://www.w3.org/ns/credentials/v2'

const isContexts = (value: unknown): boolean =>
  Array.isArray(value) &&
  value[0] === VCDM_2 &&
  value.every((one) => typeof one === 'string') &&
  new Set(value).size === value.length

/** The header and the claims of a credential. */
export const credentialHeaderShape: Shape = objectOf({
  alg: oneOf('ES256'),
  typ: oneOf('vc+jwt'),
  cty: oneOf('vc'),
  kid: matching(/^did:web:[a-z0-9.#\-_:]+$/),
})
export const credentialShape = (expected: { issuer: string; holder: string; type: string }): Shape =>
  atLeast({
    iss: oneOf(expected.issuer),
    issuer: oneOf(expected.issuer),
    sub: oneOf(expected.holder),
    '@context': where(isContexts),
    type: where((value) => JSON.stringify(value) === JSON.stringify(['VerifiableCredential', expected.type])),
    validUntil: matching(UTC_SECOND),
    expectedUpdate: matching(UTC_SECOND),
    'validFrom?': matching(UTC_SECOND),
    'name?': text,
    'description?': text,
    'iat?': seconds,
    'nbf?': seconds,
    'exp?': seconds,
    credentialSubject: atLeast({ id: oneOf(expected.holder) }),
  })
