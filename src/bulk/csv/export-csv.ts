// What a spreadsheet takes for a formula (or a command), and what we write before it; apostrophes already there count.
const FORMULA = /^'*\s*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/
const NEUTRALISED = /^'+\s*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/
const NEEDS_QUOTES = /[",\r\n\t]|^\s|\s$/

const neutralise = (text: string): string => (FORMULA.test(text) ? `'${text}` : text)

/** What {@link toCsvLine} wrote in a cell, as it was before it was made harmless. */
export const fromCsvCell = (cell: string): string => (NEUTRALISED.test(cell) ? cell.slice(1) : cell)

const toCell = (text: string): string => {
  const safe = neutralise(text)
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/**
 * A line of a CSV file (RFC 4180) that no spreadsheet takes for a formula: a cell that begins as one gets an apostrophe
 * before it.
 * @see OWASP, CSV Injection
 */
export const toCsvLine = (cells: readonly string[]): string => `${cells.map(toCell).join(',')}\r\n`
