import type { JsonObject } from '../../../core/json.js'
import type { IdentityRequest } from '../../../systems/identity-provider.js'

/** The trust framework that checks are made under: the UK digital identity and attributes trust framework. */
export const TRUST_FRAMEWORK = 'UK_TFIDA'

/** The schemes of a scheme's name: `DBS_RTW` is both. */
export const schemesOf = (type: string): readonly ('RTW' | 'DBS')[] =>
  type.split('_').filter((name): name is 'RTW' | 'DBS' => name === 'RTW' || name === 'DBS')

// The published objectives; that Enhanced stands for Standard too is an inference from both needing high confidence.
const OBJECTIVES = { M: 'BASIC', H: 'ENHANCED' } as const

// Inferred: an identity is asked for as DBS does, because right to work alone brings no address, nor high confidence.
const schemeFor = ({ types, confidence }: IdentityRequest): JsonObject => {
  const dbs = confidence === 'H' || types.some((type) => type !== 'RightToWork')
  const name = [...(dbs ? ['DBS'] : []), ...(types.includes('RightToWork') ? ['RTW'] : [])].join('_')
  return { type: name, ...(dbs ? { objective: OBJECTIVES[confidence] } : {}) }
}

/** The body that begins a session. */
export const sessionRequest = (request: IdentityRequest, life: number, subjectId: string): JsonObject => ({
  client_session_token_ttl: life,
  // A name that is nobody's: it comes back with the result, and must not identify the person.
  subject: { subject_id: subjectId },
  identity_profile_requirements: { trust_framework: TRUST_FRAMEWORK, scheme: schemeFor(request) },
  // Nothing of the biometrics is to be kept for YOTI's own purposes.
  block_biometric_consent: true,
  sdk_config: { success_url: request.returnUrl, error_url: request.returnUrl },
})
