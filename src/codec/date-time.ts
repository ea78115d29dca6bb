const DATE = /^\d{4}-\d{2}-\d{2}$/
const DATE_TIME = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:[Zz]|[+-]\d{2}:\d{2})$/
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

const ZERO = 48

/** The number that some digits of a text write. */
const numberAt = (text: string, start: number, digits: number): number => {
  let value = 0
  for (let place = start; place < start + digits; place++) value = value * 10 + text.charCodeAt(place) - ZERO
  return value
}

const partsOf = (date: string): CalendarDate | undefined => (DATE.test(date) ? dateAtStart(date) : undefined)

/** The calendar date that a text of the right form begins with. */
const dateAtStart = (text: string): CalendarDate | undefined => {
  const year = numberAt(text, 0, 4)
  const month = numberAt(text, 5, 2)
  const day = numberAt(text, 8, 2)
  // Date.UTC reads years below 100 as 19xx; no staff record is that old.
  return year < 1000 || day < 1 || day > daysInMonth(year, month) ? undefined : { year, month, day }
}

/** Whether a text is a real calendar date, `YYYY-MM-DD`. */
export const isDate = (text: string): boolean => partsOf(text) !== undefined

/** The minutes by which the zone at the end of a moment is ahead of UTC. */
const offsetMinutes = (text: string): number | undefined => {
  const sign = text.at(-6)
  if (sign !== '+' && sign !== '-') return 0
  const hours = numberAt(text, text.length - 5, 2)
  const minutes = numberAt(text, text.length - 2, 2)
  if (hours > 14 || minutes > 59) return undefined
  return (sign === '-' ? -1 : 1) * (hours * 60 + minutes)
}

const FRACTION = 20

/** Whole milliseconds of the fraction of a second, cut off. */
const millisecondsOf = (text: string): number => {
  if (text[FRACTION - 1] !== '.') return 0
  return Number((/^\d{1,3}/.exec(text.slice(FRACTION))?.[0] ?? '').padEnd(3, '0'))
}

/**
 * The moment that an RFC 3339 text names, in milliseconds since 1970; `undefined` when there is no such moment or no
 * zone. Leap seconds and 24:00 are refused: readers disagree about them.
 */
export const parseDateTime = (text: string): number | undefined => {
  if (!DATE_TIME.test(text)) return undefined
  const date = dateAtStart(text)
  const offset = offsetMinutes(text)
  if (!date || offset === undefined) return undefined
  const hour = numberAt(text, 11, 2)
  const minute = numberAt(text, 14, 2)
  const second = numberAt(text, 17, 2)
  if (hour > 23 || minute > 59 || second > 59) return undefined
  const { year, month, day } = date
  const moment = Date.UTC(year, month - 1, day, hour, minute, second, millisecondsOf(text)) - offset * MINUTE
  return moment <= LAST_MOMENT ? moment : undefined
}

/** A moment (milliseconds since 1970) as RFC 3339 in UTC, without a fraction where it is a whole second. */
export const formatDateTime = (moment: number): string => {
  const text = new Date(moment).toISOString()
  return text.endsWith('.000Z') ? `${text.slice(0, -'.000Z'.length)}Z` : text
}

/** The calendar date of a time in UTC, for arithmetic with dates. What day it is for people, {@link britishDate} says. */
export const dateOf = (moment: number): string => new Date(moment).toISOString().slice(0, 10)

// Made when first asked for: loading time zones takes milliseconds that most callers never need.
let londonClock: Intl.DateTimeFormat | undefined

/** What clocks in London show at a time, read as if it were UTC. */
function londonTime(time: number): number {
  londonClock ??= new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/London',
    hourCycle: 'h23',
    ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' },
  })
  const parts = Object.fromEntries(londonClock.formatToParts(time).map(({ type, value }) => [type, Number(value)]))
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

/**
 * The calendar date of a time in the United Kingdom. British registers, ESR and the people who keep them mean this day
 * when they write a date: in summer it begins an hour before the day in UTC.
 */
export function britishDate(time: number): string {
  return dateOf(londonTime(time))
}

/** The last second of a calendar date in the United Kingdom, as RFC 3339 in UTC. */
export function endOfDay(date: string): string {
  const end = Date.parse(`${date}T23:59:59Z`)
  return formatDateTime(end - (londonTime(end) - end))
}

// The ends of time of Oracle's HR software, on which ESR is built, and of others; and the beginnings of those of spreadsheets
// and databases. No fact about anybody at work falls on one of them.
const PLACEHOLDERS: readonly string[] = [
  '4712-12-31',
  '9999-12-31',
  '2999-12-31',
  '1900-01-01',
  '1901-01-01',
  '1899-12-31',
  '1899-12-30',
  '1753-01-01',
]

/** Whether a text is a date that HR systems write where they have none. */
export function isPlaceholderDate(text: unknown): boolean {
  return typeof text === 'string' && PLACEHOLDERS.includes(text)
}

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
