const PREFIX = 4
const PREFIX_WEIGHT = 0.1

/** Which letters of one text have a partner in the other, no further away than half of the longer. */
const partners = (a: string, b: string): { readonly ofA: string; readonly ofB: string } => {
  const window = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1)
  const taken = new Array<boolean>(b.length).fill(false)
  let ofA = ''
  for (let at = 0; at < a.length; at++) {
    const end = Math.min(b.length, at + window + 1)
    for (let other = Math.max(0, at - window); other < end; other++) {
      if (taken[other] || a[at] !== b[other]) continue
      taken[other] = true
      ofA += a[at]
      break
    }
  }
  return { ofA, ofB: [...b].filter((_, at) => taken[at]).join('') }
}

/**
 * How alike two texts are, from 0 to 1, by Jaro's measure with Winkler's weight for a common beginning (of up to four letters).
 * @see Winkler, "String Comparator Metrics and Enhanced Decision Rules in the Fellegi-Sunter Model of Record Linkage" (1990)
 */
export const jaroWinkler = (a: string, b: string): number => {
  if (a === b) return 1
  const { ofA, ofB } = partners(a, b)
  if (ofA.length === 0) return 0
  let transposed = 0
  for (let at = 0; at < ofA.length; at++) if (ofA[at] !== ofB[at]) transposed += 1
  const common = ofA.length
  const jaro = (common / a.length + common / b.length + (common - transposed / 2) / common) / 3
  let prefix = 0
  while (prefix < PREFIX && a[prefix] !== undefined && a[prefix] === b[prefix]) prefix += 1
  return jaro + prefix * PREFIX_WEIGHT * (1 - jaro)
}
