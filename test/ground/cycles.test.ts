import { expect, it } from 'vitest'
import { type Edge, sourceGraph } from './support/source-graph.js'

const neighbours = (edges: readonly Edge[]): ReadonlyMap<string, readonly string[]> => {
  const map = new Map<string, string[]>()
  for (const { from, to } of edges) map.set(from, [...(map.get(from) ?? []), to])
  return map
}

/** Each cycle once, as the walk that closes it. */
const cyclesIn = (edges: readonly Edge[]): readonly string[] => {
  const next = neighbours(edges)
  const done = new Set<string>()
  const found: string[] = []
  const walk = (file: string, path: readonly string[]): void => {
    const seenAt = path.indexOf(file)
    if (seenAt >= 0) found.push([...path.slice(seenAt), file].join(' → '))
    if (seenAt >= 0 || done.has(file)) return
    for (const other of next.get(file) ?? []) walk(other, [...path, file])
    done.add(file)
  }
  for (const file of next.keys()) walk(file, [])
  return found
}

it('has no import cycles, not even of types', () => {
  const edges = sourceGraph().filter(({ to }) => to.startsWith('src/'))
  expect(cyclesIn(edges)).toEqual([])
})

it('would find a cycle', () => {
  const edge = (from: string, to: string): Edge => ({ from, to, need: 'type' })
  expect(cyclesIn([edge('a', 'b'), edge('b', 'c'), edge('c', 'b')])).toEqual(['b → c → b'])
})
