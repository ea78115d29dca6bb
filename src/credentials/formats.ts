import { isDate, parseDateTime } from '../codec/date-time.js'
import { LIMITS } from '../core/limits.js'

const PREFIX = 'data:image/jpeg;base64,'
const PADDING = /={1,2}$/
// Photographs are long, and `\w` (the letters, and `_`) is quicker than the letters by themselves.
const NOT_A_LETTER = /[^\w+/]/
// No bits set that carry no byte, so that there is one text for each image.
const CANONICAL_END = /(?:[^=]|[AQgw]==|[AEIMQUYcgkosw048]=)$/

const isBase64 = (text: string): boolean => {
  const letters = text.replace(PADDING, '')
  return (
    text.length % 4 === 0 && !NOT_A_LETTER.test(letters) && !letters.includes('_') && CANONICAL_END.test(text.slice(-3))
  )
}
// FF D8 FF, with which every JPEG begins, in base64.
const JPEG_START = '/9j/'

const decodedBytes = (base64: string): number =>
  (base64.length / 4) * 3 - (base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0)

/** Whether a text is a JPEG under 500 kB, as a data URL in canonical base64. */
export const isJpegImage = (text: string): boolean => {
  if (!text.startsWith(PREFIX)) return false
  const base64 = text.slice(PREFIX.length)
  return base64.startsWith(JPEG_START) && isBase64(base64) && decodedBytes(base64) < LIMITS.imageBytes
}

const isDateTime = (text: string): boolean => parseDateTime(text) !== undefined

/** The formats that our schemas use, checked to the last day of February. */
export const formats: Readonly<Record<string, (text: string) => boolean>> = {
  date: isDate,
  'date-time': isDateTime,
  'date-or-date-time': (text) => isDate(text) || isDateTime(text),
  'jpeg-image': isJpegImage,
}
