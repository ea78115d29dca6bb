import type { FormatName, ReadInput, SignatureFinding, SignatureOptions } from './input.js'
import { verifySdJwt } from './sd-jwt/verify.js'
import { verifyJwt } from './vc-jwt/verify.js'

type VerifyFormat = (input: ReadInput, options: SignatureOptions) => Promise<SignatureFinding>

// Of no use to who never meets a proof.
let dataIntegrity: typeof import('./data-integrity/verify.js') | undefined

const verifyDataIntegrity: VerifyFormat = async (input, options) => {
  dataIntegrity ??= await import('./data-integrity/verify.js')
  return dataIntegrity.verifyDataIntegrity(input, options)
}

const VERIFIERS: Record<FormatName, VerifyFormat> = {
  'data-integrity': verifyDataIntegrity,
  'vc+jwt': verifyJwt,
  'vp+jwt': verifyJwt,
  'vc+sd-jwt': verifySdJwt,
  'dc+sd-jwt': verifySdJwt,
  'vp+sd-jwt': verifySdJwt,
  'sd-jwt+kb': verifySdJwt,
  jwt_vc_json: verifyJwt,
  jwt_vp_json: verifyJwt,
}

/**
 * Checks the signature of anything that passed the front door. Every proof has to hold. Asks `findKey` for keys and
 * decides nothing about trust.
 */
export const verifySignature = (input: ReadInput, options: SignatureOptions): Promise<SignatureFinding> =>
  VERIFIERS[input.format](input, options)
