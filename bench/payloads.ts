import type { JsonObject } from '../src/core/json.js'
import { CREDENTIAL_TYPES } from '../src/credentials/catalogue.js'
import type { CatalogueEntry } from '../src/credentials/define.js'
import { STAFF_PASSPORT_CONTEXT_URL } from '../src/credentials/generated/context.js'

/** The sizes of PERFORMANCE.md: S identity, M eleven skills, O 25 immunisations, L those with a photograph of 200 kB. */
export const PAYLOADS = ['S', 'M', 'O', 'L'] as const
/** The name of a payload. */
export type PayloadName = (typeof PAYLOADS)[number]

const exampleOf = (row: CatalogueEntry, index = 0) => row.examples[index] ?? row.examples[0]

// Every byte differs from the last, so that nothing can be compressed or skipped.
const photograph = (bytes: number): string => {
  const data = Buffer.alloc(bytes)
  for (let index = 0, state = 1; index < bytes; index++) {
    state = (state * 48_271) % 2_147_483_647
    data[index] = state & 0xff
  }
  data.set([0xff, 0xd8, 0xff])
  return `data:image/jpeg;base64,${data.toString('base64')}`
}

const SKILLS = [
  'Conflict resolution',
  'Equality, diversity and human rights',
  'Fire safety',
  'Health, safety and welfare',
  'Infection prevention and control',
  'Information governance and data security',
  'Moving and handling',
  'Preventing radicalisation',
  'Resuscitation adult basic life support',
  'Safeguarding adults',
  'Safeguarding children',
]

const skills = (): readonly JsonObject[] =>
  SKILLS.map((subject, index) => ({
    competencyFramework: 'Core Skills Training Framework',
    statMandSubject: subject,
    level: String((index % 3) + 1),
    attainmentStatus: 'ACHIEVED',
    competencyName: `NHS|CSTF|${subject}|`,
    lastDateAwarded: `2025-09-${String(index + 1).padStart(2, '0')}`,
    employer: 'Northfield NHS Trust (fictional)',
  }))

const immunisations = (): readonly JsonObject[] =>
  Array.from({ length: 25 }, (_, index) => ({
    targetDiseases: ['66071002'],
    evidenceKind: 'vaccination',
    immunityStatus: 'immune',
    evidenceDate: `2025-${String((index % 12) + 1).padStart(2, '0')}-${String(index + 1).padStart(2, '0')}`,
    recordedBy: `Northfield Occupational Health, clinic ${index + 1} (fictional)`,
  }))

// Its one grey point is not an identity's text.
const identityClaims = (): JsonObject => {
  const { photo: _, ...claims } = CREDENTIAL_TYPES.Identity.examples[0].claims
  return { ...claims, addressLine2: 'Flat 2', county: 'Northshire' }
}

const CLAIMS: Readonly<Record<PayloadName, { readonly type: string; readonly subject: () => JsonObject }>> = {
  S: { type: 'Identity', subject: () => ({ identity: identityClaims() }) },
  M: { type: 'CoreSkill', subject: () => ({ coreSkill: [...skills()] }) },
  O: { type: 'Immunisation', subject: () => ({ immunisation: [...immunisations()] }) },
  L: {
    type: 'Immunisation',
    subject: () => ({ immunisation: [...immunisations()], identity: { photo: photograph(200_000) } }),
  },
}

/** An unsigned credential of this size by this issuer, in the terms of our context. */
export const payload = (name: PayloadName, issuer: string, subject: string): JsonObject => {
  const { type, subject: claims } = CLAIMS[name]
  const { uniqueIdentifier, assurance } = exampleOf(CREDENTIAL_TYPES.Identity)
  return {
    '@context': ['https://www.w3.org/ns/credentials/v2', STAFF_PASSPORT_CONTEXT_URL],
    id: 'urn:uuid:5b0e1e1c-6a0c-4d8d-9b0a-52a0a6a4c001',
    type: ['VerifiableCredential', type],
    issuer: { id: issuer, name: 'Northfield NHS Trust (fictional)' },
    validFrom: '2026-03-02T09:00:00Z',
    credentialSubject: { id: subject, uniqueIdentifier, assurance, ...claims() },
  }
}

const SITES = ['Northfield', 'Southmere', 'Eastleigh Vale', 'Westbrook', 'Ashdown']

const posts = (count: number): readonly JsonObject[] =>
  Array.from({ length: count }, (_, index) => ({
    employer: `${SITES[index % SITES.length]} NHS Trust (fictional)`,
    employerOds: `RZ${index % SITES.length}`,
    jobTitle: `Foundation Doctor, rotation ${index + 1}`,
    startDate: `${1990 + index}-08-07`,
    endDate: `${1991 + index}-08-06`,
    rotationalProgramme: true,
  }))

const history = (count: number) => ({
  type: 'EmploymentHistory' as const,
  claims: { checkedOn: '2026-01-05', employments: posts(count) },
})

/**
 * Claims of about these sizes that the catalogue accepts, for verifications that look at the schema too: an identity;
 * eleven posts; twenty-five posts; an identity with a photograph of 200 kB.
 */
export const CATALOGUE_CLAIMS = {
  S: () => ({ type: 'Identity' as const, claims: identityClaims() }),
  M: () => history(11),
  O: () => history(25),
  L: () => ({ type: 'Identity' as const, claims: { ...identityClaims(), photo: photograph(200_000) } }),
} as const
