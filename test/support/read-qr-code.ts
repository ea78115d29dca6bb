/** The dark modules of a QR code, by row; without its quiet zone. */
type Modules = readonly (readonly boolean[])[]

/** The modules of a picture that is drawn as one square for each dark module. */
const modulesOf = (svg: string): Modules => {
  const [, width = ''] = /viewBox="0 0 (\d+) \d+"/.exec(svg) ?? []
  const squares = [...svg.matchAll(/M(\d+),(\d+)h(\d+)v\d+h-\d+z/g)].map(([, x, y, side]) => {
    const pixels = Number(side)
    return `${Number(x) / pixels},${Number(y) / pixels}`
  })
  const dark = new Set(squares)
  const [, side = '1'] = /h(\d+)v/.exec(svg) ?? []
  const quiet = Number(squares[0]?.split(',')[0])
  const size = Number(width) / Number(side) - 2 * quiet
  const places = Array.from({ length: size }, (_, at) => at + quiet)
  return places.map((y) => places.map((x) => dark.has(`${x},${y}`)))
}

/** Level M, by version from 1 to 30: blocks, and codewords of correction in each (ISO/IEC 18004, table 9). */
const BLOCKS = [
  1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28, 29,
]
const CORRECTION = [
  10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28, 28, 28, 28, 28,
  28,
]

const centres = (version: number): readonly number[] => {
  if (version === 1) return []
  const count = Math.floor(version / 7) + 2
  const step = Math.ceil((version * 4 + 4) / (count * 2 - 2)) * 2
  const last = version * 4 + 10
  return [6, ...Array.from({ length: count - 1 }, (_, at) => last - step * (count - 2 - at))]
}

/** Whether a module holds no data: finders, timing, alignment, format and version (ISO/IEC 18004, 6.3). */
const isFixed = (version: number): ((x: number, y: number) => boolean) => {
  const size = version * 4 + 17
  const all = centres(version)
  const isCorner = (x: number, y: number) => (x === 6 && (y === 6 || y === size - 7)) || (x === size - 7 && y === 6)
  const aligned = all.flatMap((y) => all.map((x) => [x, y] as const)).filter(([x, y]) => !isCorner(x, y))
  const isVersion = (a: number, b: number) => version > 6 && a < 6 && b >= size - 11 && b < size - 8
  return (x, y) =>
    (x < 9 && y < 9) ||
    (x < 9 && y >= size - 8) ||
    (x >= size - 8 && y < 9) ||
    x === 6 ||
    y === 6 ||
    aligned.some(([cx, cy]) => Math.abs(cx - x) <= 2 && Math.abs(cy - y) <= 2) ||
    isVersion(x, y) ||
    isVersion(y, x)
}

const MASKS: readonly ((x: number, y: number) => number)[] = [
  (x, y) => (x + y) % 2,
  (_, y) => y % 2,
  (x) => x % 3,
  (x, y) => (x + y) % 3,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2,
  (x, y) => ((x * y) % 2) + ((x * y) % 3),
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2,
]

/** Level and mask: five bits beside the first finder, under a mask of their own. */
const formatOf = (modules: Modules): { readonly level: number; readonly mask: number } => {
  const bits = [0, 1, 2, 3, 4].map((x) => Number(modules[8]?.[x]))
  const format = Number.parseInt(bits.join(''), 2) ^ 0b10101
  return { level: format >> 3, mask: format & 0b111 }
}

const bitsOf = (modules: Modules, version: number, mask: number): readonly number[] => {
  const size = modules.length
  const fixed = isFixed(version)
  const columns = Array.from({ length: size }, (_, at) => size - 1 - at).filter((x) => x !== 6)
  const pairs = columns.flatMap((x, at) => (at % 2 === 0 ? [[x, columns[at + 1] ?? 0] as const] : []))
  const rows = Array.from({ length: size }, (_, y) => y)
  return pairs.flatMap(([right, left], at) =>
    (at % 2 === 0 ? rows.toReversed() : rows).flatMap((y) =>
      [right, left].filter((x) => !fixed(x, y)).map((x) => Number(modules[y]?.[x]) ^ Number(MASKS[mask]?.(x, y) === 0)),
    ),
  )
}

const toBytes = (bits: readonly number[]): readonly number[] =>
  Array.from({ length: Math.floor(bits.length / 8) }, (_, at) =>
    Number.parseInt(bits.slice(at * 8, at * 8 + 8).join(''), 2),
  )

/** Data is dealt out to its blocks, a codeword each in turn; the later blocks may hold one more. */
const dataOf = (codewords: readonly number[], version: number): readonly number[] => {
  const [blocks, correction] = [BLOCKS[version - 1], CORRECTION[version - 1]]
  if (!blocks || !correction) throw new Error(`The QR code is larger than those that are read here: ${version}`)
  const total = codewords.length - blocks * correction
  const short = Math.floor(total / blocks)
  const longer = total % blocks
  const start = (block: number): number => (block >= blocks - longer ? block - (blocks - longer) : -1)
  return Array.from({ length: blocks }, (_, block) => block).flatMap((block) => [
    ...Array.from({ length: short }, (_, at) => codewords[at * blocks + block] ?? 0),
    ...(start(block) < 0 ? [] : [codewords[short * blocks + start(block)] ?? 0]),
  ])
}

const BYTES = 0b0100
const LEVEL = 0b00

/**
 * Reads a QR code that was drawn, and so is clean: level M, bytes. It corrects nothing, so that a module in the wrong place
 * is a wrong text.
 * @see ISO/IEC 18004
 */
export const readQrCode = (svg: string): string => {
  const modules = modulesOf(svg)
  const version = (modules.length - 17) / 4
  const { level, mask } = formatOf(modules)
  if (level !== LEVEL) throw new Error(`The QR code is of another level: ${level}`)
  const data = dataOf(toBytes(bitsOf(modules, version, mask)), version)
  const bits = data.map((byte) => byte.toString(2).padStart(8, '0')).join('')
  if (Number.parseInt(bits.slice(0, 4), 2) !== BYTES) throw new Error('The QR code does not hold bytes')
  const counted = version < 10 ? 8 : 16
  const length = Number.parseInt(bits.slice(4, 4 + counted), 2)
  const text = [...bits.slice(4 + counted, 4 + counted + length * 8)].map(Number)
  return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(toBytes(text)))
}
