interface Range {
  readonly name: string
  readonly weight: number
}

/**
 * Which of the media types that can be given suits an Accept header best; the first of them where none suits, as nobody
 * gains by a refusal.
 * @param offered most preferred first
 * @see RFC 9110, section 12.5.1
 */
export function preferred(offered: readonly [string, ...string[]], accept: string): string {
  const ranges = accept.split(',').map(readRange)
  let best = offered[0]
  let most = 0
  for (const type of offered) {
    const weight = weightOf(type, ranges)
    if (weight > most) [best, most] = [type, weight]
  }
  return best
}

function readRange(text: string): Range {
  const [name = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase())
  const [, weight] = parameters.map((part) => /^q=([01](?:\.\d{0,3})?)$/.exec(part)).find((match) => match) ?? []
  return { name, weight: weight === undefined ? 1 : Number(weight) }
}

// The most specific range that covers a type has the say.
function weightOf(type: string, ranges: readonly Range[]): number {
  for (const name of [type, `${type.slice(0, type.indexOf('/'))}/*`, '*/*']) {
    const range = ranges.find((known) => known.name === name)
    if (range) return range.weight
  }
  return 0
}
