import { decodeUtf8 } from '../../codec/utf8.js'
import { PassportError } from '../../core/errors.js'
import { CREDENTIAL_ROWS } from '../../credentials/rows.js'
import type { AccessKeys } from '../../exchange/access-keys.js'
import type { SigningIn } from '../../exchange/openid4vci/authorization.js'
import type { Openid4vci } from '../../exchange/openid4vci/create-openid4vci.js'
import type { Answer, Call, Reply, Route } from '../answer.js'
import { readBytes } from '../read-json.js'
import { type RoutingOptions, routeRequests } from '../route-requests.js'
import { signInReply } from './page.js'

/** What signing in with an access key needs. */
export interface SignInOptions extends Pick<RoutingOptions, 'hosts' | 'log' | 'onError'> {
  readonly openid4vci: Openid4vci
  readonly accessKeys: AccessKeys
  /** As the page names it. */
  readonly organisation: string
  /** The path that `signIn` of the issuer leads to, before the id; by default `/sign-in`. */
  readonly path?: string
}

const MOST_BYTES = 4_096

const formIn = async (request: Request): Promise<URLSearchParams> =>
  new URLSearchParams(decodeUtf8(await readBytes(request, MOST_BYTES)) ?? '')

const over = ({ organisation }: SignInOptions): Reply => signInReply(410, { organisation, isOver: true })

const page = ({ organisation }: SignInOptions, { types, walletId }: SigningIn, status = 200, error?: string): Reply =>
  signInReply(status, {
    organisation,
    wallet: walletId,
    credentials: [...new Set(types)].map((type) => CREDENTIAL_ROWS[type].label),
    ...(error === undefined ? {} : { error }),
  })

const show =
  (options: SignInOptions): Answer =>
  async ({ parameters }) => {
    const signingIn = await options.openid4vci.signingIn(parameters.id ?? '')
    return signingIn ? page(options, signingIn) : over(options)
  }

const WRONG = 'This is not the access key of this offer. Check it, and enter it again.'
const MISSING = 'Enter your access key.'

const leadBack = async (
  { openid4vci }: SignInOptions,
  id: string,
  outcome: 'approved' | 'declined',
): Promise<Reply> => ({
  status: 303,
  headers: { location: await openid4vci.endSignIn(id, outcome), 'referrer-policy': 'no-referrer' },
})

// Nobody else's page can send this form: its address is a secret, and the key is good for this one exchange.
const take = async (options: SignInOptions, { request, parameters: { id = '' } }: Call): Promise<Reply> => {
  const signingIn = await options.openid4vci.signingIn(id)
  if (!signingIn) return over(options)
  const form = await formIn(request)
  if (form.get('decline') === 'yes') return leadBack(options, id, 'declined')
  const given = form.get('key') ?? ''
  if (given.trim() === '') return page(options, signingIn, 400, MISSING)
  const verdict = await options.accessKeys.check(signingIn.exchangeId, given)
  if (verdict === 'wrong') return page(options, signingIn, 400, WRONG)
  return leadBack(options, id, verdict === 'right' ? 'approved' : 'declined')
}

// Another tab, or somebody else, was faster.
const submit =
  (options: SignInOptions): Answer =>
  (call) =>
    take(options, call).catch((error: unknown) => {
      if (error instanceof PassportError && error.code.startsWith('exchange.')) return over(options)
      throw error
    })

const open = (): void => undefined

/**
 * A page on which a holder shows who they are by the access key that HR gave them: what `signIn` of an OpenID4VCI issuer can
 * lead to. Five wrong keys, and the wallet is told that the holder declined. Works without scripts.
 */
export const createSignInHandler = (options: SignInOptions): ((request: Request) => Promise<Response>) => {
  const { path = '/sign-in', hosts, log, onError } = options
  const routes: readonly Route[] = [
    { method: 'GET', path: `${path}/:id`, guarded: false, answer: show(options) },
    { method: 'POST', path: `${path}/:id`, guarded: false, answer: submit(options) },
  ]
  const routing = { guard: open, ...(hosts ? { hosts } : {}), ...(log ? { log } : {}), ...(onError ? { onError } : {}) }
  return routeRequests(routes, routing)
}
