import { shown, type Terminal } from './terminal.js'

/** A cell: its text, and how to paint it on a terminal. */
export type Cell = string | { readonly text: string; readonly paint: (text: string) => string }

const textOf = (cell: Cell): string => shown(typeof cell === 'string' ? cell : cell.text)

const painted = (cell: Cell, width: number, last: boolean): string => {
  const text = textOf(cell)
  const padding = last ? '' : ' '.repeat(Math.max(0, width - text.length))
  return (typeof cell === 'string' ? text : cell.paint(text)) + padding
}

/** Aligned columns under headings: coloured on a terminal, plain when piped. */
export const table = (terminal: Terminal, headings: readonly string[], rows: readonly (readonly Cell[])[]): string => {
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => textOf(row[column] ?? '').length)),
  )
  const line = (cells: readonly Cell[]): string =>
    cells
      .map((cell, column) => painted(cell, widths[column] ?? 0, column === cells.length - 1))
      .join('  ')
      .trimEnd()
  const heading = headings.map((text) => ({ text, paint: terminal.colours.bold }))
  return [line(heading), ...rows.map(line)].join('\n')
}
