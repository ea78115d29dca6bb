import { describe, expect, it } from 'vitest'
import { POLICIES, type Policy, parsePolicy, policyDigest } from '../../src/verifier/policy.js'

const NHS = POLICIES.nhs
const SKIPS_TRUST = { issuerTrust: 'Not asked.', status: 'Not asked.' }

const BAD: readonly [string, unknown, RegExp][] = [
  ['nothing', undefined, /JSON object/],
  ['a list', [], /JSON object/],
  ['no name', { ...NHS, name: ' ' }, /name must be/],
  ['an unknown member', { ...NHS, strict: true }, /a member that no policy has/],
  ['an unknown check that may be absent', { ...NHS, mayBeAbsent: ['colour'] }, /mayBeAbsent/],
  ['a check that may be absent twice', { ...NHS, mayBeAbsent: ['status', 'status'] }, /mayBeAbsent/],
  ['a skipped signature', { ...NHS, skip: { signature: 'Trust me.' } }, /skip must give/],
  ['a skipped format', { ...NHS, skip: { format: 'Trust me.' } }, /skip must give/],
  ['a skip without a sentence', { ...NHS, skip: { schema: '' } }, /skip must give/],
  ['a skip that is not a sentence', { ...NHS, skip: { schema: true } }, /skip must give/],
  ['an unknown binding', { ...NHS, issuerBinding: 'loose' }, /issuerBinding/],
  ['unknown contexts', { ...NHS, contexts: 'any' }, /contexts must be/],
  ['an unknown identity rule', { ...NHS, identityCredential: 'maybe' }, /identityCredential/],
  ['a requirement that nobody knows', { ...NHS, suitability: { CoreSkill: { colour: 'red' } } }, /suitability/],
  ['a requirement of the wrong kind', { ...NHS, suitability: { CoreSkill: { maximumAge: 0.5 } } }, /suitability/],
  ['trust skipped, yet its status lists followed', { ...NHS, skip: { issuerTrust: 'Not asked.' } }, /must skip status/],
  ['any key in a trusted name', { ...NHS, issuerBinding: 'proofOnly' }, /must skip issuerTrust/],
]

const GOOD: readonly [string, unknown][] = [
  ['nhs', NHS],
  ['w3c-proof-only', POLICIES['w3c-proof-only']],
  ['trust and status skipped', { ...NHS, skip: SKIPS_TRUST }],
  ['any key, trust and status skipped', { ...NHS, issuerBinding: 'proofOnly', skip: SKIPS_TRUST }],
  ['suitability', { ...NHS, suitability: { CoreSkill: { refreshPeriods: { 'Fire safety': 12 }, maximumAge: 400 } } }],
]

describe('parsePolicy', () => {
  it.each(BAD)('refuses %s', (_title, json, message) => {
    expect(() => parsePolicy(json)).toThrow(TypeError)
    expect(() => parsePolicy(json)).toThrow(message)
  })

  it.each(GOOD)('takes %s', (_title, json) => {
    expect(parsePolicy(json)).toEqual(json)
  })

  it('names every fault at once', () => {
    expect(() => parsePolicy({ ...NHS, name: '', contexts: 'any' })).toThrow(/name must be.*contexts must be/)
  })

  it('keeps a copy', () => {
    const lent: { name: string } & Policy = { ...NHS, name: 'mine' }
    const kept = parsePolicy(lent)
    ;(lent as { name: string }).name = 'changed'
    expect(kept.name).toBe('mine')
  })
})

describe('policyDigest', () => {
  it('does not depend on the order of members', () => {
    const turned = Object.fromEntries(Object.entries(NHS).reverse()) as unknown as Policy
    expect(policyDigest(turned)).toBe(policyDigest(NHS))
  })

  it('changes with the judgement', () => {
    expect(policyDigest({ ...NHS, identityCredential: 'waived' })).not.toBe(policyDigest(NHS))
  })
})
