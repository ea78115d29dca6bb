import type { CredentialTypeName } from '../../credentials/rows.js'
import { isCredentialTypeName } from '../../credentials/rows.js'
import type { PresentationRequest, RequestedCredential } from '../wallet-exchange.js'
import type { EntraSettings } from './settings.js'

/** What a claim must say, without regard to upper and lower case: one of `values`, `contains` and `startsWith`. */
export type EntraConstraint = { readonly claimName: string } & (
  | { readonly values: readonly string[]; readonly contains?: never; readonly startsWith?: never }
  | { readonly contains: string; readonly values?: never; readonly startsWith?: never }
  | { readonly startsWith: string; readonly values?: never; readonly contains?: never }
)

/** That the holder shows their face, and that it is the one on the photograph in the credential. */
export interface EntraFaceCheck {
  readonly sourcePhotoClaimName: string
  /** How sure Entra has to be, 50 to 100; by default 70. */
  readonly matchConfidenceThreshold?: number
}

/** A credential to ask a holder for, with what Entra can ask besides. */
export interface EntraRequestedCredential extends RequestedCredential {
  /** All of them must hold. */
  readonly constraints?: readonly EntraConstraint[]
  readonly faceCheck?: EntraFaceCheck
  /** Whether the issuer must have proved that its domain is its own. */
  readonly validateLinkedDomain?: boolean
}

/** What to ask a holder for, with what Entra can ask besides. */
export interface EntraPresentationRequest extends PresentationRequest {
  readonly credentials: readonly EntraRequestedCredential[]
}

/** What was asked of one credential, with every default filled in. */
export interface Question {
  readonly type: CredentialTypeName
  readonly issuers: readonly string[]
  readonly claims?: readonly string[]
  readonly constraints: readonly EntraConstraint[]
  readonly faceCheck?: Required<EntraFaceCheck>
  readonly validateLinkedDomain: boolean
}

const THRESHOLD = { least: 50, usual: 70, most: 100 }
const OPERANDS = ['values', 'contains', 'startsWith'] as const
const FORMAT = 'jwt_vc_json'

const unable = (why: string): never => {
  throw new TypeError(why)
}

const isConstraint = (constraint: EntraConstraint): boolean => {
  const [operand, ...others] = OPERANDS.filter((name) => constraint[name] !== undefined)
  return typeof constraint.claimName === 'string' && operand !== undefined && others.length === 0
}

const faceCheckOf = ({ sourcePhotoClaimName, matchConfidenceThreshold = THRESHOLD.usual }: EntraFaceCheck) => {
  const { least, most } = THRESHOLD
  if (
    !Number.isInteger(matchConfidenceThreshold) ||
    matchConfidenceThreshold < least ||
    matchConfidenceThreshold > most
  )
    return unable(`matchConfidenceThreshold must be ${least} to ${most}`)
  return { sourcePhotoClaimName, matchConfidenceThreshold }
}

const issuersOf = ({ issuers: known }: EntraSettings, { type, issuers }: EntraRequestedCredential) => {
  const accepted = issuers ?? known[type] ?? []
  return accepted.length > 0 ? accepted : unable('Name the issuers to accept: Entra would accept anybody’s credential')
}

const questionOf = (settings: EntraSettings, wanted: EntraRequestedCredential): Question => {
  const { type, claims, formats, constraints = [], faceCheck, validateLinkedDomain = false } = wanted
  if (!isCredentialTypeName(type)) return unable('Each credential must name a type')
  if (wanted.optional || wanted.several) return unable('Entra asks for exactly one credential of each type')
  if (formats && !formats.includes(FORMAT)) return unable('Entra presents jwt_vc_json, and nothing else')
  if (!constraints.every(isConstraint)) return unable('A constraint has a claimName and one operand')
  return {
    type,
    issuers: issuersOf(settings, wanted),
    ...(claims === undefined ? {} : { claims }),
    constraints,
    ...(faceCheck === undefined ? {} : { faceCheck: faceCheckOf(faceCheck) }),
    validateLinkedDomain,
  }
}

/** What a request asks, for each of its credentials. @throws TypeError for what Entra cannot ask */
export const questionsOf = (
  settings: EntraSettings,
  credentials: readonly EntraRequestedCredential[],
): readonly Question[] => {
  const types = new Set(credentials.map(({ type }) => type))
  if (credentials.length === 0 || types.size !== credentials.length)
    return unable('credentials must hold one or more, each of another type')
  return credentials.map((wanted) => questionOf(settings, wanted))
}
