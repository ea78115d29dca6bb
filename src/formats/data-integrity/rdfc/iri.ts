// An absolute address of ASCII or of the basic plane, of which nothing has to be escaped in N-Quads.
const PLAIN_IRI = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s\u0000-\u0020<>"{}|\\^`\ud800-\udfff]*$/

/** Whether an address is absolute, and written in N-Quads as it is. */
export const isPlainIri = (text: string): boolean => PLAIN_IRI.test(text)

/** The scheme of an absolute address that could be the prefix of a compact one; `undefined` when `//` follows it. */
export const prefixOf = (iri: string): string | undefined => {
  const colon = iri.indexOf(':')
  return iri.startsWith('//', colon + 1) ? undefined : iri.slice(0, colon)
}
