/**
 * The token in a text or a file, which may end its one line. Any other white space is no part of a token, and would let the
 * same token be written in many ways (RFC 7515, section 3.1).
 */
export function tokenIn(text: string): string {
  return text.replace(/\r?\n$/, '')
}
