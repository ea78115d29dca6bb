import { PassportError } from '../../core/errors.js'
import type { JsonObject } from '../../core/json.js'
import type { Actor } from '../connection.js'
import type { Entry, Ledger } from '../ledger.js'
import { asBody, isLive, type Outbound, type OutboundPerson, type PassportBody, shown } from './passport.js'
import type { Providing } from './providing.js'

/** How a match is taken back. */
export interface UnmatchOptions {
  /** It was another person: what their wallet already has is revoked, too. */
  readonly wrongPerson?: boolean
}

/** Which passport goes with which person of a system: one with one. */
export interface Matches {
  match(person: OutboundPerson, personId: string, actor: Actor): Promise<Outbound>
  unmatch(passportId: string, actor: Actor, options?: UnmatchOptions): Promise<Outbound | undefined>
  entryOf(passportId: string): Promise<Entry<PassportBody> | undefined>
  entryOfPerson(personId: string): Promise<Entry<PassportBody> | undefined>
}

type OwnerBody = JsonObject & { readonly passportId: string }

const conflict = (sentence: string): never => {
  throw new PassportError('exchange.conflict', sentence)
}

/** Matches passports with people of a system, in a ledger. */
export const createMatches = (system: string, ledger: Ledger, { refreshed, withdraw }: Providing): Matches => {
  const named = (passportId: string): string => `outbound ${system} ${passportId}`
  const ofPerson = (personId: string): string => `outbound person ${system} ${personId}`
  const entryOf = (passportId: string) => ledger.byName<PassportBody>(named(passportId))
  const release = (id: string, what: string, role: string): Promise<PassportBody> =>
    ledger.change<PassportBody, PassportBody>(id, (now) => {
      const last = asBody({ ...now, history: [...now.history, { at: ledger.now(), what, role }] })
      return { body: last, releases: true, answer: last }
    })

  // Nobody has to be asked for the old telephone: whoever has it must not be able to show what it holds.
  const moved = async ({ id, body }: Entry<PassportBody>, person: OutboundPerson, role: string) => {
    const { holder } = body.person
    if (person.holder === undefined || holder === person.holder) return body
    if (holder !== undefined)
      for (const one of (await refreshed(id, body)).provided.filter(isLive)) await withdraw(id, one, 'LostPhone')
    return ledger.change<PassportBody, PassportBody>(id, (now) => {
      const history = [...now.history, { at: ledger.now(), what: 'matched with another wallet', role }]
      const next = asBody({ ...now, person, history })
      return { body: next, answer: next }
    })
  }

  return {
    entryOf,
    entryOfPerson: async (personId) => {
      const owner = await ledger.byName<OwnerBody>(ofPerson(personId))
      return owner && entryOf(owner.body.passportId)
    },
    match: async (person, personId, { role }) => {
      const { passportId } = person
      const history = [{ at: ledger.now(), what: 'matched', role }]
      const empty = asBody({ passportId, personId, person, provided: [], history })
      const entry = await ledger.begin(named(passportId), empty)
      if (entry.body.personId !== personId) conflict('Another record was chosen for this passport before')
      const owner = await ledger.begin<OwnerBody>(ofPerson(personId), { passportId })
      if (owner.body.passportId !== passportId) {
        await release(entry.id, 'refused: another passport has this record', role)
        conflict('Another passport was matched with this record before')
      }
      return shown(await moved(entry, person, role), entry.id)
    },
    unmatch: async (passportId, { role }, { wrongPerson = false } = {}) => {
      const entry = await entryOf(passportId)
      if (!entry) return undefined
      const { id, body } = entry
      const { provided, personId } = await refreshed(id, body)
      for (const one of provided.filter((each) => each.state === 'offered' || (wrongPerson && isLive(each))))
        await withdraw(id, one, 'CredentialProvidedInError')
      const owner = await ledger.byName<OwnerBody>(ofPerson(personId))
      if (owner?.body.passportId === passportId)
        await ledger.change<OwnerBody, undefined>(owner.id, (now) => ({ body: now, releases: true, answer: undefined }))
      return shown(await release(id, wrongPerson ? 'unmatched: it was another person' : 'unmatched', role), id)
    },
  }
}
