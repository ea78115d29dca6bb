import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium } from './support/chromium.js'
import { type OpenPage, openPage } from './support/page.js'
import type { Outcome, Recorded } from './support/record.js'
import { type Records, recordTests } from './support/records.js'

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
    if (length > PAGE_CHARACTERS && length > one.line.length) {
      pages.push([])
      length = one.line.length
    }
    pages.at(-1)?.push(one)
  }
  return pages
}

/** An answer that is not the one that Node gave. */
interface Difference {
  readonly test: string
  readonly node: Outcome
  readonly chromium: Outcome | undefined
}

// No browser computes ES256K: it says so, where Node verifies (ARCHITECTURE, dependencies).
const isUnavailableHere = ({ node, chromium }: Difference): boolean =>
  JSON.stringify(node).includes('"ES256K"') &&
  /signature\.algorithmUnavailable|key\.algorithmUnavailable/.test(JSON.stringify(chromium))

const differencesIn = ({ record }: Records['recorded'][number], here: readonly Outcome[]): readonly Difference[] =>
  outcomesOf(record)
    .map((node, index) => ({ test: record.test, node, chromium: here[index] }))
    .filter((pair) => JSON.stringify(pair.node) !== JSON.stringify(pair.chromium) && !isUnavailableHere(pair))

const formatsIn = (records: Records): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const { line } of records.recorded)
    for (const [, format = ''] of line.matchAll(/"input":\{"sha256":"[0-9a-f]{64}","format":"([^"]+)"/g))
      counts.set(format, (counts.get(format) ?? 0) + 1)
  return counts
}

// Group H, as far as a browser can judge: by the address alone.
const PRIVATE_ADDRESSES = [
  'https://127.0.0.1:6379/',
  'https://localhost:8080/did.json',
  'https://0x7f.1/',
  'https://2130706433/',
  'https://017700000001/',
  'https://127.1/',
  'https://0/',
  'https://127。0。0。1/',
  'https://①②⑦.0.0.1/',
  'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:a9fe:a9fe]/',
  'https://10.0.0.5/',
  'https://169.254.169.254/latest/meta-data/',
  'http://trust.example/',
  'file:///etc/passwd',
  'data:text/plain,x',
  'ftp://trust.example/',
  'blob:https://trust.example/1',
  'https://trust.example@evil.example/',
]

describe.runIf(hasChromium)('in Chromium, under a strict Content-Security-Policy', () => {
  let records: Records
  let pages: readonly Records['recorded'][]
  let open: OpenPage

  beforeAll(async () => {
    records = await recordTests()
    pages = pagesOf(records)
    const texts = pages.map((page, index) => [`records/${index}`, page.map(({ line }) => line).join('\n')] as const)
    open = await openPage(new Map(texts))
  }, 600_000)

  afterAll(() => open?.close())

  it('the same input gives the same report as in Node, over hundreds of inputs', { timeout: 600_000 }, async () => {
    const different: Difference[] = []
    let compared = 0
    for (const [index, page] of pages.entries()) {
      const here = await open.ask('replayPage', `/records/${index}`)
      for (const [position, one] of page.entries()) {
        compared += outcomesOf(one.record).length
        different.push(...differencesIn(one, here[position] ?? []))
      }
    }
    const formats = [...formatsIn(records)].map(([format, count]) => `${format} ${count}`)
    console.log(`Chromium: ${compared} answers compared with Node's, ${different.length} differ; ${formats.join(', ')}`)
    expect(different.slice(0, 3)).toEqual([])
    expect(compared).toBeGreaterThan(1_000)
  })

  it('NET-01 NET-02 NET-03 NET-08 NET-09: what an address gives away is refused, and asks nobody', async () => {
    const asked: string[] = []
    open.page.on('request', (request) => asked.push(request.url()))
    for (const address of PRIVATE_ADDRESSES) expect(await open.ask('refusal', address), address).toBe('fetch.blocked')
    expect(asked).toEqual([])
  })

  it('nothing of all this needed what the policy forbids', async () => expect(await open.violations()).toEqual([]))

  it('the policy does forbid code made at run time', async () => {
    expect(await open.ask('makeCode')).toBe('EvalError')
    expect(await open.violations()).toEqual(['script-src eval'])
  })
})
