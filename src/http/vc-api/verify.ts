import { asArray, asJsonObject, isJsonObject, type Json, type JsonObject } from '../../core/json.js'
import type { Verifier } from '../../verifier/create-verifier.js'
import type { VerificationResult } from '../../verifier/result.js'
import type { VerifyOptions } from '../../verifier/verify-options.js'
import type { Answer, Call, Reply, Route } from '../answer.js'
import { needed, takeFlag, takeMembers, takeObject, takeOptions, takeText, takeTexts } from '../members.js'
import { type ProblemDetails, problem, refuse, refuseWith } from '../problem.js'
import { problemType, REQUEST_PROBLEMS } from '../problem-types.js'
import type { ReadBody } from '../read-json.js'
import { problemsOf } from './report-problems.js'
import { resultsOf } from './results.js'
import { takeSecured } from './take-secured.js'

/** The verifiers of a server, by the name of their policy. */
export type Verifiers = ReadonlyMap<string, Verifier>

const COMMON = {
  // An older way of saying what to look at. The policy says it here, and looks at more rather than less.
  checks: takeTexts,
  challenge: takeText,
  domain: takeText,
  returnProblemDetails: takeFlag,
  returnResults: takeFlag,
  returnReport: takeFlag,
}
const CREDENTIAL = {
  body: { verifiableCredential: takeSecured, options: takeObject },
  options: { ...COMMON, returnCredential: takeFlag },
}
const PRESENTATION = {
  body: { verifiablePresentation: takeSecured, options: takeObject },
  options: { ...COMMON, returnPresentation: takeFlag },
}

interface Wanted {
  readonly returnProblemDetails?: boolean
  readonly returnResults?: boolean
  readonly returnReport?: boolean
}

const reply = (
  { verdict, report }: VerificationResult,
  input: JsonObject | string,
  wanted: Wanted,
  returned: { readonly [name: string]: Json },
  more: readonly ProblemDetails[] = [],
): Reply => {
  const problemDetails = [...problemsOf(report), ...more]
  const verified = verdict === 'accepted' && more.length === 0
  const body = {
    verified,
    ...returned,
    ...(wanted.returnProblemDetails === false ? {} : { problemDetails }),
    ...(wanted.returnResults === true ? { results: resultsOf(report, input) } : {}),
    ...(wanted.returnReport === true ? { report } : {}),
  }
  // What did not verify must not look like a success to whoever reads the status alone.
  return { status: verified ? 200 : 400, body: asJsonObject(body) }
}

const verifierOf = (verifiers: Verifiers, { parameters }: Call): Verifier =>
  verifiers.get(parameters.preset ?? '') ?? refuseWith(404, 'There is no such verifier.')

const isStated = (stated: Json | undefined, expected: string): boolean =>
  Array.isArray(stated) ? stated.length === 1 && stated[0] === expected : stated === expected

/** Whether every proof states what was asked. Of nothing nothing is stated: a token, or one in an envelope, has no proofs. */
function states(credential: JsonObject | string, name: string, expected: string | undefined): boolean {
  if (expected === undefined) return true
  const proofs = isJsonObject(credential) ? asArray(credential.proof) : []
  return proofs.length > 0 && proofs.every((proof) => isJsonObject(proof) && isStated(proof[name], expected))
}

// A credential answers no challenge, but whoever asks whether its proofs do gets a true answer (Data Integrity, 4.4).
const unanswered = (credential: JsonObject | string, challenge?: string, domain?: string): readonly ProblemDetails[] =>
  [
    { code: 'holderBinding.challengeMismatch', holds: states(credential, 'challenge', challenge) },
    { code: 'holderBinding.audienceMismatch', holds: states(credential, 'domain', domain) },
  ]
    .filter(({ holds }) => !holds)
    .map(({ code }) =>
      problem(problemType(code), 'A proof was not made for what was asked.', {
        code,
        pointer: '/verifiableCredential',
      }),
    )

const verifyCredential =
  (verifiers: Verifiers, readBody: ReadBody): Answer =>
  async (call) => {
    const verifier = verifierOf(verifiers, call)
    const body = await readBody(call.request)
    const input = needed(takeMembers(body, '', CREDENTIAL.body).verifiableCredential, '/verifiableCredential')
    const { challenge, domain, returnCredential, ...wanted } = takeOptions(body, CREDENTIAL.options)
    const returned = returnCredential === true ? { credential: input } : {}
    return reply(await verifier.verifyCredential(input), input, wanted, returned, unanswered(input, challenge, domain))
  }

const expectations = (challenge: string | undefined, domain: string | undefined): VerifyOptions => ({
  ...(challenge === undefined ? {} : { expectedChallenge: challenge }),
  ...(domain === undefined ? {} : { expectedAudience: domain }),
})

const checkExpected = ({ policy }: Verifier, challenge: string | undefined, domain: string | undefined): void => {
  if (policy.skip.holderBinding !== undefined || (challenge !== undefined && domain !== undefined)) return
  const detail = 'A presentation needs a challenge and a domain, or anybody could replay it.'
  refuse(REQUEST_PROBLEMS.malformed, detail, { pointer: '/options' })
}

const verifyPresentation =
  (verifiers: Verifiers, readBody: ReadBody): Answer =>
  async (call) => {
    const verifier = verifierOf(verifiers, call)
    const body = await readBody(call.request)
    const input = needed(takeMembers(body, '', PRESENTATION.body).verifiablePresentation, '/verifiablePresentation')
    const { challenge, domain, returnPresentation, ...wanted } = takeOptions(body, PRESENTATION.options)
    checkExpected(verifier, challenge, domain)
    const result = await verifier.verifyPresentation(input, expectations(challenge, domain))
    return reply(result, input, wanted, returnPresentation === true ? { verifiablePresentation: input } : {})
  }

/**
 * Verifying, by the policy that the path names. What it was to be verified by is the server's to say, so no option makes
 * it look at less.
 * @see VCALM, section "Verifying"
 */
export const verifyingRoutes = (verifiers: Verifiers, readBody: ReadBody): readonly Route[] => [
  {
    method: 'POST',
    path: '/verifiers/:preset/credentials/verify',
    guarded: false,
    answer: verifyCredential(verifiers, readBody),
  },
  {
    method: 'POST',
    path: '/verifiers/:preset/presentations/verify',
    guarded: false,
    answer: verifyPresentation(verifiers, readBody),
  },
]
