import { createGuardedFetch } from '../../../src/doors/verify.js'
import { errorName } from '../support/record.js'
import { replayPage } from './replay.js'

/** The code with which the browser's own fetcher refuses an address. */
const refusal = async (address: string): Promise<string> => {
  try {
    await createGuardedFetch()(address, { accept: '*/*', maximumBytes: 1_000 })
    return 'fetched'
  } catch (error) {
    return errorName(error)
  }
}

// Whatever the Content-Security-Policy stopped, in the words of the browser.
const violations: string[] = []
document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
  violations.push(`${violatedDirective} ${blockedURI}`)
})

Object.assign(globalThis, { page: { replayPage, refusal, violations } })
