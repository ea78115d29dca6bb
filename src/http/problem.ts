import { asJsonObject, type JsonObject } from '../core/json.js'

/** One thing that went wrong, for another program (RFC 9457). Holds no value from a credential, and no stack. */
export interface ProblemDetails {
  /** A URL that names the kind of problem. */
  readonly type: string
  readonly title: string
  readonly detail: string
  /** A code of ours, where one stands behind it. */
  readonly code?: string
  /** JSON pointer into what was sent. */
  readonly pointer?: string
}

/** What is known of a problem. */
export type ProblemMembers = Partial<Omit<ProblemDetails, 'title' | 'detail'>>

const titleOf = (type: string): string => type.slice(type.search(/[#:/][^#:/]*$/) + 1)

/** A problem of a kind that has a name. The title is the last part of that name. */
export const problem = (type: string, detail: string, more: ProblemMembers = {}): ProblemDetails => ({
  type,
  title: titleOf(type),
  detail,
  ...more,
})

const PHRASES: Readonly<Record<number, string>> = {
  401: 'Unauthorized',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  408: 'Request Timeout',
  409: 'Conflict',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  421: 'Misdirected Request',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  503: 'Service Unavailable',
}

/** A problem that its status says all about (RFC 9457, section 4.2.1). */
export const plainProblem = (status: number, detail: string, more: ProblemMembers = {}): ProblemDetails => ({
  type: 'about:blank',
  title: PHRASES[status] ?? 'Bad Request',
  detail,
  ...more,
})

/** Ends a request with a status and the problems that explain it. Caught where requests are answered, and nowhere else. */
export class RequestProblem extends Error {
  override readonly name = 'RequestProblem'
  readonly status: number
  readonly problems: readonly ProblemDetails[]
  readonly headers: Readonly<Record<string, string>>

  constructor(status: number, problems: readonly ProblemDetails[], headers: Readonly<Record<string, string>> = {}) {
    super(problems[0]?.title ?? 'problem')
    this.status = status
    this.problems = problems
    this.headers = headers
  }
}

/** Ends a request as bad (400), with one problem. */
export const refuse = (type: string, detail: string, more: ProblemMembers = {}): never => {
  throw new RequestProblem(400, [problem(type, detail, more)])
}

/** Ends a request with a status that says all. */
export const refuseWith = (status: number, detail: string, more: ProblemMembers = {}): never => {
  throw new RequestProblem(status, [plainProblem(status, detail, more)])
}

/** Problems as the body of an answer: the first speaks for all, and all are listed. */
export const problemBody = (status: number, problems: readonly ProblemDetails[]): JsonObject =>
  asJsonObject({ ...problems[0], status, problemDetails: problems })
