// Controls, lone surrogates, line and paragraph separators; what turns the direction of writing; and what nobody sees.
const UNUSABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u
const VISIBLE = /[^\p{Z}\p{M}\p{Cf}]/u

/** The longest name of a person or an organisation that we take. */
const NAME_CHARACTERS = 500
/** The longest name that a caller may give to what is to happen once. */
const KEY_CHARACTERS = 1_000

/**
 * Whether a text reads the same to everybody: something to see, in as many characters as may be, and no control, direction or
 * invisible character. Joiners, which Persian and Indic names need, may stand in it.
 */
export function isPlainText(text: unknown, most: number = NAME_CHARACTERS): text is string {
  return typeof text === 'string' && text.length <= most && VISIBLE.test(text) && !UNUSABLE.test(text)
}

/**
 * A caller's name for what is to happen once, as it is kept: one text for one name, however its accents were typed.
 * @throws TypeError when it is no plain text of at most a thousand characters
 */
export function plainKey(key: unknown): string {
  if (!isPlainText(key, KEY_CHARACTERS))
    throw new TypeError(
      `idempotencyKey must be a text of 1 to ${KEY_CHARACTERS} characters, without control characters`,
    )
  return key.normalize('NFC')
}
