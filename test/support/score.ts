import { afterAll } from 'vitest'

/** Counts what passed, so that a printed score is what happened and not what was hoped. */
export interface Score {
  /** Call it as the last statement of a test: it is reached only when all before it held. */
  held(group: string): void
}

/** Prints, after the tests of a file, how many of each group held. */
export const keepScore = (name: string, groups: Readonly<Record<string, number>>): Score => {
  const counts = new Map<string, number>()
  afterAll(() => {
    const parts = Object.entries(groups).map(([group, of]) => `${counts.get(group) ?? 0} of ${of} ${group}`)
    console.log(`${name}: ${parts.join(', ')}`)
  })
  return { held: (group) => void counts.set(group, (counts.get(group) ?? 0) + 1) }
}
