import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { JsonObject } from '../../core/json.js'

/** What goes wrong on the way to a simulated service, each with the number of calls that it still happens to. */
export interface TransportFaults {
  /** Answers after a while. */
  slow: number
  status500: number
  /** With `Retry-After`. */
  status429: number
  /** The connection ends before anything is done. */
  dropConnection: number
  /** The connection ends after everything was done. */
  dropAnswer: number
}

/** Nothing goes wrong. */
export const NO_TRANSPORT_FAULTS: Readonly<TransportFaults> = {
  slow: 0,
  status500: 0,
  status429: 0,
  dropConnection: 0,
  dropAnswer: 0,
}

/** Whether a fault happens now; once less from then on. */
export const happens = <Faults extends { [Name in keyof Faults]: number }>(
  faults: Faults,
  name: keyof Faults,
): boolean => {
  if (faults[name] <= 0) return false
  faults[name] = (faults[name] - 1) as Faults[typeof name]
  return true
}

/** A call of a service. */
export interface ServiceCall {
  readonly method: string
  readonly url: URL
  readonly authorization: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What it answers. */
export interface ServiceAnswer {
  readonly status: number
  readonly body?: JsonObject
  readonly headers?: Readonly<Record<string, string>>
}

/** A service to put on this machine. */
export interface LoopbackService {
  readonly faults: TransportFaults
  /** Told of every call, such as `POST /oidc/token`. */
  readonly calls: string[]
  readonly answer: (call: ServiceCall) => ServiceAnswer | Promise<ServiceAnswer>
  /** The answer of a service that is busy (429) or broken (500). */
  readonly unable: (status: number, headers?: Readonly<Record<string, string>>) => ServiceAnswer
}

/** A service that listens. */
export interface ListeningService {
  /** Such as `http://127.0.0.1:8080`. */
  readonly origin: string
  close(): Promise<void>
}

const RETRY_AFTER_SECONDS = '1'
const SLOWNESS = 300

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Uint8Array[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

const callOf = ({ method = 'GET', url = '/', headers }: IncomingMessage, body: string): ServiceCall => ({
  method,
  url: new URL(url, 'http://127.0.0.1'),
  authorization: headers.authorization ?? '',
  headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
  body,
})

const answerOf = ({ faults, answer, unable }: LoopbackService, call: ServiceCall) => {
  if (happens(faults, 'status500')) return unable(500)
  if (happens(faults, 'status429')) return unable(429, { 'retry-after': RETRY_AFTER_SECONDS })
  return answer(call)
}

const write = (response: ServerResponse, { status, body, headers }: ServiceAnswer): void => {
  response.writeHead(status, { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) })
  response.end(body ? JSON.stringify(body) : undefined)
}

const serve = async (service: LoopbackService, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const { faults, calls } = service
  const call = callOf(request, await bodyOf(request))
  calls.push(`${call.method} ${call.url.pathname}`)
  if (happens(faults, 'dropConnection')) return void request.socket.destroy()
  if (happens(faults, 'slow')) await new Promise((resolve) => setTimeout(resolve, SLOWNESS))
  const answered = await answerOf(service, call)
  if (happens(faults, 'dropAnswer')) return void request.socket.destroy()
  write(response, answered)
}

/** Puts a service on 127.0.0.1, with everything that goes wrong on the way there. */
export const listenOnLoopback = async (service: LoopbackService): Promise<ListeningService> => {
  const server = createServer((request, response) => {
    serve(service, request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** An interface that listens, with everything that goes wrong on the way there. */
export interface ListeningApi extends ListeningService {
  readonly faults: TransportFaults
  /** Every call, such as `POST /token`. */
  readonly calls: readonly string[]
}

const requestOf = ({ method, url, headers, body }: ServiceCall): Request =>
  new Request(url, { method, headers, ...(method === 'GET' ? {} : { body }) })

const answerFrom = async (response: Response): Promise<ServiceAnswer> => {
  const text = await response.text()
  const { status } = response
  return text === '' ? { status } : { status, body: JSON.parse(text) as JsonObject }
}

/** Puts an interface on 127.0.0.1, made of requests and responses as every door makes them. */
export const listenWith = async (api: (request: Request) => Promise<Response>): Promise<ListeningApi> => {
  const [faults, calls]: [TransportFaults, string[]] = [{ ...NO_TRANSPORT_FAULTS }, []]
  const listening = await listenOnLoopback({
    faults,
    calls,
    answer: async (call) => answerFrom(await api(requestOf(call))),
    unable: (status, headers) => ({ status, body: { status }, ...(headers ? { headers } : {}) }),
  })
  return { ...listening, faults, calls }
}
