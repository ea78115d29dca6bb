import { encodeBase64url } from '#runtime'

/** Bytes as base64 with its padding (RFC 4648, section 4), for whoever asks for the older alphabet. */
export const encodeBase64 = (bytes: Uint8Array): string => {
  const text = encodeBase64url(bytes).replaceAll('-', '+').replaceAll('_', '/')
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=')
}
