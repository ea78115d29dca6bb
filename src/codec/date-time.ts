const DATE = /^(\d{4})-(\d{2})-(\d{2})$/
const DATE_TIME = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?([Zz]|[+-]\d{2}:\d{2})$/
const DAY = 86_400_000
const MINUTE = 60_000
// Of the year 9999, in UTC: RFC 3339 has no text for a later one.
const LAST_MOMENT = Date.UTC(9999, 11, 31, 23, 59, 59, 999)

const daysInMonth = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate()

const partsOf = (date: string): { year: number; month: number; day: number } | undefined => {
  const [, year, month, day] = (DATE.exec(date) ?? []).map(Number)
  if (year === undefined || month === undefined || day === undefined) return undefined
  // Date.UTC reads years below 100 as 19xx; no staff record is that old.
  if (year < 1000 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined
  return { year, month, day }
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
  const [, date = '', hour, minute, second, fraction = '', zone = ''] = DATE_TIME.exec(text) ?? []
  if (!isDate(date)) return undefined
  const offset = offsetMinutes(zone)
  if (offset === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined
  const milliseconds = fraction.slice(0, 3).padEnd(3, '0')
  const moment = Date.parse(`${date}T${hour}:${minute}:${second}.${milliseconds}Z`) - offset * MINUTE
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
