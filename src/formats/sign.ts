import type { JsonObject } from '../core/json.js'
import type { Signer } from '../ports/signer.js'
import { signDataIntegrity, signDataIntegrityPresentation } from './data-integrity/sign.js'
import { signJwtCredential, signJwtPresentation } from './vc-jwt/sign.js'

type SignCredential = (
  document: JsonObject,
  signer: Signer,
  options: { readonly created: Date },
) => Promise<JsonObject | string>

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

/** How to sign a credential, by format. */
export const CREDENTIAL_FORMATS: Record<'data-integrity' | 'vc+jwt', SignCredential> = {
  'data-integrity': signDataIntegrity,
  'vc+jwt': signJwtCredential,
}

/** How to sign a presentation, by format. */
export const PRESENTATION_FORMATS: Record<'data-integrity' | 'vp+jwt', SignPresentation> = {
  'data-integrity': signDataIntegrityPresentation,
  'vp+jwt': signJwtPresentation,
}
