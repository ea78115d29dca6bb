import { encode } from 'cborg'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../src/core/json.js'
import { labelsIn, relabel } from '../../src/formats/data-integrity/selective/labels.js'
import { readProofValue } from '../../src/formats/data-integrity/selective/proof-value.js'
import { selectByPointers } from '../../src/formats/data-integrity/selective/select.js'

describe('proof values, strictly', () => {
  const HEADER = { base: [0xd9, 0x5d, 0x00], derived: [0xd9, 0x5d, 0x01] }
  const signature = new Uint8Array(64)
  const key = Uint8Array.from([0x80, 0x24, ...new Uint8Array(33)])
  const secret = new Uint8Array(32)
  const BASE: readonly unknown[] = [signature, key, secret, [signature], ['/issuer']]
  const DERIVED: readonly unknown[] = [signature, key, [signature], new Map([[0, secret]]), [0, 2]]

  const read = (kind: 'base' | 'derived', parts: unknown) =>
    readProofValue(Uint8Array.from([...HEADER[kind], ...(parts instanceof Uint8Array ? parts : encode(parts))]))
  const changed = (parts: readonly unknown[], index: number, value: unknown) =>
    parts.map((part, at) => (at === index ? value : part))

  it('a well-formed one is read', () => {
    expect(read('base', BASE)).toMatchObject({ kind: 'base', mandatoryPointers: ['/issuer'] })
    expect(read('derived', DERIVED)).toMatchObject({ kind: 'derived', mandatoryIndexes: [0, 2] })
  })

  it.each<[string, 'base' | 'derived', unknown]>([
    ['the other kind', 'derived', BASE],
    ['the other kind', 'base', DERIVED],
    ['a part fewer', 'base', BASE.slice(1)],
    ['a part more', 'base', [...BASE, 0]],
    ['not a list', 'base', 5],
    ['a short signature', 'base', changed(BASE, 0, new Uint8Array(63))],
    ['a text as signature', 'base', changed(BASE, 0, 'x'.repeat(64))],
    ['a key of another curve', 'base', changed(BASE, 1, Uint8Array.from([0xed, 0x01, ...new Uint8Array(33)]))],
    ['a short secret', 'base', changed(BASE, 2, new Uint8Array(16))],
    ['no list of signatures', 'base', changed(BASE, 3, signature)],
    ['a number as pointer', 'base', changed(BASE, 4, [5])],
    ['a list as names', 'derived', changed(DERIVED, 3, [[0, secret]])],
    ['a text as name', 'derived', changed(DERIVED, 3, new Map([['c14n0', secret]]))],
    ['a negative name', 'derived', changed(DERIVED, 3, new Map([[-1, secret]]))],
    ['a fraction as place', 'derived', changed(DERIVED, 4, [0.5])],
    ['a negative place', 'derived', changed(DERIVED, 4, [-1])],
    ['undefined', 'derived', changed(DERIVED, 4, undefined)],
    ['something behind', 'base', Uint8Array.from([...encode(BASE), 0])],
    ['no end', 'base', Uint8Array.from([0x9f, ...encode(BASE).slice(1), 0xff])],
    ['a length written long', 'base', Uint8Array.from([0x98, 0x05, ...encode(BASE).slice(1)])],
    ['a tag', 'base', Uint8Array.from([0xc1, ...encode(BASE)])],
    ['nothing', 'base', new Uint8Array()],
    ['a hundred thousand lists in lists', 'base', new Uint8Array(100_000).fill(0x81)],
  ])('%s is refused (%s)', (_title, kind, parts) => {
    expect(read(kind, parts)).toBeUndefined()
  })

  it('a name twice is refused', () => {
    const once = encode(changed(DERIVED, 3, new Map([[0, secret]])))
    const at = once.findIndex((byte, index) => byte === 0xa1 && once[index + 1] === 0x00)
    const entry = once.slice(at + 1, at + 1 + 35)
    const twice = Uint8Array.from([...once.slice(0, at), 0xa2, ...entry, ...entry, ...once.slice(at + 36)])
    expect(read('derived', twice)).toBeUndefined()
  })

  it('any bytes at all are read or refused', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('base', 'derived') as fc.Arbitrary<'base' | 'derived'>,
        fc.uint8Array({ maxLength: 200 }),
        (kind, bytes) => {
          expect(read(kind, bytes)?.kind ?? kind).toBe(kind)
        },
      ),
      { numRuns: 2_000 },
    )
  })

  it('another header is refused', () => {
    for (const header of [[0xd9, 0x5d, 0x02], [0xd9, 0x5d], [], [0x00, 0x5d, 0x00]])
      expect(readProofValue(Uint8Array.from([...header, ...encode(BASE)]))).toBeUndefined()
  })
})

describe('names of nodes', () => {
  const upper = (label: string) => label.toUpperCase()

  it.each([
    ['_:c14n0 <p> "x" .\n', '_:C14N0 <p> "x" .\n'],
    ['<s> <p> _:c14n1 .\n', '<s> <p> _:C14N1 .\n'],
    ['_:c14n0 <p> _:c14n1 .\n', '_:C14N0 <p> _:C14N1 .\n'],
    ['_:c14n0 <p> _:c14n1 _:c14n2 .\n', '_:C14N0 <p> _:C14N1 _:C14N2 .\n'],
    ['<s> <p> "_:c14n0" .\n', '<s> <p> "_:c14n0" .\n'],
    ['<s> <p> " _:c14n0 ." .\n', '<s> <p> " _:c14n0 ." .\n'],
    ['<s> <p> "a _:c14n0" .\n', '<s> <p> "a _:c14n0" .\n'],
    ['<s> <p> "_:c14n0 "@en .\n', '<s> <p> "_:c14n0 "@en .\n'],
    ['<s> <p> "x"^^<t> _:c14n0 .\n', '<s> <p> "x"^^<t> _:C14N0 .\n'],
  ])('%j becomes %j', (line, expected) => {
    expect(relabel([line], upper)).toEqual([expected])
  })

  it('are counted where they are, and not in texts', () => {
    expect([...labelsIn(['_:c14n0 <p> " _:c14n3 ." .\n', '<s> <p> _:c14n1 _:c14n2 .\n'])].sort()).toEqual([
      'c14n0',
      'c14n1',
      'c14n2',
    ])
  })

  it('statements are sorted by code point, which JavaScript does not do by itself', () => {
    const lines = ['<s> <p> "\uff5e" .\n', '<s> <p> "😀" .\n']
    expect([...lines].sort()).not.toEqual(lines)
    expect(relabel([...lines].reverse(), upper)).toEqual(lines)
  })

  it('there is no guess for a name that is missing', () => {
    expect(relabel(['_:c14n0 <p> "x" .\n'], () => undefined)).toBeUndefined()
  })
})

describe('what pointers select', () => {
  const document: JsonObject = {
    '@context': ['c'],
    id: 'urn:1',
    type: ['T'],
    a: { id: 'urn:2', type: 'U', b: 1, c: { d: [1, { e: 2, f: 3 }, 4] } },
    'x/y': { '~': true },
    z: null,
  }
  const frame = { '@context': ['c'], id: 'urn:1', type: ['T'] }

  it.each<[readonly string[], JsonObject]>([
    [[''], document],
    [['/a/b'], { ...frame, a: { id: 'urn:2', type: 'U', b: 1 } }],
    [['/a/c/d/1/e'], { ...frame, a: { id: 'urn:2', type: 'U', c: { d: [{ e: 2 }] } } }],
    [['/a/c/d/2', '/a/c/d/0'], { ...frame, a: { id: 'urn:2', type: 'U', c: { d: [1, 4] } } }],
    [['/a/c/d/1/e', '/a/c/d'], { ...frame, a: { id: 'urn:2', type: 'U', c: { d: [1, { e: 2, f: 3 }, 4] } } }],
    [['/a', '/a/b'], { ...frame, a: document.a as Json }],
    [['/x~1y/~0'], { ...frame, 'x/y': { '~': true } }],
    [['/z'], { ...frame, z: null }],
    [[], frame],
  ])('%j', (pointers, expected) => {
    expect(selectByPointers(document, pointers)).toEqual(expected)
  })

  it.each(['/b', 'a', '/a/b/c', '/a/c/d/3', '/a/c/d/01', '/a/c/d/-', '/a/toString', '/__proto__', '/a/c/d/length'])(
    'nothing is at %s',
    (pointer) => {
      expect(selectByPointers(document, [pointer])).toBeUndefined()
    },
  )
})
