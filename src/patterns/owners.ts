import { PassportError } from '../core/errors.js'
import type { JsonObject } from '../core/json.js'
import type { EntryName, Ledger } from './ledger.js'

/** Which passport something belongs to: a person's record, or an application, is one passport's alone. */
export interface Owners {
  /** Makes it a passport's; it may be already. @throws PassportError `matching.taken` when it is another's */
  take(thing: string, passportId: string): Promise<void>
  /** Frees it, if it is this passport's. */
  free(thing: string, passportId: string): Promise<void>
  ownerOf(thing: string): Promise<string | undefined>
}

type OwnerBody = JsonObject & { readonly passportId: string }

/** Whether an error says that something is another passport's. */
export const isTaken = (error: unknown): boolean => error instanceof PassportError && error.code === 'matching.taken'

/** Keeps what belongs to whom in a ledger. @param kind what it is */
export const createOwners = (ledger: Ledger, kind: EntryName): Owners => {
  const named = (thing: string): EntryName => [...kind, thing]
  return {
    take: async (thing, passportId) => {
      const { body } = await ledger.begin<OwnerBody>(named(thing), { passportId })
      if (body.passportId !== passportId)
        throw new PassportError('matching.taken', 'This record is another passport’s: take that back first')
    },
    free: async (thing, passportId) => {
      const entry = await ledger.byName<OwnerBody>(named(thing))
      if (entry?.body.passportId === passportId)
        await ledger.change<OwnerBody, undefined>(entry.id, (body) => ({ body, releases: true, answer: undefined }))
    },
    ownerOf: async (thing) => (await ledger.byName<OwnerBody>(named(thing)))?.body.passportId,
  }
}
