import { describe, expect, it } from 'vitest'
import { createMemoryStore } from '../../src/adapters/memory/memory-store.js'
import { addToDate, britishDate, dateOf, endOfDay } from '../../src/codec/date-time.js'
import { fixedClock } from '../../src/core/clock.js'
import { CREDENTIAL_TYPES, type CredentialTypeName } from '../../src/credentials/catalogue.js'
import { checkClaims } from '../../src/credentials/check-claims.js'
import { currentExample } from '../../src/credentials/examples.js'
import { generateKey } from '../../src/crypto/keys.js'
import { createLocalSigner } from '../../src/crypto/local-signer.js'
import { didKey } from '../../src/dids/did-key.js'
import { createIssuer } from '../../src/issuer/create-issuer.js'
import { createVerifier } from '../../src/verifier/create-verifier.js'
import { POLICIES } from '../../src/verifier/policy.js'

const HALF_PAST_MIDNIGHT = '2026-07-01T23:30:00Z' // 00:30 on 2 July in London
const TODAY = '2026-07-02'
const TOMORROW = '2026-07-03'

// Every claim that says when something was done, by type and example.
const DONE: readonly (readonly [CredentialTypeName, number, string])[] = [
  ['Identity', 0, '/claims/issuedOn'],
  ['RightToWork', 1, '/claims/dateOfIdCheck'],
  ['CoreSkill', 0, '/claims/lastDateAwarded'],
  ['ProfessionalRegistration', 0, '/claims/checkedOn'],
  ['DisclosureAndBarringService', 0, '/claims/originalSeenOn'],
  ['DbsSupportingInformation', 0, '/claims/dateOfIdCheck'],
  ['OccupationalHealth', 0, '/claims/clearanceDate'],
  ['Immunisation', 0, '/claims/evidenceDate'],
  ['NewStarterInformation', 0, '/claims/declaredOn'],
  ['EmploymentHistory', 0, '/claims/checkedOn'],
  ['PersonalDetails', 0, '/assurance/lastRefresh'],
]

function exampleWith(type: CredentialTypeName, variant: number, path: string, date: string) {
  const example = CREDENTIAL_TYPES[type].examples[variant]
  if (!example) throw new Error('no such example')
  const current = structuredClone(currentExample(example, TODAY))
  const [, part = '', name = ''] = path.split('/')
  Object.assign(part === 'claims' ? current.claims : current.assurance, { [name]: date })
  return current
}

describe('CAL-2: just after midnight in British Summer Time', () => {
  it.each(DONE)('%s %i: %s of today in London is not in the future, and of tomorrow is', (type, variant, path) => {
    const issuedOn = britishDate(Date.parse(HALF_PAST_MIDNIGHT))
    const today = checkClaims(type, exampleWith(type, variant, path, TODAY), { issuedOn })
    expect(today.faults.filter((fault) => fault.path === path)).toEqual([])
    const tomorrow = checkClaims(type, exampleWith(type, variant, path, TOMORROW), { issuedOn })
    expect(tomorrow.faults.map((fault) => fault.path)).toContain(path)
  })

  it('HR-2: what was checked today in London is issued, and accepted by who verifies it', async () => {
    const key = await generateKey('EdDSA')
    const { did, keyId } = didKey(key)
    const clock = fixedClock(HALF_PAST_MIDNIGHT)
    const issuer = createIssuer({
      id: did,
      name: 'Northfield NHS Trust (fictional)',
      odsCode: 'RZ1',
      signer: await createLocalSigner(key, keyId),
      ...createMemoryStore(),
      statusUrl: 'https://status.example/lists',
      clock,
    })
    const { title: _, ...example } = exampleWith('RightToWork', 1, '/claims/dateOfIdCheck', TODAY)
    const request = Object.assign(JSON.parse(JSON.stringify(example)), { subject: 'did:example:holder' })
    const { credential } = await issuer.issue('RightToWork', request)
    const policy = { ...POLICIES.nhs, skip: { issuerTrust: 'this is about dates', status: 'this is about dates' } }
    const { report } = await createVerifier({ policy, clock }).verifyCredential(credential)
    expect(report.checks.schema).toMatchObject({ outcome: 'passed' })
    expect(report.verdict).toBe('accepted')
  })

  it('a refresh is judged as the moment that it states', () => {
    const refreshed = (lastRefresh: string) =>
      checkClaims('Identity', exampleWith('Identity', 0, '/assurance/lastRefresh', lastRefresh), { issuedOn: TODAY })
    for (const inTime of ['2026-07-02T00:30:00+01:00', '2026-07-03T05:00:00+14:00', '2026-07-02T00:30:00'])
      expect(refreshed(inTime).faults.map(({ code }) => code)).not.toContain('schema.refreshedInFuture')
    for (const late of ['2026-07-02T23:30:00Z', '2026-07-02T20:00:00-05:00'])
      expect(refreshed(late).faults.map(({ code }) => code)).toContain('schema.refreshedInFuture')
  })
})

describe('HR-2: a day ends when it ends in the United Kingdom', () => {
  it.each([
    ['in winter', '2026-12-31', '2026-12-31T23:59:59Z'],
    ['in summer', '2026-07-02', '2026-07-02T22:59:59Z'],
    ['on the day on which the clocks go forward', '2027-03-28', '2027-03-28T22:59:59Z'],
    ['the day before', '2027-03-27', '2027-03-27T23:59:59Z'],
    ['on the day on which the clocks go back', '2026-10-25', '2026-10-25T23:59:59Z'],
    ['the day before that', '2026-10-24', '2026-10-24T22:59:59Z'],
    ['on 29 February', '2028-02-29', '2028-02-29T23:59:59Z'],
  ])('%s: %s ends at %s', (_, date, end) => {
    expect(endOfDay(date)).toBe(end)
  })

  it('and the next second is the next day, on every day of three years', () => {
    for (let date = '2026-01-01'; date < '2029-01-01'; date = addToDate(date, 1, 'Day')) {
      const end = Date.parse(endOfDay(date))
      expect([britishDate(end), britishDate(end + 1000)]).toEqual([date, addToDate(date, 1, 'Day')])
      expect([dateOf(end), dateOf(end + 3_601_000)]).toContain(date)
    }
  })
})
