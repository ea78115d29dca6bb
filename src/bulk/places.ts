import type { ListPurpose, StatusIndex, StatusListStore } from '../ports/status-list-store.js'

/** Places in status lists, taken from the store in blocks. */
export interface PlaceBlocks {
  /** One place of each purpose, for each of so many credentials. */
  take(count: number): Promise<readonly (readonly StatusIndex[])[]>
  /** Takes back places that were never written into a credential. */
  giveBack(places: readonly StatusIndex[]): void
}

/**
 * Reserves places many at a time. Where one credential of a block is refused, its places serve another. What is left at
 * the end stays taken, and unused.
 */
export const createPlaceBlocks = (
  statusLists: Pick<StatusListStore, 'reserve'>,
  purposes: readonly ListPurpose[],
): PlaceBlocks => {
  const free = new Map<ListPurpose, StatusIndex[]>(purposes.map((purpose) => [purpose, []]))
  const takeOf = async (purpose: ListPurpose, count: number): Promise<readonly StatusIndex[]> => {
    // Taken out before anything is awaited, so that no other batch is given the same.
    const kept = free.get(purpose)?.splice(0, count) ?? []
    const missing = count - kept.length
    return missing === 0 ? kept : [...kept, ...(await statusLists.reserve(purpose, missing))]
  }
  return {
    take: async (count) => {
      const columns = await Promise.all(purposes.map((purpose) => takeOf(purpose, count)))
      return Array.from({ length: count }, (_, row) => columns.flatMap((column) => column[row] ?? []))
    },
    giveBack: (places) => {
      for (const place of places) free.get(place.purpose)?.push(place)
    },
  }
}
