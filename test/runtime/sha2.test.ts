import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sha256, sha384, sha512 } from '../../src/runtime/sha2.js'

const HASHES = { sha256, sha384, sha512 } as const

describe.each(Object.entries(HASHES))('%s is what Node computes', (name, hash) => {
  const judge = (data: Uint8Array): void =>
    expect(Buffer.from(hash(data)).toString('hex')).toBe(createHash(name).update(data).digest('hex'))

  it('of the example of FIPS 180-4, abc', () => judge(Buffer.from('abc')))

  it('of every length up to five blocks', () => {
    for (let length = 0; length <= 640; length++) judge(new Uint8Array(length).map((_, index) => index * 7 + length))
  })

  it('of any bytes, wherever they lie in a buffer', () => {
    const property = fc.property(fc.uint8Array({ maxLength: 2_000 }), fc.nat(16), (bytes, skipped) => {
      judge(bytes.subarray(Math.min(skipped, bytes.length)))
    })
    fc.assert(property, { numRuns: 500 })
  })

  it('of ones and zeros alone, whose sums carry most and least', () => {
    for (const byte of [0x00, 0xff, 0x80, 0x7f]) judge(new Uint8Array(5_000).fill(byte))
  })

  it('of more bytes than anything at the front door has', () => judge(new Uint8Array(4_100_000).fill(0xa5)))

  it('a digest is its own, however many are made', () => {
    const first = hash(Buffer.from('first'))
    const before = Buffer.from(first).toString('hex')
    hash(Buffer.from('second'))
    expect(Buffer.from(first).toString('hex')).toBe(before)
  })
})
