const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Text as UTF-8 bytes. */
export const encodeUtf8 = (text: string): Uint8Array => encoder.encode(text)

/** UTF-8 bytes as text; `undefined` when they are not valid UTF-8 or begin with a byte order mark. */
export const decodeUtf8 = (bytes: Uint8Array): string | undefined => {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return undefined
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}
