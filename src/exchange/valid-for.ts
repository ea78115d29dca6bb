import { EXCHANGE_LIMITS } from '../core/limits.js'

/** Whether a value is a time for which an offer or a request may stay open. */
export function isValidFor(seconds: unknown): seconds is number {
  return Number.isSafeInteger(seconds) && Number(seconds) > 0 && Number(seconds) <= EXCHANGE_LIMITS.validForSeconds
}

/** @throws TypeError unless it is whole seconds, at most a year of them */
export function checkValidFor(seconds: unknown): void {
  if (!isValidFor(seconds))
    throw new TypeError(`validForSeconds must be whole seconds, at most ${EXCHANGE_LIMITS.validForSeconds}`)
}
