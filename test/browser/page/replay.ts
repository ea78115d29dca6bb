import { parseStrictJson } from '../../../src/codec/strict-json.js'
import { fixedClock } from '../../../src/core/clock.js'
import { PassportError } from '../../../src/core/errors.js'
import { importPublicKey } from '../../../src/crypto/keys.js'
import { createVerifier, type VerifierOptions } from '../../../src/doors/verify.js'
import { readInput } from '../../../src/formats/read.js'
import {
  type Answer,
  type Call,
  errorName,
  type FunctionRecord,
  type KeyRecord,
  type Outcome,
  type Recorded,
  type VerifierRecord,
} from '../support/record.js'
import { fromWire, toWire } from '../support/wire.js'

const outcomeOf = async (work: () => unknown): Promise<Outcome> => {
  try {
    return { gave: toWire(await work()) }
  } catch (error) {
    return { threw: errorName(error) }
  }
}

/** Answers in the order in which the world answered in Node. */
const answersOf = (log: readonly Answer[]) => {
  const waiting = [...log]
  return (asked: string): unknown => {
    const at = waiting.findIndex((answer) => answer.asked === asked)
    const [answer] = at < 0 ? [] : waiting.splice(at, 1)
    if (!answer) throw new PassportError('fetch.failed', 'Nobody asked for this in Node', { retryable: true })
    const { outcome } = answer
    if ('gave' in outcome) return fromWire(outcome.gave)
    if (outcome.threw.includes('.')) throw new PassportError(outcome.threw as never, 'As in Node', { retryable: true })
    throw new Error('As in Node')
  }
}

const optionsOf = ({ options, fetched, versions }: VerifierRecord, now: () => Date): VerifierOptions => {
  const fetch = answersOf(fetched)
  const newest = answersOf(versions)
  return {
    ...(fromWire(options) as VerifierOptions),
    clock: { ...fixedClock('2026-01-01T00:00:00Z'), now },
    ...(fetched.length === 0 ? {} : { fetch: async (url) => fetch(url) as never }),
    ...(versions.length === 0
      ? {}
      : {
          versionMemory: {
            newest: async (name) => newest(name) as never,
            remember: async () => {},
            pin: async (_, digest) => digest,
          },
        }),
  }
}

const replayVerifier = async (record: VerifierRecord): Promise<readonly Outcome[]> => {
  let now = 0
  const verifier = createVerifier(optionsOf(record, () => new Date(now)))
  const outcomes: Outcome[] = []
  for (const { method, input, ask, now: then } of record.calls as readonly Call[]) {
    now = then ?? now
    outcomes.push(await outcomeOf(async () => (await verifier[method](fromWire(input), fromWire(ask) as never)).report))
  }
  return outcomes
}

const replayKey = async ({ jwk, signatures }: KeyRecord): Promise<readonly Outcome[]> => {
  try {
    const key = await importPublicKey(fromWire(jwk))
    const held = signatures.map(({ data, signature }) =>
      outcomeOf(() => key.verify(fromWire(data) as Uint8Array, fromWire(signature) as Uint8Array)),
    )
    return [{ gave: key.thumbprint }, ...(await Promise.all(held))]
  } catch (error) {
    return [{ threw: errorName(error) }]
  }
}

const FUNCTIONS: Readonly<Record<string, (...given: never[]) => unknown>> = { parseStrictJson, readInput }

const replayFunction = async ({ name, given }: FunctionRecord): Promise<readonly Outcome[]> => [
  await outcomeOf(() => FUNCTIONS[name]?.(...(given.map(fromWire) as never[]))),
]

/** Does in this browser what a test did in Node. */
export const replay = (record: Recorded): Promise<readonly Outcome[]> => {
  if (record.kind === 'verifier') return replayVerifier(record)
  return record.kind === 'key' ? replayKey(record) : replayFunction(record)
}

/** What each record of a page of records gives here; one at a time, as a person would. */
export const replayPage = async (address: string): Promise<readonly (readonly Outcome[])[]> => {
  const lines = (await (await fetch(address)).text()).trimEnd().split('\n')
  const outcomes: (readonly Outcome[])[] = []
  for (const line of lines) outcomes.push(await replay(JSON.parse(line)))
  return outcomes
}
