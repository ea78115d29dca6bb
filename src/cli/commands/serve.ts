import type { Command } from 'commander'
import { REGISTER_ANCHOR } from '../register-anchor.js'
import { type StartOptions, startServer } from '../start-server.js'
import type { Terminal } from '../terminal.js'

const WARNING =
  'Warning: --conformance signs whatever it is sent, with throwaway keys, for test suites. Nothing it signs is to be believed.'

const untilStopped = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })

const serve = async (options: StartOptions, terminal: Terminal): Promise<void> => {
  const { origin, close } = await startServer(options, terminal)
  const stopped = untilStopped()
  if (options.conformance) terminal.note(terminal.colours.yellow(WARNING))
  terminal.write(`Listening on ${origin}`)
  await stopped
  terminal.note('Stopping: what is under way may end')
  await close()
}

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value]

const HELP = `
Issuing and presenting need a bearer token of at least 32 characters, from --token-file or from the variable
STAFF_PASSPORT_TOKEN. Only 127.0.0.1 is served: put a proxy of your own in front, and name it with --public-url.`

/** `serve`: the W3C's VC-API, on this machine. */
export const addServe = (program: Command, terminal: Terminal): void => {
  program
    .command('serve')
    .description('Serve the VC-API: issue, verify, derive and present over HTTP')
    .option('--port <number>', 'where to listen; 0 for any port that is free', '8080')
    .option('--cert <file>', 'the server’s certificate (PEM), for https')
    .option('--cert-key <file>', 'the private key of that certificate (PEM)')
    .option('--public-url <url>', 'the address under which a proxy makes this server known')
    .option('--token-file <file>', 'read the bearer token from this file')
    .option('--key <file>', 'issue with this key')
    .option('--passphrase-file <file>', 'read the passphrase from its first line instead of asking')
    .option('--store <file>', 'the register and status lists')
    .option(...REGISTER_ANCHOR)
    .option('--status-url <https base>', 'where the status lists are published, such as <public url>/status')
    .option('--name <name>', 'the issuing organisation’s name')
    .option('--ods <code>', 'the issuing organisation’s ODS code')
    .option('--holder-key <file>', 'present with this key')
    .option('--holder-passphrase-file <file>', 'read its passphrase from the first line instead of asking')
    .option('--trust <file>', 'the signed trust list to verify by')
    .option('--trust-anchor <did or file>', 'the key of whoever keeps the list, as given to you by them')
    .option('--certificate-anchor <file...>', 'certificates (PEM) that issuers’ must lead to, to serve haip')
    .option('--state <file>', 'remember the newest lists seen, so that older ones are refused')
    .option('--context <url=file>', 'a JSON-LD context to have at hand; may be repeated', collect)
    .option('--resource <url=file>', 'a resource to compare digests with; may be repeated', collect)
    .option('--offline', 'fetch nothing')
    .option('--wallet', 'offer to wallets and ask them, too: OpenID4VCI, OpenID4VP and /exchanges')
    .option('--wallet-format <name...>', 'formats to offer, the preferred one first', ['dc+sd-jwt'])
    .option('--wallet-secrets <file>', 'what exchanges are sealed with; made when it is not there', undefined)
    .option(
      '--wallet-client <file>',
      'wallets that may begin a sign-in: a JSON object { wallets: [{ clientId, redirectUris }] }',
    )
    .option('--when-unaccepted <rule>', 'withdraw or keep what no wallet said that it has', 'withdraw')
    .option('--webhook <url>', 'tell this address of every event')
    .option('--conformance', 'for test suites: sign whatever is sent, with throwaway keys')
    .addHelpText('after', HELP)
    .action((options: StartOptions) => serve(options, terminal))
}
