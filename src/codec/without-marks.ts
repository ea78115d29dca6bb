// Accents of Latin, Greek and Cyrillic, and the points of Hebrew and Arabic, which may be left out. In other scripts, such as
// Devanagari, marks are vowels: without them other names would look the same.
const OPTIONAL_MARKS = /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670]/gu

/** A text without the marks that people leave out: `Ŵyn` is `Wyn`. Compatibility forms are as their plain ones. */
export const withoutMarks = (text: string): string =>
  text.normalize('NFKD').replace(OPTIONAL_MARKS, '').normalize('NFC')
