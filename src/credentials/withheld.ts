import type { JsonObject } from '../core/json.js'

/** Claims that say of themselves whether something was looked for that their holder may have withheld. */
export interface WatchedClaims {
  readonly claims: JsonObject
  /** Whether a claim was asked for that is not there and may have been withheld. */
  readonly missed: () => boolean
}

/**
 * Watches what is looked for in claims from which some may have been withheld: what is concluded from a missing claim
 * would then be no conclusion.
 * @param withholdable names of the claims that may have been withheld
 */
export const watchClaims = (claims: JsonObject, withholdable: readonly string[]): WatchedClaims => {
  let missed = false
  const note = (name: string | symbol): void => {
    if (typeof name === 'string' && !Object.hasOwn(claims, name) && withholdable.includes(name)) missed = true
  }
  const watched = new Proxy(claims, {
    get: (target, name) => {
      note(name)
      return Reflect.get(target, name)
    },
    has: (target, name) => {
      note(name)
      return Reflect.has(target, name)
    },
    getOwnPropertyDescriptor: (target, name) => {
      note(name)
      return Reflect.getOwnPropertyDescriptor(target, name)
    },
  })
  return { claims: watched, missed: () => missed }
}
