import { describe, expect, it } from 'vitest'
import { immunisationClaims } from '../../src/adapters/esr/claims/immunisation.js'
import { professionalRegistrationClaims } from '../../src/adapters/esr/claims/professional-registration.js'
import { createMemoryStore } from '../../src/adapters/memory/memory-store.js'
import { fixedClock } from '../../src/core/clock.js'
import { CREDENTIAL_TYPES } from '../../src/credentials/catalogue.js'
import { generateKey } from '../../src/crypto/keys.js'
import { createLocalSigner } from '../../src/crypto/local-signer.js'
import { didKey } from '../../src/dids/did-key.js'
import { createIssuer } from '../../src/issuer/create-issuer.js'
import { type Cells, valuesOf } from '../adapters/esr/support/file.js'
import { personLine, registrationLine } from '../adapters/esr/support/people.js'
import { cellAs } from '../bulk/support/csv.js'

describe('HR-1: a date that means that there is none', () => {
  it.each([
    ['31/12/4712', 'DD/MM/YYYY'],
    ['4712-12-31', 'YYYY-MM-DD'],
    ['31-DEC-9999', 'DD-MON-YYYY'],
    ['19000101', 'YYYYMMDD'],
    ['01/01/1900 00:00', 'DD/MM/YYYY 00:00'],
    ['1899-12-30 00:00:00', 'YYYY-MM-DD 00:00'],
    ['2958465', 'Excel serial'],
  ])('%s in a cell is no date', async (cell, format) => {
    expect(await cellAs(cell, { as: 'date', format })).toBeUndefined()
  })

  it('in a cell, a real one beside it is', async () => {
    expect(await cellAs('30/12/4712', { as: 'date', format: 'DD/MM/YYYY' })).toBe('4712-12-30')
  })

  const check = { status: 'Registered', restrictions: false, checkedOn: '2026-01-05' }
  const registered = (cells: Cells<'ET'>) =>
    professionalRegistrationClaims(valuesOf('ET', registrationLine(cells)), valuesOf('PR', personLine()), check)

  it.each(['31/12/4712', '31/12/9999', '01/01/1900'])('%s as the end of a registration in ESR is none', (end) => {
    const mapped = registered({ PEI_INFORMATION5: end })
    expect(mapped.claims).toBeDefined()
    expect(mapped.claims).not.toHaveProperty('expiryDate')
    const honest = registered({ PEI_INFORMATION5: '31/12/2027' })
    expect(honest.claims).toMatchObject({ expiryDate: '2027-12-31' })
  })

  it('as the beginning of a registration, which must be there, it is a gap', () => {
    const mapped = registered({ PEI_INFORMATION3: '01/01/1900' })
    expect(mapped).toEqual({
      refused: [expect.objectContaining({ claim: 'registrationDate', code: 'import.missing' })],
    })
  })

  it('as a dose in ESR it is no dose', () => {
    const mapped = immunisationClaims({
      'Immunisation Type': 'MMR',
      Evidence: 'Vaccination',
      Status: 'Immune',
      'Evidence Date': '2025-01-10',
      'Dose 1 Date': '2024-12-10',
      'Dose 2 Date': '4712-12-31',
      'Recorded By': 'Northfield NHS Trust (fictional)',
    })
    expect(mapped.claims ?? mapped.refused).toMatchObject({ doses: [{ date: '2024-12-10' }] })
  })

  it('in claims, issue warns of it wherever it stands, and ends nothing by it', async () => {
    const key = await generateKey('EdDSA')
    const { did, keyId } = didKey(key)
    const issuer = createIssuer({
      id: did,
      name: 'Northfield NHS Trust (fictional)',
      odsCode: 'RZ1',
      signer: await createLocalSigner(key, keyId),
      ...createMemoryStore(),
      statusUrl: 'https://status.example/lists',
      clock: fixedClock('2026-01-20T09:00:00Z'),
    })
    const example = structuredClone(CREDENTIAL_TYPES.ProfessionalRegistration.examples[0])
    Object.assign(example.claims, { expiryDate: '4712-12-31' })
    const request = Object.assign(JSON.parse(JSON.stringify(example)), {
      title: undefined,
      subject: 'did:example:holder',
    })
    delete request.title
    const { document, warnings } = await issuer.issue('ProfessionalRegistration', request)
    expect(warnings).toContainEqual(
      expect.objectContaining({ code: 'schema.placeholderDate', path: '/claims/expiryDate' }),
    )
    expect(document).not.toHaveProperty('validUntil')
  })
})
