import { renderSVG, renderUnicodeCompact } from 'uqr'

/** The most bytes that a QR code holds in its largest size, by error correction: more of it reads through more damage. */
const MOST_BYTES = { M: 2_331, L: 2_953 } as const

/**
 * A link as a QR code, for a page: an SVG image that scales, black on white with the quiet zone that cameras need.
 *
 * ```ts
 * import { qrCode } from 'staff-passport/exchange'
 *
 * const svg = qrCode('openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fwallet.northfield.example%2Foffers%2F1')
 * ```
 *
 * @throws TypeError for more than 2,953 bytes
 * @see ISO/IEC 18004
 */
export const qrCode = (text: string): string => {
  return renderSVG(text, { border: QUIET_ZONE, ecc: levelFor(text), pixelSize: 8 })
}

/** The same in text, for a terminal. @throws TypeError for more than 2,953 bytes */
export const qrCodeText = (text: string): string => {
  levelFor(text)
  return renderUnicodeCompact(text, { border: QUIET_ZONE / 2, ecc: 'L' })
}

/** Whether a link fits into a QR code. */
export function fitsQrCode(text: string): boolean {
  return new TextEncoder().encode(text).length <= MOST_BYTES.L
}

// The better level where the text fits, else the one that holds most.
function levelFor(text: string): keyof typeof MOST_BYTES {
  const { length } = new TextEncoder().encode(text)
  if (length > MOST_BYTES.L)
    throw new TypeError(`A QR code holds at most ${MOST_BYTES.L} bytes; hand it over as a link, or by reference`)
  return length > MOST_BYTES.M ? 'L' : 'M'
}

const QUIET_ZONE = 4
