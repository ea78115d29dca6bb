import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  compareCanonical,
  compareMutations,
  hurryReference,
  mutationsOf,
  seedOfRun,
} from './support/compare-canonical.js'
import { exampleDocuments } from './support/linked-documents.js'

describe('the compiled canonicaliser agrees with the JSON-LD processor', () => {
  it('about every example of the catalogue', async () => {
    for (const document of exampleDocuments) expect(await compareCanonical(document, [])).toBe('identical')
  })

  it('about some mutations, the processor left as it is', { timeout: 60_000 }, async () => {
    await compareMutations(exampleDocuments, { seed: seedOfRun(), times: mutationsOf(500), extraContexts: [] })
  })

  describe('in haste', () => {
    let restore = (): void => undefined
    beforeAll(() => {
      restore = hurryReference()
    })
    afterAll(() => restore())

    it('about mutations of credentials', { timeout: 600_000 }, async () => {
      const seed = seedOfRun()
      const counts = await compareMutations(exampleDocuments, { seed, times: mutationsOf(12_000), extraContexts: [] })
      console.log(`canonicaliser, mutated credentials (seed ${seed}), 0 differ:`, JSON.stringify(counts))
      expect(counts.identical).toBeGreaterThan(counts['left to the reference processor'])
    })
  })
})
