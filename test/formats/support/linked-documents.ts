import type { JsonObject } from '../../../src/core/json.js'
import { buildCredential } from '../../../src/credentials/build.js'
import { CREDENTIAL_TYPES, type CredentialTypeName } from '../../../src/credentials/catalogue.js'

const V2 = 'https://www.w3.org/ns/credentials/v2'
const OURS = 'https://w3id.org/staff-passport/v1'
const SUBJECT = 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK'
const ISSUER = 'did:web:northfield.example'

const TYPES = Object.keys(CREDENTIAL_TYPES) as readonly CredentialTypeName[]

const STATUS = ['revocation', 'suspension'].map((statusPurpose, index) => ({
  id: `https://northfield.example/status/${index}#7`,
  type: 'BitstringStatusListEntry',
  statusPurpose,
  statusListIndex: '7',
  statusListCredential: `https://northfield.example/status/${index}`,
}))

const MESSAGE = {
  type: 'BitstringStatusListEntry',
  statusPurpose: 'message',
  statusListIndex: '8',
  statusListCredential: 'https://northfield.example/status/2',
  statusMessage: [
    { status: '0x0', message: 'in order' },
    { status: '0x1', message: 'under review' },
  ],
}

const EVIDENCE = [
  { type: ['SourceEvidence'], identityCredentialDigest: 'zQmV', route: 'manual', checkedByRole: 'Recruitment Officer' },
]

/** Every golden example of the catalogue, as a credential. */
export const exampleDocuments: readonly JsonObject[] = TYPES.flatMap((type) =>
  CREDENTIAL_TYPES[type].examples.map(({ uniqueIdentifier, assurance, claims }, index) =>
    buildCredential(type, {
      id: `urn:uuid:0b9a2c1e-0000-4c1f-9b61-${String(index).padStart(12, '0')}`,
      issuer: index % 2 === 0 ? { id: ISSUER } : { id: ISSUER, name: 'Northfield NHS Trust (fictional)' },
      subject: SUBJECT,
      uniqueIdentifier,
      assurance,
      claims,
      validFrom: '2026-01-20T09:00:00Z',
      ...(index % 3 === 0 ? { validUntil: '2027-01-20T09:00:00Z' } : {}),
      credentialStatus: index % 2 === 0 ? STATUS : [MESSAGE],
      evidence: index % 3 === 1 ? EVIDENCE : [],
    }),
  ),
)

/** What a proof says of itself, as it is signed. */
const proofConfiguration: JsonObject = {
  '@context': [V2, OURS],
  type: 'DataIntegrityProof',
  cryptosuite: 'eddsa-rdfc-2022',
  created: '2026-01-20T09:00:00Z',
  expires: '2026-02-20T09:00:00Z',
  verificationMethod: `${SUBJECT}#key`,
  proofPurpose: 'authentication',
  challenge: 'b0c2',
  domain: 'https://portal.northfield.example',
}

const secured = (document: JsonObject): JsonObject => {
  const { '@context': _, ...proof } = proofConfiguration
  return { ...document, proof: { ...proof, proofValue: 'z3FXQ', proofPurpose: 'assertionMethod' } }
}

const listCredential: JsonObject = {
  '@context': [V2],
  id: 'https://northfield.example/status/0',
  type: ['VerifiableCredential', 'BitstringStatusListCredential'],
  issuer: ISSUER,
  validFrom: '2026-01-20T09:00:00Z',
  credentialSubject: {
    id: 'https://northfield.example/status/0#list',
    type: 'BitstringStatusList',
    statusPurpose: 'message',
    encodedList: 'uH4sIAAAAAAAAA',
    ttl: 300_000,
  },
}

const presentation = (credentials: readonly JsonObject[]): JsonObject => ({
  '@context': [V2],
  id: 'urn:uuid:11111111-0000-4c1f-9b61-4f2d8b7f6a10',
  type: ['VerifiablePresentation'],
  holder: SUBJECT,
  verifiableCredential: [...credentials],
})

const enveloped: JsonObject = {
  '@context': V2,
  id: 'data:application/vc+jwt,eyJhbGciOiJFZERTQSJ9.e30.c2ln',
  type: 'EnvelopedVerifiableCredential',
}

const [first = {}, second = {}, third = {}] = exampleDocuments

/** Documents of every other kind that are signed with linked data. */
export const otherDocuments: readonly JsonObject[] = [
  proofConfiguration,
  listCredential,
  secured(first),
  { ...secured(first), proof: [secured(first).proof ?? null, { ...proofConfiguration, '@context': V2 }] },
  presentation([secured(first)]),
  presentation([secured(first), enveloped, secured(second)]),
  presentation([secured(third), secured(third)]),
]
