/** How to work on many things at once. */
export interface InOrder<Item, Result> {
  /** How many are under way at the same time. */
  readonly depth: number
  readonly work: (item: Item) => Promise<Result>
  /** Takes back a result that nobody will see, because the caller stopped or something failed. */
  readonly discard: (result: Result) => Promise<void>
}

/**
 * Works on several items at once and gives the results in the order of the items. It reads no further ahead than it
 * works, and when it is left early nothing stays under way.
 */
export async function* mapInOrder<Item, Result>(
  items: AsyncIterable<Item>,
  { depth, work, discard }: InOrder<Item, Result>,
): AsyncGenerator<Result> {
  const underWay: Promise<Result>[] = []
  try {
    for await (const item of items) {
      const begun = work(item)
      // It is awaited in its turn; until then its failure must not end the process.
      begun.catch(() => {})
      underWay.push(begun)
      if (underWay.length < depth) continue
      const [oldest] = underWay
      if (oldest) yield await taken(underWay, oldest)
    }
    for (let oldest = underWay[0]; oldest; oldest = underWay[0]) yield await taken(underWay, oldest)
  } finally {
    for (const left of await Promise.allSettled(underWay)) if (left.status === 'fulfilled') await discard(left.value)
  }
}

const taken = async <Result>(underWay: Promise<Result>[], oldest: Promise<Result>): Promise<Result> => {
  const result = await oldest
  underWay.shift()
  return result
}

/** Items in groups of so many; the last may be smaller. */
export async function* inGroups<Item>(
  items: AsyncIterable<Item> | Iterable<Item>,
  size: number,
): AsyncGenerator<readonly Item[]> {
  let group: Item[] = []
  for await (const item of items) {
    group.push(item)
    if (group.length < size) continue
    yield group
    group = []
  }
  if (group.length > 0) yield group
}
