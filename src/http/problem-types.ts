import type { CheckCode } from '../core/codes.js'

const DATA_MODEL = 'https://www.w3.org/TR/vc-data-model#'
const DATA_INTEGRITY = 'https://w3id.org/security#'
const STATUS_LIST = 'https://www.w3.org/ns/credentials/status-list#'
const OURS = 'https://w3id.org/staff-passport/codes#'

const PARSING = `${DATA_MODEL}PARSING_ERROR`
const MALFORMED = `${DATA_MODEL}MALFORMED_VALUE_ERROR`
const RANGE = `${DATA_MODEL}RANGE_ERROR`
const STATUS = `${STATUS_LIST}STATUS_VERIFICATION_ERROR`

// Where a specification has a name for it. What no specification names keeps our own.
const BY_CODE: Partial<Record<CheckCode, string>> = {
  'format.notUtf8': PARSING,
  'format.notJson': PARSING,
  'format.duplicateMember': PARSING,
  'format.forbiddenMember': PARSING,
  'format.tooDeep': PARSING,
  'format.tooLarge': PARSING,
  'format.loneSurrogate': PARSING,
  'format.unsafeNumber': PARSING,
  'format.unknown': PARSING,
  'format.malformed': PARSING,
  'format.proofMissing': PARSING,
  'signature.undefinedTerm': `${DATA_INTEGRITY}DATA_LOSS_DETECTION_ERROR`,
  'signature.proofMalformed': `${DATA_INTEGRITY}PROOF_VERIFICATION_ERROR`,
  'signature.baseProof': `${DATA_INTEGRITY}PROOF_VERIFICATION_ERROR`,
  'signature.chainBroken': `${DATA_INTEGRITY}PROOF_VERIFICATION_ERROR`,
  'holderBinding.challengeMismatch': `${DATA_INTEGRITY}INVALID_CHALLENGE_ERROR`,
  'holderBinding.audienceMismatch': `${DATA_INTEGRITY}INVALID_DOMAIN_ERROR`,
  'status.entryMalformed': `${STATUS_LIST}MALFORMED_VALUE_ERROR`,
  'status.indexMalformed': `${STATUS_LIST}MALFORMED_VALUE_ERROR`,
  'status.indexOutOfRange': `${STATUS_LIST}RANGE_ERROR`,
  'status.listUnavailable': `${STATUS_LIST}STATUS_RETRIEVAL_ERROR`,
  'status.listTooShort': `${STATUS_LIST}STATUS_LIST_LENGTH_ERROR`,
  'status.listMalformed': STATUS,
  'status.listTooLarge': STATUS,
  'status.listSignatureInvalid': STATUS,
  'status.listIssuerNotAllowed': STATUS,
  'status.listExpired': STATUS,
  'status.listNotYetValid': STATUS,
  'status.purposeMismatch': STATUS,
}

const BY_AREA: Readonly<Record<string, string>> = {
  format: MALFORMED,
  schema: MALFORMED,
  validityPeriod: RANGE,
}

const SIGNATURE = {
  proof: `${DATA_INTEGRITY}PROOF_VERIFICATION_ERROR`,
  token: `${DATA_MODEL}CRYPTOGRAPHIC_SECURITY_ERROR`,
} as const

/** Problems of the request itself. */
export const REQUEST_PROBLEMS = {
  parsing: PARSING,
  malformed: MALFORMED,
  unknownOption: 'https://www.w3.org/TR/vcalm#UNKNOWN_OPTION_PROVIDED',
  proofGeneration: `${DATA_INTEGRITY}PROOF_GENERATION_ERROR`,
} as const

/**
 * The type of a problem, by the code of ours that stands behind it: the word of a specification where one has it.
 * @param securedBy what the input was secured by, if that is known
 * @see Verifiable Credentials Data Model 2.0, section 7.2; Data Integrity 1.0, section 4.7; Bitstring Status List 1.0,
 *   section 3.5
 */
export const problemType = (code: string, securedBy: 'proof' | 'token' = 'token'): string => {
  const area = code.split('.', 1)[0] ?? ''
  const known = BY_CODE[code as CheckCode] ?? BY_AREA[area]
  if (known !== undefined) return known
  return area === 'signature' ? SIGNATURE[securedBy] : `${OURS}${code}`
}
