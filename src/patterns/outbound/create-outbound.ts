import { type ClaimFault, PassportError } from '../../core/errors.js'
import type { JsonObject } from '../../core/json.js'
import type { CredentialTypeName } from '../../credentials/rows.js'
import type { Invitation } from '../../exchange/wallet-exchange.js'
import type { PersonSearch, RecordSystem, SystemChange, SystemPerson } from '../../systems/record-system.js'
import type { Actor } from '../actor.js'
import { integrationOff } from '../integration-off.js'
import type { Entry } from '../ledger.js'
import { createMatches, type UnmatchOptions } from './matches.js'
import {
  asBody,
  contentOf,
  isLive,
  type KeptCredential,
  type Outbound,
  type OutboundPerson,
  type PassportBody,
  shown,
  typesAskedFor,
} from './passport.js'
import { createProviding, type ProvidingOptions } from './providing.js'

/** What credentials are provided with. */
export interface OutboundOptions extends ProvidingOptions {
  readonly system: RecordSystem
  /** Whether this employer has the integration switched on: it is piloted employer by employer. */
  readonly isOn: () => boolean
}

/** A record that is no credential, because it breaks rules of its type. Correct it in its system, and provide again. */
export interface RefusedRecord {
  readonly recordId: string
  readonly type: CredentialTypeName
  readonly faults: readonly ClaimFault[]
}

/** What came of providing: each record for itself. */
export interface Offers {
  /** For the holder: one for each offer that there is to take. */
  readonly invitations: readonly Invitation[]
  readonly refused: readonly RefusedRecord[]
}

/** What an update did. */
export interface Updated {
  readonly passportId: string
  readonly recordId: string
  /** `offered` is a new record of a type that was asked for; `refused` one that is no credential, as it breaks rules of its type. */
  readonly what: 'revoked' | 'reissued' | 'offered' | 'refused'
  /** For the holder, where there is something new to take. */
  readonly invitation?: Invitation
  /** Why nothing was offered, where the record breaks rules of its type now. */
  readonly faults?: readonly ClaimFault[]
}

/** Provides what a system has as credentials, and keeps them up to date. */
export interface OutboundPattern {
  /** People in the system who could be them. Nobody is chosen here. */
  candidates(search: PersonSearch): Promise<readonly SystemPerson[]>
  /**
   * Says which record is the person's: a person does. Matched again with another `holder`, it is another telephone: what the
   * old one has is revoked, to be provided anew.
   * @throws PassportError `matching.taken` when another was chosen before, or another passport has this record
   */
  match(person: OutboundPerson, personId: string, actor: Actor): Promise<Outbound>
  /**
   * Offers what the system has of these types and the wallet has not: one record that is refused keeps no other back. What arrives
   * of these types later is offered by `update` and `notice`.
   * @throws PassportError `system.integrationOff`
   */
  provide(passportId: string, types: readonly CredentialTypeName[], actor: Actor): Promise<Offers>
  /** How it stands; what wallets took meanwhile is looked up. */
  current(passportId: string): Promise<Outbound | undefined>
  /**
   * Takes a match back, as when the assignment number changes: open offers lead nowhere any more, and what was taken stays,
   * unless it was the wrong person. Then another record can be chosen.
   * @returns how it stood at the end; `undefined` when there was no match
   */
  unmatch(passportId: string, actor: Actor, options?: UnmatchOptions): Promise<Outbound | undefined>
  /**
   * Goes through what changed in the system since the last time: of people who were matched, what a wallet would now show
   * otherwise is revoked and offered anew, what is gone is revoked, and a new record of a type that `provide` was asked for is
   * offered. Of anybody else, and of any other type, nothing is read.
   */
  update(): Promise<readonly Updated[]>
  /** The same for one change that the system told of. Hearing of it again is no change. */
  notice(change: Pick<SystemChange, 'personId' | 'recordId'>): Promise<readonly Updated[]>
}

type CursorBody = JsonObject & { readonly cursor: string }

const AUTOMATIC: Actor = { role: 'Automated update' }

const notMatched = (): never => {
  throw new PassportError('matching.unknown', 'This passport was not matched')
}

/** The first three patterns: outbound, direct to wallet, via the portal, or by way of ESR. @throws TypeError */
export const createOutbound = (options: OutboundOptions): OutboundPattern => {
  const { system, ledger, isOn } = options
  if (system?.portVersion !== 1) throw new TypeError('system must implement RecordSystem, version 1')
  const providing = createProviding(options)
  const { offer, refreshed, withdraw } = providing
  const { match, unmatch, entryOf, entryOfPerson } = createMatches(system.name, ledger, providing)

  const remembered = async (
    id: string,
    body: PassportBody,
    types: readonly CredentialTypeName[],
  ): Promise<PassportBody> => {
    if (types.every((type) => body.askedFor?.includes(type))) return body
    return ledger.change<PassportBody, PassportBody>(id, (now) => {
      const next = asBody({ ...now, askedFor: [...new Set([...(now.askedFor ?? []), ...types])] })
      return { body: next, answer: next }
    })
  }

  // It arrived, or was refused before and is corrected now: whoever asked for its type asked for it, too.
  const offerNew = async (id: string, body: PassportBody, recordId: string): Promise<readonly Updated[]> => {
    const types = typesAskedFor(body)
    if (!isOn() || types.length === 0) return []
    const record = (await system.read(body.personId, types))?.find((one) => one.id === recordId)
    if (!record) return []
    const { passportId } = body
    const offered = await offer(id, body, record, AUTOMATIC)
    if ('faults' in offered) return [{ passportId, recordId, what: 'refused', faults: offered.faults }]
    return [{ passportId, recordId, what: 'offered', invitation: offered }]
  }

  const updateRecord = async (entry: Entry<PassportBody>, recordId: string): Promise<readonly Updated[]> => {
    const body = await refreshed(entry.id, entry.body)
    const all = body.provided.filter((one) => one.recordId === recordId)
    if (all.length === 0) return offerNew(entry.id, body, recordId)
    const live = all.filter(isLive)
    // Revoked, and nothing new in its place: a crash came in between.
    const isCutOff = live.length === 0 && all.at(-1)?.state === 'revoked'
    if (live.length === 0 && !isCutOff) return []
    const types = [...new Set(all.map(({ type }) => type))]
    const record = (await system.read(body.personId, types))?.find(({ id }) => id === recordId)
    const content = record && contentOf(record)
    const outdated = live.filter((one: KeptCredential) => one.content !== content)
    for (const one of outdated) await withdraw(entry.id, one, 'NoLongerValid')
    if (outdated.length === 0 && !(isCutOff && record && isOn())) return []
    const { passportId } = body
    // Where it is switched off, nothing is offered; what is not so any more is revoked all the same.
    if (!record || !isOn()) return [{ passportId, recordId, what: 'revoked' }]
    const { body: now } = (await entryOf(passportId)) ?? notMatched()
    const offered = await offer(entry.id, now, record, AUTOMATIC)
    if ('faults' in offered) return [{ passportId, recordId, what: 'revoked', faults: offered.faults }]
    return [{ passportId, recordId, what: 'reissued', invitation: offered }]
  }

  const notice: OutboundPattern['notice'] = async ({ personId, recordId }) => {
    const entry = await entryOfPerson(personId)
    return entry ? updateRecord(entry, recordId) : []
  }

  return {
    notice,
    candidates: (search) => system.find(search),
    current: async (passportId) => {
      const entry = await entryOf(passportId)
      return entry && shown(await refreshed(entry.id, entry.body), entry.id)
    },
    match,
    unmatch,
    provide: async (passportId, types, actor) => {
      if (!isOn()) throw integrationOff()
      const { id, body: before } = (await entryOf(passportId)) ?? notMatched()
      const body = await remembered(id, await refreshed(id, before), types)
      const records = (await system.read(body.personId, types)) ?? []
      const isThere = (recordId: string, content: string): boolean =>
        body.provided.some((one) => one.recordId === recordId && one.state === 'held' && one.content === content)
      const [invitations, refused]: [Invitation[], RefusedRecord[]] = [[], []]
      for (const record of records.filter((one) => !isThere(one.id, contentOf(one)))) {
        const offered = await offer(id, body, record, actor)
        if ('faults' in offered) refused.push({ recordId: record.id, type: record.type, faults: offered.faults })
        else invitations.push(offered)
      }
      return { invitations, refused }
    },
    update: async () => {
      const cursor = await ledger.begin<CursorBody>(['outbound cursor', system.name], { cursor: '' })
      const updated: Updated[] = []
      for await (const change of system.changes(cursor.body.cursor === '' ? undefined : cursor.body.cursor)) {
        updated.push(...(await notice(change)))
        await ledger.change<CursorBody, undefined>(cursor.id, () => ({
          body: { cursor: change.cursor },
          answer: undefined,
        }))
      }
      return updated
    },
  }
}
