import { createGuardedFetch } from '#runtime'
import { createVerifier, type VerifierOptions } from '../../verifier/create-verifier.js'
import type { Reason, Verdict } from '../../verifier/report.js'
import type { VerifyOptions } from '../../verifier/verify-options.js'
import { pack, unpack } from '../message.js'
import type { OpenWork } from './work.js'

/** What of a verifier can be told to another thread. */
export type PlainVerifierOptions = Pick<
  VerifierOptions,
  'policy' | 'trustList' | 'anchor' | 'statusLists' | 'contexts' | 'canonicalizer'
>

/** What all batches of one verifying run have in common. */
export interface VerifyingSetup {
  readonly verifier: PlainVerifierOptions
  /** Whether each thread fetches what it needs. */
  readonly fetch: boolean
  readonly ask: Pick<VerifyOptions, 'at' | 'expectedChallenge' | 'expectedAudience'>
}

/** Asks for inputs to be verified: the body holds them, one after another, each of its length in bytes. */
export interface VerifyHead {
  readonly now: number
  readonly lengths: readonly number[]
}

/** What came of an input. Each has a line: the report as JSON. */
export interface VerifiedInput {
  readonly verdict: Verdict
  readonly reasons: readonly Reason[]
}

/** Verifies inputs. */
export const openVerifyInputs: OpenWork = async (text) => {
  const setup: VerifyingSetup = JSON.parse(text)
  let now = 0
  const clock = { now: () => new Date(now) }
  const fetch = setup.fetch ? { fetch: createGuardedFetch() } : {}
  const verifier = createVerifier({ ...setup.verifier, ...fetch, clock })
  return async (batch) => {
    const { head, body } = unpack<VerifyHead>(batch)
    now = head.now
    const verified: VerifiedInput[] = []
    const lines: string[] = []
    let start = 0
    for (const length of head.lengths) {
      const { report } = await verifier.verify(body.subarray(start, start + length), setup.ask)
      start += length
      verified.push({ verdict: report.verdict, reasons: report.reasons })
      lines.push(JSON.stringify(report))
    }
    return pack(verified, lines)
  }
}
