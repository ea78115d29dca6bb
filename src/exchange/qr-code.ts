import { renderSVG, renderUnicodeCompact } from 'uqr'

/** The most bytes that a QR code of the lowest error correction holds, in its largest size. */
const MOST_BYTES = 2_953

const check = (text: string): void => {
  if (new TextEncoder().encode(text).length > MOST_BYTES)
    throw new TypeError(`A QR code holds at most ${MOST_BYTES} bytes; hand it over as a link, or offer by reference`)
}

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
  check(text)
  return renderSVG(text, { border: QUIET_ZONE, ecc: 'M', pixelSize: 8 })
}

/** The same in text, for a terminal. @throws TypeError for more than 2,953 bytes */
export const qrCodeText = (text: string): string => {
  check(text)
  return renderUnicodeCompact(text, { border: QUIET_ZONE / 2, ecc: 'L' })
}

const QUIET_ZONE = 4
