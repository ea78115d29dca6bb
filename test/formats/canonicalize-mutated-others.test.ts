import { contexts } from '@digitalbazaar/credentials-context'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ContextDocument } from '../../src/formats/input.js'
import { AGREEMENTS, compareMutations, hurryReference, mutationsOf, seedOfRun } from './support/compare-canonical.js'
import { otherDocuments } from './support/linked-documents.js'

const VOCABULARY = 'https://www.w3.org/ns/credentials/undefined-terms/v2'

const extraContexts: readonly ContextDocument[] = [
  { url: VOCABULARY, document: contexts.get(VOCABULARY) ?? {} },
  {
    url: 'https://northfield.example/contexts/v1',
    document: {
      '@context': {
        '@version': 1.1,
        did: 'https://northfield.example/terms#did',
        ex: { '@id': 'https://northfield.example/terms#', '@prefix': true },
        rank: { '@id': 'ex:rank', '@type': 'ex:grade' },
        route: { '@id': 'ex:route', '@type': '@vocab' },
        steps: { '@id': 'ex:steps', '@container': '@list' },
        label: { '@id': 'ex:label', '@language': 'en' },
        within: { '@id': 'ex:within', '@context': { rank: 'ex:other-rank', within: { '@id': 'ex:deeper' } } },
        Scoped: { '@id': 'ex:Scoped', '@context': { label: 'ex:plain-label', Scoped: 'ex:ScopedAgain' } },
        Kept: { '@id': 'ex:Kept', '@context': { '@propagate': true, label: 'ex:kept-label' } },
        gone: null,
      },
    },
  },
]

const node = {
  id: 'urn:x:node',
  rank: '1',
  route: 'Scoped',
  label: 'one',
  within: { rank: '2', within: { rank: '3' } },
}

/** Documents in the terms of a caller's contexts: scopes in scopes, types over types, terms that are prefixes. */
const foreign = [
  { '@context': ['https://northfield.example/contexts/v1'], type: 'Scoped', name: 'x', ...node },
  {
    '@context': ['https://www.w3.org/ns/credentials/v2', 'https://northfield.example/contexts/v1'],
    id: 'did:key:z6Mk',
    type: ['VerifiableCredential', 'Scoped'],
    issuer: { id: 'https://northfield.example', rank: '0' },
    credentialSubject: { ...node, type: ['Scoped', 'Kept'], steps: ['a', 'b'], rank: [node.rank, '4'] },
    evidence: [node, { ...node, type: 'Scoped' }],
  },
  {
    '@context': ['https://www.w3.org/ns/credentials/v2', VOCABULARY],
    type: ['VerifiableCredential', 'AnythingGoes'],
    issuer: 'https://northfield.example',
    credentialSubject: { anything: { goes: ['here', 7, false] } },
  },
]

describe('the compiled canonicaliser agrees with the JSON-LD processor', () => {
  let restore = (): void => undefined
  beforeAll(() => {
    restore = hurryReference()
  })
  afterAll(() => restore())

  const compare = async (name: string, documents: readonly (typeof otherDocuments)[number][], times: number) => {
    const seed = seedOfRun()
    const counts = await compareMutations(documents, { seed, times: mutationsOf(times), extraContexts })
    console.log(`canonicaliser, mutated ${name} (seed ${seed}), 0 differ:`, JSON.stringify(counts))
    for (const agreement of AGREEMENTS) expect(counts[agreement], agreement).toBeGreaterThan(0)
  }

  it('about mutations of proofs, status lists and presentations', { timeout: 600_000 }, () =>
    compare('proofs, lists and presentations', otherDocuments, 4_000),
  )

  it("about mutations of documents in a caller's terms", { timeout: 600_000 }, () =>
    compare("documents in a caller's terms", foreign, 6_000),
  )
})
