import { type Clock, systemClock } from '../core/clock.js'
import { PassportError } from '../core/errors.js'
import type { JsonObject } from '../core/json.js'
import type { CredentialTypeName } from '../credentials/rows.js'
import type { BrowserInvitation } from '../exchange/gateway/begin-verification.js'
import type { Gateway } from '../exchange/gateway/create-gateway.js'
import type { GatewayOptions } from '../exchange/gateway/settings.js'
import { type SourceRecord, signSource } from '../exchange/gateway/source.js'
import type { RecordSystem, SystemPerson, SystemRecord } from '../systems/record-system.js'
import type { Ledger } from './ledger.js'

/** What a system's own portal lets its users download with, by way of the credential gateway. */
export interface GatewayDownloadsOptions {
  /** Created with `lastModified: lastModifiedIn(system)` and the same `sourceKey`. */
  readonly gateway: Pick<Gateway, 'beginVerification' | 'beginIssuance' | 'sourceChanged'>
  readonly system: Pick<RecordSystem, 'name' | 'read' | 'changes' | 'capabilities'>
  readonly sourceKey: Uint8Array
  readonly ledger: Ledger
  readonly clock?: Clock
}

/** Which record to download, and who. */
export interface GatewayDownload {
  /** Of the verified session: `finishVerification` gave it. */
  readonly sessionId: string
  readonly personId: string
  readonly type: CredentialTypeName
  readonly recordId: string
  readonly returnTo?: string
}

/** The journeys of TIS and of elfh: identity first, then one credential after the other, each revoked when its record changes. */
export interface GatewayDownloads {
  /** Asks whoever is signed in for their identity. */
  identify(person: SystemPerson): Promise<BrowserInvitation>
  /** @throws PassportError `exchange.unknown` when the person has no such record; and as `beginIssuance` */
  download(download: GatewayDownload): Promise<BrowserInvitation>
  /**
   * Goes through what changed since the last time, and revokes what a wallet would now show otherwise.
   * @returns the exchanges whose credentials were revoked
   */
  update(): Promise<readonly string[]>
}

type CursorBody = JsonObject & { readonly cursor: string }

// Systems ask for records by their person: the source's name of a record says whose it is.
const sourceId = (personId: string, recordId: string): string => JSON.stringify([personId, recordId])

const readOne = async (
  system: Pick<RecordSystem, 'read'>,
  type: CredentialTypeName,
  personId: string,
  recordId: string,
): Promise<SystemRecord | undefined> => (await system.read(personId, [type]))?.find(({ id }) => id === recordId)

/** When a record of a system was last changed: for `createGateway`. */
export const lastModifiedIn =
  (system: Pick<RecordSystem, 'read'>): GatewayOptions['lastModified'] =>
  async ({ type, id }) => {
    const [personId = '', recordId = ''] = JSON.parse(id) as readonly string[]
    return (await readOne(system, type, personId, recordId))?.modifiedAt
  }

const sourceOf = ({ type, id, claims, assurance }: SystemRecord, personId: string): SourceRecord =>
  ({ type, id: sourceId(personId, id), personId, claims, assurance }) as unknown as SourceRecord

/** The first pattern by way of the credential gateway, as TIS and elfh had it. */
export const createGatewayDownloads = (options: GatewayDownloadsOptions): GatewayDownloads => {
  const { gateway, system, sourceKey, ledger, clock = systemClock } = options
  return {
    identify: ({ id, firstName, lastName, birthDate }) =>
      gateway.beginVerification({ person: { id, legalFirstName: firstName, legalSurname: lastName, birthDate } }),
    download: async ({ sessionId, personId, type, recordId, returnTo }) => {
      // Whatever changes after this moment makes it stale, even while it is read.
      const before = clock.now()
      const record = await readOne(system, type, personId, recordId)
      if (!record) throw new PassportError('exchange.unknown', 'The person has no such record')
      const source = signSource(sourceOf(record, personId), { key: sourceKey, clock: { now: () => before } })
      return gateway.beginIssuance({ sessionId, source, ...(returnTo === undefined ? {} : { returnTo }) })
    },
    update: async () => {
      const { id, body } = await ledger.begin<CursorBody>(['gateway', system.name], { cursor: '' })
      const revoked: string[] = []
      for await (const { cursor, type, personId, recordId } of system.changes(body.cursor || undefined)) {
        const record = await readOne(system, type, personId, recordId)
        const gone = { type, id: sourceId(personId, recordId), deleted: true } as const
        revoked.push(...(await gateway.sourceChanged(record ? sourceOf(record, personId) : gone)))
        await ledger.change<CursorBody, undefined>(id, () => ({ body: { cursor }, answer: undefined }))
      }
      return revoked
    },
  }
}
