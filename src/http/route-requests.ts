import { Hono } from 'hono'
import type { Answer, Call, Reply, Route } from './answer.js'
import { plainProblem, problemBody, RequestProblem, refuseWith } from './problem.js'

/** One request, as it is logged: nothing that a sender wrote. */
export interface LogLine {
  readonly method: string
  /** The endpoint with its placeholders, such as `/status/:list`; `*` where there is none. */
  readonly route: string
  readonly status: number
  readonly milliseconds: number
}

/** How requests are taken and answered. */
export interface RoutingOptions {
  /** Ends a request that may not reach a guarded endpoint. */
  readonly guard: (request: Request) => void
  /** The authorities (`127.0.0.1:8080`) that requests may be addressed to; any, where absent. */
  readonly hosts?: readonly string[]
  /** Headers of every answer. */
  readonly headers?: Readonly<Record<string, string>>
  readonly log?: (line: LogLine) => void
  /** Told of what should not have happened: for the operator, never for the caller. */
  readonly onError?: (error: unknown) => void
}

const SAFE_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
}

// A page of somebody else's must not reach a server on this machine by giving it a name of its own (DNS rebinding).
const checkHost = (request: Request, { hosts }: RoutingOptions): void => {
  if (hosts && !hosts.includes(new URL(request.url).host)) refuseWith(421, 'This server goes by another name.')
}

/** @see RFC 9457, section 3 */
const PROBLEM = 'application/problem+json'

const asReply = (error: unknown, { onError }: RoutingOptions): Reply => {
  if (error instanceof RequestProblem) {
    const { status, problems, headers } = error
    return { status, body: problemBody(status, problems), contentType: PROBLEM, headers }
  }
  onError?.(error)
  const body = problemBody(500, [plainProblem(500, 'Something went wrong here, and was noted.')])
  return { status: 500, body, contentType: PROBLEM }
}

const toResponse = (reply: Reply, headers: RoutingOptions['headers']): Response => {
  const { status, body, contentType = 'application/json' } = reply
  const all = { ...SAFE_HEADERS, ...headers, ...reply.headers }
  if (body === undefined) return new Response(null, { status, headers: all })
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return new Response(text, { status, headers: { ...all, 'content-type': contentType } })
}

const ANY_ORIGIN = { 'access-control-allow-origin': '*' }
const PREFLIGHT_SECONDS = '600'

/** What a browser asks before a page may call (Fetch, section 3.2): any page may, with these headers and without cookies. */
const preflight =
  (methods: string): Answer =>
  async () => ({
    status: 204,
    headers: {
      'access-control-allow-methods': methods,
      'access-control-allow-headers': 'accept, authorization, content-type, dpop',
      'access-control-max-age': PREFLIGHT_SECONDS,
    },
  })

const METHODS_ONLY = 'This endpoint is asked in another way.'

const notAllowed = (allow: string): Answer => {
  const problems = [plainProblem(405, METHODS_ONLY)]
  return async () => {
    throw new RequestProblem(405, problems, { allow })
  }
}

const notFound: Answer = async () => refuseWith(404, 'There is nothing at this address.')

/**
 * A function from a request to its answer, for these endpoints: it answers every request and never throws, and no answer
 * and no log line says what went wrong inside.
 */
export const routeRequests = (
  routes: readonly Route[],
  options: RoutingOptions,
): ((request: Request) => Promise<Response>) => {
  const { guard, log } = options
  const serve = async (
    path: string,
    call: Call,
    answer: Answer,
    { guarded = false, crossOrigin = false }: Partial<Route> = {},
  ): Promise<Response> => {
    const started = performance.now()
    const checked: Answer = async (asked) => {
      checkHost(asked.request, options)
      if (guarded) guard(asked.request)
      return answer(asked)
    }
    const reply = await checked(call).catch((error: unknown) => asReply(error, options))
    const milliseconds = Math.round(performance.now() - started)
    log?.({ method: call.request.method, route: path, status: reply.status, milliseconds })
    return toResponse(reply, { ...options.headers, ...(crossOrigin ? ANY_ORIGIN : {}) })
  }
  const app = new Hono()
  for (const route of routes)
    app.on(route.method, route.path, ({ req }) =>
      serve(route.path, { request: req.raw, parameters: req.param() }, route.answer, route),
    )
  for (const path of new Set(routes.filter(({ crossOrigin }) => crossOrigin).map((route) => route.path))) {
    const methods = routes.filter((route) => route.path === path).map(({ method }) => method)
    app.on('OPTIONS', path, ({ req }) =>
      serve(path, { request: req.raw, parameters: {} }, preflight(methods.join(', ')), { crossOrigin: true }),
    )
  }
  for (const { method, path } of routes)
    app.all(path, ({ req }) => serve(path, { request: req.raw, parameters: {} }, notAllowed(method)))
  app.notFound(({ req }) => serve('*', { request: req.raw, parameters: {} }, notFound))
  return async (request) => app.fetch(request)
}
