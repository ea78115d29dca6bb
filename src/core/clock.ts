/** Tells the time. Inject one to make time stand still; every operation reads it once. */
export interface Clock {
  now(): Date
}

/** The clock of this machine. */
export const systemClock: Clock = { now: () => new Date() }

/**
 * A clock that always says the same moment.
 * @throws TypeError when the moment is not a real date.
 */
export const fixedClock = (moment: Date | string): Clock => {
  const time = new Date(moment).getTime()
  if (Number.isNaN(time)) throw new TypeError('fixedClock needs a date, such as 2026-01-31T09:00:00Z')
  return { now: () => new Date(time) }
}
