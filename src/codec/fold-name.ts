import { withoutMarks } from './without-marks.js'

// Longer than any name of a person; comparing takes time with the square of it.
const MOST_LETTERS = 200

// Joiners, direction marks, soft hyphens, and variation selectors: nobody sees them.
const INVISIBLE = /\p{Default_Ignorable_Code_Point}|\p{Cf}/gu

// Apostrophes, quotation marks, primes, accents that stand alone, and modifier letters that look like an apostrophe.
const APOSTROPHES = /['"`´\u02b9-\u02bf\u02c8\u02ca\u02cb\u02ee\u2018-\u201f\u2032-\u2037\uff07\uff40\u055a\u05f3]/gu

const DASHES_AND_SPACES = /[\p{Pd}\u2212\u00ad_\s]+/gu

/**
 * A name as it is compared and searched for, wherever that is done: without case, accents, apostrophes and characters that nobody
 * sees, its words apart by one space whatever stands between them. A text longer than any name is no name, and gives an empty text.
 */
export function foldName(name: string): string {
  if (name.length > MOST_LETTERS) return ''
  return withoutMarks(name.replace(APOSTROPHES, ''))
    .toLowerCase()
    .normalize('NFC')
    .replace(INVISIBLE, '')
    .replace(DASHES_AND_SPACES, ' ')
    .replace(/[^\p{L}\p{M}\p{N} ]/gu, '')
    .replace(/ +/g, ' ')
    .trim()
}

/** Whether two names are one name, however it is written: `O’Example` is `O Example`, and `Smith-Testwell` is `Smith Testwell`. */
export function isSameName(one: string, other: string): boolean {
  const [a, b] = [foldName(one).replaceAll(' ', ''), foldName(other).replaceAll(' ', '')]
  return a !== '' && a === b
}
