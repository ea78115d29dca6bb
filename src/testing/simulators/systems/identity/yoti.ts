import { generateKeyPairSync } from 'node:crypto'
import { type Clock, systemClock } from '../../../../core/clock.js'
import type { JsonObject } from '../../../../core/json.js'
import { randomName } from '../../gateway/state.js'
import {
  listenOnLoopback,
  NO_TRANSPORT_FAULTS,
  type ServiceAnswer,
  type ServiceCall,
  type TransportFaults,
} from '../../loopback.js'
import type { PassedCheck } from './person.js'
import { createGate, publicHalf, type RegisteredApplication } from './yoti-call.js'
import { abort, begunBody, complete, newSession, stateBody, type YotiSession } from './yoti-session.js'

/** What the adapter is created with once an application is registered. */
export interface YotiRegistration {
  readonly url: string
  readonly sdkId: string
  readonly privateKey: string
}

/** YOTI's identity verification on this machine. */
export interface YotiSimulator {
  /** Such as `http://127.0.0.1:8080`: let your guarded request reach it by name. */
  readonly origin: string
  readonly faults: TransportFaults
  /** The calls that it got, such as `POST /idverify/v1/sessions`. */
  readonly calls: readonly string[]
  /** How many sessions were begun. */
  sessions(): number
  /** Registers an application, with a key of its own. */
  register(): YotiRegistration
  /** Whoever goes through a check at the address that they were led to. */
  readonly people: {
    pass(url: string, check?: PassedCheck): Promise<void>
    /** Has no document, and gives up. */
    decline(url: string): Promise<void>
    /** Is not who they say. */
    fail(url: string): Promise<void>
    /** Does not come in time. */
    stayAway(url: string): Promise<void>
  }
  /** Changes what is answered about sessions and reports from now on: to lie. */
  rewrite(change: (answer: JsonObject) => JsonObject): void
  close(): Promise<void>
}

interface YotiState {
  readonly clock: Clock
  readonly faults: TransportFaults
  readonly calls: string[]
  readonly applications: Map<string, RegisteredApplication>
  readonly sessions: Map<string, YotiSession>
  readonly judge: ReturnType<typeof createGate>
  /** Set once it listens. */
  origin: string
  change: (answer: JsonObject) => JsonObject
}

const BASE = '/idverify/v1'
const MODULUS_BITS = 2048
const READ = /^\/sessions\/([^/]+)(?:\/media\/([^/]+)\/content)?$/

const fault = (status: number): ServiceAnswer => ({ status, body: { message: 'The request was refused' } })

const begin = ({ sessions, change }: YotiState, call: ServiceCall): ServiceAnswer => {
  const session = newSession(call)
  if (!session) return fault(400)
  sessions.set(session.id, session)
  return { status: 201, body: change(begunBody(session)) }
}

const read = ({ sessions, change }: YotiState, { method, url }: ServiceCall, path: string): ServiceAnswer => {
  const [, id = '', mediaId] = READ.exec(path) ?? []
  const session = sessions.get(id)
  if (method !== 'GET' || session?.sdkId !== url.searchParams.get('sdkId')) return fault(404)
  if (mediaId === undefined) return { status: 200, body: change(stateBody(session)) }
  const report = mediaId === session.mediaId ? session.report : undefined
  return report ? { status: 200, body: change(report) } : fault(404)
}

// The page of a session, for whoever has its token.
const page = ({ sessions }: YotiState, { searchParams }: URL): ServiceAnswer => {
  const session = sessions.get(searchParams.get('sessionID') ?? '')
  const isLetIn = session?.state === 'ONGOING' && session.token === searchParams.get('sessionToken')
  return isLetIn ? { status: 200, body: { session: session.id } } : fault(404)
}

const answer = (yoti: YotiState, call: ServiceCall): ServiceAnswer => {
  const { pathname, searchParams } = call.url
  const path = pathname.startsWith(`${BASE}/`) ? pathname.slice(BASE.length) : ''
  if (call.method === 'GET' && path === '/web/index.html') return page(yoti, call.url)
  const judged = yoti.judge(call, path, yoti.applications.get(searchParams.get('sdkId') ?? ''))
  if (judged !== 200) return fault(judged)
  return call.method === 'POST' && path === '/sessions' ? begin(yoti, call) : read(yoti, call, path)
}

const register = ({ applications, origin }: YotiState): YotiRegistration => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: MODULUS_BITS })
  const pem = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()
  const sdkId = randomName()
  applications.set(sdkId, { sdkId, publicKey: publicHalf(pem) })
  return { url: origin + BASE, sdkId, privateKey: pem }
}

const visit = async ({ sessions }: YotiState, url: string): Promise<YotiSession> => {
  const response = await fetch(url)
  const { session: id = '' } = (await response.json()) as { readonly session?: string }
  const session = sessions.get(id)
  if (!response.ok || !session) throw new Error('There is nothing to do here')
  return session
}

const peopleOf = (yoti: YotiState): YotiSimulator['people'] => ({
  pass: async (url, check = {}) => complete(await visit(yoti, url), check, yoti.clock.now().getTime()),
  decline: async (url) => abort(await visit(yoti, url), 'MANDATORY_DOCUMENT_COULD_NOT_BE_PROVIDED'),
  fail: async (url) => abort(await visit(yoti, url), 'FRAUD_DETECTED'),
  stayAway: async (url) => {
    const session = await visit(yoti, url)
    session.state = 'EXPIRED'
  },
})

const newYoti = (clock: Clock): YotiState => ({
  clock,
  faults: { ...NO_TRANSPORT_FAULTS },
  calls: [],
  applications: new Map(),
  sessions: new Map(),
  judge: createGate(clock),
  origin: '',
  change: (answered) => answered,
})

/**
 * Starts YOTI's identity verification on 127.0.0.1, with the people who go through it; Post Office EasyID is the same. It
 * checks what it gets as strictly as the real one, and goes wrong when it is told to. For tests and demonstrations.
 */
export const createYotiSimulator = async (clock: Clock = systemClock): Promise<YotiSimulator> => {
  const yoti = newYoti(clock)
  const { faults, calls, sessions } = yoti
  const { origin, close } = await listenOnLoopback({
    faults,
    calls,
    answer: (call) => answer(yoti, call),
    unable: (status, headers = {}) => ({ ...fault(status), headers }),
  })
  yoti.origin = origin
  return {
    origin,
    faults,
    calls,
    sessions: () => sessions.size,
    register: () => register(yoti),
    people: peopleOf(yoti),
    rewrite: (change) => {
      yoti.change = change
    },
    close,
  }
}
