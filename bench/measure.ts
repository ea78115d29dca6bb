/** Something that does the work once; `true` when it did it well. */
export type Run = () => boolean | Promise<boolean>

/** Somebody who can do a piece of work. `limit` is the name of the least that anybody would have to do. */
export interface Contender {
  readonly name: string
  readonly run: Run
  /** The same work on something forged; it must say no or throw. Absent where nothing can be forged. */
  readonly forged?: Run
}

/** One piece of work on one payload, and those who do it. */
export interface Work {
  readonly work: string
  readonly payload: string
  readonly contenders: readonly Contender[]
  /** The peer that ratios are taken to; the fastest other than the limit unless said. */
  readonly peer?: string
}

/** How long one contender took, in microseconds. */
export interface Times {
  readonly medianMicros: number
  readonly bestMicros: number
}

/** How patiently to measure. */
export interface Patience {
  readonly rounds: number
  readonly warmUpMillis: number
  readonly batchMillis: number
}

/** The ordinary run, and `--quick`. */
export const PATIENCE: Readonly<Record<'full' | 'quick', Patience>> = {
  full: { rounds: 80, warmUpMillis: 400, batchMillis: 5 },
  quick: { rounds: 20, warmUpMillis: 150, batchMillis: 3 },
}

const once = async (run: Run): Promise<boolean> => {
  try {
    return await run()
  } catch {
    return false
  }
}

/** Nobody is timed who accepts a forgery, or refuses the real thing. */
const prove = async (work: Work, { name, run, forged }: Contender): Promise<void> => {
  const title = `${work.work} ${work.payload}: ${name}`
  if (!(await run())) throw new Error(`${title} does not do the work`)
  if (forged && (await once(forged))) throw new Error(`${title} accepts a forgery`)
}

// A promise is awaited only where there is one: whoever answers at once is not charged for waiting.
const repeat = async (run: Run, times: number): Promise<void> => {
  for (let index = 0; index < times; index++) {
    const done = run()
    if (done !== true && !(await done)) throw new Error('the work went wrong while it was timed')
  }
}

const millis = async (run: Run, times: number): Promise<number> => {
  const started = performance.now()
  await repeat(run, times)
  return performance.now() - started
}

/** Runs until warm, and says how many runs fill a batch. */
const warmUp = async (run: Run, { warmUpMillis, batchMillis }: Patience): Promise<number> => {
  const started = performance.now()
  let runs = 0
  while (performance.now() - started < warmUpMillis || runs < 1) {
    await repeat(run, 1)
    runs++
  }
  const each = (performance.now() - started) / runs
  return Math.max(1, Math.round(batchMillis / each))
}

/** The middle of some numbers. */
export const median = (numbers: readonly number[]): number => {
  const sorted = numbers.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2
}

/**
 * Times everybody at the same work, in turns, each round beginning with another: whatever disturbs the machine disturbs
 * them alike.
 */
export const measure = async (work: Work, patience: Patience): Promise<ReadonlyMap<string, Times>> => {
  const { contenders } = work
  const batches: number[] = []
  for (const contender of contenders) {
    await prove(work, contender)
    batches.push(await warmUp(contender.run, patience))
  }
  const samples = contenders.map((): number[] => [])
  for (let round = 0; round < patience.rounds; round++) {
    for (let turn = 0; turn < contenders.length; turn++) {
      const index = (round + turn) % contenders.length
      const times = batches[index] ?? 1
      const { run } = contenders[index] as Contender
      samples[index]?.push(((await millis(run, times)) * 1000) / times)
    }
  }
  return new Map(
    contenders.map(({ name }, index) => {
      const taken = samples[index] ?? []
      return [name, { medianMicros: median(taken), bestMicros: Math.min(...taken) }]
    }),
  )
}
