// Controls (terminal escapes among them), bidirectional marks and isolates, zero-width and other invisible characters.
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u115f\u1160\u17b4\u17b5\u3164\uffa0]/gu
// More marks on one letter than any orthography uses.
const HEAPED_MARKS = /(\p{M}{4})\p{M}+/gu

const visible = (character: string): string =>
  `\u27e8U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}\u27e9`

/**
 * Text from outside, fit to be shown on one line: characters that are invisible, reorder others or steer a terminal are
 * replaced by a visible mark such as `⟨U+202E⟩`, and heaps of combining marks are cut. The text itself stays as signed;
 * this is only for showing it.
 */
export const toDisplayText = (text: string): string => text.replace(INVISIBLE, visible).replace(HEAPED_MARKS, '$1')
