import { digestText, randomBytes } from '#runtime'
import { encodeBase64 } from '../../codec/base64.js'
import type { JsonObject } from '../../core/json.js'
import { randomBelow } from '../../ports/status-list-laws.js'
import { newSecret } from '../book/handles.js'

const TEN = 10

/** A transaction code of so many digits, at random. */
export const newPin = (length: number): string =>
  Array.from({ length }, () => String(randomBelow(TEN, randomBytes))).join('')

/**
 * A transaction code as Entra takes it: hashed behind a salt, so that it stands in no log of a request.
 * @see Request Service REST API, issuance: `pin`
 */
export const hashedPin = (pin: string): JsonObject => {
  const salt = newSecret()
  return {
    value: encodeBase64(digestText('SHA-256', salt + pin)),
    type: 'numeric',
    length: pin.length,
    salt,
    alg: 'sha256',
    iterations: 1,
  }
}
