import { createVcApi } from '../http/vc-api/create-vc-api.js'
import { misuse } from './exit.js'
import { readTextFile } from './files.js'
import { warnIfExposed } from './keys.js'
import { type Listening, type ListenOptions, listen } from './listen.js'
import { openVcApi, type ServeOptions } from './open-vc-api.js'
import { openWallets, type Routing, type WalletServeOptions } from './open-wallets.js'
import type { Terminal } from './terminal.js'

/** What the server is told besides what it offers. */
export interface StartOptions extends ServeOptions, WalletServeOptions {
  readonly port: string
  readonly cert?: string
  readonly certKey?: string
  readonly publicUrl?: string
}

/** A server that runs. */
export interface Running {
  readonly origin: string
  /** Lets what is under way end, and gives back what was held. */
  close(): Promise<void>
}

const portOf = (text: string): number => {
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw misuse('--port must be a number from 0 to 65535')
  return port
}

const tlsOf = async ({ cert, certKey }: StartOptions, terminal: Terminal): Promise<Pick<ListenOptions, 'tls'>> => {
  if (cert === undefined && certKey === undefined) return {}
  if (cert === undefined || certKey === undefined) throw misuse('--cert and --cert-key go together')
  await warnIfExposed(certKey, terminal)
  return { tls: { cert: await readTextFile(cert, terminal), key: await readTextFile(certKey, terminal) } }
}

// Whoever reaches this machine under another name says so; anybody else may have been sent here by a stranger's page.
// Without a slash at its end: paths are put behind it.
function publicOrigin({ publicUrl }: StartOptions, { origin }: Listening): string {
  if (publicUrl === undefined) return origin
  if (!URL.canParse(publicUrl)) throw misuse('--public-url must be a URL such as https://passport.trust.example')
  return publicUrl.replace(/\/$/, '')
}

const hostsOf = ({ publicUrl }: StartOptions, { origin }: Listening): readonly string[] => {
  const { host, port } = new URL(origin)
  const own = [host, `localhost:${port}`]
  if (publicUrl === undefined) return own
  return [...own, new URL(publicUrl).host]
}

// An error may have taken a sender's words along; its kind and place in our own code are enough to find it.
const kindOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'something that is no error'
  const place = /\(?([^()\s]+:\d+:\d+)\)?$/m.exec(error.stack?.slice(error.stack.indexOf('\n    at')) ?? '')?.[1]
  return place === undefined ? error.name : `${error.name} at ${place}`
}

const routingOf = (options: StartOptions, listening: Listening, terminal: Terminal): Routing => ({
  hosts: hostsOf(options, listening),
  log: ({ method, route, status, milliseconds }) => terminal.note(`${method} ${route} ${status} ${milliseconds} ms`),
  onError: (error) => terminal.note(`Unexpected: ${kindOf(error)}`),
})

/** Starts the server. What it was told wrongly, it says before it listens to anybody. */
export const startServer = async (options: StartOptions, terminal: Terminal): Promise<Running> => {
  const listening = await listen({ port: portOf(options.port), ...(await tlsOf(options, terminal)) })
  const open = async () => openVcApi(options, publicOrigin(options, listening), terminal)
  const opened = await open().catch(async (error: unknown) => {
    await listening.close()
    throw error
  })
  const closing: (() => Promise<void>)[] = []
  const stopping: (() => void)[] = []
  const close = async (): Promise<void> => {
    for (const stop of stopping) stop()
    await listening.close()
    for (const closeOne of closing) await closeOne()
    await opened.close()
  }
  try {
    const routing = routingOf(options, listening, terminal)
    const vcApi = createVcApi({ ...opened.api, ...routing })
    const wallets = options.wallet ? await openWallets({ options, opened, routing, ...listening }, terminal) : undefined
    if (wallets) {
      stopping.push(wallets.stop)
      closing.push(wallets.close)
    }
    listening.serve((request) => wallets?.handle(request) ?? vcApi(request))
  } catch (error) {
    await close()
    throw error
  }
  return { origin: listening.origin, close }
}
