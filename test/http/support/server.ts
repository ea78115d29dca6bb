import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import picocolors from 'picocolors'
import { type Running, type StartOptions, startServer } from '../../../src/cli/start-server.js'
import type { JsonObject } from '../../../src/core/json.js'

// biome-ignore lint/suspicious/noExplicitAny: what a server answers, and what a test makes of it, may be anything
export type Draft = any

/** What came back, as a client sees it. */
export interface Answered {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
  /** The body parsed, where it is JSON. */
  readonly body: Draft
}

/** How to ask. */
export interface Asking {
  readonly method?: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** The certificate to believe. */
  readonly ca?: string
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Asks over a socket of its own, as a program elsewhere does. A text goes as it is, anything else as JSON. */
export const ask = (url: string, { method, body, headers = {}, ca }: Asking = {}): Promise<Answered> =>
  new Promise((resolve, reject) => {
    const sent =
      body === undefined || typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body)
    const send = url.startsWith('https:') ? httpsRequest : httpRequest
    const type =
      sent === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(sent) }
    const options = {
      method: method ?? (sent === undefined ? 'GET' : 'POST'),
      headers: { ...type, ...headers },
      agent: false as const,
      ...(ca === undefined ? {} : { ca }),
    }
    const request = send(url, options, (response) => {
      const pieces: Buffer[] = []
      response.on('data', (piece: Buffer) => pieces.push(piece))
      response.on('end', () => {
        const text = Buffer.concat(pieces).toString()
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, body: parsed(text) })
      })
      response.on('error', reject)
    })
    request.on('error', reject)
    request.end(sent)
  })

/** A server on a socket, with everything that it says kept. */
export interface TestServer extends Running {
  readonly said: readonly string[]
  get(path: string, asking?: Asking): Promise<Answered>
  post(path: string, body: unknown, asking?: Asking): Promise<Answered>
}

/** Starts the server that `serve` starts, on any free port. */
export const startTestServer = async (options: Partial<StartOptions> = {}, ca?: string): Promise<TestServer> => {
  const said: string[] = []
  const running = await startServer(
    { port: '0', offline: true, ...options },
    {
      write: (text) => void said.push(text),
      note: (text) => void said.push(text),
      colours: picocolors.createColors(false),
      width: undefined,
      readStandardInput: async () => new Uint8Array(),
      askPassphrase: async () => 'correct horse battery staple',
      startProgress: () => ({ advance: () => {}, done: () => {} }),
    },
  )
  const believed = ca === undefined ? {} : { ca }
  return {
    ...running,
    said,
    get: (path, asking = {}) => ask(running.origin + path, { ...believed, ...asking }),
    post: (path, body, asking = {}) => ask(running.origin + path, { ...believed, method: 'POST', body, ...asking }),
  }
}

/** One issuer of the manifest. */
export interface ManifestIssuer {
  readonly id: string
  readonly endpoint: string
  readonly tags: readonly string[]
  readonly supportedEcdsaKeyTypes: readonly string[]
}

/** The issuers that a server says it has. */
export const issuersOf = async (server: TestServer): Promise<readonly ManifestIssuer[]> => {
  const { body } = await server.get('/')
  return body.issuers
}

/** A document as conformance suites send it. */
export const aCredential = (issuer: string, more: JsonObject = {}): JsonObject => ({
  '@context': ['https://www.w3.org/ns/credentials/v2'],
  id: `urn:uuid:${crypto.randomUUID()}`,
  type: ['VerifiableCredential'],
  issuer,
  credentialSubject: { id: 'did:example:alice', name: 'Alice' },
  ...more,
})
