import { generateKey, publicJwk } from '../../../src/crypto/keys.js'
import { createLocalSigner } from '../../../src/crypto/local-signer.js'
import { didKey } from '../../../src/dids/did-key.js'
import type { Signer } from '../../../src/ports/signer.js'
import type { TrustedOrganisation, TrustList } from '../../../src/trust/trust-list.js'

/** A keeper of a list, with a real key. */
export interface Keeper {
  readonly did: string
  readonly signer: Signer
}

export const newKeeper = async (algorithm: 'EdDSA' | 'ES256' = 'EdDSA'): Promise<Keeper> => {
  const key = await generateKey(algorithm)
  const { did, keyId } = didKey(key)
  return { did, signer: await createLocalSigner(key, keyId) }
}

export const ms = (moment: string): number => Date.parse(moment)

/**
 * A country in small: a national body, two trusts that merged into a third, an identity provider, a training body and a
 * health board that never published a key.
 */
const goldenOrganisations = async (): Promise<readonly TrustedOrganisation[]> => {
  const first = publicJwk(await generateKey('EdDSA'))
  const second = publicJwk(await generateKey('ES256'))
  return [
    {
      id: 'national-body',
      name: 'National Body (fictional)',
      odsCode: 'X26',
      roles: ['nationalBody'],
      issuers: ['did:web:national.example'],
      mayIssue: [{ type: '*' }],
    },
    {
      id: 'eastfield',
      name: 'Eastfield NHS Trust (fictional)',
      odsCode: 'RZ1',
      opened: '2010-04-01',
      closed: '2025-03-31',
      successors: ['midshire'],
      roles: ['employer', 'hostEmployer'],
      issuers: ['did:web:eastfield.example'],
      keys: [
        {
          id: 'did:web:eastfield.example#2020',
          publicKeyJwk: first,
          validFrom: '2020-01-01T00:00:00Z',
          validUntil: '2023-01-01T00:00:00Z',
        },
        { id: 'did:web:eastfield.example#2023', publicKeyJwk: second, validFrom: '2023-01-01T00:00:00Z' },
      ],
      mayIssue: [
        { type: 'EmploymentAssignment' },
        { type: 'CoreSkill', from: '2021-01-01T00:00:00Z', until: '2024-01-01T00:00:00Z' },
      ],
      statusListIssuers: ['did:web:lists.example'],
    },
    {
      id: 'westfield',
      name: 'Westfield NHS Trust (fictional)',
      opened: '2012-01-01',
      closed: '2025-03-31',
      successors: ['midshire'],
      roles: ['employer'],
      issuers: ['did:web:westfield.example', 'https://westfield.example/issuer'],
      mayIssue: [{ type: '*' }],
    },
    {
      id: 'midshire',
      name: 'Midshire University Hospitals NHS Trust (fictional)',
      odsCode: 'RZ3',
      opened: '2025-04-01',
      successors: ['greater-midshire'],
      roles: ['employer', 'hostEmployer'],
      issuers: ['did:web:midshire.example'],
      mayIssue: [{ type: '*' }],
    },
    {
      id: 'greater-midshire',
      name: 'Greater Midshire NHS Trust (fictional)',
      roles: ['employer'],
      issuers: ['did:web:greater-midshire.example'],
      mayIssue: [{ type: '*' }],
    },
    {
      id: 'plainview',
      name: 'Plainview Identity (fictional)',
      roles: ['identityProvider'],
      issuers: ['did:web:plainview.example'],
      mayIssue: [{ type: 'Identity' }, { type: 'RightToWork' }],
    },
    {
      id: 'deanery',
      name: 'Region Nine Postgraduate Training (fictional)',
      roles: ['trainingBody'],
      issuers: ['did:web:deanery.example'],
      mayIssue: [{ type: 'TrainingPlacement' }],
    },
    {
      id: 'bwrdd-iechyd',
      name: 'Bwrdd Iechyd Ŵyn (fictional)',
      odsCode: '7A1',
      roles: ['employer'],
      issuers: ['did:web:bwrdd.example'],
      mayIssue: [],
    },
  ]
}

export const goldenList = async (): Promise<TrustList> => ({
  version: 7,
  name: 'National Body (fictional)',
  issuedAt: '2026-01-01T00:00:00Z',
  expiresAt: '2026-04-01T00:00:00Z',
  organisations: await goldenOrganisations(),
})
