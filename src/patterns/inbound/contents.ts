import type { JsonObject } from '../../core/json.js'
import type { NewRecord } from '../../systems/record-system.js'
import type { EntryName, Ledger } from '../ledger.js'

/** What accepted credentials say, apart from what became of them: it is forgotten earlier. */
export interface Contents {
  /** Keeps records; what is there already stays. */
  keep(passportId: string, records: readonly NewRecord[]): Promise<void>
  of(passportId: string): Promise<readonly NewRecord[]>
}

type Body = JsonObject & { readonly records: readonly NewRecord[] }

const asBody = (body: object): Body => body as Body

/** Keeps what credentials say in a ledger, for so many days after the last was accepted. */
export const createContents = (ledger: Ledger, system: string, days: number): Contents => {
  const named = (passportId: string): EntryName => ['inbound contents', system, passportId]
  return {
    keep: async (passportId, records) => {
      const { id } = await ledger.begin(named(passportId), asBody({ records }), days)
      await ledger.change<Body, undefined>(
        id,
        (body) => {
          const isThere = ({ credentialId }: NewRecord): boolean =>
            body.records.some((one) => one.credentialId === credentialId)
          const fresh = records.filter((record) => !isThere(record))
          return { body: asBody({ records: [...body.records, ...fresh] }), answer: undefined }
        },
        days,
      )
    },
    of: async (passportId) => (await ledger.byName<Body>(named(passportId)))?.body.records ?? [],
  }
}
