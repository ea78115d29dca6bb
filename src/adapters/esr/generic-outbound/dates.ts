import { isDate } from '../../../codec/date-time.js'

const DAY = /^(\d{4})(\d{2})(\d{2})$/
const MOMENT = /^(\d{8}) ((?:[01]\d|2[0-3])[0-5]\d[0-5]\d)$/
const WRITTEN_DAY = /^(\d{2})\/(\d{2})\/(\d{4})(?: [\d:]{5,8})?$/

const realDate = (date: string): string | undefined => (isDate(date) ? date : undefined)

/** A day, written `YYYYMMDD`, as `YYYY-MM-DD`; `undefined` when the calendar has no such day. */
const parseDay = (text: string): string | undefined =>
  DAY.test(text) ? realDate(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`) : undefined

/** As {@link parseDay}, for a cell that may have a time, written `YYYYMMDD HHMMSS`, which is left out. */
export const parseDate = (text: string): string | undefined => parseDay(MOMENT.exec(text)?.[1] ?? text)

/**
 * A day, or a day and a time as `YYYY-MM-DDTHH:MM:SS`. ESR states no zone, so none is added.
 */
export const parseMoment = (text: string): string | undefined => {
  const [, date = text, time] = MOMENT.exec(text) ?? []
  const day = parseDay(date)
  if (day === undefined || time === undefined) return day
  return `${day}T${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4)}`
}

/** A day as ESR writes it in the columns of extra information, `DD/MM/YYYY` with or without a time. */
export const parseWrittenDate = (text: string): string | undefined => {
  const [, day, month, year] = WRITTEN_DAY.exec(text) ?? []
  return realDate(`${year}-${month}-${day}`)
}
