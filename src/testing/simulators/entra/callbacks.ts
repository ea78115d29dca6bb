import type { JsonObject } from '../../../core/json.js'
import { happens } from '../loopback.js'
import type { PendingRequest, Tenant } from './tenant.js'

interface Callback {
  readonly url: string
  readonly state: string
  readonly headers?: Readonly<Record<string, string>>
}

const callbackOf = ({ body }: PendingRequest): Callback => body.callback as unknown as Callback

const post = async (tenant: Tenant, request: PendingRequest, body: JsonObject): Promise<void> => {
  const { url, headers: own = {} } = callbackOf(request)
  const headers = { ...own, 'content-type': 'application/json' }
  const sent = fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  const status = await sent.then(
    (answer) => answer.status,
    () => 0,
  )
  tenant.callbacks.push({ url, headers, body, status })
}

/** Tells the owner of a request what happened, as late and as often as the faults say. */
export const tell = async (
  tenant: Tenant,
  request: PendingRequest,
  requestStatus: string,
  more: JsonObject = {},
): Promise<void> => {
  const { state } = callbackOf(request)
  const body = tenant.rewrite({ requestId: request.id, requestStatus, state, ...more })
  if (requestStatus === 'request_retrieved' && happens(tenant.faults, 'reorderCallbacks')) {
    request.held.push(body)
    return
  }
  await post(tenant, request, body)
  if (happens(tenant.faults, 'duplicateCallback')) await post(tenant, request, body)
  for (const late of request.held.splice(0)) await post(tenant, request, late)
}
