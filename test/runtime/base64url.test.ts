import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as ours from '../../src/runtime/base64url.js'
import * as node from '../../src/runtime/node.js'

const READERS = [
  ['Node', node],
  ['a browser', ours],
] as const

describe.each(READERS)('base64url in %s', (_, { decodeBase64url, encodeBase64url }) => {
  // RFC 4648, section 10, without padding.
  const VECTORS = ['', 'f', 'fo', 'foo', 'foob', 'fooba', 'foobar'].map((text, index) => {
    return [text, ['', 'Zg', 'Zm8', 'Zm9v', 'Zm9vYg', 'Zm9vYmE', 'Zm9vYmFy'][index] ?? ''] as const
  })
  it.each(VECTORS)('%j is %j', (text, encoded) => {
    const bytes = new TextEncoder().encode(text)
    expect(encodeBase64url(bytes)).toBe(encoded)
    expect(decodeBase64url(encoded)).toEqual(bytes)
  })

  it.each([
    'Zg==',
    'Zh',
    'Zm9',
    'Z',
    'Zm9v\n',
    ' Zm9v',
    'Zm+v',
    'Zm/v',
    'Zm9vY',
    'Zm9vé',
    'Zm\u0000v',
    'Zm9v.',
    '=',
    'Ŵm9v',
  ])('%j is not canonical', (text) => expect(decodeBase64url(text)).toBeUndefined())
})

describe('base64url', () => {
  it('says the same in both of every bytes, and of every text', () =>
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 400 }),
        fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...'ABQgwZz09-_+/= \n') })),
        (bytes, text) => {
          expect(ours.encodeBase64url(bytes)).toBe(node.encodeBase64url(bytes))
          expect(ours.decodeBase64url(node.encodeBase64url(bytes))).toEqual(bytes)
          expect(ours.decodeBase64url(text)).toEqual(node.decodeBase64url(text))
        },
      ),
      { numRuns: 2_000 },
    ))
})
