import { dateOf, isDate, isPlaceholderDate } from '../../codec/date-time.js'
import type { ErrorCode } from '../../core/codes.js'
import type { Json, JsonObject } from '../../core/json.js'

/** A cell's value, none (what the cell says means that there is none), or why it cannot be read. The text is trimmed and not empty. */
export type Converted = { readonly value: Json } | { readonly code: ErrorCode } | { readonly absent: true }

/** How the texts of a column become values. Options are members of the field in the map. */
interface Converter {
  /** Members that the field may have, besides `column` and `as`; every one is needed. */
  readonly options: Readonly<Record<string, (value: Json | undefined) => boolean>>
  readonly convert: (text: string, options: JsonObject) => Converted
}

type Parts = { readonly [name: string]: string }
interface DateFormat {
  readonly pattern: RegExp
  readonly read: (parts: Parts) => string
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']

const padded = (number: string | number): string => String(number).padStart(2, '0')

const numeric = (pattern: RegExp): DateFormat => ({
  pattern,
  read: ({ y, m = '', d = '' }) => `${y}-${padded(m)}-${padded(d)}`,
})

const DAY = 86_400_000
// Excel counts days from 1900-01-01 as 1 and believes in a 29 February 1900; from March 1900 on this is its day 0.
const EXCEL_DAY_0 = Date.UTC(1899, 11, 30)
const EXCEL_MARCH_1900 = 61

const excelDate = (serial: number): string => (serial < EXCEL_MARCH_1900 ? '' : dateOf(EXCEL_DAY_0 + serial * DAY))

/** Ways of writing a date. A map names one: nothing is guessed, for 03/04 is two days in two countries. */
export const DATE_FORMATS = {
  'YYYY-MM-DD': numeric(/^(?<y>\d{4})-(?<m>\d{2})-(?<d>\d{2})$/),
  'DD/MM/YYYY': numeric(/^(?<d>\d{2})\/(?<m>\d{2})\/(?<y>\d{4})$/),
  'D/M/YYYY': numeric(/^(?<d>\d{1,2})\/(?<m>\d{1,2})\/(?<y>\d{4})$/),
  'DD-MM-YYYY': numeric(/^(?<d>\d{2})-(?<m>\d{2})-(?<y>\d{4})$/),
  'DD.MM.YYYY': numeric(/^(?<d>\d{2})\.(?<m>\d{2})\.(?<y>\d{4})$/),
  // What spreadsheets make of a day in a cell for times. Another time than midnight says more than a day, and is refused.
  'DD/MM/YYYY 00:00': numeric(/^(?<d>\d{2})\/(?<m>\d{2})\/(?<y>\d{4}) 00:00(?::00)?$/),
  'YYYY-MM-DD 00:00': numeric(/^(?<y>\d{4})-(?<m>\d{2})-(?<d>\d{2})[ T]00:00(?::00(?:\.0{1,7})?)?$/),
  YYYYMMDD: numeric(/^(?<y>\d{4})(?<m>\d{2})(?<d>\d{2})$/),
  'DD-MON-YYYY': {
    pattern: /^(?<d>\d{2})-(?<m>[A-Za-z]{3})-(?<y>\d{4})$/,
    read: ({ y, m = '', d }) => `${y}-${padded(MONTHS.indexOf(m.toUpperCase()) + 1)}-${d}`,
  },
  'Excel serial': {
    pattern: /^(?<n>\d{2,7})$/,
    read: ({ n }) => excelDate(Number(n)),
  },
} as const satisfies Record<string, DateFormat>

const isDateFormat = (name: Json | undefined): name is keyof typeof DATE_FORMATS =>
  typeof name === 'string' && Object.hasOwn(DATE_FORMATS, name)

const toDate = (text: string, { format }: JsonObject): Converted => {
  const { pattern, read } = DATE_FORMATS[isDateFormat(format) ? format : 'YYYY-MM-DD']
  const parts = pattern.exec(text)?.groups
  const date = parts ? read(parts) : ''
  if (isPlaceholderDate(date)) return { absent: true }
  return isDate(date) ? { value: date } : { code: 'import.date' }
}

const YES = ['y', 'yes', 'true', '1']
const NO = ['n', 'no', 'false', '0']

const toYesOrNo = (text: string): Converted => {
  const answer = text.toLowerCase()
  if (YES.includes(answer)) return { value: true }
  return NO.includes(answer) ? { value: false } : { code: 'import.yesNo' }
}

// A leading zero says that it is no number but a name made of digits.
const NUMBER = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,6})?$/

const toNumber = (text: string): Converted => (NUMBER.test(text) ? { value: Number(text) } : { code: 'import.number' })

const isTable = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0

const lookUp = (text: string, { table }: JsonObject): Converted => {
  const value = isTable(table) && Object.hasOwn(table, text) ? table[text] : undefined
  return value === undefined ? { code: 'import.lookup' } : { value }
}

const isSeparator = (value: Json | undefined): boolean => typeof value === 'string' && value.length === 1

const toList = (text: string, { separator }: JsonObject): Converted => {
  const parts = text.split(String(separator)).map((part) => part.trim())
  return { value: parts.filter((part) => part !== '') }
}

/** Every way to turn the text of a cell into a value. */
export const CONVERTERS = {
  text: { options: {}, convert: (text) => ({ value: text }) },
  date: { options: { format: isDateFormat }, convert: toDate },
  yesNo: { options: {}, convert: toYesOrNo },
  number: { options: {}, convert: toNumber },
  lookup: { options: { table: isTable }, convert: lookUp },
  list: { options: { separator: isSeparator }, convert: toList },
} as const satisfies Record<string, Converter>

/** The name of a way to turn the text of a cell into a value. */
export type ConverterName = keyof typeof CONVERTERS

/** The row of a converter. */
export const converter = (name: ConverterName): Converter => CONVERTERS[name]
