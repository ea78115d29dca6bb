import { CHECK_CODES } from '../core/codes.js'
import type { ClaimFault } from '../core/errors.js'
import { isJsonObject, type JsonObject } from '../core/json.js'
import type { CredentialTypeRow, Rule, RuleInput } from './define.js'
import type { ShapeFault } from './faults.js'
import { CREDENTIAL_ROWS, type CredentialTypeName } from './rows.js'
import { COMMON_RULES } from './rules/common.js'
import { validateAssurance, validateClaims, validateEvidence, validateUniqueIdentifier } from './validate.js'
import { watchClaims } from './withheld.js'

/** What is to be said about somebody, before anything is signed. */
export interface ClaimParts {
  readonly uniqueIdentifier: unknown
  readonly assurance: unknown
  readonly claims: unknown
  readonly evidence?: unknown
}

/** Faults refuse the credential; warnings do not. */
export interface CheckedClaims {
  readonly faults: readonly ClaimFault[]
  readonly warnings: readonly ClaimFault[]
}

/** A rule that is broken, and where. */
export interface BrokenRule {
  readonly rule: Rule
  readonly path: string
}

/** The rules of a row that apply, broken by valid claims; each as often as it is broken. */
export const checkRules = (row: CredentialTypeRow, input: RuleInput, when: 'issue' | 'both'): readonly BrokenRule[] =>
  [...COMMON_RULES, ...row.rules]
    .filter((rule) => when === 'issue' || rule.when === 'both')
    .flatMap((rule) => rule.check(input).map(({ path }) => ({ rule, path })))

/** What rules say of claims from which some may have been withheld. */
export interface DisclosedRules {
  readonly broken: readonly BrokenRule[]
  /** Codes of rules that looked for what may have been withheld. */
  readonly notAsked: readonly string[]
}

/** As {@link checkRules} when verifying, for claims from which their holder may have withheld some. */
export const checkDisclosedRules = (row: CredentialTypeRow, input: RuleInput): DisclosedRules => {
  const asked = [...COMMON_RULES, ...row.rules]
    .filter(({ when }) => when === 'both')
    .map((rule) => {
      const { claims, missed } = watchClaims(input.claims, row.disclosable)
      const broken = rule.check({ ...input, claims }).map(({ path }) => ({ rule, path }))
      return { rule, broken, missed: missed() }
    })
  return {
    broken: asked.filter(({ missed }) => !missed).flatMap(({ broken }) => broken),
    notAsked: asked.filter(({ missed }) => missed).map(({ rule }) => rule.code),
  }
}

const at = (prefix: string, faults: readonly ShapeFault[]): readonly ClaimFault[] =>
  faults.map(({ path, code, mend }) => ({ path: prefix + path, code, sentence: CHECK_CODES[code].meaning, mend }))

const shape = (type: CredentialTypeName, parts: ClaimParts): readonly ClaimFault[] => {
  const evidence = Array.isArray(parts.evidence) ? parts.evidence : []
  return [
    ...at('/uniqueIdentifier', validateUniqueIdentifier(parts.uniqueIdentifier)),
    ...at('/assurance', validateAssurance(parts.assurance)),
    ...at('/claims', validateClaims(type, parts.claims)),
    ...evidence.flatMap((item, index) => at(`/evidence/${index}`, validateEvidence(item))),
  ]
}

const asFault = ({ rule, path }: BrokenRule): ClaimFault => ({
  path,
  code: rule.code,
  sentence: rule.sentence,
  mend: rule.mend,
})

// Rules look into claims that have their shape; of others only those rules are asked that the faults leave standing.
const ruleInput = (
  parts: ClaimParts,
  context: Pick<RuleInput, 'issuedOn' | 'issuer' | 'dspPortalPolicy'>,
): RuleInput | undefined => {
  const { claims, assurance, evidence } = parts
  if (!isJsonObject(claims) || !isJsonObject(assurance)) return undefined
  return { claims, assurance, evidence: (Array.isArray(evidence) ? evidence : []) as readonly JsonObject[], ...context }
}

const overlaps = (path: string, faults: readonly ClaimFault[]): boolean =>
  faults.some((fault) => path === fault.path || path.startsWith(`${fault.path}/`) || fault.path.startsWith(`${path}/`))

const brokenBy = (
  type: CredentialTypeName,
  input: RuleInput | undefined,
  hasItsShape: boolean,
): readonly BrokenRule[] => {
  if (!input) return []
  try {
    return checkRules(CREDENTIAL_ROWS[type], input, 'issue')
  } catch (error) {
    // A rule met claims without the shape that it relies on; the faults of shape say what to mend first.
    if (!hasItsShape) return []
    throw error
  }
}

/**
 * Checks claims before they are signed: their shape and every rule of their type, all at once. Changes nothing.
 * @returns faults with a JSON pointer into `parts`, a code, a sentence and what mends it; never a value
 */
export const checkClaims = (
  type: CredentialTypeName,
  parts: ClaimParts,
  context: Pick<RuleInput, 'issuedOn' | 'issuer' | 'dspPortalPolicy'>,
): CheckedClaims => {
  if (!Object.hasOwn(CREDENTIAL_ROWS, type)) throw new TypeError('type must be the name of a type in the catalogue')
  const shapeFaults = shape(type, parts)
  const broken = brokenBy(type, ruleInput(parts, context), shapeFaults.length === 0).filter(
    ({ path }) => !overlaps(path, shapeFaults),
  )
  const refused = broken.filter(({ rule }) => rule.force === 'refuse').map(asFault)
  const warnings = broken.filter(({ rule }) => rule.force === 'warn').map(asFault)
  return { faults: [...shapeFaults, ...refused], warnings }
}

/**
 * Checks claims that were shown and accepted: their shape, and the rules that do not ask for what their holder may have withheld.
 * @returns faults, as {@link checkClaims} gives them
 */
export const checkShownClaims = (
  type: CredentialTypeName,
  parts: Pick<ClaimParts, 'claims' | 'assurance'>,
  issuedOn: string,
): readonly ClaimFault[] => {
  const { claims, assurance } = parts
  const row = CREDENTIAL_ROWS[type]
  const isWithheld = ({ code, path }: ShapeFault): boolean =>
    code === 'schema.required' && row.disclosable.includes(path.slice(1))
  const shapeFaults = validateClaims(type, claims).filter((fault) => !isWithheld(fault))
  const faults = [...at('/assurance', validateAssurance(assurance)), ...at('/claims', shapeFaults)]
  if (faults.length > 0 || !isJsonObject(claims) || !isJsonObject(assurance)) return faults
  const { broken } = checkDisclosedRules(row, { claims, assurance, evidence: [], issuedOn })
  return broken.filter(({ rule }) => rule.force === 'refuse').map(asFault)
}
