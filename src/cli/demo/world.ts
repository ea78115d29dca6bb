import { type LibsqlStore, openLibsqlStore } from '../../adapters/libsql/libsql-store.js'
import { britishDate, formatDateTime } from '../../codec/date-time.js'
import type { JsonObject } from '../../core/json.js'
import type { IssuerRole } from '../../credentials/define.js'
import type { Assurance } from '../../credentials/generated/claims.js'
import type { CredentialTypeName } from '../../credentials/rows.js'
import { generateKey } from '../../crypto/keys.js'
import { createLocalSigner } from '../../crypto/local-signer.js'
import { didKey } from '../../dids/did-key.js'
import { createIssuer } from '../../issuer/create-issuer.js'
import type { IssueRequest, Issuer } from '../../issuer/issuer.js'
import type { Signer } from '../../ports/signer.js'
import { signTrustList } from '../../trust/sign.js'
import type { TrustedOrganisation, TrustList } from '../../trust/trust-list.js'
import type { Draft } from './hr-extract.js'

/** Somebody with a key: an organisation's, or a wallet's. */
export interface KeyHolder {
  readonly did: string
  readonly signer: Signer
}

/** An organisation that issues. */
export interface Organisation extends KeyHolder {
  readonly entry: TrustedOrganisation
  readonly issuer: Issuer
  readonly store: LibsqlStore
}

/** Who plays in the demonstration. */
export interface World {
  readonly anchor: string
  readonly trustList: string
  readonly northfield: Organisation
  readonly southmere: Organisation
  readonly doctor: KeyHolder
  readonly stranger: KeyHolder
  close(): Promise<void>
}

const DAY = 86_400_000

const newKeyHolder = async (): Promise<KeyHolder> => {
  const key = await generateKey('EdDSA')
  const { did, keyId } = didKey(key)
  return { did, signer: await createLocalSigner(key, keyId) }
}

interface Founding {
  readonly id: string
  readonly name: string
  readonly odsCode: string
  readonly roles: readonly IssuerRole[]
  readonly mayIssue: readonly string[]
  readonly store: LibsqlStore
}

const found = async ({ id, name, odsCode, roles, mayIssue, store }: Founding): Promise<Organisation> => {
  const { did, signer } = await newKeyHolder()
  const statusUrl = `https://status.${id}.example/lists`
  const { register, statusLists } = store
  const issuer = createIssuer({ id: did, name, odsCode, signer, register, statusLists, statusUrl })
  const entry = { id, name, odsCode, roles, issuers: [did], mayIssue: mayIssue.map((type) => ({ type })) }
  return { did, signer, issuer, entry, store }
}

const EMPLOYER: readonly IssuerRole[] = ['employer', 'hostEmployer']

const listOf = (organisations: readonly Organisation[]): TrustList => {
  const now = Date.now()
  return {
    version: 1,
    name: 'National Staff Passport Body (fictional)',
    issuedAt: formatDateTime(now),
    expiresAt: formatDateTime(now + 30 * DAY),
    organisations: organisations.map(({ entry }) => entry),
  }
}

/** Makes everybody, their keys, one store for each trust in the folder, and the signed trust list. */
export const createWorld = async (folder: string): Promise<World> => {
  const open = (name: string) => openLibsqlStore({ path: `${folder}/${name}.db` })
  const [northfieldStore, southmereStore] = await Promise.all([open('northfield'), open('southmere')])
  const northfield = await found({
    id: 'northfield',
    name: 'Northfield NHS Trust (fictional)',
    odsCode: 'RZ1',
    roles: EMPLOYER,
    mayIssue: ['*'],
    store: northfieldStore,
  })
  const southmere = await found({
    id: 'southmere',
    name: 'Southmere NHS Trust (fictional)',
    odsCode: 'RZ2',
    roles: EMPLOYER,
    mayIssue: ['EmploymentAssignment'],
    store: southmereStore,
  })
  const keeper = await newKeyHolder()
  const trustList = await signTrustList(listOf([northfield, southmere]), keeper.signer)
  const close = async (): Promise<void> => {
    await Promise.all([northfieldStore.close(), southmereStore.close()])
  }
  const [doctor, stranger] = [await newKeyHolder(), await newKeyHolder()]
  return { anchor: keeper.did, trustList, northfield, southmere, doctor, stranger, close }
}

/** How sure an organisation is of what it says. */
export const assuranceOf = (organisation: Organisation, more: JsonObject = {}): Assurance => ({
  origin: 'Substantive NHS Employing Organisation',
  assurancePolicy: 'Local contractual arrangement',
  assuranceOutcome: 'Onboarding complete',
  provider: organisation.entry.name,
  verifier: 'Provider',
  verificationMethod: 'Record Verification',
  pedigree: 'Authoritative',
  lastRefresh: britishDate(Date.now()),
  ...more,
})

/** Issues what a draft says. The claims come out of an extract; the issuer checks them. */
export const issueDraft = (organisation: Organisation, draft: Draft, subject: string, uniqueIdentifier: string) => {
  const { claims } = draft
  const request = { subject, uniqueIdentifier, assurance: assuranceOf(organisation, draft.assurance), claims }
  return organisation.issuer.issue(
    draft.type as CredentialTypeName,
    request as unknown as IssueRequest<CredentialTypeName>,
  )
}
