import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer, type ServerType } from '@hono/node-server'
import { unreadable } from './exit.js'

/** A function from a request to its answer. */
export type Handle = (request: Request) => Promise<Response>

/** Where to listen. */
export interface ListenOptions {
  /** 0 for any that is free. */
  readonly port: number
  /** Certificate and key as PEM: https with them, http without. */
  readonly tls?: { readonly cert: string; readonly key: string }
}

/** A server that listens. */
export interface Listening {
  /** Such as `http://127.0.0.1:8080`. */
  readonly origin: string
  /** Lets requests come to this function; until then they are told to come again. */
  serve(handle: Handle): void
  /** Takes no more requests, lets those under way end, and is gone. */
  close(): Promise<void>
}

// This machine alone: whoever must be reached from elsewhere puts a proxy of their own in front.
const LOOPBACK = '127.0.0.1'

/** In milliseconds: how long a client may take over its request, and how long a closing server waits for what is under way. */
const PATIENCE = { headers: 10_000, request: 20_000, keepAlive: 5_000, closing: 10_000 }
const MAXIMUM_CONNECTIONS = 256

const TIMEOUTS = {
  headersTimeout: PATIENCE.headers,
  requestTimeout: PATIENCE.request,
  keepAliveTimeout: PATIENCE.keepAlive,
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: 16_384,
}

const NOT_YET: Handle = async () => new Response(null, { status: 503, headers: { 'retry-after': '1' } })

const close = (server: ServerType): Promise<void> =>
  new Promise((resolve) => {
    const hurry = setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), PATIENCE.closing)
    server.close(() => {
      clearTimeout(hurry)
      resolve()
    })
    if ('closeIdleConnections' in server) server.closeIdleConnections()
  })

const listenOn = (server: ServerType, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (cause) => reject(unreadable(`Cannot listen on port ${port}`, cause)))
    server.listen(port, LOOPBACK, resolve)
  })

/**
 * Listens on 127.0.0.1, and nowhere else.
 * @throws CommandError 66 when the port is taken
 */
export const listen = async ({ port, tls }: ListenOptions): Promise<Listening> => {
  let handle = NOT_YET
  const fetch: Handle = (request) => handle(request)
  const server = createAdaptorServer({
    fetch,
    overrideGlobalObjects: false,
    ...(tls
      ? { createServer: createHttpsServer, serverOptions: { ...TIMEOUTS, ...tls } }
      : { createServer: createHttpServer, serverOptions: TIMEOUTS }),
  })
  // Until Node 22 the member is not there before it is set.
  Object.assign(server, { maxConnections: MAXIMUM_CONNECTIONS })
  await listenOn(server, port)
  const { port: actual } = server.address() as AddressInfo
  return {
    origin: `${tls ? 'https' : 'http'}://${LOOPBACK}:${actual}`,
    serve: (next) => {
      handle = next
    },
    close: () => close(server),
  }
}
