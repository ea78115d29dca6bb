import { LIMITS } from './limits.js'

/** Keeps a value by name for later, and of too many gives up the one that was put there first. */
export const keep = <Value>(
  kept: Map<string, Value>,
  name: string,
  value: Value,
  most: number = LIMITS.cacheEntries,
): Value => {
  const [oldest] = kept.keys()
  if (kept.size >= most && oldest !== undefined) kept.delete(oldest)
  kept.set(name, value)
  return value
}
