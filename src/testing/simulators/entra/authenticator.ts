import type { JsonObject } from '../../../core/json.js'
import { generateKey } from '../../../crypto/keys.js'
import { didKey } from '../../../dids/did-key.js'
import { tell } from './callbacks.js'
import { issue } from './issue.js'
import { type HeldCredential, present } from './present.js'
import type { PendingRequest, Tenant } from './tenant.js'

/** A request that somebody scanned. */
export interface ScannedRequest {
  readonly kind: 'issuance' | 'presentation'
  /** Who asks, as the screen shows it. */
  readonly clientName: string
  readonly purpose?: string
  /** The types of what is offered, or asked for. */
  readonly types: readonly string[]
  /**
   * Takes what is offered, or shows what is asked for.
   * @throws Error for a wrong code, and where there is nothing to show: the screen says so, and nobody else hears of it
   */
  accept(): Promise<void>
  /** Closes it. Entra tells nobody. */
  decline(): Promise<void>
}

/** A wallet, as Microsoft Authenticator is one. */
export interface EntraAuthenticator {
  /** The holder's DID. */
  readonly did: string
  /** What it holds, as `jwt_vc_json`. */
  readonly credentials: readonly string[]
  /** How like their photograph its holder looks, to a hundred. */
  likeness: number
  /** Opens a link, or the QR code of one. @throws Error when it leads nowhere, any more */
  scan(uri: string, options?: { readonly pin?: string }): Promise<ScannedRequest>
}

const LIKENESS = 86.314159

const findRequest = (tenant: Tenant, uri: string): PendingRequest => {
  const address = uri.startsWith('openid-vc://') ? new URL(uri).searchParams.get('request_uri') : undefined
  const request = tenant.pending.get(address?.split('/').at(-1) ?? '')
  if (!request || request.isOver || request.expiresAt <= tenant.clock.now().getTime())
    throw new Error('The link leads nowhere, or not any more')
  return request
}

const typesOf = ({ body }: PendingRequest): readonly string[] =>
  typeof body.type === 'string'
    ? [body.type]
    : (body.requestedCredentials as unknown as readonly { readonly type: string }[]).map(({ type }) => type)

const shown = (request: PendingRequest): Pick<ScannedRequest, 'kind' | 'clientName' | 'purpose' | 'types'> => {
  const { clientName, purpose } = request.body.registration as JsonObject
  return {
    kind: request.kind,
    clientName: String(clientName),
    ...(typeof purpose === 'string' ? { purpose } : {}),
    types: typesOf(request),
  }
}

/** A new wallet, of a holder with a key of their own. */
export const newAuthenticator = async (tenant: Tenant): Promise<EntraAuthenticator> => {
  const { did } = didKey(await generateKey('ES256'))
  const held: HeldCredential[] = []
  const once = (request: PendingRequest): void => {
    if (request.isOver) throw new Error('The request is over')
    request.isOver = true
  }
  const wallet: EntraAuthenticator = {
    did,
    likeness: LIKENESS,
    get credentials() {
      return held.map(({ token }) => token)
    },
    scan: async (uri, { pin } = {}) => {
      const request = findRequest(tenant, uri)
      await tell(tenant, request, 'request_retrieved')
      const accept = async (): Promise<void> => {
        if (request.kind === 'presentation')
          return present(tenant, request, { did, held, likeness: wallet.likeness, once })
        const credential = await issue(tenant, request, { did, pin, once })
        if (credential) held.push(credential)
      }
      return { ...shown(request), accept, decline: async () => once(request) }
    },
  }
  return wallet
}
