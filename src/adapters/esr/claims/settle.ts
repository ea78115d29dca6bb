import { isPlaceholderDate } from '../../../codec/date-time.js'
import type { CheckCode, ErrorCode } from '../../../core/codes.js'
import type { Json, JsonObject } from '../../../core/json.js'
import type { ClaimsByType } from '../../../credentials/generated/claims.js'
import type { CredentialTypeName } from '../../../credentials/rows.js'
import { validateClaims } from '../../../credentials/validate.js'
import type { ColumnName, RecordType } from '../generic-outbound/layout.js'
import type { RestColumn, RestRecordType } from '../rest/resources.js'

/** A kind of record, of the files or of the interface alone. */
export type EsrRecordType = RecordType | RestRecordType
type Column<Type extends EsrRecordType> =
  | (Type extends RecordType ? ColumnName<Type> : never)
  | (Type extends RestRecordType ? RestColumn<Type> : never)
type Values<Type extends EsrRecordType> = { readonly [Name in Column<Type>]?: string | undefined }

/** A claim that a record does not give, and why. Never holds what stood in the record. */
export interface ClaimGap {
  readonly claim: string
  /** The record that it would come from; absent where you give it yourself. */
  readonly type?: EsrRecordType
  readonly column?: string
  readonly code: ErrorCode | CheckCode
}

/** Claims that a record gives, with what was left out of them; or what it lacks for there to be any. */
export type MappedClaims<Claims> =
  | { readonly claims: Claims; readonly omitted: readonly ClaimGap[] }
  | { readonly claims?: never; readonly refused: readonly ClaimGap[] }

/** A value to be, and where it comes from. */
export interface Sourced {
  readonly value?: Json
  readonly type?: EsrRecordType
  readonly column?: string
  /** Why there is none, although the column is not empty. */
  readonly code?: ErrorCode
}

/** What stands in a column, read as `read` says; what it cannot read has the code. */
export const take = <Type extends EsrRecordType>(
  type: Type,
  values: Values<Type> | undefined,
  column: Column<Type>,
  read: (text: string) => Json | undefined = (text) => text,
  unreadable: ErrorCode = 'import.lookup',
): Sourced => {
  const text = values?.[column]
  const value = text === undefined ? undefined : read(text)
  if (value !== undefined) return { value, type, column }
  return { type, column, ...(text === undefined ? {} : { code: unreadable }) }
}

/** What you say yourself. */
export const given = (value: Json | undefined): Sourced => (value === undefined ? {} : { value })

/** The first of several that has a value. */
export const firstOf = (first: Sourced, ...others: readonly Sourced[]): Sourced =>
  [first, ...others].find(({ value }) => value !== undefined) ?? first

type Draft = Readonly<Record<string, Sourced>>

const claimsOf = (draft: Draft, without: ReadonlyMap<string, unknown>): JsonObject => {
  const claims: Record<string, Json> = {}
  for (const [claim, { value }] of Object.entries(draft))
    if (value !== undefined && !isPlaceholderDate(value) && !without.has(claim)) claims[claim] = value
  return claims
}

const claimAt = (path: string): string => path.split('/')[1] ?? ''

const REQUIRED = 'schema.required'

/** The claims whose value has not the shape that the schema of the type gives it, with the code of the fault. */
const misshapen = (type: CredentialTypeName, draft: Draft): ReadonlyMap<string, CheckCode> => {
  const faults = validateClaims(type, claimsOf(draft, new Map())).filter(({ code }) => code !== REQUIRED)
  return new Map(faults.map(({ path, code }) => [claimAt(path), code as CheckCode]))
}

/**
 * Makes claims of a draft. A value that the schema of the type does not take is left out where the claim is optional, and
 * refuses the whole where it is not.
 */
export const settle = <Type extends CredentialTypeName>(type: Type, draft: Draft): MappedClaims<ClaimsByType[Type]> => {
  const bad = misshapen(type, draft)
  const claims = claimsOf(draft, bad)
  const gap = (claim: string): ClaimGap => {
    const { type: record, column, code } = draft[claim] ?? {}
    const where = record && column ? { type: record, column } : {}
    return { claim, ...where, code: bad.get(claim) ?? code ?? 'import.missing' }
  }
  const missing = validateClaims(type, claims).map(({ path }) => claimAt(path))
  if (missing.length > 0) return { refused: missing.map(gap) }
  const unreadable = Object.keys(draft).filter((claim) => draft[claim]?.code !== undefined)
  // Validated just now.
  return { claims: claims as unknown as ClaimsByType[Type], omitted: [...unreadable, ...bad.keys()].map(gap) }
}

/** Refuses because of what stands in one column. */
export const refuse = (claim: string, type: EsrRecordType, column: string, code: ErrorCode) => ({
  refused: [{ claim, type, column, code }],
})
