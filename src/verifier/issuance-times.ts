import { parseDateTime } from '../codec/date-time.js'
import type { JsonObject } from '../core/json.js'
import type { ReadCredential } from '../formats/input.js'

const MILLISECONDS = 1000

const moment = (value: unknown): readonly number[] => {
  const parsed = typeof value === 'string' ? parseDateTime(value) : undefined
  return parsed === undefined ? [] : [parsed]
}

const ofProofs = (proofs: readonly JsonObject[], keyId: string | undefined): readonly number[] =>
  proofs
    .filter(({ verificationMethod }) => keyId === undefined || verificationMethod === keyId)
    .flatMap(({ created }) => moment(created))

/**
 * When a credential says it was issued: the times of its proofs (by one key, if asked) or of its token, else the first
 * moment of its validity. The credential's own word, no more: see `keyVerdict` for what it is worth.
 */
export const issuanceTimes = (input: ReadCredential, keyId?: string): readonly number[] => {
  const { issuedAt } = input.token ?? {}
  const stated = issuedAt === undefined ? ofProofs(input.proofs, keyId) : [issuedAt * MILLISECONDS]
  return stated.length > 0 ? stated : moment(input.document.validFrom)
}

/** The one time that trust is judged by: the earliest, or another where the credential states none. */
export const issuedAt = (input: ReadCredential, otherwise: number): number => {
  const times = issuanceTimes(input)
  return times.length > 0 ? Math.min(...times) : otherwise
}
