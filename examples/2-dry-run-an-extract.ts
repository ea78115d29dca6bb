// Before anything is signed: every fault of every row, with what mends it, and never a value.
import { checkClaims } from 'staff-passport'

const assurance = {
  origin: 'Substantive NHS Employing Organisation',
  assurancePolicy: 'Core Skills Training Framework (CSTF)',
  assuranceOutcome: 'CSTF applied',
  provider: 'Northfield NHS Trust (fictional)',
  verifier: 'Provider',
  verificationMethod: 'Record Verification',
  pedigree: 'Authoritative',
  lastRefresh: '2026-01-05',
}

const rows = [
  { statMandSubject: 'Fire safety', lastDateAwarded: '2025-09-01' },
  { statMandSubject: 'Fire saftey', lastDateAwarded: '2025-09-01' },
  { statMandSubject: 'Conflict resolution', lastDateAwarded: '2025-02-30' },
]

for (const [index, row] of rows.entries()) {
  const claims = {
    competencyFramework: 'CSTF',
    attainmentStatus: 'ACHIEVED',
    competencyName: 'From the extract',
    ...row,
  }
  const uniqueIdentifier = '0b9a2c1e-5a5a-4c1f-9b61-4f2d8b7f6a10'
  const { faults } = checkClaims('CoreSkill', { uniqueIdentifier, assurance, claims }, { issuedOn: '2026-01-20' })
  console.log(`row ${index + 1}: ${faults.length === 0 ? 'ready' : 'not ready'}`)
  for (const { path, code, mend } of faults) console.log(`  ${path} ${code}: ${mend}`)
}
