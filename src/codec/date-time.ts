const DATE = /^\d{4}-\d{2}-\d{2}$/
const DATE_TIME = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.(\d{1,9}))?([Zz]|[+-]\d{2}:\d{2})$/
const DAY = 86_400_000
const MINUTE = 60_000
// Of the year 9999, in UTC: RFC 3339 has no text for a later one.
const LAST_MOMENT = Date.UTC(9999, 11, 31, 23, 59, 59, 999)

const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

const isLeapYear = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)

const daysInMonth = (year: number, month: number): number =>
  month === 2 && isLeapYear(year) ? 29 : (MONTH_LENGTHS[month - 1] ?? 0)

interface CalendarDate {
  readonly year: number
  readonly month: number
  readonly day: number
}

const partsOf = (date: string): CalendarDate | undefined => {
  if (!DATE.test(date)) return undefined
  const year = Number(date.slice(0, 4))
  const month = Number(date.slice(5, 7))
  const day = Number(date.slice(8, 10))
  // Date.UTC reads years below 100 as 19xx; no staff record is that old.
  return year < 1000 || day < 1 || day > daysInMonth(year, month) ? undefined : { year, month, day }
}

/** Whether a text is a real calendar date, `YYYY-MM-DD`. */
export const isDate = (text: string): boolean => partsOf(text) !== undefined

const offsetMinutes = (zone: string): number | undefined => {
  if (zone === 'Z' || zone === 'z') return 0
  const hours = Number(zone.slice(1, 3))
  const minutes = Number(zone.slice(4, 6))
  if (hours > 14 || minutes > 59) return undefined
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}

/**
 * The moment that an RFC 3339 text names, in milliseconds since 1970; `undefined` when there is no such moment or no
 * zone. Leap seconds and 24:00 are refused: readers disagree about them.
 */
export const parseDateTime = (text: string): number | undefined => {
  const [found, fraction = '', zone = ''] = DATE_TIME.exec(text) ?? []
  const date = found === undefined ? undefined : partsOf(text.slice(0, 10))
  const offset = offsetMinutes(zone)
  if (!date || offset === undefined) return undefined
  const [hour, minute, second] = [Number(text.slice(11, 13)), Number(text.slice(14, 16)), Number(text.slice(17, 19))]
  if (hour > 23 || minute > 59 || second > 59) return undefined
  const milliseconds = Number(fraction.slice(0, 3).padEnd(3, '0'))
  const { year, month, day } = date
  const moment = Date.UTC(year, month - 1, day, hour, minute, second, milliseconds) - offset * MINUTE
  return moment <= LAST_MOMENT ? moment : undefined
}

/** A moment (milliseconds since 1970) as RFC 3339 in UTC, without a fraction where it is a whole second. */
export const formatDateTime = (moment: number): string => new Date(moment).toISOString().replace('.000Z', 'Z')

/** The calendar date (UTC) of a moment. */
export const dateOf = (moment: number): string => new Date(moment).toISOString().slice(0, 10)

/** The last second of a calendar date (UTC). */
export const endOfDay = (date: string): string => `${date}T23:59:59Z`

/** What a period is counted in. */
export type DateUnit = 'Day' | 'Week' | 'Month' | 'Year'

const DAYS: Partial<Record<DateUnit, number>> = { Day: 1, Week: 7 }
const MONTHS: Partial<Record<DateUnit, number>> = { Month: 1, Year: 12 }

/**
 * A calendar date so many units later (or earlier). Month-ends and 29 February clamp to the last day of the month.
 * @throws TypeError when the date is not a real one
 */
export const addToDate = (date: string, count: number, unit: DateUnit): string => {
  const parts = partsOf(date)
  if (!parts) throw new TypeError('addToDate needs a real date')
  const days = DAYS[unit]
  if (days !== undefined) return dateOf(Date.parse(date) + count * days * DAY)
  const months = parts.year * 12 + parts.month - 1 + count * (MONTHS[unit] ?? 0)
  const [year, month] = [Math.floor(months / 12), (months % 12) + 1]
  return dateOf(Date.UTC(year, month - 1, Math.min(parts.day, daysInMonth(year, month))))
}

/** Whole days from one real calendar date to another. */
export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY)
