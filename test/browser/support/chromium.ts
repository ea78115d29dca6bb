import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

const path = process.env.STAFF_PASSPORT_CHROMIUM ?? PLACES.find((place) => existsSync(place))

/** Whether there is a Chromium on this machine; loudly when there is none. */
export const hasChromium: boolean = path !== undefined && existsSync(path)

if (!hasChromium) {
  const message = 'No Chromium: set STAFF_PASSPORT_CHROMIUM. Tests that need a browser are skipped.'
  if (process.env.STAFF_PASSPORT_REQUIRE_ALL === '1') throw new Error(message)
  console.warn(message)
}

// It may speak to this machine and to nobody else.
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Starts it, without a window. */
export const launch = (): Promise<Browser> =>
  chromium.launch({ executablePath: path ?? '', args: FLAGS, headless: true })
