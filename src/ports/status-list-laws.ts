import { LIMITS } from '../core/limits.js'

/** Entries in a new list: the least that the specification allows, among which a person is hidden well enough. */
export const LIST_ENTRIES = LIMITS.statusListMinimumEntries

/** Filled so far, a list gets a successor: a random free place is still found at once. */
export const FULL_ENOUGH = 0.75

const NAME_CHARACTERS = 'abcdefghijklmnopqrstuvwxyz234567'
const NAME_LENGTH = 22

/** A random number below `limit`, each equally likely. */
export const randomBelow = (limit: number, randomBytes: (length: number) => Uint8Array): number => {
  const ceiling = 2 ** 32 - (2 ** 32 % limit)
  for (;;) {
    const [a = 0, b = 0, c = 0, d = 0] = randomBytes(4)
    const number = a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d
    if (number < ceiling) return number % limit
  }
}

/** A random name for a list, which tells nothing of its age or use. */
export const randomListName = (randomBytes: (length: number) => Uint8Array): string =>
  Array.from(randomBytes(NAME_LENGTH), (byte) => NAME_CHARACTERS[byte & 31]).join('')
