import type { IncomingMessage, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'

/**
 * What a Node server, or Express, calls for each request: with its `IncomingMessage` and `ServerResponse`, which are not
 * named here, so that whoever uses this needs no types of Node's.
 */
export type NodeHandler = (incoming: { url?: string | undefined }, outgoing: object) => Promise<void>

/**
 * Makes a handler for Node's own servers, and for Express, out of a function from a request to its answer, such as
 * `createWalletHandler` gives. In Express, mount it before anything that reads bodies (`express.json()`), under any path: it
 * looks at the whole address.
 *
 * ```ts
 * import { createServer } from 'node:http'
 * import { toNodeHandler } from 'staff-passport/node'
 *
 * const server = createServer(toNodeHandler(async () => new Response('Hello')))
 * server.listen(0, '127.0.0.1', () => server.close())
 * ```
 */
export const toNodeHandler = (handle: (request: Request) => Promise<Response>): NodeHandler => {
  const listener = getRequestListener(handle, { overrideGlobalObjects: false })
  return async (incoming, outgoing) => {
    if ('body' in incoming && incoming.body !== undefined)
      throw new TypeError('The body was read before: mount this before express.json() and its like')
    // Express takes away the path that it is mounted under.
    if ('originalUrl' in incoming && typeof incoming.originalUrl === 'string') incoming.url = incoming.originalUrl
    await listener(incoming as IncomingMessage, outgoing as ServerResponse)
  }
}
