import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { getBit } from '../../src/codec/bitstring.js'
import { fromHex, toHex } from '../../src/codec/hex.js'
import { canonicalizeJson } from '../../src/codec/jcs.js'
import { decodeMultibase, encodeMultibase } from '../../src/codec/multibase.js'
import { encodeUtf8 } from '../../src/codec/utf8.js'
import { ALGORITHMS } from '../../src/crypto/algorithms.js'
import { decodeList } from '../../src/status/encoded-list.js'
import { hasVectors, VECTORS, vectorFile, vectorJson } from '../support/vectors.js'

const names = hasVectors ? readdirSync(`${VECTORS}/jcs-rfc8785/input`).map((name) => name.replace('.json', '')) : []

describe.runIf(hasVectors)('RFC 8785 (JCS)', () => {
  it.each(names)('%s', (name) => {
    const canonical = canonicalizeJson(vectorJson(`jcs-rfc8785/input/${name}.json`))
    expect(canonical).toBe(vectorFile(`jcs-rfc8785/output/${name}.json`).replace(/\n$/, ''))
    expect(toHex(encodeUtf8(canonical))).toBe(vectorFile(`jcs-rfc8785/outhex/${name}.txt`).replaceAll(/\s/g, ''))
  })
})

const MULTIBASE = ['basic', 'leading_zero', 'two_leading_zeros'] as const
const ROWS: Readonly<Record<string, 'z' | 'u'>> = { base58btc: 'z', base64url: 'u' }

const multibaseRows = (name: string): readonly (readonly [base: 'z' | 'u', text: string, bytes: Uint8Array])[] => {
  const [heading = '', ...lines] = vectorFile(`multibase/tests/${name}.csv`).trim().split('\n')
  const plain = JSON.parse(
    `"${(heading.split(',')[1] ?? '').trim().replace(/^"|"$/g, '').replaceAll('\\x00', '\\u0000')}"`,
  )
  return lines.flatMap((line) => {
    const [base = '', text = ''] = line.split(',').map((cell) => cell.trim().replace(/^"|"$/g, ''))
    const ours = ROWS[base]
    return ours ? [[ours, text, encodeUtf8(plain)] as const] : []
  })
}

describe.runIf(hasVectors)('multibase, the two bases that we use', () => {
  it.each(MULTIBASE)('%s', (name) => {
    const rows = multibaseRows(name)
    expect(rows.length).toBe(2)
    for (const [base, text, bytes] of rows) {
      expect(encodeMultibase(base, bytes)).toBe(text)
      expect(decodeMultibase(text)).toEqual(bytes)
    }
  })
})

describe.runIf(hasVectors)('multicodec', () => {
  it.each([
    ['ed25519-pub', ALGORITHMS.EdDSA.multicodec],
    ['p256-pub', ALGORITHMS.ES256.multicodec],
  ] as const)('the prefix of %s is the registered one', (name, prefix) => {
    const line =
      vectorFile('multicodec/table.csv')
        .split('\n')
        .find((row) => row.startsWith(`${name},`)) ?? ''
    const code = Number(line.split(',')[2])
    // Unsigned varint: seven bits at a time, the lowest first.
    expect([...prefix]).toEqual([(code & 0x7f) | 0x80, code >> 7])
  })
})

describe.runIf(hasVectors)('Bitstring Status List 1.0', () => {
  it('the published list has 131,072 entries, none set', async () => {
    const example = vectorJson('w3c-bitstring-example/example.json')
    const decoded = await decodeList(example.encodedList)
    expect(decoded.ok && decoded.bytes.length * 8).toBe(example.lengthBits)
    expect(
      decoded.ok &&
        Array.from({ length: example.lengthBits }, (_, index) => index).some((index) => getBit(decoded.bytes, index)),
    ).toBe(false)
  })
})

describe('hexadecimal', () => {
  it.each(['', '00', 'ff00a5'])('%s survives both ways', (text) =>
    expect(toHex(fromHex(text) ?? new Uint8Array(9))).toBe(text),
  )
  it.each(['0', 'zz', '0x'])('%s is refused', (text) => expect(fromHex(text)).toBeUndefined())
})
