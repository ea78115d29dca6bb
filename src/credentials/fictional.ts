import type { Assurance } from './generated/claims.js'

/** The unique identifier of the one invented person of all examples. */
export const EXAMPLE_PERSON = '0b9a2c1e-5a5a-4c1f-9b61-4f2d8b7f6a10'

/** The names and birth date of the invented person. */
export const EXAMPLE_NAMES = {
  legalFirstName: 'Ŵyn',
  legalSurname: 'O’Example-Testwell',
  birthDate: '1990-02-28',
} as const

/** An assurance block as a trust writes it. */
export const byTrust = (more: Partial<Assurance> = {}): Assurance => ({
  origin: 'Substantive NHS Employing Organisation',
  assurancePolicy: 'Local contractual arrangement',
  assuranceOutcome: 'Onboarding complete',
  provider: 'Northfield NHS Trust (fictional)',
  verifier: 'Provider',
  verificationMethod: 'Record Verification',
  pedigree: 'Authoritative',
  lastRefresh: '2026-01-05',
  ...more,
})

/** An assurance block as an identity provider writes it. */
export const byIdentityProvider = (): Assurance =>
  byTrust({
    origin: 'Plainview Identity (fictional)',
    assurancePolicy: 'GPG 45',
    assuranceOutcome: 'H1A',
    provider: 'Plainview Identity (fictional)',
    verifier: 'Origin',
    verificationMethod: 'Document Verification with Record Verification',
  })

/** An assurance block as a training body writes it. */
export const byTrainingBody = (): Assurance =>
  byTrust({
    origin: 'NHS England',
    assurancePolicy: 'Postgraduate doctor trainee programme assessment',
    assuranceOutcome: 'Postgraduate doctor trainee programme registration',
    provider: 'NHS England',
    verifier: 'Origin',
  })

/** The smallest JPEG that is one: a single grey point. */
export const EXAMPLE_JPEG =
  'data:image/jpeg;base64,/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA='
