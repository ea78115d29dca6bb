import { doubleMetaphone } from 'double-metaphone'
import { distance } from 'fastest-levenshtein'
import { foldName } from '../codec/fold-name.js'

/**
 * How names are compared. `similar`: as the Trainee Information System does, part by part, allowing for spelling and
 * sound. `equal`: as the elfh Hub does, letter by letter but for case.
 */
export type NameMatching = 'similar' | 'equal'

// Published by the Trainee Information System.
const ALIKE = 0.8
const ALIKE_WHERE_IT_SOUNDS_THE_SAME = 0.5

// Longer than any name of a person; what is compared grows with the square of it.
const MOST_PARTS = 12
const MOST_LETTERS = 200

// One text for one name, however its accents are written.
const folded = (name: string): string => name.normalize('NFC').trim().toLocaleLowerCase('en')

/** How alike two texts are by their Levenshtein distance: from 0, nothing in common, to 1, the same. */
export const similarity = (a: string, b: string): number => {
  const longest = Math.max(a.length, b.length)
  return longest === 0 ? 1 : 1 - distance(a, b) / longest
}

/** Whether two words sound the same by their first Double Metaphone codes; a word without a code sounds like none. */
export const soundsTheSame = (a: string, b: string): boolean => {
  const [code] = doubleMetaphone(a)
  return code !== '' && code === doubleMetaphone(b)[0]
}

const isAlike = (a: string, b: string): boolean => {
  const degree = similarity(a, b)
  return degree >= ALIKE || (degree >= ALIKE_WHERE_IT_SOUNDS_THE_SAME && soundsTheSame(a, b))
}

const partsOf = (name: string): readonly string[] => foldName(name).split(' ').filter(Boolean)

// Each part of the shorter name needs one of its own in the longer: a second forename may be missing, not another.
const areSimilar = (a: string, b: string): boolean => {
  const [fewer = [], more = []] = [partsOf(a), partsOf(b)].sort((one, other) => one.length - other.length)
  if (fewer.length === 0 || more.length > MOST_PARTS) return false
  const left = [...more]
  return fewer.every((part) => {
    const at = left.findIndex((other) => isAlike(part, other))
    if (at >= 0) left.splice(at, 1)
    return at >= 0
  })
}

const areEqual = (a: string, b: string): boolean => folded(a) !== '' && folded(a) === folded(b)

const WAYS: Readonly<Record<NameMatching, (a: string, b: string) => boolean>> = {
  similar: areSimilar,
  equal: areEqual,
}

/** Whether two names may be one person's name. A name without a letter is nobody's. */
export const matchNames = (a: string, b: string, matching: NameMatching): boolean =>
  a.length <= MOST_LETTERS && b.length <= MOST_LETTERS && WAYS[matching](a, b)
