import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Bundle, bundleFor } from './support/bundle.js'
import { hasChromium, launch } from './support/chromium.js'
import type { Outcome, Recorded } from './support/record.js'
import { type Records, recordTests } from './support/records.js'
import { type Site, serve } from './support/site.js'

// What each record gave in Node, in the shape in which the page gives it.
const outcomesOf = (record: Recorded): readonly Outcome[] => {
  if (record.kind === 'verifier') return record.calls.map(({ outcome }) => outcome)
  if (record.kind === 'function') return [record.outcome]
  return [record.outcome, ...record.signatures.map(({ holds }) => ({ gave: holds }))]
}

const PAGE_CHARACTERS = 4_000_000

/** Records in pages that a browser takes in one bite. */
const pagesOf = ({ recorded }: Records): readonly Records['recorded'][] => {
  const pages: Records['recorded'][number][][] = [[]]
  let length = 0
  for (const one of recorded) {
    length += one.line.length
    if (length > PAGE_CHARACTERS) {
      pages.push([])
      length = one.line.length
    }
    pages.at(-1)?.push(one)
  }
  return pages
}

describe.runIf(hasChromium)('the same input gives the same report in Chromium as in Node', () => {
  let bundle: Bundle
  let records: Records
  let site: Site
  let browser: Browser
  let page: Page
  let pages: readonly Records['recorded'][]

  beforeAll(async () => {
    bundle = await bundleFor('test/browser/page/main.ts')
    records = await recordTests()
    pages = pagesOf(records)
    const files = new Map<string, Uint8Array | string>(bundle.files)
    files.set('index.html', `<!doctype html><script type="module" src="/${bundle.entry}"></script>`)
    for (const [index, one] of pages.entries()) files.set(`records/${index}`, one.map(({ line }) => line).join('\n'))
    site = await serve(files)
    browser = await launch()
    page = await browser.newPage()
    await page.goto(`${site.address}/index.html`)
    await page.waitForFunction(() => 'page' in globalThis)
  }, 300_000)

  afterAll(async () => {
    await browser?.close()
    await site?.close()
  })

  it('over hundreds of inputs', { timeout: 300_000 }, async () => {
    const different: unknown[] = []
    let compared = 0
    for (const [index, one] of pages.entries()) {
      const here = await page.evaluate(
        // biome-ignore lint/suspicious/noExplicitAny: what the page offers
        (address) => (globalThis as any).page.replayPage(address) as Promise<(readonly Outcome[])[]>,
        `/records/${index}`,
      )
      for (const [position, { record }] of one.entries()) {
        const [node, chromium] = [outcomesOf(record), here[position] ?? []]
        compared += node.length
        for (const [call, outcome] of node.entries())
          if (JSON.stringify(outcome) !== JSON.stringify(chromium[call]))
            different.push({ test: record.test, call, node: outcome, chromium: chromium[call] })
      }
    }
    console.log(
      `Chromium: ${compared} answers compared with Node's, ${different.length} differ; ${records.unrecorded.length} could not be carried over`,
    )
    expect(different.slice(0, 5)).toEqual([])
    expect(compared).toBeGreaterThan(500)
  })
})
