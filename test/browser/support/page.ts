import type { Browser, Page } from 'playwright-core'
import { bundleFor } from './bundle.js'
import { launch } from './chromium.js'
import type { Outcome } from './record.js'
import { type Site, serve } from './site.js'

/** What the test page offers. */
export interface Offered {
  replayPage(address: string): Promise<readonly (readonly Outcome[])[]>
  refusal(address: string): Promise<string>
  inflated(base64: string, maximumBytes: number): Promise<number | string>
  makeCode(): Promise<string>
  readonly violations: readonly string[]
}

/** The verify door, loaded by Chromium from a site with a strict Content-Security-Policy. */
export interface OpenPage {
  readonly page: Page
  /** Calls what the page offers. */
  ask<Name extends Exclude<keyof Offered, 'violations'>>(
    name: Name,
    ...given: Parameters<Offered[Name]>
  ): Promise<Awaited<ReturnType<Offered[Name]>>>
  violations(): Promise<readonly string[]>
  close(): Promise<void>
}

const closing = (browser: Browser, site: Site) => async (): Promise<void> => {
  await browser.close()
  await site.close()
}

/** Bundles the page, serves it together with these texts, and opens it. */
export const openPage = async (texts: ReadonlyMap<string, string> = new Map()): Promise<OpenPage> => {
  const { entry, files } = await bundleFor('test/browser/page/main.ts')
  const html = `<!doctype html><title>Staff Passport</title><script type="module" src="/${entry}"></script>`
  const site = await serve(new Map<string, Uint8Array | string>([...files, ...texts, ['index.html', html]]))
  const browser = await launch()
  const page = await browser.newPage()
  await page.goto(`${site.address}/index.html`)
  await page.waitForFunction(() => 'page' in globalThis)
  const offered = await page.evaluateHandle(() => (globalThis as unknown as { readonly page: Offered }).page)
  return {
    page,
    ask: (name, ...given) =>
      offered.evaluate((page, [called, rest]) => (page[called] as (...all: unknown[]) => Promise<never>)(...rest), [
        name,
        given,
      ] as const),
    violations: () => offered.evaluate(({ violations }) => violations),
    close: closing(browser, site),
  }
}
