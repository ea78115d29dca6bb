import { digestText } from '#runtime'
import { encodeBase64 } from '../../codec/base64.js'
import { formatDateTime } from '../../codec/date-time.js'
import { PassportError } from '../../core/errors.js'
import { asArray, asJsonObject, isJsonObject, type Json, type JsonObject } from '../../core/json.js'
import type { EntraClient } from './client.js'
import type { EntraContract } from './contracts.js'

/** A contract that Entra has. */
export interface EntraContractRecord {
  readonly id: string
  readonly name: string
  /** What offers of the type need. */
  readonly manifestUrl: string
}

/** A credential that Entra issued, as far as it remembers. */
export interface EntraIssuedCredential {
  readonly id: string
  readonly contractId: string
  readonly status: 'valid' | 'issuerRevoked'
  /** RFC 3339, UTC. */
  readonly issuedAt: string
}

/** The administration of one authority. Its application needs permissions of its own in the tenant. */
export interface EntraAdmin {
  listContracts(): Promise<readonly EntraContractRecord[]>
  /** @throws PassportError `exchange.refused`, such as for a name that is taken */
  createContract(contract: EntraContract): Promise<EntraContractRecord>
  /** Credentials of a contract whose index claim says exactly this. Entra is told a hash, and has no more itself. */
  findCredentials(contractId: string, claimValue: string): Promise<readonly EntraIssuedCredential[]>
  /** Withdraws a credential for good. Doing it again is no change. */
  revoke(contractId: string, credentialId: string): Promise<void>
}

/** What to administer. */
export interface EntraAdminOptions {
  readonly client: EntraClient
  /** The identifier of the authority in the tenant; not its DID. */
  readonly authorityId: string
}

const malformed = (): never => {
  throw new PassportError('exchange.malformed', 'Entra answered something of another shape')
}

const contractOf = (value: Json | undefined): EntraContractRecord => {
  if (!isJsonObject(value)) return malformed()
  const { id, name, manifestUrl } = value
  if (typeof id !== 'string' || typeof name !== 'string' || typeof manifestUrl !== 'string') return malformed()
  return { id, name, manifestUrl }
}

// Milliseconds in one answer of Entra's, a text with seven decimals in another.
const momentOf = (value: Json | undefined): string => {
  const time = typeof value === 'number' ? value : typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(time) ? malformed() : formatDateTime(time)
}

const credentialOf = (value: Json): EntraIssuedCredential => {
  if (!isJsonObject(value)) return malformed()
  const { id, contractId, status, issuedAt } = value
  if (typeof id !== 'string' || typeof contractId !== 'string') return malformed()
  if (status !== 'valid' && status !== 'issuerRevoked') return malformed()
  return { id, contractId, status, issuedAt: momentOf(issuedAt) }
}

const valuesOf = (answer: JsonObject | undefined): readonly Json[] => asArray(answer?.value)

// The colons of urn:pic:… may stand in a path, and Entra writes them so.
const segment = (text: string): string => encodeURIComponent(text).replaceAll('%3A', ':')

/**
 * Creates the administration of an authority of Microsoft Entra Verified ID: contracts, and what was issued under them.
 * @throws TypeError when an option is missing
 * @see https://learn.microsoft.com/en-us/entra/verified-id/admin-api
 */
export const createEntraAdmin = ({ client, authorityId }: EntraAdminOptions): EntraAdmin => {
  if (typeof client?.call !== 'function') throw new TypeError('client must be an EntraClient')
  if (typeof authorityId !== 'string' || authorityId === '') throw new TypeError('authorityId must be a text')
  const contracts = `authorities/${segment(authorityId)}/contracts`
  const credentials = (contractId: string): string => `${contracts}/${segment(contractId)}/credentials`
  const get = (path: string) => client.call({ api: 'admin', method: 'GET', path, repeatable: true })
  return {
    listContracts: async () => valuesOf(await get(contracts)).map(contractOf),
    createContract: async (contract) => {
      const body = asJsonObject(contract)
      // The name would be taken when it is sent again.
      return contractOf(await client.call({ api: 'admin', method: 'POST', path: contracts, body, repeatable: false }))
    },
    findCredentials: async (contractId, claimValue) => {
      const hash = encodeURIComponent(encodeBase64(digestText('SHA-256', contractId + claimValue)))
      const found = await get(`${credentials(contractId)}?filter=indexclaimhash%20eq%20${hash}`)
      return valuesOf(found).map(credentialOf)
    },
    revoke: async (contractId, credentialId) => {
      const path = `${credentials(contractId)}/${segment(credentialId)}/revoke`
      await client.call({ api: 'admin', method: 'POST', path, repeatable: true })
    },
  }
}
