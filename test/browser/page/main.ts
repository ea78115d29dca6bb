import { createGuardedFetch } from '../../../src/doors/verify.js'
import { gunzip } from '../../../src/runtime/browser.js'
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

/** How many bytes come out, or the kind of refusal. */
const inflated = async (base64: string, maximumBytes: number): Promise<number | string> => {
  const data = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
  try {
    return (await gunzip(data, maximumBytes)).length
  } catch (error) {
    return error instanceof RangeError ? 'too much' : 'refused'
  }
}

/** What becomes of code made at run time; asked from a timer, for a debugger's own calls are let off the policy. */
const makeCode = (): Promise<string> =>
  new Promise((resolve) => {
    setTimeout(() => {
      try {
        resolve(String(new Function('return 1')()))
      } catch (error) {
        resolve(errorName(error))
      }
    })
  })

// Whatever the Content-Security-Policy stopped, in the words of the browser.
const violations: string[] = []
document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
  violations.push(`${violatedDirective} ${blockedURI}`)
})

Object.assign(globalThis, { page: { replayPage, refusal, inflated, makeCode, violations } })
