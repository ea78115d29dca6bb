import { readdirSync } from 'node:fs'
import { afterEach, describe, expect, it, vi } from 'vitest'

const folder = new URL('../../examples/', import.meta.url)
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.ts'))
  .sort()

/** What each example prints, line by line. */
const PRINTED: Readonly<Record<string, readonly string[]>> = {
  '1-issue-right-to-work.ts': ['issued RightToWork as data-integrity'],
  '2-dry-run-an-extract.ts': [
    'row 1: ready',
    'row 2: not ready',
    '  /claims/statMandSubject schema.notInCoreSkillsFramework: Use one of the 24 published subjects and levels, or name the framework that it belongs to, such as LOCAL.',
    'row 3: not ready',
    '  /claims/lastDateAwarded schema.format: Write a real date as 2026-01-31.',
  ],
  '3-present-to-another-employer.ts': [
    'to the right challenge: accepted',
    'to another: rejected, holderBinding.challengeMismatch',
  ],
  '4-revoke-and-publish.ts': [
    'revocation: 1 set',
    'suspension: 0 set',
    'today: rejected status.revoked',
    "on Monday, by Monday's list: accepted",
  ],
  '5-keep-the-key-elsewhere.ts': ['an issuer whose key is elsewhere, signing ES256'],
  '6-wallets-on-hono.ts': ['through Hono: RightToWork'],
  '7-wallets-on-express.ts': ['through Express: RightToWork'],
  '8-serve-your-system.ts': ['through Hono: 23 of 23 promises hold'],
}

afterEach(() => vi.restoreAllMocks())

describe('the examples run and print what they should', () => {
  it('each has its expected output here', () => expect(Object.keys(PRINTED)).toEqual(names))

  it.each(names)('%s', async (name) => {
    const printed: string[] = []
    vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line))
    await import(new URL(name, folder).href)
    expect([...printed].sort()).toEqual([...(PRINTED[name] ?? [])].sort())
  })
})
