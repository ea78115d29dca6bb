import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { createSelfSigned } from './self-signed.js'

/** A server on 127.0.0.1 that counts who connects and what is asked for. */
export interface Loopback {
  readonly port: number
  /** Such as `127.0.0.1:8443`, as `allowHosts` wants it. */
  readonly host: string
  /** Such as `https://127.0.0.1:8443`. */
  readonly origin: string
  /** The certificate to believe; empty without https. */
  readonly cert: string
  connections(): number
  requests(): readonly string[]
  forget(): void
  close(): Promise<void>
}

const listen = async (server: Server, scheme: string, cert: string, requests: string[]): Promise<Loopback> => {
  let connections = 0
  server.on('connection', () => {
    connections++
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    port,
    host: `127.0.0.1:${port}`,
    origin: `${scheme}://127.0.0.1:${port}`,
    cert,
    connections: () => connections,
    requests: () => requests,
    forget: () => {
      connections = 0
      requests.length = 0
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const noting =
  (requests: string[], answer: RequestListener): RequestListener =>
  (request, response) => {
    requests.push(request.url ?? '')
    // A client that has heard enough hangs up; that is not the server's fault.
    response.on('error', () => undefined)
    answer(request, response)
  }

/** Serves https on loopback with a certificate of its own, good for 127.0.0.1 and these names. */
export const serveHttps = (answer: RequestListener, ...names: readonly string[]): Promise<Loopback> => {
  const { cert, key } = createSelfSigned(...names)
  const requests: string[] = []
  return listen(createHttpsServer({ cert, key }, noting(requests, answer)), 'https', cert, requests)
}

/** Serves plain http on loopback. */
export const serveHttp = (answer: RequestListener): Promise<Loopback> => {
  const requests: string[] = []
  return listen(createHttpServer(noting(requests, answer)), 'http', '', requests)
}
