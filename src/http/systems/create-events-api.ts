import { parseDateTime } from '../../codec/date-time.js'
import type { JsonObject } from '../../core/json.js'
import { isCredentialTypeName } from '../../credentials/rows.js'
import type { SystemChange } from '../../systems/record-system.js'
import type { Answer, Route } from '../answer.js'
import { needed, takeMembers, takeText } from '../members.js'
import { refuse, refuseWith } from '../problem.js'
import { REQUEST_PROBLEMS } from '../problem-types.js'
import { readJsonBody } from '../read-json.js'
import { type RoutingOptions, routeRequests } from '../route-requests.js'
import { type AccessOptions, createAccess } from './access.js'

/** That something changed, as a system tells it: no employee data. */
export type SystemEvent = Omit<SystemChange, 'cursor'> & {
  /** The system's own name of the event: the same event has the same when it is told again. */
  readonly id: string
  /** Which client told it. */
  readonly clientId: string
}

/** What hears of events. */
export interface EventsApiOptions extends AccessOptions, Pick<RoutingOptions, 'hosts' | 'log' | 'onError'> {
  /**
   * For each organisation, what to do about an event, such as `notice` of an outbound pattern. The system hears that it was
   * told once this is done; when it throws, the system tells it again. So it may hear of an event twice.
   */
  readonly organisations: Readonly<Record<string, (event: SystemEvent) => Promise<void>>>
}

const MOST_EVENT_BYTES = 4_096
const RETRY_AFTER = '30'

const malformed = (pointer: string, must: string): never =>
  refuse(REQUEST_PROBLEMS.malformed, `This must be ${must}.`, { pointer })

const EVENT = { id: takeText, employeeId: takeText, type: takeText, recordId: takeText, kind: takeText, at: takeText }

// Nothing else may be in it: an event that says something about somebody is refused, and not kept by anybody.
const readEvent = (body: JsonObject): Omit<SystemEvent, 'clientId'> => {
  const taken = takeMembers(body, '', EVENT)
  const text = (name: keyof typeof EVENT): string => needed(taken[name], `/${name}`)
  const [type, kind, at] = [text('type'), text('kind'), text('at')]
  if (!isCredentialTypeName(type)) return malformed('/type', 'the name of a type')
  if (kind !== 'changed' && kind !== 'deleted') return malformed('/kind', 'changed or deleted')
  if (parseDateTime(at) === undefined) return malformed('/at', 'a moment (RFC 3339)')
  return { id: text('id'), personId: text('employeeId'), type, recordId: text('recordId'), kind, at }
}

/** The endpoint of events. */
export const EVENTS_PATH = '/organisations/:organisation/events'

/**
 * The portal's side of event notifications: systems tell that something changed, and nothing of what. It answers 204 when that
 * was dealt with, 503 when it could not be, and never repeats what was sent.
 * @throws TypeError when a client's secret is too short
 */
export const createEventsApi = (options: EventsApiOptions): ((request: Request) => Promise<Response>) => {
  const { organisations, hosts, log, onError } = options
  const access = createAccess(options)
  const hear: Answer = async ({ request, parameters: { organisation = '' } }) => {
    const { clientId } = access.check(request, organisation)
    const listener = Object.hasOwn(organisations, organisation) ? organisations[organisation] : undefined
    if (!listener) return refuseWith(403, 'This client does not speak for this organisation.')
    const event = readEvent(await readJsonBody(request, MOST_EVENT_BYTES))
    try {
      await listener({ ...event, clientId })
    } catch (error) {
      onError?.(error)
      return { status: 503, body: { detail: 'Tell it again later.' }, headers: { 'retry-after': RETRY_AFTER } }
    }
    return { status: 204 }
  }
  const routes: readonly Route[] = [
    { method: 'GET', path: '/status', guarded: false, answer: async () => ({ status: 200, body: { status: 'up' } }) },
    { method: 'POST', path: '/token', guarded: false, answer: ({ request }) => access.giveToken(request) },
    { method: 'POST', path: EVENTS_PATH, guarded: false, answer: hear },
  ]
  const routing = { ...(hosts ? { hosts } : {}), ...(log ? { log } : {}), ...(onError ? { onError } : {}) }
  return routeRequests(routes, { guard: () => undefined, ...routing })
}
