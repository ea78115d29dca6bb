import type { StatusIndex, StatusListStore } from '../../ports/status-list-store.js'
import { type Case, ensure } from './case.js'

/** Opens a store of status lists that is empty, and closes it again. */
export type OpenStatusLists = () => Promise<{ readonly statusLists: StatusListStore; close(): Promise<void> }>

const MINIMUM_ENTRIES = 131_072
const NAME = /^[A-Za-z0-9-]{16,}$/

const nameOf = ({ list, index }: StatusIndex): string => `${list}#${index}`

const requireUnique = (given: readonly StatusIndex[]): void =>
  ensure(new Set(given.map(nameOf)).size === given.length, 'no place may be given twice')

type Promised = readonly [name: string, run: (lists: StatusListStore) => Promise<void>]

const PROMISES: readonly Promised[] = [
  [
    'gives a place inside a list of at least 131,072 entries',
    async (lists) => {
      const [place] = await lists.reserve('revocation')
      const record = (await lists.lists()).find(({ list }) => list === place?.list)
      ensure(place !== undefined && record !== undefined, 'the list of a place must be known')
      ensure(record.entries >= MINIMUM_ENTRIES, 'the list must be long enough')
      ensure(place.index >= 0 && place.index < record.entries, 'the place must lie inside it')
      ensure(record.purpose === 'revocation' && place.purpose === 'revocation', 'the purpose must be kept')
    },
  ],
  [
    'never gives a place twice, one by one or many at once',
    async (lists) => {
      const single = await Promise.all(Array.from({ length: 200 }, () => lists.reserve('revocation')))
      requireUnique([...single.flat(), ...(await lists.reserve('revocation', 300))])
    },
  ],
  [
    'keeps the lists of different purposes apart',
    async (lists) => {
      const [revocation] = await lists.reserve('revocation')
      const [suspension] = await lists.reserve('suspension')
      ensure(revocation?.list !== suspension?.list, 'one list has one purpose')
    },
  ],
  [
    'gives places that cannot be foretold',
    async (lists) => {
      const places = await lists.reserve('revocation', 64)
      const ascending = places.slice(1).filter(({ index }, at) => index > (places[at]?.index ?? 0)).length
      ensure(ascending > 8 && ascending < 56, 'places must not come in order')
      ensure(new Set(places.map(({ index }) => index >> 13)).size > 4, 'places must be spread over the list')
    },
  ],
  [
    'names lists so that a name tells nothing',
    async (lists) => {
      const [place] = await lists.reserve('revocation')
      ensure(NAME.test(place?.list ?? ''), 'a name must be letters, digits and hyphens, long enough not to be guessed')
    },
  ],
  [
    'counts what it gave',
    async (lists) => {
      await lists.reserve('suspension', 7)
      const [record] = await lists.lists()
      ensure(record?.reserved === 7, 'seven places were taken')
    },
  ],
]

/** The promises of every `StatusListStore`. Each case opens a store of its own. */
export const statusListStoreContract = (open: OpenStatusLists): readonly Case[] =>
  PROMISES.map(([name, run]) => ({
    name,
    run: async () => {
      const opened = await open()
      try {
        await run(opened.statusLists)
      } finally {
        await opened.close()
      }
    },
  }))
