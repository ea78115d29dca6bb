/** How long to wait between two attempts, in milliseconds. */
export interface RetryRules {
  /** The pause after the first attempt; each later one is twice as long. */
  readonly firstPause: number
  /** The longest pause of our own choosing. */
  readonly longestPause: number
  /** The longest pause that the other party may ask for. */
  readonly longestAsked: number
}

/**
 * How long to wait before a request is sent again. What the other party asks for counts; a request is never sent sooner.
 * @param attempt how many attempts there were before the one that failed, from 0
 * @param header the answer's `Retry-After`, where there was an answer with one
 * @param now milliseconds since 1970
 * @returns milliseconds; `undefined` where it asks for more than the rules allow: then do not try again
 */
export function pauseBeforeRetry(
  attempt: number,
  header: string | undefined,
  now: number,
  { firstPause, longestPause, longestAsked }: RetryRules,
): number | undefined {
  const asked = readRetryAfter(header, now)
  if (asked === undefined) return Math.min(firstPause * 2 ** attempt, longestPause)
  return asked <= longestAsked ? asked : undefined
}

/**
 * Reads `Retry-After`: seconds, or a date. What is neither counts as absent.
 * @returns milliseconds from now; 0 for a date that is past
 * @see RFC 9110, sections 5.6.7 and 10.2.3
 */
export function readRetryAfter(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? ''
  if (/^\d+$/.test(text)) return Number(text) * 1000
  if (!/^(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,? /.test(text)) return undefined
  // The third form of a date, that of C's asctime, names no zone, and means GMT.
  const time = Date.parse(text.endsWith(' GMT') ? text : `${text} GMT`)
  return Number.isNaN(time) ? undefined : Math.max(time - now, 0)
}
