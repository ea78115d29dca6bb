import { isDate } from '../codec/date-time.js'
import { isJsonObject, type Json, type JsonObject } from '../core/json.js'
import { blockedBy, type CheckResult, type Fault, failed, inconclusive, passed, skipped } from '../core/outcome.js'
import type { CredentialTypeRow } from '../credentials/define.js'
import { subjectsOf } from './case.js'
import type { Policy } from './policy.js'
import type { Verdict } from './report.js'

/** A credential of a presentation, as far as it could be read, and what was made of it. */
export interface PresentedCredential {
  readonly verdict: Verdict
  readonly document?: JsonObject
  readonly row?: CredentialTypeRow
}

const IDENTITY = 'Identity'
// The names under which the published types carry the same facts about a person.
const BIRTH_DATES = ['birthDate', 'dateOfBirth', 'passportDateOfBirth', 'personalDetailsBirthDate']
const GIVEN_NAMES = ['legalFirstName', 'firstName']
const SURNAMES = ['legalSurname', 'lastName']

interface Person {
  readonly uniqueIdentifiers: readonly Json[]
  readonly birthDates: readonly Json[]
  readonly givenNames: readonly Json[]
  readonly surnames: readonly Json[]
}

const claimsOf = ({ document, row }: PresentedCredential): readonly JsonObject[] => {
  if (!document || !row) return []
  return subjectsOf(document).flatMap((subject) => {
    const claims = subject[row.claimsKey]
    return isJsonObject(claims) ? [claims] : []
  })
}

const valuesOf = (objects: readonly JsonObject[], names: readonly string[]): readonly Json[] =>
  objects.flatMap((object) => names.flatMap((name) => object[name] ?? []))

const personOf = (credential: PresentedCredential): Person => {
  const claims = claimsOf(credential)
  return {
    uniqueIdentifiers: valuesOf(credential.document ? subjectsOf(credential.document) : [], ['uniqueIdentifier']),
    // Where a type allows a literal such as `Not Available`, nothing is claimed.
    birthDates: valuesOf(claims, BIRTH_DATES).filter((value) => typeof value === 'string' && isDate(value)),
    givenNames: valuesOf(claims, GIVEN_NAMES),
    surnames: valuesOf(claims, SURNAMES),
  }
}

const agree = (mine: readonly Json[], theirs: readonly Json[]): boolean =>
  mine.every((value) => theirs.some((other) => other === value))

// A binding that is not stated binds nothing: an absent unique identifier differs; an absent birth date is not a claim.
const isSame = (identity: Person, other: Person): boolean =>
  other.uniqueIdentifiers.length > 0 &&
  agree(other.uniqueIdentifiers, identity.uniqueIdentifiers) &&
  agree(other.birthDates, identity.birthDates)

const spelling = (values: readonly Json[]): readonly Json[] =>
  values.map((value) => (typeof value === 'string' ? value.normalize('NFC').trim().toLocaleLowerCase('en') : value))

const hasOtherName = (identity: Person, other: Person): boolean =>
  !agree(spelling(other.givenNames), spelling(identity.givenNames)) ||
  !agree(spelling(other.surnames), spelling(identity.surnames))

const at = (index: number, code: string): Fault => ({ path: `/credentials/${index}`, code })

const isIdentity = ({ row }: PresentedCredential): boolean => row?.type === IDENTITY

const identityStanding = (identities: readonly PresentedCredential[]): CheckResult | undefined => {
  if (identities.length === 0) return failed('holderBinding.identityMissing')
  if (identities.some(({ verdict }) => verdict === 'rejected')) return failed('holderBinding.identityNotAccepted')
  return identities.some(({ verdict }) => verdict === 'undecided')
    ? inconclusive('holderBinding.identityNotAccepted')
    : undefined
}

const WAIVED = 'The policy waives the identity credential, and there is none to compare with.'

/**
 * Are all credentials about the person of the identity credential? The unique identifier and the birth date must be
 * the same; a differing name is a warning, because people marry and register under other names.
 */
export const checkSamePerson = (
  credentials: readonly PresentedCredential[],
  policy: Policy,
  isPresenterProven: boolean,
): CheckResult => {
  const identities = credentials.filter(isIdentity)
  const [first] = identities
  if (!first && policy.identityCredential === 'waived') return skipped(WAIVED)
  const people = credentials.map(personOf)
  const identity = first ? personOf(first) : undefined
  const others = identity ? people.flatMap((other, index) => (isSame(identity, other) ? [] : index)) : []
  if (others.length > 0) {
    const code = 'holderBinding.identityMismatch'
    return failed(
      code,
      {},
      others.map((index) => at(index, code)),
    )
  }
  // Nothing is accepted that nobody proved to present: that says nothing about the identity credential itself.
  if (first && !isPresenterProven) return blockedBy('holderBinding')
  const standing = identityStanding(identities)
  if (standing || !identity) return standing ?? failed('holderBinding.identityMissing')
  const renamed = people.flatMap((other, index) => (hasOtherName(identity, other) ? [index] : []))
  return passed(
    renamed.length === 0
      ? { credentials: credentials.length }
      : {
          credentials: credentials.length,
          warnings: renamed.map((index) => ({ path: `/credentials/${index}`, code: 'holderBinding.nameDiffers' })),
        },
  )
}
