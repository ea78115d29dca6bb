import { deflateSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { encodeBase64url } from '#runtime'
import { createMemoryStore } from '../../src/adapters/memory/memory-store.js'
import { setBit, setTokenEntry } from '../../src/codec/bitstring.js'
import { encodeUtf8 } from '../../src/codec/utf8.js'
import { fixedClock } from '../../src/core/clock.js'
import type { Json, JsonObject } from '../../src/core/json.js'
import { signCompactJws } from '../../src/crypto/sign-compact-jws.js'
import { signSdJwtVc } from '../../src/formats/sd-jwt/sign.js'
import type { GuardedFetch } from '../../src/ports/guarded-fetch.js'
import type { Signer } from '../../src/ports/signer.js'
import { createVerifier, type VerifierOptions } from '../../src/verifier/create-verifier.js'
import { POLICIES } from '../../src/verifier/policy.js'
import type { Draft } from '../verifier/support/sign.js'
import {
  createWorld,
  ISSUED,
  NOW,
  renamed,
  strangerSigner,
  trustListWith,
  type World,
} from '../verifier/support/world.js'
import type { Token } from './codes.js'
import { expectAccepted, expectRefused } from './harness.js'

const LIST = 'https://status.northfield.example/lists/tokens'
const INDEX = 5
const ENTRIES = 1 << 17
const BITS = 2

let world: World
const northfield = () => world.authority.organisations.northfield
beforeAll(async () => {
  world = await createWorld()
})

const seconds = (text: string): number => Date.parse(text) / 1000
const encoded = (bytes: Uint8Array): string => encodeBase64url(deflateSync(bytes, { level: 9 }))

/** A list in which some entries are set. */
const listOf = (values: Readonly<Record<number, number>>, bits = BITS): string => {
  const bytes = new Uint8Array((ENTRIES * bits) / 8)
  for (const [index, value] of Object.entries(values)) setTokenEntry(bytes, Number(index), bits, value)
  return encoded(bytes)
}

/** A Status List Token as Northfield would publish it, or not quite. */
const tokenWith = (
  change: (claims: Draft, header: Draft) => void = () => {},
  signer: Signer = northfield().signer,
): Promise<string> => {
  const claims: Draft = {
    iss: northfield().did,
    sub: LIST,
    iat: seconds(NOW) - 60,
    exp: seconds(NOW) + 3_600,
    ttl: 600,
    status_list: { bits: BITS, lst: listOf({}) },
  }
  const header: Draft = { typ: 'statuslist+jwt' }
  change(claims, header)
  return signCompactJws({ header, payload: JSON.stringify(claims), signer })
}

/** A credential that names a place in the list. */
const credentialAt = (status: Json = { status_list: { idx: INDEX, uri: LIST } }): Promise<string> => {
  const { credentialStatus: _, ...document } = world.golden['vc+jwt'].document
  return signSdJwtVc(document, northfield().signer, { created: new Date(ISSUED), status: status as JsonObject })
}

const verify = async (list: string, more: Partial<VerifierOptions> = {}, status?: Json) =>
  createVerifier({ ...world.options, statusLists: [list], ...more }).verifyCredential(await credentialAt(status))

const served =
  (list: string | Uint8Array, count: { requests: number }): GuardedFetch =>
  async (url) => {
    count.requests++
    const body = typeof list === 'string' ? encodeUtf8(list) : list
    return { url, contentType: 'application/statuslist+jwt', body, freshFor: 0 }
  }

describe('group G: Token Status List', () => {
  it('what is in order is accepted, supplied or fetched', async () => {
    await expectAccepted(async () => verify(await tokenWith()))
    const fetch = served(await tokenWith(), { requests: 0 })
    await expectAccepted(async () =>
      createVerifier({ ...world.options, statusLists: [], fetch }).verifyCredential(await credentialAt()),
    )
  })

  it.each<[number, string]>([
    [1, 'status.revoked'],
    [2, 'status.suspended'],
    [3, 'status.notValid'],
  ])('TSL-01 the value %i is %s, at its place and at no other', async (value, code) => {
    const set = (index: number) =>
      tokenWith((claims) => {
        claims.status_list.lst = listOf({ [index]: value })
      })
    await expectRefused('STATUS_VERIFICATION_ERROR', async () => verify(await set(INDEX)), { code })
    await expectAccepted(async () => verify(await set(INDEX - 1)))
  })

  it('TSL-01 the first entry is the least significant bit: 0x20 is entry 5, and another in the other order', async () => {
    const leastFirst = new Uint8Array(ENTRIES / 8)
    setTokenEntry(leastFirst, INDEX, 1, 1)
    expect(leastFirst[0]).toBe(0x20)
    const mostFirst = new Uint8Array(ENTRIES / 8)
    setBit(mostFirst, INDEX)
    const with1Bit = (bytes: Uint8Array) =>
      tokenWith((claims) => {
        claims.status_list = { bits: 1, lst: encoded(bytes) }
      })
    await expectRefused('STATUS_VERIFICATION_ERROR', async () => verify(await with1Bit(leastFirst)), {
      code: 'status.revoked',
    })
    await expectAccepted(async () => verify(await with1Bit(mostFirst)))
  })

  it.each([1, 2, 4, 8])('TSL-02 entries of %i bits', async (bits) => {
    const largest = 2 ** bits - 1
    const list = await tokenWith((claims) => {
      claims.status_list = { bits, lst: listOf({ [INDEX]: largest, [INDEX + 1]: 1 }, bits) }
    })
    await expectRefused('STATUS_VERIFICATION_ERROR', () => verify(list), {
      code: largest === 1 ? 'status.revoked' : 'status.notValid',
    })
    await expectAccepted(() => verify(list, {}, { status_list: { idx: INDEX + 2, uri: LIST } }))
  })

  it.each([20, 200])('TSL-03 a list that inflates to %i MB', async (megabytes) => {
    const bomb = encoded(new Uint8Array(megabytes * 1_000_000))
    const list = await tokenWith((claims) => {
      claims.status_list.lst = bomb
    })
    const credential = await credentialAt()
    const verifier = createVerifier({ ...world.options, statusLists: [list] })
    await expectRefused('SP_LIMIT_EXCEEDED', () => verifier.verifyCredential(credential), { within: 250 })
  })

  it.each<[string, Token, Json]>([
    ['beyond the list', 'RANGE_ERROR', ENTRIES],
    ['far beyond', 'RANGE_ERROR', Number.MAX_SAFE_INTEGER],
    ['below', 'RANGE_ERROR', -1],
    ['between', 'RANGE_ERROR', 5.5],
    ['in words', 'RANGE_ERROR', '5'],
    ['nothing', 'RANGE_ERROR', null],
    ['a list', 'RANGE_ERROR', [5]],
  ])('TSL-04 the index lies %s', async (_, token, idx) => {
    const list = await tokenWith()
    await expectRefused(token, () => verify(list, {}, { status_list: { idx, uri: LIST } }))
  })

  it.each<[string, Json]>([
    ['no index', { status_list: { uri: LIST } }],
    ['no address', { status_list: { idx: INDEX } }],
    ['no list', {}],
    ['another mechanism', { identifier_list: { id: 'x', uri: LIST } }],
    ['a text', 'valid'],
  ])('TSL-04 a status of %s', async (_, status) => {
    const list = await tokenWith()
    await expectRefused('MALFORMED_VALUE_ERROR', () => verify(list, {}, status))
  })

  it.each<[string, Json]>([
    ['0', 0],
    ['3', 3],
    ['16', 16],
    ['in words', '1'],
    ['missing', null],
  ])('TSL-05 bits %s', async (_, bits) => {
    const list = await tokenWith((claims) => {
      claims.status_list.bits = bits
    })
    await expectRefused('MALFORMED_VALUE_ERROR', () => verify(list), { code: 'status.listMalformed' })
  })

  it.each<[string, unknown]>([
    ['no text', 1],
    ['no base64url', '*'],
    ['no zlib', 'AAAA'],
    ['gzip', 'H4sIAAAAAAAAA2MAAI3vAtIBAAAA'],
    ['more after it', `${listOf({})}AAAA`],
  ])('TSL-05 a list that is %s', async (_, lst) => {
    const list = await tokenWith((claims) => {
      claims.status_list.lst = lst
    })
    await expectRefused('MALFORMED_VALUE_ERROR', () => verify(list), { code: 'status.listMalformed' })
  })

  it('TSL-06 a token for another address', async () => {
    const list = await tokenWith((claims) => {
      claims.sub = `${LIST}-other`
    })
    const fetch = served(list, { requests: 0 })
    const verifier = createVerifier({ ...world.options, statusLists: [], fetch })
    await expectRefused('STATUS_VERIFICATION_ERROR', async () => verifier.verifyCredential(await credentialAt()), {
      code: 'status.listMalformed',
    })
  })

  it.each<[string, Token, string, (claims: Draft, header: Draft) => void]>([
    [
      'expired',
      'STATUS_VERIFICATION_ERROR',
      'status.listExpired',
      (claims) => {
        claims.exp = seconds(NOW) - 120
      },
    ],
    [
      'made in the future',
      'STATUS_VERIFICATION_ERROR',
      'status.listNotYetValid',
      (claims) => {
        claims.iat = seconds(NOW) + 600
      },
    ],
    [
      'without an end',
      'STATUS_VERIFICATION_ERROR',
      'status.listExpired',
      (claims) => {
        delete claims.exp
        delete claims.ttl
      },
    ],
    [
      'kept for no time, without an end',
      'STATUS_VERIFICATION_ERROR',
      'status.listExpired',
      (claims) => {
        delete claims.exp
        claims.ttl = 0
      },
    ],
    [
      'kept for ever, made long ago',
      'STATUS_VERIFICATION_ERROR',
      'status.listExpired',
      (claims) => {
        delete claims.exp
        claims.ttl = 1e12
        claims.iat = 1_600_000_000
      },
    ],
    [
      'without a time',
      'STATUS_VERIFICATION_ERROR',
      'status.listMalformed',
      (claims) => {
        delete claims.iat
      },
    ],
  ])('TSL-07 a token %s', async (_, token, code, change) => {
    await expectRefused(token, async () => verify(await tokenWith(change)), { code })
  })

  it.each([0, 1e12])('TSL-07 a time to live of %s asks neither at every turn nor never again', async (ttl) => {
    const count = { requests: 0 }
    const clock = { time: Date.parse(NOW) }
    const list = await tokenWith((claims) => {
      claims.ttl = ttl
      claims.exp = seconds(NOW) + 30 * 86_400
    })
    const credential = await credentialAt()
    const verifier = createVerifier({
      ...world.options,
      statusLists: [],
      fetch: served(list, count),
      clock: { now: () => new Date(clock.time) },
    })
    for (let turn = 0; turn < 3; turn++) await expectAccepted(() => verifier.verifyCredential(credential))
    expect(count.requests).toBe(1)
    clock.time += 2 * 86_400_000
    await expectAccepted(() => verifier.verifyCredential(credential))
    expect(count.requests).toBe(2)
  })

  it('TSL-06 a token that somebody else signed, or in another’s name', async () => {
    const stranger = await strangerSigner()
    const inOurName = renamed(stranger, northfield().signer.keyId)
    await expectRefused('STATUS_VERIFICATION_ERROR', async () => verify(await tokenWith(() => {}, inOurName)), {
      code: 'status.listSignatureInvalid',
    })
    const { southmere } = world.authority.organisations
    const bySouthmere = await tokenWith((claims) => {
      claims.iss = southmere.did
    }, southmere.signer)
    await expectRefused('STATUS_VERIFICATION_ERROR', () => verify(bySouthmere), { code: 'status.listIssuerNotAllowed' })
    const trustList = await trustListWith(world, 'northfield', (entry) => {
      entry.statusListIssuers = [southmere.did]
    })
    await expectAccepted(() => verify(bySouthmere, { trustList }))
  })

  it('TSL-06 a token of another type is no list', async () => {
    const list = await tokenWith((_claims, header) => {
      header.typ = 'JWT'
    })
    const fetch = served(list, { requests: 0 })
    const verifier = createVerifier({ ...world.options, statusLists: [], fetch })
    await expectRefused('STATUS_RETRIEVAL_ERROR', async () => verifier.verifyCredential(await credentialAt()))
    expect(() => createVerifier({ ...world.options, statusLists: [list] })).toThrow(TypeError)
  })

  it('TSL-07 an older token than the one already seen', async () => {
    const { versionMemory } = createMemoryStore()
    const older = await tokenWith((claims) => {
      claims.iat = seconds(NOW) - 600
    })
    await expectAccepted(async () => verify(await tokenWith(), { versionMemory }))
    await expectRefused('STATUS_VERIFICATION_ERROR', () => verify(older, { versionMemory }), {
      code: 'status.listRolledBack',
    })
  })

  it('a past moment: only a list of that time answers', async () => {
    const at = '2026-03-02T10:00:00Z'
    const verifier = async (list: string) =>
      createVerifier({ ...world.options, policy: POLICIES.nhs, statusLists: [list], clock: fixedClock(NOW) })
    const now = await (await verifier(await tokenWith())).verifyCredential(await credentialAt(), { at })
    expect(now.report.reasons).toEqual([{ check: 'status', code: 'status.unknownAtTime' }])
    const then = await tokenWith((claims) => {
      claims.iat = seconds(at) - 60
      claims.exp = seconds(at) + 60
    })
    expect((await (await verifier(then)).verifyCredential(await credentialAt(), { at })).verdict).toBe('accepted')
  })
})
