import type { JsonObject } from '../../core/json.js'
import { CREDENTIAL_CONTEXTS } from '../../credentials/build.js'
import type { CredentialTypeRow } from '../../credentials/define.js'
import { displayOf, type TypeDisplay } from '../../credentials/display.js'
import { CREDENTIAL_ROWS, type CredentialTypeName } from '../../credentials/rows.js'
import { vctOf } from '../../formats/sd-jwt/vct.js'
import { credentialFormat, type IssuingFormat } from '../../formats/sign.js'
import type { SignatureAlgorithm } from '../../ports/signer.js'

/** Keys that holders may prove, by the names of their algorithms. */
export const PROOF_ALGORITHMS: readonly SignatureAlgorithm[] = ['ES256', 'EdDSA', 'ES384']

/** How OpenID4VCI names our formats; `vc+jwt` and `vc+sd-jwt` of VCDM 2.0 are extensions of ours to it. */
export const wireFormat = (format: IssuingFormat): string => {
  const read = credentialFormat(format).format
  return read === 'data-integrity' ? 'ldp_vc' : read
}

/** The name of what is offered: a type in a format, such as `RightToWork_dc+sd-jwt`. */
export const configurationId = (type: CredentialTypeName, format: IssuingFormat): string => `${type}_${format}`

const definition = (row: CredentialTypeRow, wire: string): JsonObject => {
  if (wire === 'dc+sd-jwt') return { vct: vctOf(row) }
  const type = ['VerifiableCredential', row.type]
  return { credential_definition: wire === 'jwt_vc_json' ? { type } : { '@context': CREDENTIAL_CONTEXTS, type } }
}

const localised = (texts: { readonly en: string; readonly cy: string }, more: (text: string) => JsonObject) => [
  { ...more(texts.en), locale: 'en-GB' },
  { ...more(texts.cy), locale: 'cy' },
]

const displays = ({ name, description, card }: TypeDisplay, logo: string | undefined): JsonObject['display'] =>
  (['en', 'cy'] as const).map((language) => ({
    name: name[language],
    description: description[language],
    locale: language === 'en' ? 'en-GB' : 'cy',
    background_color: card.backgroundColour,
    text_color: card.textColour,
    ...(logo === undefined ? {} : { logo: { uri: logo } }),
  }))

const claims = ({ claims: known }: TypeDisplay, wire: string): JsonObject['claims'] =>
  known.map(({ path, label, mandatory }) => ({
    path: wire === 'dc+sd-jwt' ? path : ['credentialSubject', ...path],
    mandatory,
    display: localised(label, (name) => ({ name })),
  }))

/** What one configuration is made of. */
export interface ConfigurationOptions {
  readonly algorithm: SignatureAlgorithm
  /** https, or a data URL. */
  readonly logo?: string
  /** Whether wallets may bring a provider's word for their keys. */
  readonly attestations: boolean
}

const proofTypes = (attestations: boolean): JsonObject => {
  const row = { proof_signing_alg_values_supported: PROOF_ALGORITHMS }
  return { jwt: row, ...(attestations ? { attestation: row } : {}) }
}

const suiteOf = (format: IssuingFormat, algorithm: SignatureAlgorithm): string => {
  if (wireFormat(format) !== 'ldp_vc') return algorithm
  return format === 'data-integrity' ? (algorithm === 'EdDSA' ? 'eddsa-rdfc-2022' : 'ecdsa-rdfc-2019') : format
}

/**
 * A type in a format, as issuer metadata describes it, in English and Welsh.
 * @see OpenID for Verifiable Credential Issuance 1.0, section 12.2.4 and appendix A
 */
export const credentialConfiguration = (
  type: CredentialTypeName,
  format: IssuingFormat,
  { algorithm, logo, attestations }: ConfigurationOptions,
): JsonObject => {
  const wire = wireFormat(format)
  const display = displayOf(type)
  return {
    format: wire,
    scope: configurationId(type, format),
    ...definition(CREDENTIAL_ROWS[type], wire),
    cryptographic_binding_methods_supported: [...(wire === 'dc+sd-jwt' ? ['jwk'] : []), 'did:key', 'did:jwk'],
    credential_signing_alg_values_supported: [suiteOf(format, algorithm)],
    proof_types_supported: proofTypes(attestations),
    credential_metadata: {
      display: displays(display, logo) ?? [],
      claims: claims(display, wire) ?? [],
    },
  }
}
