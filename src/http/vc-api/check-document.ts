import type { JsonObject } from '../../core/json.js'
import { LIMITS } from '../../core/limits.js'
import type { Fault } from '../../core/outcome.js'
import type { Kind } from '../../formats/input.js'
import { checkRelatedResources, type RelatedResource } from '../../formats/related-resources.js'
import { checkShape } from '../../formats/shape.js'
import { codeText } from '../../verifier/code-text.js'
import { holdsMoreThan } from '../../verifier/verify-bounded.js'
import { type ProblemDetails, problem, RequestProblem, refuse } from '../problem.js'
import { problemType, REQUEST_PROBLEMS } from '../problem-types.js'

const MOST = { credential: LIMITS.credentialValues, presentation: LIMITS.presentationValues } as const

const asProblem =
  (kind: Kind) =>
  ({ path, code }: Fault): ProblemDetails => {
    const { meaning, mend } = codeText(code) ?? { meaning: 'This does not fit the data model.', mend: '' }
    return problem(problemType(code), `${meaning} ${mend}`.trim(), { code, pointer: `/${kind}${path}` })
  }

/**
 * Ends the request unless a document that is to be signed fits the data model, costs no more than one that we would
 * verify, and states the digests of the resources at hand as they are.
 */
export const checkDocument = (document: JsonObject, kind: Kind, resources: readonly RelatedResource[] = []): void => {
  if (holdsMoreThan(document, MOST[kind]))
    refuse(REQUEST_PROBLEMS.malformed, 'The document holds more values than we sign.', { pointer: `/${kind}` })
  const faults = [...checkShape(document, kind), ...checkRelatedResources(document, resources).faults]
  if (faults.length > 0) throw new RequestProblem(400, faults.map(asProblem(kind)))
}

/**
 * Ends the request because a document cannot be secured. It is the sender's, and so is what is wrong with it.
 * @see Data Integrity 1.0, section 4.7
 */
export const notSecured = (pointer: string): never => {
  const detail = 'The document cannot be secured: a word has no meaning in its contexts, or a context is not at hand.'
  return refuse(REQUEST_PROBLEMS.proofGeneration, detail, { pointer })
}
