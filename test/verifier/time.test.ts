import { beforeAll, describe, expect, it } from 'vitest'
import { setBit } from '../../src/codec/bitstring.js'
import { type Clock, fixedClock } from '../../src/core/clock.js'
import { encodeList } from '../../src/status/encoded-list.js'
import { createVerifier, type VerifierOptions } from '../../src/verifier/create-verifier.js'
import type { VerifyOptions } from '../../src/verifier/verify-options.js'
import { listsWith } from './support/content-cases.js'
import { resecured } from './support/format-cases.js'
import { expectReportShape } from './support/report-schema.js'
import { type Draft, FORMATS, type Format } from './support/sign.js'
import { createWorld, trustListWith, type World } from './support/world.js'

let world: World
beforeAll(async () => {
  world = await createWorld()
})

const verify = async (input: unknown, options: Partial<VerifierOptions>, ask: VerifyOptions = {}) => {
  const result = await createVerifier({ ...world.options, ...options }).verify(input, ask)
  expectReportShape(result.report)
  if (result.report.kind !== 'credential') throw new Error('a credential was verified')
  return result.report
}

// The golden credential begins at 09:00:00; here it ends at 15:00:00.
const dated = (format: Format): Promise<unknown> =>
  resecured(world, format, (draft) => {
    draft.validUntil = '2026-03-02T15:00:00Z'
  })

const EDGES: readonly [string, string, string | undefined][] = [
  ['61 s before the beginning', '2026-03-02T08:58:59Z', 'validityPeriod.notYetValid'],
  ['60 s and 1 ms before the beginning', '2026-03-02T08:58:59.999Z', 'validityPeriod.notYetValid'],
  ['60 s before the beginning', '2026-03-02T08:59:00Z', undefined],
  ['the beginning', '2026-03-02T09:00:00Z', undefined],
  ['1 ms before the end', '2026-03-02T14:59:59.999Z', undefined],
  ['the end', '2026-03-02T15:00:00Z', undefined],
  ['59 s and 999 ms after the end', '2026-03-02T15:00:59.999Z', undefined],
  ['60 s after the end', '2026-03-02T15:01:00Z', 'validityPeriod.expired'],
]

const EDGES_THEN: readonly [string, string, string | undefined][] = [
  ['1 ms before the beginning', '2026-03-02T08:59:59.999Z', 'validityPeriod.notYetValid'],
  ['the beginning', '2026-03-02T09:00:00Z', undefined],
  ['1 ms before the end', '2026-03-02T14:59:59.999Z', undefined],
  ['the end', '2026-03-02T15:00:00Z', 'validityPeriod.expired'],
]

describe.each(FORMATS)('the edges of validity as %s', (format) => {
  it.each(EDGES)('now is %s', async (_title, now, code) => {
    const { checks } = await verify(await dated(format), { clock: fixedClock(now) })
    expect('code' in checks.validityPeriod ? checks.validityPeriod.code : undefined).toBe(code)
  })

  it.each(EDGES_THEN)('the question is about %s', async (_title, at, code) => {
    const { checks } = await verify(await dated(format), { clock: fixedClock('2026-03-02T20:00:00Z') }, { at })
    expect('code' in checks.validityPeriod ? checks.validityPeriod.code : undefined).toBe(code)
  })
})

describe('the clock', () => {
  it('is read once', async () => {
    let readings = 0
    const clock: Clock = {
      now: () => {
        readings++
        return new Date('2026-03-02T12:00:00Z')
      },
    }
    const report = await verify(world.golden['data-integrity'].credential, { clock })
    expect(readings).toBe(1)
    expect(report).toMatchObject({ verdict: 'accepted', checkedAt: '2026-03-02T12:00:00Z' })
    expect(report.at).toBeUndefined()
  })
})

const withBit = async (purpose: string, list: (draft: Draft) => void = () => {}) => {
  const bits = new Uint8Array(16_384)
  const entry = (world.golden['vc+jwt'].document.credentialStatus as Draft).find(
    (one: Draft) => one.statusPurpose === purpose,
  )
  setBit(bits, Number(entry.statusListIndex))
  const encodedList = await encodeList(bits)
  return listsWith(world, {
    purpose,
    document: (draft) => {
      draft.credentialSubject.encodedList = encodedList
      list(draft)
    },
  })
}

const later = (draft: Draft): void => {
  draft.validFrom = '2026-06-01T00:00:00Z'
  draft.validUntil = '2026-06-02T00:00:00Z'
}

const JUNE = fixedClock('2026-06-01T12:00:00Z')
const MARCH = '2026-03-02T12:00:00Z'

describe('a past moment', () => {
  const golden = () => world.golden['vc+jwt'].credential
  // The world's trust list holds for ninety days; in June another is in force.
  const juneTrust = async () => ({
    clock: JUNE,
    trustList: await trustListWith(
      world,
      '',
      () => {},
      (list) => {
        list.expiresAt = '2026-09-01T00:00:00Z'
      },
    ),
  })
  const suspensionOfMarch = async () => {
    const urls = new Set(
      (world.golden['vc+jwt'].document.credentialStatus as Draft)
        .filter((one: Draft) => one.statusPurpose === 'suspension')
        .map((one: Draft) => one.statusListCredential),
    )
    return world.statusLists.filter((list) => typeof list === 'object' && urls.has((list as Draft).id))
  }

  it('is answered by lists that were in force then', async () => {
    const report = await verify(golden(), await juneTrust(), { at: MARCH })
    expect(report.reasons).toEqual([])
    expect(report).toMatchObject({ verdict: 'accepted', at: MARCH, checkedAt: '2026-06-01T12:00:00Z' })
  })

  it('takes a Date as well as a text', async () => {
    const report = await verify(golden(), await juneTrust(), { at: new Date(MARCH) })
    expect(report.at).toBe(MARCH)
  })

  it('lets an unset revocation bit of a later list pass, for revocation is for ever', async () => {
    const lists = [...(await listsWith(world, { document: later })).slice(), ...(await suspensionOfMarch())]
    const report = await verify(golden(), { ...(await juneTrust()), statusLists: lists }, { at: MARCH })
    expect(report.reasons).toEqual([])
    expect(report.verdict).toBe('accepted')
  })

  it('cannot say when a later list has the revocation bit set', async () => {
    const lists = await withBit('revocation', later)
    const report = await verify(golden(), { ...(await juneTrust()), statusLists: lists }, { at: MARCH })
    expect(report.checks.status).toMatchObject({ outcome: 'inconclusive', code: 'status.unknownAtTime' })
    expect(report.verdict).toBe('undecided')
  })

  it('cannot say from a later suspension list, whatever its bit', async () => {
    const lists = await listsWith(world, { document: later, purpose: 'suspension' })
    const report = await verify(golden(), { ...(await juneTrust()), statusLists: lists }, { at: MARCH })
    expect(report.checks.status).toMatchObject({ outcome: 'inconclusive', code: 'status.unknownAtTime' })
  })

  it('rejects when the list of then has the bit set', async () => {
    for (const [purpose, code] of [
      ['revocation', 'status.revoked'],
      ['suspension', 'status.suspended'],
    ] as const) {
      const report = await verify(
        golden(),
        { ...(await juneTrust()), statusLists: await withBit(purpose) },
        { at: MARCH },
      )
      expect(report.checks.status).toMatchObject({ outcome: 'failed', code })
    }
  })

  it('uses lists given for the one question before its own', async () => {
    const report = await verify(
      golden(),
      { ...(await juneTrust()), statusLists: [] },
      { at: MARCH, statusLists: world.statusLists },
    )
    expect(report.verdict).toBe('accepted')
  })

  it('is judged by the trust list of then, where today’s has expired', async () => {
    const report = await verify(golden(), { clock: fixedClock('2027-03-02T12:00:00Z') }, { at: MARCH })
    expect(report.checks.issuerTrust.outcome).toBe('passed')
    const today = await verify(golden(), { clock: fixedClock('2027-03-02T12:00:00Z') })
    expect(today.checks.issuerTrust).toMatchObject({ outcome: 'failed', code: 'issuerTrust.listExpired' })
  })

  it('must be a moment, and not to come', async () => {
    for (const at of ['2026-03-02', 'yesterday', '2026-03-02T12:00:00', new Date(Number.NaN), '2026-03-02T12:00:01Z'])
      await expect(verify(golden(), {}, { at })).rejects.toThrow(TypeError)
  })
})

describe('a compromised key', () => {
  const compromised = async () => ({
    trustList: await trustListWith(world, 'northfield', (entry) => {
      entry.keys[0].compromisedAt = '2026-03-02T10:00:00Z'
    }),
  })
  const how = 'entry 12 of the register of Northfield'

  const CASES: readonly [string, VerifyOptions, 'passed' | 'failed'][] = [
    ['no proof of registration', {}, 'failed'],
    ['registered before', { registeredAt: { time: '2026-03-02T09:30:00Z', how } }, 'passed'],
    ['registered after', { registeredAt: { time: '2026-03-02T10:30:00Z', how } }, 'failed'],
    ['registered at that very moment', { registeredAt: { time: '2026-03-02T10:00:00Z', how } }, 'failed'],
  ]

  it.each(CASES)('%s', async (_title, ask, outcome) => {
    const { checks } = await verify(world.golden['vc+jwt'].credential, await compromised(), ask)
    expect(checks.signature.outcome).toBe(outcome)
    if (outcome === 'failed') expect(checks.signature).toMatchObject({ code: 'signature.keyRejected' })
    if (ask.registeredAt) expect(checks.signature).toMatchObject({ evidence: { registeredAt: ask.registeredAt } })
  })

  it('is let through only by a vouching in words', async () => {
    for (const registeredAt of [
      { time: '2026-03-02', how },
      { time: MARCH, how: '' },
      { time: MARCH, how: 'x'.repeat(201) },
    ])
      await expect(verify(world.golden['vc+jwt'].credential, {}, { registeredAt })).rejects.toThrow(TypeError)
  })
})

describe('a retired key', () => {
  it('stays good for what it signed in its time, and the evidence names that time', async () => {
    const window = { validFrom: '2015-01-01T00:00:00Z', validUntil: '2026-03-02T10:00:00Z' }
    const trustList = await trustListWith(world, 'northfield', (entry) => Object.assign(entry.keys[0], window))
    const report = await verify(world.golden['data-integrity'].credential, {
      trustList,
      statusLists: world.statusLists,
    })
    expect(report.verdict).toBe('accepted')
    expect(report.checks.signature).toMatchObject({ evidence: { keyWindows: [window] } })
  })
})
