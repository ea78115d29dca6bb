import { deflateRawSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gunzip } from '../../src/runtime/inflate-node.js'
import { hasChromium } from './support/chromium.js'
import { type OpenPage, openPage } from './support/page.js'

const LIMIT = 100_000

const list = Buffer.alloc(16_384, 7)
const sound = gzipSync(list)

/** With a file's name, a comment, an extra field and a checksum of the header (RFC 1952, 2.3.1), or what claims to be. */
const withHeader = (flags: number, ...fields: readonly (readonly number[])[]): Buffer =>
  Buffer.concat([
    Buffer.from([0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 3, ...fields.flat()]),
    deflateRawSync(list),
    sound.subarray(-8),
  ])

const flipped = (at: number): Buffer => {
  const copy = Buffer.from(sound)
  copy[copy.length + at] = (copy.at(at) ?? 0) ^ 1
  return copy
}

const ROWS: readonly (readonly [what: string, data: Buffer, outcome: number | string])[] = [
  ['a list', sound, list.length],
  ['nothing in it', gzipSync(''), 0],
  ['exactly the limit', gzipSync(Buffer.alloc(LIMIT)), LIMIT],
  ['one byte more', gzipSync(Buffer.alloc(LIMIT + 1)), 'too much'],
  ['a bomb', gzipSync(Buffer.alloc(50_000_000), { level: 9 }), 'too much'],
  ['a bomb of many members', Buffer.concat(Array(20).fill(gzipSync(Buffer.alloc(10_000_000)))), 'too much'],
  ['two members', Buffer.concat([sound, sound]), 'refused'],
  ['an empty member after it', Buffer.concat([sound, gzipSync('')]), 'refused'],
  ['an empty member before it', Buffer.concat([gzipSync(''), sound]), 'refused'],
  ['something after it', Buffer.concat([sound, Buffer.from('x')]), 'refused'],
  ['cut short', sound.subarray(0, -1), 'refused'],
  ['cut in the middle', sound.subarray(0, 20), 'refused'],
  ['no bytes at all', Buffer.alloc(0), 'refused'],
  ['another checksum', flipped(-8), 'refused'],
  ['another length', flipped(-4), 'refused'],
  ['no gzip', Buffer.from('Dear colleague'), 'refused'],
  ['raw deflate', deflateRawSync(list), 'refused'],
  ['a name', withHeader(0x08, [65, 66, 0]), list.length],
  ['a comment', withHeader(0x10, [65, 66, 0]), list.length],
  ['an extra field', withHeader(0x04, [2, 0, 9, 9]), list.length],
  ['all of them', withHeader(0x1c, [2, 0, 9, 9], [65, 0], [66, 0]), list.length],
  ['a wrong checksum of the header', withHeader(0x02, [0, 0]), 'refused'],
  ['a reserved flag', withHeader(0x20), 'refused'],
  [
    'a name without end',
    Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 3]), Buffer.alloc(9, 65)]),
    'refused',
  ],
]

const inNode = async (data: Uint8Array): Promise<number | string> => {
  try {
    return (await gunzip(data, LIMIT)).length
  } catch (error) {
    return error instanceof RangeError ? 'too much' : 'refused'
  }
}

describe('gzip is one member and nothing else', () => {
  it.each(ROWS)('%s, in Node', async (_, data, outcome) => expect(await inNode(data)).toBe(outcome))

  describe.runIf(hasChromium)('and in Chromium', () => {
    let open: OpenPage
    beforeAll(async () => {
      open = await openPage()
    }, 60_000)
    afterAll(() => open?.close())

    it.each(ROWS)('%s', async (_, data, outcome) =>
      expect(await open.ask('inflated', data.toString('base64'), LIMIT)).toBe(outcome),
    )
  })
})
