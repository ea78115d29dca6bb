/** An order of texts. */
export type TextOrder = (a: string, b: string) => number

const FIRST_SURROGATE = 0xd800
const LAST_SURROGATE = 0xdfff

// UTF-16 writes what lies above U+FFFF in surrogates, which lie below U+E000.
const rank = (unit: number): number => (unit >= FIRST_SURROGATE && unit <= LAST_SURROGATE ? unit + 0x10000 : unit)

/** The order of Unicode code points, which is that of RDFC-1.0 and not that of JavaScript. */
export const byCodePoints: TextOrder = (a, b) => {
  const length = Math.min(a.length, b.length)
  let index = 0
  while (index < length && a.charCodeAt(index) === b.charCodeAt(index)) index++
  return index === length ? a.length - b.length : rank(a.charCodeAt(index)) - rank(b.charCodeAt(index))
}

/** The order of JavaScript: the same, and faster, for texts without characters above U+FFFF. */
export const byUnits: TextOrder = (a, b) => (a === b ? 0 : a < b ? -1 : 1)

/** Sorts texts in place, by code points. `hasAstral` says whether any may have characters above U+FFFF. */
export const sortTexts = (texts: string[], hasAstral: boolean): string[] =>
  hasAstral ? texts.sort(byCodePoints) : texts.sort()
