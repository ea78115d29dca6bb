import { describe, expect, it } from 'vitest'
import { loadedWith, sourceGraph } from './support/source-graph.js'

const DOOR = 'src/doors/verify.ts'
const edges = sourceGraph()
const loaded = [...loadedWith(DOOR, edges)]

// The platform itself, point arithmetic for judging keys, and the registry of DID methods.
const PACKAGES = ['#runtime', 'did-resolver', /^@noble\/curves\//]
const isAllowed = (name: string): boolean =>
  PACKAGES.some((allowed) => (typeof allowed === 'string' ? allowed === name : allowed.test(name)))

const SIGNS = /\/(?:sign|sign-[a-z-]+|local-signer|key-file|create-issuer|present)\.ts$/
const STORES_OR_SERVES = /^src\/(?:adapters|issuer|wallet|passport|patterns|exchange|http|testing|cli)\//

describe('the verify door', () => {
  it('is followed: it loads the verifier', () => {
    expect(loaded).toContain('src/verifier/create-verifier.ts')
    expect(loaded.length).toBeGreaterThan(40)
  })

  it('carries no signing code', () => expect(loaded.filter((file) => SIGNS.test(file))).toEqual([]))

  it('carries no storage, no server and no command line', () =>
    expect(loaded.filter((file) => STORES_OR_SERVES.test(file))).toEqual([]))

  it('loads no Node built-in and no package but a chosen few', () => {
    const packages = loaded.filter((name) => !name.startsWith('src/'))
    expect(packages.filter((name) => !isAllowed(name))).toEqual([])
  })

  it('loads what presentations, linked data, fetching, memory and suitability need only when they are asked for', () => {
    const files = new Set(loaded)
    const later = edges.filter(({ from, need }) => need === 'dynamic' && files.has(from)).map(({ to }) => to)
    expect(new Set(later)).toEqual(
      new Set([
        'src/formats/data-integrity/verify.ts',
        'src/status/compare-with-seen.ts',
        'src/status/fetched-lists.ts',
        'src/trust/compare-with-seen.ts',
        'src/verifier/suitability.ts',
        'src/verifier/verify-presentation.ts',
        'src/verifier/verify-together.ts',
      ]),
    )
  })
})
