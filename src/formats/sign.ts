import type { JsonObject } from '../core/json.js'
import type { SignatureAlgorithm, Signer } from '../ports/signer.js'
import { signDataIntegrity, signDataIntegrityPresentation, signWithSuite } from './data-integrity/sign.js'
import { CRYPTOSUITES, type CryptosuiteName } from './data-integrity/suites.js'
import type { ContextDocument, CredentialFormat } from './input.js'
import { signJwtVcJson, signJwtVpJson } from './jwt-vc-json/sign.js'
import { signSdJwtVc, signW3cSdJwt } from './sd-jwt/sign.js'
import { signJwtCredential, signJwtPresentation } from './vc-jwt/sign.js'

/** What a credential is signed with. */
export interface CredentialSigning {
  readonly created: Date
  /** JSON pointers into the document: members that the holder may withhold, in formats that can. */
  readonly disclosable?: readonly string[]
  /** The `status` claim, in formats whose status is not a member of the document. */
  readonly status?: JsonObject
  /** RFC 3339: the `expectedUpdate` claim, in `vc+jwt`. */
  readonly expectedUpdate?: string
  readonly extraContexts?: readonly ContextDocument[]
}

/** Secures a document. */
export type SignCredential = (
  document: JsonObject,
  signer: Signer,
  options: CredentialSigning,
) => Promise<JsonObject | string>

/** A way of securing credentials. */
export interface CredentialFormatRow {
  /** How a reader names it. */
  readonly format: CredentialFormat
  /** Keys that can sign it. */
  readonly algorithms: readonly SignatureAlgorithm[]
  /** Where its status stands: in the document, or in a claim of the token beside it. */
  readonly statusBy: 'credentialStatus' | 'statusClaim'
  readonly sign: SignCredential
}

const inDocument = { statusBy: 'credentialStatus' } as const
const JOSE: readonly SignatureAlgorithm[] = ['EdDSA', 'ES256', 'ES384', 'ES512']

const LINKED_DATA: readonly SignatureAlgorithm[] = ['EdDSA', 'ES256', 'ES384']

const suite = (name: CryptosuiteName): CredentialFormatRow => ({
  format: 'data-integrity',
  algorithms: CRYPTOSUITES[name].algorithms,
  ...inDocument,
  sign: signWithSuite(name),
})

/** Every way of securing a credential. */
export const CREDENTIAL_FORMATS = {
  'data-integrity': { format: 'data-integrity', algorithms: LINKED_DATA, ...inDocument, sign: signDataIntegrity },
  'eddsa-rdfc-2022': suite('eddsa-rdfc-2022'),
  'eddsa-jcs-2022': suite('eddsa-jcs-2022'),
  'ecdsa-rdfc-2019': suite('ecdsa-rdfc-2019'),
  'ecdsa-jcs-2019': suite('ecdsa-jcs-2019'),
  'ecdsa-sd-2023': suite('ecdsa-sd-2023'),
  'vc+jwt': { format: 'vc+jwt', algorithms: JOSE, ...inDocument, sign: signJwtCredential },
  'vc+sd-jwt': { format: 'vc+sd-jwt', algorithms: JOSE, ...inDocument, sign: signW3cSdJwt },
  'dc+sd-jwt': { format: 'dc+sd-jwt', algorithms: JOSE, statusBy: 'statusClaim', sign: signSdJwtVc },
  jwt_vc_json: { format: 'jwt_vc_json', algorithms: ['EdDSA', 'ES256'], ...inDocument, sign: signJwtVcJson },
} as const satisfies Record<string, CredentialFormatRow>

/** The name of a way of securing credentials. `data-integrity` is the linked-data suite that the key can sign. */
export type IssuingFormat = keyof typeof CREDENTIAL_FORMATS

/** The row of a format. */
export const credentialFormat = (name: IssuingFormat): CredentialFormatRow => CREDENTIAL_FORMATS[name]

/** What a presentation is signed for. */
export interface PresentationSigning {
  readonly challenge: string
  readonly audience: string
  readonly created: Date
  readonly expires: Date
}

type SignPresentation = (
  document: JsonObject,
  signer: Signer,
  options: PresentationSigning,
) => Promise<JsonObject | string>

/** How to sign a presentation, by format. */
export const PRESENTATION_FORMATS: Record<'data-integrity' | 'vp+jwt' | 'jwt_vp_json', SignPresentation> = {
  'data-integrity': signDataIntegrityPresentation,
  'vp+jwt': signJwtPresentation,
  jwt_vp_json: signJwtVpJson,
}
