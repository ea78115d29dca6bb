import { describe, expect, it } from 'vitest'
import { type Edge, sourceFiles, sourceGraph } from './support/source-graph.js'

// A folder imports itself and the floors below it. Folders on one floor do not know each other.
const FLOORS: Readonly<Record<string, number>> = {
  core: 0,
  ports: 1,
  runtime: 2,
  codec: 2.5,
  crypto: 3,
  credentials: 4,
  matching: 4,
  dids: 5,
  trust: 5,
  systems: 5,
  formats: 6,
  status: 7,
  issuer: 8,
  verifier: 8,
  exchange: 9,
  bulk: 9,
  patterns: 10,
  wallet: 10,
  passport: 11,
  http: 12,
  testing: 13,
  cli: 14,
}
const ADAPTERS_KNOW = ['core', 'ports', 'codec', 'runtime', 'credentials', 'systems']
const MAY_USE_ADAPTERS = ['cli', 'testing', 'doors']
const MAY_USE_NODE = [/^src\/runtime\/[a-z-]*node\.ts$/, /^src\/adapters\//, /^src\/testing\//, /^src\/cli\//]

const folderOf = (file: string): string => file.split('/')[1] ?? ''
const productOf = (file: string): string => file.split('/')[2] ?? ''
const edges = sourceGraph()
const inside = edges.filter(({ to }) => to.startsWith('src/'))

const isWithinAdapter = ({ from, to }: Edge): boolean =>
  folderOf(to) === 'adapters' ? productOf(from) === productOf(to) : ADAPTERS_KNOW.includes(folderOf(to))

const isDownstairs = (edge: Edge): boolean => {
  const [from, to] = [folderOf(edge.from), folderOf(edge.to)]
  if (from === to && from !== 'adapters') return true
  if (from === 'doors') return true
  if (to === 'doors') return false
  if (from === 'adapters') return isWithinAdapter(edge)
  if (to === 'adapters') return MAY_USE_ADAPTERS.includes(from)
  return (FLOORS[from] ?? Number.NaN) > (FLOORS[to] ?? Number.NaN)
}

const shown = ({ from, to }: Edge): string => `${from} → ${to}`

describe('floors', () => {
  it('gives every folder of src/ a floor', () => {
    const folders = new Set(sourceFiles().map(folderOf))
    const known = [...Object.keys(FLOORS), 'adapters', 'doors']
    expect([...folders].filter((folder) => !known.includes(folder))).toEqual([])
    expect(folders.size).toBeGreaterThan(10)
  })

  it('imports only downstairs', () => {
    expect(inside.length).toBeGreaterThan(100)
    expect(inside.filter((edge) => !isDownstairs(edge)).map(shown)).toEqual([])
  })

  it('resolves every relative import to a source file', () => {
    const files = new Set(sourceFiles())
    expect(inside.filter(({ to }) => !files.has(to)).map(shown)).toEqual([])
  })

  it('uses Node built-ins only in runtime, adapters, testing and the command line', () => {
    const uses = edges.filter(({ to }) => to.startsWith('node:'))
    expect(uses.length).toBeGreaterThan(0)
    expect(uses.filter(({ from }) => !MAY_USE_NODE.some((place) => place.test(from))).map(shown)).toEqual([])
  })

  it('reaches the platform only through #runtime', () => {
    const implementations = /^src\/runtime\/(?!runtime\.ts$|fetch-rules\.ts$)/
    const direct = inside.filter(
      ({ from, to, need }) => need !== 'type' && implementations.test(to) && folderOf(from) !== 'runtime',
    )
    expect(direct.map(shown)).toEqual([])
  })

  it('has no barrels but the doors', () => {
    const isBarrel = (file: string): boolean => /(^|\/)index\.[jt]s$/.test(file) && folderOf(file) !== 'doors'
    expect(sourceFiles().filter(isBarrel)).toEqual([])
  })
})
