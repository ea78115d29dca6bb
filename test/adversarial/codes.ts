/**
 * What each token of the adversarial catalogue is called here. A token may have several of our codes, because the
 * catalogue names families and we name reasons. Codes are those of `src/core/codes.ts`; a row's test says which of
 * them it expects when it matters.
 */
export const CODES = {
  SP_ALG_NOT_ALLOWED: ['format.algorithmNotAllowed', 'signature.keyMismatch'],
  SP_KEY_REJECTED: ['key.rejected', 'signature.keyRejected', 'format.keyInHeader'],
  SP_KEY_PURPOSE: ['signature.keyPurpose'],
  SP_DUPLICATE_MEMBER: ['format.duplicateMember'],
  SP_NOT_CANONICAL: ['format.notCanonical'],
  SP_TYP_MISMATCH: ['format.typeMismatch'],
  SP_LIMIT_EXCEEDED: [
    'format.tooLarge',
    'format.tooDeep',
    'signature.tooComplex',
    'status.listTooLarge',
    'fetch.tooLarge',
    'fetch.timeout',
    'key.fileMalformed',
  ],
  SP_CONTEXT_NOT_ALLOWED: ['format.contextNotAllowed'],
  SP_SCHEMA: ['schema.invalid', 'schema.type', 'schema.enum', 'schema.const', 'schema.pattern', 'schema.shape'],
  SP_ISSUER_UNTRUSTED: [
    'issuerTrust.unknownIssuer',
    'issuerTrust.typeNotAllowed',
    'issuerTrust.notAllowedAtTime',
    'issuerTrust.organisationNotOpen',
  ],
  SP_CONFLICT: ['issuerTrust.listRolledBack', 'status.listRolledBack'],
  SP_EXPIRED: ['validityPeriod.expired', 'issuerTrust.listExpired', 'signature.proofExpired'],
  SP_NOT_YET_VALID: ['validityPeriod.notYetValid'],
  SP_FETCH_BLOCKED: ['fetch.blocked'],
  SP_FETCH_FAILED: ['fetch.failed', 'fetch.timeout'],
  SP_REGISTER_CORRUPT: ['store.corrupt'],
  SP_STORE_LOCKED: ['store.locked'],
  SP_HOLDER_BINDING: [
    'holderBinding.presentationMalformed',
    'holderBinding.signatureInvalid',
    'holderBinding.challengeMismatch',
    'holderBinding.audienceMismatch',
    'holderBinding.notTheSubject',
    'holderBinding.subjectMissing',
    'holderBinding.stale',
  ],
  CRYPTOGRAPHIC_SECURITY_ERROR: ['signature.invalid', 'format.keyInHeader'],
  PARSING_ERROR: [
    'format.malformed',
    'format.notJson',
    'format.notUtf8',
    'format.unknown',
    'format.criticalHeader',
    'format.proofMissing',
  ],
  MALFORMED_VALUE_ERROR: [
    'format.malformed',
    'format.forbiddenMember',
    'format.unsafeNumber',
    'format.invalidDateTime',
    'format.invalidIdentifier',
    'schema.format',
    'schema.invalid',
    'status.indexMalformed',
    'status.entryMalformed',
    'validityPeriod.malformed',
    'validityPeriod.missing',
  ],
  DATA_LOSS_DETECTION_ERROR: ['signature.undefinedTerm'],
  PROOF_VERIFICATION_ERROR: [
    'signature.invalid',
    'signature.proofMalformed',
    'signature.keyPurpose',
    'signature.keyNotFound',
    'holderBinding.signatureInvalid',
  ],
  INVALID_DOMAIN_ERROR: ['holderBinding.audienceMismatch'],
  INVALID_CHALLENGE_ERROR: ['holderBinding.challengeMismatch'],
  INVALID_DID: ['signature.didInvalid', 'format.invalidIdentifier'],
  INVALID_DID_DOCUMENT: ['signature.didDocumentInvalid'],
  RANGE_ERROR: ['status.indexOutOfRange', 'status.indexMalformed'],
  STATUS_LIST_LENGTH_ERROR: ['status.listTooShort'],
  SP_AMBIGUOUS_MATCH: ['matching.ambiguous'],
  SP_IMPORT_ROW: [
    'import.date',
    'import.columns',
    'import.cellTooLarge',
    'import.characters',
    'import.heading',
    'import.encoding',
  ],
  STATUS_RETRIEVAL_ERROR: ['status.listUnavailable', 'status.listMalformed'],
  STATUS_VERIFICATION_ERROR: [
    'status.purposeMismatch',
    'status.listIssuerNotAllowed',
    'status.listSignatureInvalid',
    'status.listExpired',
    'status.listNotYetValid',
    'status.listRolledBack',
  ],
} as const satisfies Record<string, readonly string[]>

/** A token of the catalogue that has a code here. */
export type Token = keyof typeof CODES

/** Tokens of groups that have no code in this version, with the group that will bring them. */
export const TOKENS_OF_LATER_GROUPS: Readonly<Record<string, string>> = {
  SP_REPLAY: 'L (OpenID4VP sessions)',
}
