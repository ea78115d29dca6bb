import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

// No code but the site's own files, nothing inline, nothing made at run time, nothing asked of anybody else.
const POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'"

/** A site on this machine. */
export interface Site {
  readonly address: string
  close(): Promise<void>
}

const typeOf = (path: string): string => {
  if (path.endsWith('.js')) return 'text/javascript'
  return path.endsWith('.html') ? 'text/html' : 'text/plain; charset=utf-8'
}

/** Serves these files on loopback, under the strict policy. */
export const serve = (files: ReadonlyMap<string, Uint8Array | string>): Promise<Site> => {
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').slice(1)
    const body = files.get(path)
    response.writeHead(body === undefined ? 404 : 200, {
      'content-type': typeOf(path),
      'content-security-policy': POLICY,
    })
    response.end(body)
  })
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      resolve({
        address: `http://127.0.0.1:${port}`,
        close: () => new Promise((done) => server.close(() => done())),
      })
    })
  })
}
