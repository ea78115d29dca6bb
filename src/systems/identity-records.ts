import { endOfDay, isDate, parseDateTime } from '../codec/date-time.js'
import type { IdentityOutcome, IdentityProvider, VouchedRecord } from './identity-provider.js'
import type { RecordSystem, SystemPerson, SystemRecord } from './record-system.js'

const verifiedIn = (outcome: IdentityOutcome | undefined): readonly VouchedRecord[] =>
  outcome?.state === 'verified' ? outcome.records : []

// A provider says on which day it looked; the end of that day is never before.
const momentOf = (lastRefresh: string): string => {
  if (parseDateTime(lastRefresh) !== undefined) return lastRefresh
  return endOfDay(isDate(lastRefresh) ? lastRefresh : '1970-01-01')
}

const recordOf = (session: string, { type, claims, assurance }: VouchedRecord): SystemRecord => {
  const modifiedAt = momentOf(assurance.lastRefresh)
  return { type, id: `${session} ${type}`, claims, assurance, modifiedAt } as unknown as SystemRecord
}

const personOf = (session: string, records: readonly VouchedRecord[]): readonly SystemPerson[] => {
  const identity = records.find(({ type }) => type === 'Identity')
  if (!identity) return []
  const { legalFirstName, legalSurname, birthDate } = identity.claims as unknown as Readonly<Record<string, string>>
  const names = { firstName: legalFirstName ?? '', lastName: legalSurname ?? '', birthDate: birthDate ?? '' }
  return [{ id: session, reference: session, ...names }]
}

/**
 * An identity provider as a system to provide credentials from: what it verified is somebody's records, found by the identifier of
 * the check. So an employer's portal offers an identity as it offers everything else, with the route `identityViaPortal`.
 */
export const createIdentityRecords = (provider: IdentityProvider): RecordSystem => ({
  portVersion: 1,
  name: provider.name,
  capabilities: {
    provides: provider.capabilities.vouchesFor,
    receives: [],
    findsByName: false,
    findsByReference: true,
    notifies: false,
  },
  find: async (search) => {
    if (!('reference' in search)) return []
    return personOf(search.reference, verifiedIn(await provider.outcome(search.reference)))
  },
  read: async (session, types) => {
    const outcome = await provider.outcome(session)
    if (!outcome) return undefined
    return verifiedIn(outcome)
      .filter(({ type }) => types.includes(type))
      .map((record) => recordOf(session, record))
  },
  add: async () => ({ outcome: 'notAdded', reason: 'notReceived' }),
  changes: async function* () {
    // A check was made once; another is another.
  },
})
