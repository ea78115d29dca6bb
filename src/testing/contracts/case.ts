import type { StoreCapabilities } from '../../ports/capabilities.js'

/** One promise of a contract. Run it in any test runner: it throws when the promise is broken. */
export interface Case {
  readonly name: string
  /** Only asked of stores that declare this capability. */
  readonly needs?: keyof StoreCapabilities
  run(): Promise<void>
}

/** A broken promise. */
class ContractError extends Error {
  override readonly name = 'ContractError'
}

/** Breaks the contract unless the condition holds. */
export function ensure(condition: boolean, promise: string): asserts condition {
  if (!condition) throw new ContractError(promise)
}

/** Breaks the contract unless the work throws an error of this code. */
export const requireRefusal = async (code: string, work: () => Promise<unknown>): Promise<void> => {
  const refused = await work().then(
    () => undefined,
    (error: unknown) => error,
  )
  const given = typeof refused === 'object' && refused !== null && 'code' in refused ? refused.code : undefined
  ensure(given === code, `it must refuse with ${code}, not ${given === undefined ? 'succeed' : String(given)}`)
}

/** Everything that an async iteration gives. */
export const collect = async <T>(items: AsyncIterable<T>): Promise<readonly T[]> => {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}
