// Issue a right-to-work credential from a record of your own, into an embedded store.
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createIssuer, createLocalSigner, didKey, generateKey } from 'staff-passport'
import { openLibsqlStore } from 'staff-passport/stores/libsql'

const key = await generateKey('EdDSA')
const { did, keyId } = didKey(key)
const store = await openLibsqlStore({ path: join(await mkdtemp(join(tmpdir(), 'example-')), 'passport.db') })

const issuer = createIssuer({
  id: did,
  name: 'Northfield NHS Trust (fictional)',
  odsCode: 'RZ1',
  signer: await createLocalSigner(key, keyId),
  register: store.register,
  statusLists: store.statusLists,
  statusUrl: 'https://status.northfield.example/lists',
})
// At every start: what a crash left half done is marked abandoned.
await issuer.resume()

const holder = didKey(await generateKey('EdDSA')).did
const issued = await issuer.issue(
  'RightToWork',
  {
    subject: holder,
    uniqueIdentifier: '0b9a2c1e-5a5a-4c1f-9b61-4f2d8b7f6a10',
    claims: {
      legalFirstName: 'Ŵyn',
      legalSurname: 'O’Example-Testwell',
      birthDate: '1990-02-28',
      route: 'manual',
      documentsChecked: ['Passport'],
      nationality: 'Irish',
      basis: 'continuous',
      identityVerified: 'Yes',
      evidenceCheckedBy: 'Northfield NHS Trust (fictional)',
      dateOfIdCheck: '2026-01-05',
    },
    assurance: {
      origin: 'Substantive NHS Employing Organisation',
      assurancePolicy: 'Local contractual arrangement',
      assuranceOutcome: 'Onboarding complete',
      provider: 'Northfield NHS Trust (fictional)',
      verifier: 'Provider',
      verificationMethod: 'Document Verification',
      pedigree: 'Authoritative',
      lastRefresh: '2026-01-05',
    },
  },
  { idempotencyKey: 'row 4711 of the extract' },
)

console.log(`issued ${issued.type} as ${issued.format}`)
await store.close()
