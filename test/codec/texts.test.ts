import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBase64url, encodeBase64url } from '#runtime'
import { decodeBase58, encodeBase58 } from '../../src/codec/base58.js'
import { addToDate, daysBetween, formatDateTime, isDate, parseDateTime } from '../../src/codec/date-time.js'
import { canonicalizeJson } from '../../src/codec/jcs.js'

describe('base64url', () => {
  it('writes as Node does, and reads it back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const text = encodeBase64url(bytes)
        expect(text).toBe(Buffer.from(bytes).toString('base64url'))
        expect(decodeBase64url(text)).toEqual(bytes)
      }),
    )
  })

  it('has one text for each value', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ABab01-_='), maxLength: 9 }), (text) => {
        const bytes = decodeBase64url(text)
        if (bytes) expect(encodeBase64url(bytes)).toBe(text)
      }),
      { numRuns: 2_000 },
    )
  })

  it.each(['A', 'AB', 'AA=', 'A A', 'AA\n', 'A+==', 'é'])('%j is refused', (text) =>
    expect(decodeBase64url(text)).toBeUndefined(),
  )
})

describe('base58', () => {
  it('reads back what it writes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        expect(decodeBase58(encodeBase58(bytes))).toEqual(bytes)
      }),
    )
  })

  it.each(['0', 'O', 'I', 'l', ' ', '1'.repeat(1_025)])('%j is refused', (text) =>
    expect(decodeBase58(text)).toBeUndefined(),
  )
})

describe('dates and times', () => {
  it.each([
    ['2026-01-31T09:00:00Z', '2026-01-31T09:00:00Z'],
    ['2026-01-31T09:00:00.5+01:00', '2026-01-31T08:00:00.500Z'],
    ['2024-02-29T23:59:59-11:30', '2024-03-01T11:29:59Z'],
    ['2026-01-31t09:00:00z', '2026-01-31T09:00:00Z'],
  ])('%s is a moment', (text, same) => expect(formatDateTime(parseDateTime(text) ?? 0)).toBe(same))

  it.each([
    '2026-02-30T00:00:00Z',
    '2026-01-31T24:00:00Z',
    '2026-06-30T23:59:60Z',
    '2026-01-31T09:00:00',
    '2026-01-31T09:00:00+99:00',
    '10000-01-01T00:00:00Z',
    '9999-12-31T23:59:59-00:01',
  ])('%s is no moment', (text) => expect(parseDateTime(text)).toBeUndefined())

  it.each([
    '2025-02-29',
    '2026-04-31',
    '2026-00-10',
    '2026-13-01',
    '0026-01-01',
    '2026-1-1',
    '20260101',
    ' 2026-01-01',
  ])('%s is no date', (text) => expect(isDate(text)).toBe(false))

  it.each([
    ['2024-02-29', 1, 'Year', '2025-02-28'],
    ['2024-01-31', 1, 'Month', '2024-02-29'],
    ['2026-08-31', 6, 'Month', '2027-02-28'],
    ['2026-12-31', 2, 'Week', '2027-01-14'],
    ['2026-03-31', -1, 'Month', '2026-02-28'],
    ['2026-10-25', 1, 'Day', '2026-10-26'],
  ] as const)('%s and %i %s is %s', (from, count, unit, to) => {
    expect(addToDate(from, count, unit)).toBe(to)
  })

  it('counts days across the change of clocks', () => expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2))
})

describe('canonical JSON', () => {
  it('is the same whatever the order of members', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 8 }), (object) => {
        const reversed = Object.fromEntries(Object.entries(object).reverse())
        expect(canonicalizeJson(reversed as never)).toBe(canonicalizeJson(object as never))
        expect(JSON.parse(canonicalizeJson(object as never))).toEqual(JSON.parse(JSON.stringify(object)))
      }),
    )
  })
})
