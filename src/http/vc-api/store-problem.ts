import { ERROR_CODES, type ErrorCode } from '../../core/codes.js'
import { PassportError } from '../../core/errors.js'
import { plainProblem, RequestProblem } from '../problem.js'

const STATUSES: Partial<Record<ErrorCode, number>> = {
  'store.unknownCredential': 404,
  'store.alreadyIssued': 409,
  'store.inProgress': 409,
  'store.intentAbandoned': 409,
  'store.revocationIsFinal': 409,
}

/**
 * Ends a request because the world failed, in the words of the table: the message of the moment is for the operator.
 * What is no such failure is thrown on as it is.
 */
export const storeProblem = (error: unknown): never => {
  if (!(error instanceof PassportError)) throw error
  const { meaning, mend } = ERROR_CODES[error.code]
  const status = STATUSES[error.code] ?? 503
  throw new RequestProblem(status, [plainProblem(status, `${meaning} ${mend}`, { code: error.code })])
}
