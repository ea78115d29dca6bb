import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseStrictJson } from '../../src/codec/strict-json.js'
import { encodeUtf8 } from '../../src/codec/utf8.js'

const codeOf = (text: string | Uint8Array): string => {
  const parsed = parseStrictJson(text)
  return parsed.ok ? 'ok' : parsed.code
}

describe('strict JSON', () => {
  it.each([
    ['', 'format.notJson'],
    ['nul', 'format.notJson'],
    ['[1,]', 'format.notJson'],
    ['{"a":1,}', 'format.notJson'],
    ["{'a':1}", 'format.notJson'],
    ['[01]', 'format.notJson'],
    ['[+1]', 'format.notJson'],
    ['[.5]', 'format.notJson'],
    ['[1.]', 'format.notJson'],
    ['[NaN]', 'format.notJson'],
    ['1 2', 'format.notJson'],
    ['"\u0001"', 'format.notJson'],
    ['"\\x41"', 'format.notJson'],
    ['"unended', 'format.notJson'],
    ['{"a":1,"a":2}', 'format.duplicateMember'],
    ['{"a":1,"\\u0061":2}', 'format.duplicateMember'],
    ['[{"b":{"a":1,"a":1}}]', 'format.duplicateMember'],
    ['{"__proto__":1}', 'format.forbiddenMember'],
    ['{"\\u005f_proto__":1}', 'format.forbiddenMember'],
    ['[1e400]', 'format.unsafeNumber'],
    ['[-1e400]', 'format.unsafeNumber'],
    ['[1e-400]', 'format.unsafeNumber'],
    ['[9007199254740992]', 'format.unsafeNumber'],
    ['[0.1234567890123456789]', 'format.unsafeNumber'],
    ['[-0]', 'format.unsafeNumber'],
    ['"\\ud800"', 'format.loneSurrogate'],
    ['{"\\udc00":1}', 'format.loneSurrogate'],
    [`${'['.repeat(70)}${']'.repeat(70)}`, 'format.tooDeep'],
    [`[${'1,'.repeat(200_001)}1]`, 'format.tooDeep'],
    ['\ufeff{}', 'format.notUtf8'],
  ])('%j is refused', (text, code) => expect(codeOf(text)).toBe(code))

  it.each([
    [new Uint8Array([0x7b, 0xff, 0x7d])],
    [new Uint8Array([0xef, 0xbb, 0xbf, 0x7b, 0x7d])],
    [new Uint8Array([0xed, 0xa0, 0x80])],
  ])('bytes that are no plain UTF-8 are refused', (bytes) => expect(codeOf(bytes)).toBe('format.notUtf8'))

  it.each([
    '{}',
    '[]',
    'null',
    'true',
    '"x"',
    '0',
    '-1',
    '1.5',
    '1e3',
    ' [ 1 , 2 ] ',
    '"\\ud83d\\ude00"',
    '9007199254740991',
    '{"constructor":1,"toString":2}',
  ])('%j is read as JSON.parse reads it', (text) => {
    expect(parseStrictJson(text)).toEqual({ ok: true, value: JSON.parse(text) })
  })

  it('reads whatever JSON.stringify writes, as JSON.parse does', () => {
    const safe = fc.json({ maxDepth: 6 })
    fc.assert(
      fc.property(safe, (text) => {
        const parsed = parseStrictJson(text)
        if (parsed.ok) expect(parsed.value).toEqual(JSON.parse(text))
        else expect(['format.unsafeNumber', 'format.forbiddenMember', 'format.loneSurrogate']).toContain(parsed.code)
      }),
      { numRuns: 500 },
    )
  })

  it('never accepts what JSON.parse refuses', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'{}[]",:0123456789.eE+-truefalsn\\u \n'), maxLength: 30 }),
        (text) => {
          if (!parseStrictJson(text).ok) return
          JSON.parse(text)
        },
      ),
      { numRuns: 3_000 },
    )
  })

  it('names the place of a fault, and no name that nobody knows', () => {
    expect(parseStrictJson('{"credentialSubject":{"Zzyzx O’Secret":[1,{"a":1,"a":2}]}}')).toMatchObject({
      path: '/credentialSubject/*/1',
    })
    expect(parseStrictJson(encodeUtf8('{"a":[1,2,tru]}'))).toMatchObject({ path: '/a/2' })
  })
})
