import { gzipSync } from 'node:zlib'
import type { Plugin } from 'esbuild'
import { afterAll, describe, expect, it } from 'vitest'
import { bundleFor } from './support/bundle.js'

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`

/** What a page loads at once, as one file, compressed as a server would send it. */
const sizeOf = async (source: string, plugins: readonly Plugin[] = []): Promise<number> => {
  const { files, together } = await bundleFor(source, plugins)
  return gzipSync(Buffer.concat(together.map((name) => files.get(name) ?? new Uint8Array())), { level: 9 }).length
}

// Our nineteen types: their schemas, their rules, and the words of both.
const withoutCatalogue: Plugin = {
  name: 'leave the catalogue out',
  setup: ({ onResolve }) => {
    onResolve({ filter: /\/credentials\/[^/]+\.js$|^\.\/rows\.js$/ }, ({ path }) => ({ path, external: true }))
  },
}

const DOOR = 'src/doors/verify.ts'
const PAGE = 'test/browser/page/verifies.ts'

const ROWS = [
  ['a page that verifies, without our schemas', 40_000, () => sizeOf(PAGE, [withoutCatalogue])],
  ['a page that verifies', 65_000, () => sizeOf(PAGE)],
  ['the whole door, every word that it can say', 68_000, () => sizeOf(DOOR)],
] as const

describe('the verify door in a browser, gzip', () => {
  const lines: string[] = []
  afterAll(() => console.log(`Browser, gzip: ${lines.join('; ')}`))

  it.each(ROWS)('%s: at most %i bytes', async (what, most, measure) => {
    const size = await measure()
    lines.push(`${what} ${kilobytes(size)} of ${kilobytes(most)}`)
    expect(size).toBeGreaterThan(10_000)
    expect(size).toBeLessThanOrEqual(most)
  })

  it('what linked data needs is loaded on demand', async () => {
    const { files, together } = await bundleFor(DOOR)
    const later = [...files.keys()].filter((name) => !together.includes(name))
    const sizes = later.map((name) => gzipSync(files.get(name) ?? '').length)
    lines.push(`on demand, for linked data, ${kilobytes(sizes.reduce((sum, size) => sum + size, 0))}`)
    expect(later.length).toBeGreaterThan(0)
  })

  it('no code is made at run time in what is loaded at once', async () => {
    const { files, together } = await bundleFor(DOOR)
    const text = together.map((name) => Buffer.from(files.get(name) ?? '').toString()).join('\n')
    expect(text).not.toMatch(/\beval\(|new Function\(/)
  })
})
