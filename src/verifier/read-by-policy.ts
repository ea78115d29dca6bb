import type { CheckCode } from '../core/codes.js'
import { cryptosuiteNamed } from '../formats/data-integrity/suites.js'
import type { ReadInput, ReadResult } from '../formats/input.js'
import { readInput } from '../formats/read.js'
import type { VerifierSettings } from './case.js'
import type { Policy } from './policy.js'

interface Refusal {
  readonly code: CheckCode
  readonly path: string
}

const isTaken = <T>(list: readonly T[] | undefined, value: T): boolean => list === undefined || list.includes(value)

const algorithmFault = ({ jws, proofs }: ReadInput, { algorithms }: Policy): Refusal | undefined => {
  const code = 'format.algorithmNotAllowed'
  if (jws) return isTaken(algorithms, jws.algorithm) ? undefined : { code, path: '/header/alg' }
  // Which of a suite's algorithms was used, only its key says.
  const isEveryTaken = proofs.every(({ cryptosuite }) =>
    cryptosuiteNamed(cryptosuite)?.algorithms.every((name) => isTaken(algorithms, name)),
  )
  return isEveryTaken ? undefined : { code, path: '/proof' }
}

const refusalOf = (input: ReadInput, policy: Policy): Refusal | undefined =>
  isTaken(policy.formats, input.format)
    ? algorithmFault(input, policy)
    : { code: 'format.notAllowedByPolicy', path: '' }

/** What was read, refused where the policy does not take its format or its algorithms. */
export const judgeByPolicy = (read: ReadResult, policy: Policy): ReadResult => {
  const refusal = read.ok ? refusalOf(read.input, policy) : undefined
  if (!read.ok || !refusal) return read
  const { sha256, kind, format } = read.input
  return { ok: false, sha256, kind, format, code: refusal.code, faults: [refusal] }
}

/** The front door, which lets in only the formats and the algorithms that the policy takes. */
export const readByPolicy = (input: unknown, settings: Pick<VerifierSettings, 'policy' | 'rules'>): ReadResult =>
  judgeByPolicy(readInput(input, settings.rules), settings.policy)
