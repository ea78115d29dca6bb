import { sha256 } from '#runtime'
import { toHex } from '../codec/hex.js'
import { canonicalizeJson } from '../codec/jcs.js'
import { encodeUtf8 } from '../codec/utf8.js'
import { asJsonObject } from '../core/json.js'
import type { CheckName } from '../core/outcome.js'
import type { FormatName } from '../formats/input.js'
import type { SignatureAlgorithm } from '../ports/signer.js'
import { policyFaults } from './policy-faults.js'

/** A check that a policy may skip. Never `format`, never `signature`. */
export type SkippableCheck = Exclude<CheckName, 'format' | 'signature'>

/** What makes a credential of one type suitable for the work at hand. It never changes a verdict. */
export interface TypeRequirements {
  /** Most days since the claims were checked or earned. */
  readonly maximumAge?: number
  /** The level that is needed: the same word, or a number at least as high. */
  readonly requiredLevel?: string
  /** The workforce that a disclosure must cover. */
  readonly requiredWorkforce?: string
  /** For each subject, the most months since it was last earned. */
  readonly refreshPeriods?: Readonly<Record<string, number>>
}

/** How a verifier judges. Plain JSON, so that it can be filed beside the reports that name its digest. */
export interface Policy {
  readonly name: string
  /** Checks that may turn out not to apply. A check that does not apply, and is not named here, rejects. */
  readonly mayBeAbsent: readonly CheckName[]
  /** Checks not to make, each with the sentence that says why; every report repeats it. */
  readonly skip: Readonly<Partial<Record<SkippableCheck, string>>>
  /**
   * Whose key must have signed. `issuer`: the issuer's own, listed or of its DID. `domain`: as `issuer`, or, of a listed
   * https issuer, a key of the did:web of the same host. `certificate`: that of a certificate which leads to an anchor of
   * yours and names the issuer. `proofOnly`: any key that the proof names.
   */
  readonly issuerBinding: 'issuer' | 'domain' | 'certificate' | 'proofOnly'
  /** `exact`: the very context list that our types have. `anyKnown`: any list of contexts that are bundled or supplied. */
  readonly contexts: 'exact' | 'anyKnown'
  /** Whether a presentation must hold the identity credential that binds the others to one person. */
  readonly identityCredential: 'required' | 'waived'
  /** The formats to take, of credentials and of presentations; by default every format that we read. */
  readonly formats?: readonly FormatName[]
  /**
   * The signature algorithms to take, of issuers and of holders; by default every algorithm that we verify. A
   * cryptosuite with several passes only where all of them do.
   */
  readonly algorithms?: readonly SignatureAlgorithm[]
  /** What the work at hand asks of each type. */
  readonly suitability?: Readonly<Record<string, TypeRequirements>>
}

const NHS: Policy = {
  name: 'nhs',
  mayBeAbsent: ['holderBinding'],
  skip: {},
  issuerBinding: 'issuer',
  contexts: 'exact',
  identityCredential: 'required',
}

const NOT_ASKED = 'This policy looks at the proof alone:'

const W3C_PROOF_ONLY: Policy = {
  name: 'w3c-proof-only',
  mayBeAbsent: ['validityPeriod'],
  skip: {
    issuerTrust: `${NOT_ASKED} whether the issuer may be believed was not asked.`,
    schema: `${NOT_ASKED} what the credential says was not compared with any schema.`,
    status: `${NOT_ASKED} whether the credential was revoked or suspended was not asked.`,
    holderBinding: `${NOT_ASKED} whether the presenter is the subject was not asked.`,
  },
  issuerBinding: 'proofOnly',
  contexts: 'anyKnown',
  identityCredential: 'waived',
}

// OpenID4VC High Assurance Interoperability Profile 1.0: SD-JWT VC, ES256, issuers by certificate, holders by their key.
const HAIP: Policy = {
  name: 'haip',
  mayBeAbsent: [],
  skip: {},
  issuerBinding: 'certificate',
  contexts: 'exact',
  identityCredential: 'waived',
  formats: ['dc+sd-jwt', 'sd-jwt+kb'],
  algorithms: ['ES256'],
}

const ENTRA: Policy = {
  name: 'entra',
  mayBeAbsent: ['holderBinding'],
  skip: {
    schema:
      'Microsoft Entra Verified ID names no schema: whoever reads the claims must know what each contract puts there.',
  },
  issuerBinding: 'issuer',
  contexts: 'exact',
  identityCredential: 'waived',
  formats: ['jwt_vc_json', 'jwt_vp_json'],
  algorithms: ['EdDSA', 'ES256', 'ES256K'],
}

const GOVUK: Policy = {
  name: 'govuk',
  mayBeAbsent: ['holderBinding'],
  skip: {},
  issuerBinding: 'domain',
  contexts: 'exact',
  identityCredential: 'required',
  formats: ['vc+jwt', 'vp+jwt'],
  algorithms: ['ES256'],
}

/**
 * The presets. `nhs` asks everything, of every format. `w3c-proof-only` asks whether a W3C credential is well formed,
 * properly signed by the key its proof names, and within its dates; it says nothing about who signed, and no staff
 * decision may rest on it. `haip`, `entra` and `govuk` take the formats of one ecosystem, on its terms.
 */
export const POLICIES = { nhs: NHS, 'w3c-proof-only': W3C_PROOF_ONLY, haip: HAIP, entra: ENTRA, govuk: GOVUK } as const

/**
 * Reads a policy, strictly: every member known, every skip a sentence.
 *
 * ```ts
 * import { POLICIES, parsePolicy } from 'staff-passport/verify'
 *
 * const annualAudit = parsePolicy({
 *   ...POLICIES.nhs,
 *   name: 'annual audit',
 *   skip: { holderBinding: 'The audit reads archived credentials; nobody presents them.' },
 * })
 * ```
 *
 * @throws TypeError naming every fault at once
 */
export const parsePolicy = (json: unknown): Policy => {
  const faults = policyFaults(json)
  if (faults.length > 0) throw new TypeError(`The policy is not one: ${faults.join('; ')}`)
  return structuredClone(json) as Policy
}

/** SHA-256 of the policy's RFC 8785 form, in hexadecimal: the same judgement has the same digest. */
export const policyDigest = (policy: Policy): string =>
  toHex(sha256(encodeUtf8(canonicalizeJson(asJsonObject(policy)))))
