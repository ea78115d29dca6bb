import { describe, expect, it } from 'vitest'
import { parseDid, parseDidUrl } from '../../src/codec/did.js'
import { LIMITS } from '../../src/core/limits.js'
import { didWebUrl } from '../../src/dids/did-web.js'

const GOOD_DIDS = [
  ['did:web:trust.example', 'web', 'trust.example'],
  ['did:web:trust.example%3A8443:a:b', 'web', 'trust.example%3A8443:a:b'],
  ['did:key:z6Mk', 'key', 'z6Mk'],
  ['did:a1:x', 'a1', 'x'],
] as const

const BAD_DIDS = [
  ['nothing', ''],
  ['no method', 'did::x'],
  ['no id', 'did:web:'],
  ['an uppercase scheme', 'DID:web:trust.example'],
  ['an uppercase method', 'did:WEB:trust.example'],
  ['an empty segment', 'did:web:trust.example::a'],
  ['an empty last segment', 'did:web:trust.example:'],
  ['a stray percent sign', 'did:web:trust.example%3'],
  ['a percent sign before no digits', 'did:web:trust.example%zz'],
  ['a slash', 'did:web:trust.example/a'],
  ['a fragment', 'did:web:trust.example#a'],
  ['a query', 'did:web:trust.example?a'],
  ['white space before', ' did:web:trust.example'],
  ['a line break after', 'did:web:trust.example\n'],
  ['a Cyrillic letter', 'did:web:trus\u0442.example'],
  ['a soft hyphen', 'did:web:tru\u00adst.example'],
  ['a NUL', 'did:web:trust\u0000.example'],
  ['too much of it', `did:web:${'a'.repeat(LIMITS.didCharacters)}`],
] as const

describe('DID Core 1.0, section 3.1', () => {
  it.each(GOOD_DIDS)('takes %s apart', (did, method, id) => {
    expect(parseDid(did)).toEqual({ did, method, id })
  })

  it.each(BAD_DIDS)('refuses %s', (_what, did) => {
    expect(parseDid(did)).toBeUndefined()
    expect(parseDidUrl(`${did}#key-1`)).toBeUndefined()
  })

  it('takes the id of a key apart', () => {
    expect(parseDidUrl('did:web:trust.example#key-1')).toEqual({ did: 'did:web:trust.example', fragment: 'key-1' })
  })

  it.each([
    ['no fragment', 'did:web:trust.example'],
    ['an empty fragment', 'did:web:trust.example#'],
    ['two fragments', 'did:web:trust.example#a#b'],
    ['a path', 'did:web:trust.example/x#a'],
    ['a query', 'did:web:trust.example?x#a'],
    ['white space', 'did:web:trust.example#a b'],
    ['a fragment of its own', '#key-1'],
    ['an address', 'https://trust.example#key-1'],
  ])('refuses the id of a key with %s', (_what, keyId) => {
    expect(parseDidUrl(keyId)).toBeUndefined()
  })
})

describe('did:web, section 2.5.2: where a document lies', () => {
  it.each([
    ['did:web:trust.example', 'https://trust.example/.well-known/did.json'],
    ['did:web:trust.example%3A8443', 'https://trust.example:8443/.well-known/did.json'],
    ['did:web:trust.example:issuers:hr', 'https://trust.example/issuers/hr/did.json'],
    ['did:web:trust.example%3A8443:hr', 'https://trust.example:8443/hr/did.json'],
    ['did:web:xn--80ak6aa92e.example', 'https://xn--80ak6aa92e.example/.well-known/did.json'],
  ])('%s', (did, url) => {
    expect(didWebUrl(did)).toBe(url)
  })

  it.each([
    ['another method', 'did:key:z6Mk'],
    ['an uppercase host', 'did:web:Trust.example'],
    ['a port that is none', 'did:web:trust.example%3A99999'],
    ['a port of zero', 'did:web:trust.example%3A0'],
    ['no port after the colon', 'did:web:trust.example%3A'],
    ['a small hexadecimal digit in the colon', 'did:web:trust.example%3a8443'],
    ['a user name', 'did:web:a%40trust.example'],
    ['a dot at the end', 'did:web:trust.example.'],
    ['a label that begins with a hyphen', 'did:web:-trust.example'],
    ['an underscore in the host', 'did:web:trust_1.example'],
    ['a percent sign in the path', 'did:web:trust.example:a%20b'],
    ['a number that is too large for an address', 'did:web:1.2.3.4.5'],
  ])('refuses %s', (_what, did) => {
    expect(didWebUrl(did)).toBeUndefined()
  })
})
