import { PassportError } from '../../core/errors.js'
import type { Actor } from '../actor.js'
import type { Entry, EntryName, Ledger } from '../ledger.js'
import { createOwners, isTaken } from '../owners.js'
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

/** Matches passports with people of a system, in a ledger. */
export const createMatches = (system: string, ledger: Ledger, { refreshed, withdraw }: Providing): Matches => {
  const named = (passportId: string): EntryName => ['outbound', system, passportId]
  const owners = createOwners(ledger, ['outbound person', system])
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
      const owner = await owners.ownerOf(personId)
      return owner === undefined ? undefined : entryOf(owner)
    },
    match: async (person, personId, { role }) => {
      const { passportId } = person
      const history = [{ at: ledger.now(), what: 'matched', role }]
      const empty = asBody({ passportId, personId, person, provided: [], history })
      const entry = await ledger.begin(named(passportId), empty)
      if (entry.body.personId !== personId)
        throw new PassportError('matching.taken', 'Another record was chosen for this passport before')
      await owners.take(personId, passportId).catch(async (error: unknown) => {
        if (isTaken(error)) await release(entry.id, 'refused: the record is another passport’s', role)
        throw error
      })
      return shown(await moved(entry, person, role), entry.id)
    },
    unmatch: async (passportId, { role }, { wrongPerson = false } = {}) => {
      const entry = await entryOf(passportId)
      if (!entry) return undefined
      const { id, body } = entry
      const { provided, personId } = await refreshed(id, body)
      for (const one of provided.filter((each) => each.state === 'offered' || (wrongPerson && isLive(each))))
        await withdraw(id, one, 'CredentialProvidedInError')
      await owners.free(personId, passportId)
      return shown(await release(id, wrongPerson ? 'unmatched: it was another person' : 'unmatched', role), id)
    },
  }
}
