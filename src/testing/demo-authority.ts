import { createMemoryStore } from '../adapters/memory/memory-store.js'
import { formatDateTime } from '../codec/date-time.js'
import { type Clock, systemClock } from '../core/clock.js'
import type { JsonObject } from '../core/json.js'
import type { CredentialTypeRow, IssuerRole } from '../credentials/define.js'
import { CREDENTIAL_ROWS } from '../credentials/rows.js'
import { generateKey } from '../crypto/keys.js'
import { createLocalSigner } from '../crypto/local-signer.js'
import { didKey } from '../dids/did-key.js'
import { createIssuer } from '../issuer/create-issuer.js'
import type { Issuer } from '../issuer/issuer.js'
import type { SignatureAlgorithm, Signer } from '../ports/signer.js'
import type { Store } from '../ports/store.js'
import { signTrustList } from '../trust/sign.js'
import type { TrustedOrganisation, TrustList } from '../trust/trust-list.js'

/** One of the demo's organisations, ready to issue. */
export interface DemoOrganisation {
  /** Its entry in the trust list. */
  readonly entry: TrustedOrganisation
  readonly did: string
  readonly signer: Signer
  readonly store: Store
  readonly issuer: Issuer
}

/** Somebody with a wallet. */
export interface DemoHolder {
  readonly did: string
  readonly signer: Signer
}

/** The names of the demo's organisations. */
export type DemoOrganisationName = 'nationalBody' | 'northfield' | 'southmere' | 'identityProvider' | 'trainingBody'

/** A whole small world, in memory: who may issue what, their keys, and somebody to issue to. Everything really signs. */
export interface DemoAuthority {
  /** The signed trust list. */
  readonly trustList: string
  /** The did:key of the national body's list-keeping key: what a verifier is given out of band. */
  readonly anchor: string
  /** What the trust list says, unsigned; change it and pass it to {@link DemoAuthority.signTrustList}. */
  readonly list: TrustList
  readonly organisations: Readonly<Record<DemoOrganisationName, DemoOrganisation>>
  readonly holder: DemoHolder
  /** Somebody else with a wallet. */
  newHolder(algorithm?: SignatureAlgorithm): Promise<DemoHolder>
  /** Signs another list with the anchor's key. */
  signTrustList(list: TrustList): Promise<string>
  /** Every organisation's status lists as they stand now, signed. */
  statusLists(): Promise<readonly (JsonObject | string)[]>
}

/** What the demo may be told. */
export interface DemoAuthorityOptions {
  readonly clock?: Clock
}

interface Cast {
  readonly id: string
  readonly name: string
  readonly odsCode?: string
  readonly domain?: string
  readonly algorithm: SignatureAlgorithm
  readonly roles: readonly IssuerRole[]
}

const CAST: Readonly<Record<DemoOrganisationName, Cast>> = {
  nationalBody: {
    id: 'national-body',
    name: 'National Staff Passport Body (fictional)',
    domain: 'national-body.example',
    algorithm: 'EdDSA',
    roles: ['nationalBody'],
  },
  northfield: {
    id: 'northfield',
    name: 'Northfield NHS Trust (fictional)',
    odsCode: 'RZ1',
    algorithm: 'EdDSA',
    roles: ['employer', 'hostEmployer'],
  },
  southmere: {
    id: 'southmere',
    name: 'Southmere NHS Trust (fictional)',
    odsCode: 'RZ2',
    domain: 'southmere.example',
    algorithm: 'ES256',
    roles: ['employer', 'hostEmployer'],
  },
  identityProvider: {
    id: 'identity-provider',
    name: 'Plainview Identity (fictional)',
    algorithm: 'ES256',
    roles: ['identityProvider'],
  },
  trainingBody: {
    id: 'training-body',
    name: 'Region Nine Postgraduate Training (fictional)',
    domain: 'training.example',
    algorithm: 'EdDSA',
    roles: ['trainingBody'],
  },
}

const DAY = 86_400_000
const OPENED = '2010-04-01'
const KEYS_SINCE = '2015-01-01T00:00:00Z'

const rows: readonly CredentialTypeRow[] = Object.values(CREDENTIAL_ROWS)

const typesOf = (roles: readonly IssuerRole[]): readonly string[] =>
  rows.filter(({ issuedBy }) => issuedBy.some((role) => roles.includes(role))).map(({ type }) => type)

const newIdentity = async (algorithm: SignatureAlgorithm, domain?: string): Promise<DemoHolder> => {
  const key = await generateKey(algorithm)
  const self = didKey(key)
  const did = domain === undefined ? self.did : `did:web:${domain}`
  return { did, signer: await createLocalSigner(key, domain === undefined ? self.keyId : `${did}#key-1`) }
}

const found = async (cast: Cast, clock: Clock): Promise<DemoOrganisation> => {
  const { did, signer } = await newIdentity(cast.algorithm, cast.domain)
  const store = createMemoryStore()
  const odsCode = cast.odsCode === undefined ? {} : { odsCode: cast.odsCode }
  const entry: TrustedOrganisation = {
    id: cast.id,
    name: cast.name,
    ...odsCode,
    opened: OPENED,
    roles: cast.roles,
    issuers: [did],
    keys: [{ id: signer.keyId, publicKeyJwk: signer.publicKeyJwk, validFrom: KEYS_SINCE }],
    mayIssue: typesOf(cast.roles).map((type) => ({ type })),
  }
  const issuer = createIssuer({
    id: did,
    name: cast.name,
    ...odsCode,
    signer,
    register: store.register,
    statusLists: store.statusLists,
    statusUrl: `https://status.${cast.domain ?? `${cast.id}.example`}/lists`,
    clock,
  })
  return { entry, did, signer, store, issuer }
}

const foundAll = async (clock: Clock): Promise<DemoAuthority['organisations']> => ({
  nationalBody: await found(CAST.nationalBody, clock),
  northfield: await found(CAST.northfield, clock),
  southmere: await found(CAST.southmere, clock),
  identityProvider: await found(CAST.identityProvider, clock),
  trainingBody: await found(CAST.trainingBody, clock),
})

const listOf = (organisations: DemoAuthority['organisations'], now: number): TrustList => ({
  version: 1,
  name: CAST.nationalBody.name,
  issuedAt: formatDateTime(now),
  expiresAt: formatDateTime(now + 90 * DAY),
  organisations: Object.values(organisations).map(({ entry }) => entry),
})

const publishAll = async (organisations: DemoAuthority['organisations']): Promise<readonly (JsonObject | string)[]> => {
  const published: (JsonObject | string)[] = []
  for (const { issuer } of Object.values(organisations)) {
    for await (const { credential } of issuer.publishStatus()) published.push(credential)
  }
  return published
}

/**
 * Creates a fictional national body that keeps a trust list, two NHS trusts, an identity provider, a training body and
 * a holder, all with real keys in memory. For demonstrations and tests; nothing in it touches the network.
 *
 * ```ts
 * import { createDemoAuthority } from 'staff-passport/testing'
 * import { POLICIES, createVerifier } from 'staff-passport/verify'
 *
 * const authority = await createDemoAuthority()
 * const verifier = createVerifier({
 *   policy: POLICIES.nhs,
 *   trustList: authority.trustList,
 *   anchor: authority.anchor,
 *   statusLists: await authority.statusLists(),
 * })
 * ```
 */
export const createDemoAuthority = async (options: DemoAuthorityOptions = {}): Promise<DemoAuthority> => {
  const clock = options.clock ?? systemClock
  const keeper = await newIdentity('EdDSA')
  const organisations = await foundAll(clock)
  const list = listOf(organisations, clock.now().getTime())
  return {
    trustList: await signTrustList(list, keeper.signer),
    anchor: keeper.did,
    list,
    organisations,
    holder: await newIdentity('EdDSA'),
    newHolder: (algorithm = 'EdDSA') => newIdentity(algorithm),
    signTrustList: (changed) => signTrustList(changed, keeper.signer),
    statusLists: () => publishAll(organisations),
  }
}
