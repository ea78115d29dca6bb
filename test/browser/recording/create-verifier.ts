import { systemClock } from '../../../src/core/clock.js'
import { createVerifier as create, type Verifier, type VerifierOptions } from '../../../src/verifier/create-verifier.js'
import type { VerifyOptions } from '../../../src/verifier/verify-options.js'
import type { Answer, Call, Outcome, Unrecorded, VerifierRecord } from '../support/record.js'
import { toWire, Unrecordable, type Wire } from '../support/wire.js'
import { currentTest, gave, record, threw } from './log.js'

export * from '../../../src/verifier/create-verifier.js'

type Draft<T> = { -readonly [Key in keyof T]: T[Key] }

const answering =
  <Given extends readonly unknown[], T>(log: Answer[], ask: (...given: Given) => Promise<T>) =>
  async (...given: Given): Promise<T> => {
    try {
      const value = await ask(...given)
      log.push({ asked: String(given[0]), outcome: gave(value) })
      return value
    } catch (error) {
      log.push({ asked: String(given[0]), outcome: threw(error) })
      throw error
    }
  }

// Functions cannot travel; what they answered can.
const LEFT_BEHIND = ['clock', 'fetch', 'versionMemory'] as const

const plainOptions = (options: VerifierOptions): Wire =>
  toWire(Object.fromEntries(Object.entries(options).filter(([name]) => !LEFT_BEHIND.some((other) => other === name))))

interface Logs {
  readonly fetched: Answer[]
  readonly versions: Answer[]
  readonly calls: Draft<Call>[]
  readonly times: number[]
}

const watched = (options: VerifierOptions, { fetched, versions, times }: Logs): VerifierOptions => {
  const { clock = systemClock, fetch, versionMemory } = options
  const now = () => {
    const time = clock.now()
    times.push(time.getTime())
    return time
  }
  return {
    ...options,
    clock: { ...clock, now },
    ...(fetch ? { fetch: answering(fetched, fetch) } : {}),
    ...(versionMemory
      ? {
          versionMemory: {
            newest: answering(versions, (name: string) => versionMemory.newest(name)),
            remember: (name, version) => versionMemory.remember(name, version),
            pin: (name, digest) => versionMemory.pin(name, digest),
          },
        }
      : {}),
  }
}

const attempt = async <T extends { readonly report: unknown }>(
  ask: () => Promise<T>,
  tell: (outcome: Outcome) => void,
): Promise<T> => {
  try {
    const result = await ask()
    tell(gave(result.report))
    return result
  } catch (error) {
    tell(threw(error))
    throw error
  }
}

/** Makes a verifier that writes down what it is asked and what it answers. */
export const createVerifier = (options: VerifierOptions): Verifier => {
  const logs: Logs = { fetched: [], versions: [], calls: [], times: [] }
  const verifier = create(watched(options, logs))
  const test = currentTest()
  let wire: Wire
  let obstacle: string | undefined
  const carefully = (work: () => void): void => {
    try {
      work()
    } catch (error) {
      if (!(error instanceof Unrecordable)) throw error
      obstacle = error.message
    }
  }
  carefully(() => {
    wire = plainOptions(options)
  })
  record((): VerifierRecord | Unrecorded =>
    obstacle === undefined
      ? { kind: 'verifier', test, options: wire, ...logs }
      : { kind: 'unrecorded', test, why: obstacle },
  )
  const calling = async <T extends { readonly report: unknown }>(
    method: Call['method'],
    input: unknown,
    ask: VerifyOptions | undefined,
    run: () => Promise<T>,
  ): Promise<T> => {
    const call: Draft<Call> = { method, input: null, ask: null, outcome: { threw: 'unfinished' } }
    carefully(() => {
      call.input = toWire(input)
      call.ask = toWire(ask)
      logs.calls.push(call)
    })
    const before = logs.times.length
    return attempt(run, (outcome) => {
      call.outcome = outcome
      const now = logs.times[before]
      if (now !== undefined) call.now = now
    })
  }
  return {
    policy: verifier.policy,
    verify: (input, ask) => calling('verify', input, ask, () => verifier.verify(input, ask)),
    verifyCredential: (input, ask) =>
      calling('verifyCredential', input, ask, () => verifier.verifyCredential(input, ask)),
    verifyPresentation: (input, ask) =>
      calling('verifyPresentation', input, ask, () => verifier.verifyPresentation(input, ask)),
  }
}
