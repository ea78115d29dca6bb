// What N-Quads escape in a literal (RDF 1.1 N-Quads, canonical form), and the halves of characters above U+FFFF.
const NEEDS_CARE = /["\\\u0000-\u001f\u007f\ud800-\udfff]/
const ESCAPED = /["\\\u0000-\u001f\u007f]/g
const SURROGATE = /[\ud800-\udfff]/

const SHORT: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  '"': '\\"',
  '\\': '\\\\',
}

const escapeCharacter = (character: string): string =>
  SHORT[character] ?? `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`

/** Whether a text can stand in a literal as it is, and sorts as its characters do. */
export const isPlainText = (text: string): boolean => !NEEDS_CARE.test(text)

/** A text as canonical N-Quads write it between quotation marks. */
export const escapeText = (text: string): string => text.replace(ESCAPED, escapeCharacter)

/** Whether a text has characters above U+FFFF. */
export const hasAstral = (text: string): boolean => SURROGATE.test(text)
