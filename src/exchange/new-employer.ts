import { SCHEMAS } from '../credentials/generated/schemas.js'
import type { CredentialTypeName } from '../credentials/rows.js'
import type { RequestedCredential } from './wallet-exchange.js'

/** A post, as far as it decides what its employer has to check. */
export interface Post {
  /** Whether only members of a regulated profession may do it. */
  readonly regulated: boolean
  /** Whether the law lets its employer ask for a criminal record check. */
  readonly dbsEligible: boolean
  /** Whether whoever does it is near patients. */
  readonly patientContact: boolean
}

/** What to ask of a holder beside what the post decides. */
export interface NewEmployerOptions {
  /** Types that the holder may answer without; the rest must be shown. */
  readonly optional?: readonly CredentialTypeName[]
  /** Issuers to accept; by default any that your trust list names for the type. */
  readonly issuers?: readonly string[]
}

type Need = (post: Post) => boolean

const always: Need = () => true
const NEEDED: readonly (readonly [CredentialTypeName, Need])[] = [
  // The six NHS Employment Check Standards,
  ['Identity', always],
  ['RightToWork', always],
  ['ProfessionalRegistration', ({ regulated }) => regulated],
  ['EmploymentHistory', always],
  ['DisclosureAndBarringService', ({ dbsEligible }) => dbsEligible],
  ['OccupationalHealth', always],
  // and what else need not be done again.
  ['Immunisation', ({ patientContact }) => patientContact],
  ['CoreSkill', always],
]
// Of these people hold several.
const SEVERAL: readonly CredentialTypeName[] = ['CoreSkill', 'EmploymentHistory', 'Immunisation']

/** The claims that every credential of a type has: a check needs those, and no more. */
const claimsOf = (type: CredentialTypeName): readonly string[] => SCHEMAS[`${type}/claims`]?.required ?? []

/**
 * The credentials that a new employer needs before somebody starts: those of the NHS Employment Check Standards that the
 * post calls for, and the core skills that need not be learnt again; of each the claims that it always has, and no
 * other. Pass it to {@link WalletExchange.request}, or change it first: it is a list like any other.
 *
 * ```ts
 * import { credentialsForNewEmployer } from 'staff-passport/exchange'
 *
 * const credentials = credentialsForNewEmployer(
 *   { regulated: true, dbsEligible: true, patientContact: true },
 *   { optional: ['Immunisation'] },
 * )
 * console.log(credentials.map(({ type }) => type).join())
 * ```
 */
export const credentialsForNewEmployer = (
  post: Post,
  { optional = [], issuers }: NewEmployerOptions = {},
): readonly RequestedCredential[] => {
  for (const name of ['regulated', 'dbsEligible', 'patientContact'] as const)
    if (typeof post?.[name] !== 'boolean') throw new TypeError(`post.${name} must be true or false: it has no default`)
  return NEEDED.filter(([, isNeeded]) => isNeeded(post)).map(([type]) => ({
    type,
    claims: claimsOf(type),
    ...(issuers ? { issuers } : {}),
    ...(optional.includes(type) ? { optional: true } : {}),
    ...(SEVERAL.includes(type) ? { several: true } : {}),
  }))
}
