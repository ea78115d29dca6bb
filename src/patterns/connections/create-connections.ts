import { PassportError } from '../../core/errors.js'
import type { JsonObject } from '../../core/json.js'
import type { CredentialTypeName } from '../../credentials/rows.js'
import { NOT_SENT_REASONS, type NotSentReason, SENT_ON_CONNECTION, whyNotSent } from '../../systems/not-sent.js'
import type { Added, NewRecord, SystemRecord } from '../../systems/record-system.js'
import type { Applicant, RecruitmentSystem } from '../../systems/recruitment-system.js'
import type { Actor } from '../actor.js'
import { integrationOff } from '../integration-off.js'
import type { EntryName, Ledger } from '../ledger.js'
import { createOwners, isTaken } from '../owners.js'
import type { ConnectedPassport, Connection, ConnectionEvent, ConnectionItem } from './connection.js'

/** What connections are made with. */
export interface ConnectionOptions {
  readonly system: RecruitmentSystem
  readonly ledger: Ledger
  /** Whether this employer has the integration switched on, on this side: it is piloted employer by employer. */
  readonly isOn: () => boolean
  /** What is sent when a passport is connected, of what is accepted; by default {@link SENT_ON_CONNECTION}. */
  readonly sends?: readonly CredentialTypeName[]
}

/** Connects passports with applications. */
export interface Connections {
  /** Applications that could be this person's: by exact names and birth date, or by the application id. */
  search(passport: ConnectedPassport, applicationId?: string): Promise<readonly Applicant[]>
  /**
   * Connects a passport with the application that somebody chose, and sends what it needs. Connecting again what is
   * connected is no change.
   * @throws PassportError `matching.taken` when the passport is connected with another application, or the application with
   * another passport: disconnect first
   */
  connect(passport: ConnectedPassport, applicationId: string, actor: Actor): Promise<Connection>
  /** How a passport is connected now, if it is. */
  current(passportId: string): Promise<Connection | undefined>
  byId(connectionId: string): Promise<Connection | undefined>
  /** Goes on with what a failure or a crash left undone, under the same names: nothing is sent twice. */
  resume(passport: ConnectedPassport): Promise<Connection | undefined>
  /** Asks for what came back, such as the outcome of the criminal record check. */
  receive(passportId: string): Promise<readonly SystemRecord[]>
  /** Ends a connection. What was sent stays where it is. */
  disconnect(passportId: string, actor: Actor): Promise<Connection | undefined>
}

type Body = Omit<Connection, 'id'> & JsonObject

const asBody = (body: Omit<Connection, 'id'>): Body => body as Body

const named = (system: string, passportId: string): EntryName => ['connection', system, passportId]

const REASONS: Readonly<Record<Extract<Added, { outcome: 'notAdded' }>['reason'], NotSentReason>> = {
  noSuchPerson: 'noSuchApplication',
  notReceived: 'refused',
  alreadyThere: 'alreadyThere',
  notReady: 'refused',
  refused: 'refused',
}

type Sent =
  | { readonly outcome: 'sent'; readonly recordId: string }
  | { readonly outcome: 'notSent'; readonly reason: NotSentReason }

// A picture of the passport is for whoever checks it, and recruitment checks nothing again.
const UNNEEDED: readonly string[] = ['biometricPage']

const needed = (record: NewRecord): NewRecord => {
  const claims = Object.entries(record.claims).filter(([name]) => !UNNEEDED.includes(name))
  return { ...record, claims: Object.fromEntries(claims) } as unknown as NewRecord
}

/** Looks, and sends. @throws PassportError when the system cannot be asked: whether it was sent, nobody knows then */
const sendOne = async (
  { system }: ConnectionOptions,
  { id, applicationId }: Connection,
  type: CredentialTypeName,
  record: NewRecord | undefined,
): Promise<Sent> => {
  if (!record) return { outcome: 'notSent', reason: 'notHeld' }
  const readiness = await system.readiness(applicationId)
  if (!readiness) return { outcome: 'notSent', reason: 'noSuchApplication' }
  const reason = whyNotSent(readiness, record)
  if (reason) return { outcome: 'notSent', reason }
  const added = await system.add(applicationId, needed(record), `${id}-${type}`)
  if (added.outcome === 'added') return { outcome: 'sent', recordId: added.recordId }
  return { outcome: 'notSent', reason: REASONS[added.reason] }
}

const itemOf = (type: CredentialTypeName, sent: Sent, record: NewRecord | undefined, at: string): ConnectionItem => ({
  type,
  ...(record ? { credentialId: record.credentialId } : {}),
  at,
  ...(sent.outcome === 'sent'
    ? { state: 'sent', recordId: sent.recordId }
    : { state: 'notSent', reason: sent.reason, ...NOT_SENT_REASONS[sent.reason] }),
})

const isUndone = ({ state }: ConnectionItem): boolean => state === 'sending'

const withItem = (body: Body, item: ConnectionItem, event: ConnectionEvent): Body => {
  const isReplaced = (one: ConnectionItem): boolean =>
    item.state !== 'received' && one.state !== 'received' && one.type === item.type
  return asBody({
    ...body,
    items: [...body.items.filter((one) => !isReplaced(one)), item],
    history: [...body.history, event],
  })
}

const beginning = (
  { system, ledger, sends = SENT_ON_CONNECTION }: ConnectionOptions,
  { id: passportId }: ConnectedPassport,
  applicationId: string,
  role: string,
): Body => {
  const at = ledger.now()
  const items = sends.map((type): ConnectionItem => ({ type, state: 'sending', at }))
  const history: readonly ConnectionEvent[] = [{ at, what: 'connected', role }]
  return asBody({ passportId, system: system.name, applicationId, state: 'connected', items, history })
}

/** Connections as they are kept. */
const createEntries = ({ system, ledger }: ConnectionOptions) => ({
  current: async (passportId: string): Promise<Connection | undefined> => {
    const found = await ledger.byName<Body>(named(system.name, passportId))
    return found && { id: found.id, ...found.body }
  },
  byId: async (id: string): Promise<Connection | undefined> => {
    const found = await ledger.byId<Body>(id)
    return found && { id, ...found.body }
  },
  settle: (id: string, item: ConnectionItem): Promise<void> =>
    ledger.change<Body, undefined>(id, (body) => {
      const before = body.items.find(({ type, state }) => type === item.type && state !== 'received')
      // It was disconnected meanwhile, or somebody else settled it.
      if (body.state === 'disconnected' || (before && !isUndone(before))) return { answer: undefined }
      const { at, type, reason } = item
      const what = item.state === 'sent' ? 'sent' : 'notSent'
      return { body: withItem(body, item, { at, what, type, ...(reason ? { reason } : {}) }), answer: undefined }
    }),
  receive: (id: string, { id: recordId, type }: SystemRecord): Promise<void> =>
    ledger.change<Body, undefined>(id, (body) => {
      if (body.items.some((item) => item.recordId === recordId)) return { answer: undefined }
      const at = ledger.now()
      const item: ConnectionItem = { type, state: 'received', recordId, at }
      return { body: withItem(body, item, { at, what: 'received', type }), answer: undefined }
    }),
  end: (id: string, role: string): Promise<void> =>
    ledger.change<Body, undefined>(id, (body) => {
      const event: ConnectionEvent = { at: ledger.now(), what: 'disconnected', role }
      const ended = asBody({ ...body, state: 'disconnected', history: [...body.history, event] })
      return { body: ended, releases: true, answer: undefined }
    }),
})

/** Connects passports with the applications of a recruitment system. @throws TypeError */
export const createConnections = (options: ConnectionOptions): Connections => {
  const { system, ledger, isOn } = options
  if (system?.portVersion !== 1) throw new TypeError('system must implement RecruitmentSystem, version 1')
  const owners = createOwners(ledger, ['application', system.name])
  const { current, byId, settle, receive, end } = createEntries(options)
  const goOn = async (connection: Connection, { accepted }: ConnectedPassport): Promise<Connection> => {
    await owners.take(connection.applicationId, connection.passportId)
    for (const { type } of connection.items.filter(isUndone)) {
      const record = accepted.find((one) => one.type === type)
      const sent = await sendOne(options, connection, type, record)
      await settle(connection.id, itemOf(type, sent, record, ledger.now()))
    }
    return (await byId(connection.id)) ?? connection
  }
  return {
    current,
    byId,
    search: ({ firstName, lastName, birthDate }, applicationId) =>
      system.find(applicationId === undefined ? { firstName, lastName, birthDate } : { reference: applicationId }),
    connect: async (passport, applicationId, { role }) => {
      if (!isOn()) throw integrationOff()
      const begun = await ledger.begin(
        named(system.name, passport.id),
        beginning(options, passport, applicationId, role),
      )
      if (begun.body.applicationId !== applicationId)
        throw new PassportError(
          'matching.taken',
          'The passport is connected with another application: disconnect first',
        )
      await owners.take(applicationId, passport.id).catch(async (error: unknown) => {
        if (isTaken(error)) await end(begun.id, role)
        throw error
      })
      return goOn({ id: begun.id, ...begun.body }, passport)
    },
    resume: async (passport) => {
      const connection = await current(passport.id)
      return connection && goOn(connection, passport)
    },
    receive: async (passportId) => {
      const connection = await current(passportId)
      if (!connection) return []
      const found = (await system.read(connection.applicationId, system.capabilities.provides)) ?? []
      for (const record of found) await receive(connection.id, record)
      return found
    },
    disconnect: async (passportId, { role }) => {
      const connection = await current(passportId)
      if (!connection) return undefined
      await owners.free(connection.applicationId, passportId)
      await end(connection.id, role)
      return byId(connection.id)
    },
  }
}
