import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { hmacSha256 } from '../../src/crypto/hmac.js'

it('HMAC is what Node makes it', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), fc.uint8Array({ maxLength: 200 }), (key, data) => {
      expect(Buffer.from(hmacSha256(key, data))).toEqual(createHmac('sha256', key).update(data).digest())
    }),
  )
  expect(() => hmacSha256(new Uint8Array(65), new Uint8Array())).toThrow(RangeError)
})
