import { expect, it } from 'vitest'
import { qrCode, qrCodeText } from '../../src/exchange/qr-code.js'

const FORMS = [
  ['for a page', qrCode],
  ['for a terminal', qrCodeText],
] as const

it.each(FORMS.flatMap(([name, draw]) => [1, 2_331, 2_332, 2_887, 2_953].map((bytes) => [name, bytes, draw] as const)))(
  'HR-3: %s, %i bytes are drawn',
  (_, bytes, draw) => {
    expect(draw('a'.repeat(bytes)).length).toBeGreaterThan(bytes)
  },
)

it.each(
  FORMS.flatMap(([name, draw]) =>
    ['a'.repeat(2_954), 'é'.repeat(1_477), 'a'.repeat(4_227)].map((text) => [name, text.length, text, draw] as const),
  ),
)('HR-3: %s, more than 2,953 bytes are refused in words (%i characters)', (_, __, text, draw) => {
  expect(() => draw(text)).toThrow(
    new TypeError('A QR code holds at most 2953 bytes; hand it over as a link, or by reference'),
  )
})
