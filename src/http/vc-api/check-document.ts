import type { JsonObject } from '../../core/json.js'
import { LIMITS } from '../../core/limits.js'
import type { Kind } from '../../formats/input.js'
import { checkShape } from '../../formats/shape.js'
import { codeText } from '../../verifier/code-text.js'
import { holdsMoreThan } from '../../verifier/verify-bounded.js'
import { problem, RequestProblem, refuse } from '../problem.js'
import { problemType, REQUEST_PROBLEMS } from '../problem-types.js'

const MOST = { credential: LIMITS.credentialValues, presentation: LIMITS.presentationValues } as const

/**
 * Ends the request unless a document that is to be signed fits the data model, and costs no more than one that we would
 * verify.
 */
export const checkDocument = (document: JsonObject, kind: Kind): void => {
  if (holdsMoreThan(document, MOST[kind]))
    refuse(REQUEST_PROBLEMS.malformed, 'The document holds more values than we sign.', { pointer: `/${kind}` })
  const problems = checkShape(document, kind).map(({ path, code }) => {
    const { meaning, mend } = codeText(code) ?? { meaning: 'This does not fit the data model.', mend: '' }
    return problem(problemType(code), `${meaning} ${mend}`.trim(), { code, pointer: `/${kind}${path}` })
  })
  if (problems.length > 0) throw new RequestProblem(400, problems)
}

/**
 * Ends the request because a document cannot be secured. It is the sender's, and so is what is wrong with it.
 * @see Data Integrity 1.0, section 4.7
 */
export const notSecured = (pointer: string): never => {
  const detail = 'The document cannot be secured: a word has no meaning in its contexts, or a context is not at hand.'
  return refuse(REQUEST_PROBLEMS.proofGeneration, detail, { pointer })
}
