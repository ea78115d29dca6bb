import { hashText } from '#runtime'
import { PassportError } from '../../core/errors.js'
import type { JsonObject } from '../../core/json.js'
import type { Added, NewRecord, PersonSearch, RecordSystem, SystemPerson } from '../../systems/record-system.js'
import type { AcceptedPresentation } from '../../verifier/result.js'
import type { Actor } from '../actor.js'
import { integrationOff } from '../integration-off.js'
import type { EntryName, Ledger } from '../ledger.js'
import { createOwners, isTaken } from '../owners.js'
import { recordsOf, uniqueIn } from '../records-of.js'
import { createContents } from './contents.js'
import { INBOUND_REASONS, type Inbound, type InboundItem } from './inbound.js'

/** What goes in, and where it is kept meanwhile. */
export interface InboundOptions {
  readonly system: RecordSystem
  readonly ledger: Ledger
  /** Whether this employer has the integration switched on: it is piloted employer by employer. */
  readonly isOn: () => boolean
  /**
   * How long what was accepted is kept so that it can be sent, in days after the last was accepted; what became of it is kept as
   * long as the ledger does. By default 180: the shortest that the catalogue's types allow.
   */
  readonly contentsForDays?: number
}

/** Puts what a holder shared into a system of the new employer. */
export interface InboundPattern {
  /**
   * Accepts what was shown and verified: a person does, after looking at it. Accepting the same again is no change.
   * @throws PassportError `matching.otherPerson` when another person's credentials are in the passport already
   */
  accept(passportId: string, shown: AcceptedPresentation, actor: Actor): Promise<Inbound>
  /** People in the system who could be them. Nobody is chosen here. */
  candidates(search: PersonSearch): Promise<readonly SystemPerson[]>
  /**
   * Says which record is the person's: a person does.
   * @throws PassportError `matching.taken` when another was chosen before, or another passport has this record
   */
  match(passportId: string, personId: string, actor: Actor): Promise<Inbound>
  /** Sends what the system takes and has not got; after a failure or a crash it goes on, and nothing is sent twice. */
  send(passportId: string, actor: Actor): Promise<Inbound>
  current(passportId: string): Promise<Inbound | undefined>
  /**
   * Takes a match back, as when it was the wrong person. What was sent stays where it is: the answer lists it as it was, for you to
   * remove. Matched with somebody else, everything is sent to them.
   */
  unmatch(passportId: string, actor: Actor): Promise<Inbound>
}

type Body = Omit<Inbound, 'id'> & JsonObject & { readonly uniqueIdentifier: string }

const HALF_A_YEAR = 180

const asBody = (body: object): Body => body as Body

const named = (system: string, passportId: string): EntryName => ['inbound', system, passportId]

const untrusted = (): never => {
  throw new PassportError('matching.otherPerson', 'The credentials are of another person than the passport')
}

const shownOf = ({ uniqueIdentifier: _, ...body }: Body, id: string): Inbound => ({ id, ...body })

const withEvent = (body: Body, at: string, what: string, { role }: Actor): Body =>
  asBody({ ...body, history: [...body.history, { at, what, role }] })

const notSent = (item: InboundItem, reason: keyof typeof INBOUND_REASONS): InboundItem => ({
  ...item,
  state: 'notSent',
  reason,
  remedy: INBOUND_REASONS[reason],
})

const settled = (item: InboundItem, added: Added): InboundItem =>
  added.outcome === 'added' ? { ...item, state: 'sent', recordId: added.recordId } : notSent(item, added.reason)

const afresh = ({ type, credentialId }: InboundItem): InboundItem => ({ type, credentialId, state: 'accepted' })

const isToSend = ({ state }: InboundItem): boolean => state !== 'sent'

/** One record on its way. */
interface Sending {
  readonly passportId: string
  readonly personId: string
  readonly credentialId: string
}

/** Passports as they are kept. */
const createEntries = ({ system, ledger }: InboundOptions) => {
  const find = (passportId: string) => ledger.byName<Body>(named(system.name, passportId))
  const entryOf = async (passportId: string) => {
    const entry = await find(passportId)
    if (!entry) throw new PassportError('matching.unknown', 'Nothing of this passport was accepted')
    return entry
  }
  const change = async (passportId: string, decide: (body: Body) => Body): Promise<Inbound> => {
    const { id } = await entryOf(passportId)
    return ledger.change<Body, Inbound>(id, (body) => {
      const next = decide(body)
      return { body: next, answer: shownOf(next, id) }
    })
  }
  return {
    find,
    entryOf,
    change,
    // A match that was taken back meanwhile has items of its own.
    settle: ({ passportId, personId, credentialId }: Sending, make: (item: InboundItem) => InboundItem) =>
      change(passportId, (body) => {
        if (body.personId !== personId) return body
        const items = body.items.map((item) => (item.credentialId === credentialId ? make(item) : item))
        return asBody({ ...body, items })
      }),
    // What went to a wrong person has not gone to the right one.
    unmatched: (passportId: string, actor: Actor): Promise<Inbound> =>
      change(passportId, ({ personId: _, ...body }) =>
        withEvent(asBody({ ...body, items: body.items.map(afresh) }), ledger.now(), 'unmatched', actor),
      ),
  }
}

const withItems = (body: Body, records: readonly NewRecord[]): Body | undefined => {
  const fresh = records.filter(({ credentialId }) => !body.items.some((item) => item.credentialId === credentialId))
  if (fresh.length === 0) return undefined
  const items = fresh.map(({ type, credentialId }): InboundItem => ({ type, credentialId, state: 'accepted' }))
  return asBody({ ...body, items: [...body.items, ...items] })
}

/** Names what is added: another match is another name, even of the same record; and a name has no end of letters. */
const keyOf = (id: string, { history }: Body, credentialId: string): string =>
  `${id}-${history.filter(({ what }) => what === 'matched').length}-${hashText('SHA-256', credentialId)}`

/** The fourth pattern: inbound, via the portal. @throws TypeError */
export const createInbound = (options: InboundOptions): InboundPattern => {
  const { system, ledger, isOn, contentsForDays = HALF_A_YEAR } = options
  if (system?.portVersion !== 1) throw new TypeError('system must implement RecordSystem, version 1')
  const owners = createOwners(ledger, ['inbound person', system.name])
  const contents = createContents(ledger, system.name, contentsForDays)
  const { find, entryOf, change, settle, unmatched } = createEntries(options)
  const takes = (record: NewRecord): boolean => system.capabilities.receives.includes(record.type)
  const sendOne = async (sending: Sending, record: NewRecord, key: string): Promise<void> => {
    const { credentialId, personId } = sending
    await settle(sending, ({ type }) => ({ type, credentialId, state: 'sending' }))
    // What it does not take does not leave.
    const added: Added = !takes(record)
      ? { outcome: 'notAdded', reason: 'notReceived' }
      : await system.add(personId, record, key)
    await settle(sending, (item) => settled(item, added))
  }
  return {
    current: async (passportId) => {
      const entry = await find(passportId)
      return entry && shownOf(entry.body, entry.id)
    },
    candidates: (search) => system.find(search),
    accept: async (passportId, shown, actor) => {
      const [uniqueIdentifier = untrusted(), ...others] = uniqueIn(shown)
      if (others.length > 0) return untrusted()
      const empty = { passportId, system: system.name, items: [], history: [], uniqueIdentifier }
      const begun = await ledger.begin(named(system.name, passportId), asBody(empty))
      if (begun.body.uniqueIdentifier !== uniqueIdentifier) return untrusted()
      const records = recordsOf(shown)
      await contents.keep(passportId, records)
      return change(passportId, (body) => {
        const next = withItems(body, records)
        return next ? withEvent(next, ledger.now(), 'accepted', actor) : body
      })
    },
    match: async (passportId, personId, actor) => {
      const matched = await change(passportId, (body) => {
        if (body.personId === personId) return body
        if (body.personId !== undefined)
          throw new PassportError('matching.taken', 'Another record was chosen before: take that back first')
        return withEvent(asBody({ ...body, personId }), ledger.now(), 'matched', actor)
      })
      await owners.take(personId, passportId).catch(async (error: unknown) => {
        if (isTaken(error)) await unmatched(passportId, actor)
        throw error
      })
      return matched
    },
    unmatch: async (passportId, actor) => {
      const { id, body } = await entryOf(passportId)
      if (body.personId !== undefined) await owners.free(body.personId, passportId)
      const { history } = await unmatched(passportId, actor)
      return { ...shownOf(body, id), history }
    },
    send: async (passportId, actor) => {
      if (!isOn()) throw integrationOff()
      const { id, body } = await entryOf(passportId)
      const { personId } = body
      if (personId === undefined) throw new TypeError('Match the passport with a record first')
      await owners.take(personId, passportId)
      const records = await contents.of(passportId)
      for (const { credentialId } of body.items.filter(isToSend)) {
        const record = records.find((one) => one.credentialId === credentialId)
        const sending = { passportId, personId, credentialId }
        if (record) await sendOne(sending, record, keyOf(id, body, credentialId))
        else await settle(sending, (item) => notSent(item, 'forgotten'))
      }
      return change(passportId, (now) => withEvent(now, ledger.now(), 'sent', actor))
    },
  }
}
