import type { IdentitySessionStore } from '../../adapters/identity/sessions.js'
import { type Case, ensure } from './case.js'

/** Opens an empty store of checks to test. */
export type OpenIdentitySessionStore = () => Promise<IdentitySessionStore>

type Promised = readonly [name: string, run: (store: IdentitySessionStore) => Promise<void>]

const PROMISES: readonly Promised[] = [
  [
    'gives back what was kept, and nothing of what was not',
    async (store) => {
      ensure(await store.put('session.Aa_-', '{"name":"Ŵyn"}'), 'a new name must be taken')
      ensure((await store.get('session.Aa_-')) === '{"name":"Ŵyn"}', 'the same text, letter by letter')
      ensure(
        (await store.get('session.aA_-')) === undefined,
        'undefined for another name: letters differ by their case',
      )
    },
  ],
  [
    'replaces what is there only for whoever knows it',
    async (store) => {
      await store.put('one-a', 'one')
      ensure(!(await store.put('one-a', 'two')), 'a name that is taken must not be new')
      ensure(!(await store.put('one-a', 'two', 'another')), 'what is there must be what was said')
      ensure(!(await store.put('one-b', 'two', 'one')), 'where nothing is, nothing can be replaced')
      ensure((await store.get('one-a')) === 'one', 'nothing of that may change anything')
      ensure(await store.put('one-a', 'two', 'one'), 'whoever knows what is there must succeed')
      ensure((await store.get('one-a')) === 'two', 'the new text')
    },
  ],
  [
    'lets one of many at once succeed',
    async (store) => {
      const won = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((text) => store.put('one-a', text)))
      ensure(won.filter(Boolean).length === 1, 'one new name, one success')
      const before = await store.get('one-a')
      const next = await Promise.all(['f', 'g', 'h'].map((text) => store.put('one-a', text, before)))
      ensure(next.filter(Boolean).length === 1, 'one change, one success')
    },
  ],
]

/** What every `IdentitySessionStore` promises, as cases for any test runner. */
export const identitySessionStoreContract = (open: OpenIdentitySessionStore): readonly Case[] =>
  PROMISES.map(([name, run]) => ({ name, run: async () => run(await open()) }))
