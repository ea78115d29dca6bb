import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { encodeBase64url } from '#runtime'
import { createMemoryStore } from '../../src/adapters/memory/memory-store.js'
import { setBit } from '../../src/codec/bitstring.js'
import { encodeUtf8 } from '../../src/codec/utf8.js'
import { PassportError } from '../../src/core/errors.js'
import type { Json, JsonObject } from '../../src/core/json.js'
import type { GuardedFetch } from '../../src/ports/guarded-fetch.js'
import { encodeList } from '../../src/status/encoded-list.js'
import { createStatusPublisher } from '../../src/status/publish.js'
import { createVerifier, type VerifierOptions } from '../../src/verifier/create-verifier.js'
import { type Draft, edited, withProof } from '../verifier/support/sign.js'
import { createWorld, documentOf, northfieldSecuring, strangerSigner, type World } from '../verifier/support/world.js'
import type { Token } from './codes.js'
import { expectAccepted, expectRefused, spyFetch } from './harness.js'

let world: World
let document: JsonObject
beforeAll(async () => {
  world = await createWorld()
  document = world.golden['data-integrity'].document
})

const entries = () =>
  document.credentialStatus as readonly (JsonObject & {
    statusListIndex: string
    statusListCredential: string
    statusPurpose: string
  })[]
const listNamed = (purpose: string): JsonObject => {
  const url = entries().find(({ statusPurpose }) => statusPurpose === purpose)?.statusListCredential
  const found = world.statusLists.map(documentOf).find(({ id }) => id === url)
  if (!found) throw new Error('no such list')
  return found
}

const signList = (list: JsonObject): Promise<JsonObject> => withProof(list, northfieldSecuring(world))
const verify = (statusLists: readonly unknown[], more: Partial<VerifierOptions> = {}) =>
  createVerifier({ ...world.options, statusLists, ...more }).verifyCredential(world.golden['data-integrity'].credential)

/** Verifies with the revocation list changed and signed again, and every other list as it was. */
const withList = async (change: (draft: Draft) => void) => {
  const list = listNamed('revocation')
  const others = world.statusLists.filter((other) => documentOf(other).id !== list.id)
  return verify([...others, await signList(edited(list as Json, change) as JsonObject)])
}

const withEntry = async (change: (entry: Draft) => void) => {
  const changed = edited(document as Json, (draft) =>
    change(draft.credentialStatus.find((entry: Draft) => entry.statusPurpose === 'revocation')),
  ) as JsonObject
  return createVerifier(world.options).verifyCredential(await withProof(changed, northfieldSecuring(world)))
}

const listOfBytes = (bytes: Uint8Array): string => `u${encodeBase64url(gzipSync(bytes, { level: 9 }))}`

describe('group F: Bitstring Status List', () => {
  it.each([
    ['BSL-01 200 MB', 200],
    ['BSL-01 1 GB', 1_000],
  ] as const)(
    '%s out of a small list',
    async (_, megabytes) => {
      // Ten million zeros, again and again: gzip members side by side inflate one after the other.
      const member = gzipSync(new Uint8Array(10_000_000), { level: 9 })
      const zeros = Buffer.concat(Array.from({ length: megabytes / 10 }, () => member))
      const encodedList = `u${encodeBase64url(zeros)}`
      const before = process.memoryUsage().rss
      await expectRefused(
        'SP_LIMIT_EXCEEDED',
        () =>
          withList((list) => {
            list.credentialSubject.encodedList = encodedList
          }),
        { within: 5_000 },
      )
      expect(process.memoryUsage().rss - before).toBeLessThan(32_000_000)
    },
    60_000,
  )

  it.each([1, 16_383])('BSL-02 a list of %i bytes', async (length) => {
    await expectRefused('STATUS_LIST_LENGTH_ERROR', () =>
      withList((list) => {
        list.credentialSubject.encodedList = listOfBytes(new Uint8Array(length))
      }),
    )
  })

  it.each(['131072', '9007199254740992', '99999999999999999999'])('BSL-03 the index %s', async (index) => {
    await expectRefused('RANGE_ERROR', () =>
      withEntry((entry) => {
        entry.statusListIndex = index
      }),
    )
  })

  it.each(['0x5', '5.0', ' 5', '5e0', '-0', '05', '٥', '', '+5', '5 ', '1_000'])(
    'BSL-04 the index spelled %j',
    async (index) => {
      await expectRefused(
        'MALFORMED_VALUE_ERROR',
        () =>
          withEntry((entry) => {
            entry.statusListIndex = index
          }),
        { code: 'status.indexMalformed' },
      )
    },
  )

  it('BSL-04 the index as a number', async () => {
    await expectRefused(
      'MALFORMED_VALUE_ERROR',
      async () => {
        const token = edited(world.golden['vc+jwt'].document as Json, (draft) => {
          draft.credentialStatus[0].statusListIndex = 5
        }) as JsonObject
        const { secure } = await import('../verifier/support/sign.js')
        return createVerifier(world.options).verifyCredential(await secure('vc+jwt', token, northfieldSecuring(world)))
      },
      { code: 'status.indexMalformed' },
    )
  })

  it('BSL-05 the order of bits', async () => {
    const bits = new Uint8Array(16_384)
    setBit(bits, 1)
    expect(bits[0]).toBe(0x40)
    const encodedList = await encodeList(bits)
    const ask = (index: string) =>
      (async () => {
        const changed = edited(document as Json, (draft) => {
          draft.credentialStatus.find((entry: Draft) => entry.statusPurpose === 'revocation').statusListIndex = index
        }) as JsonObject
        const list = await signList(
          edited(listNamed('revocation') as Json, (draft) => {
            draft.credentialSubject.encodedList = encodedList
          }) as JsonObject,
        )
        const others = world.statusLists.filter((other) => documentOf(other).id !== list.id)
        const verifier = createVerifier({ ...world.options, statusLists: [...others, list] })
        return verifier.verifyCredential(await withProof(changed, northfieldSecuring(world)))
      })()
    await expectRefused('STATUS_VERIFICATION_ERROR', () => ask('1'), { code: 'status.revoked' })
    await expectAccepted(() => ask('6'))
  })

  it('BSL-07 a list for another purpose', async () => {
    await expectRefused(
      'STATUS_VERIFICATION_ERROR',
      () =>
        withList((list) => {
          list.credentialSubject.statusPurpose = 'suspension'
        }),
      { code: 'status.purposeMismatch' },
    )
  })

  it('BSL-07 a list for both purposes', async () => {
    await expectAccepted(() =>
      withList((list) => {
        list.credentialSubject.statusPurpose = ['revocation', 'suspension']
      }),
    )
  })

  it.each(['a stranger', 'another trust on the list'])('BSL-08 a list by %s', async (who) => {
    const list = listNamed('revocation')
    const others = world.statusLists.filter((other) => documentOf(other).id !== list.id)
    const signer = who === 'a stranger' ? await strangerSigner() : world.authority.organisations.nationalBody.signer
    const issuer = signer.keyId.split('#')[0] ?? ''
    const forged = await withProof({ ...list, issuer }, { signer, created: '2026-03-02T09:00:00Z' })
    await expectRefused('STATUS_VERIFICATION_ERROR', () => verify([...others, forged]), {
      code: 'status.listIssuerNotAllowed',
    })
  })

  it.each([
    [
      'whose validity is past',
      (list: Draft) => {
        list.validUntil = '2026-03-02T10:00:00Z'
      },
    ],
    [
      'without an end',
      (list: Draft) => {
        delete list.validUntil
      },
    ],
    [
      'without a beginning',
      (list: Draft) => {
        delete list.validFrom
      },
    ],
  ] as const)('BSL-09 a list %s', async (_, change) => {
    await expectRefused('STATUS_VERIFICATION_ERROR', () => withList(change))
  })

  it('BSL-09 a list older than one already seen', async () => {
    const { versionMemory } = createMemoryStore()
    const newer = await Promise.all(
      world.statusLists
        .map((list) => documentOf(list))
        .filter(({ issuer }) => issuer === world.authority.organisations.northfield.did)
        .map((list) => signList({ ...list, validFrom: '2026-03-02T11:00:00Z' })),
    )
    await expectAccepted(() => verify(newer, { versionMemory }))
    await expectRefused('STATUS_VERIFICATION_ERROR', () => verify(world.statusLists, { versionMemory }), {
      code: 'status.listRolledBack',
    })
  })

  const answering =
    (body: string | Uint8Array): GuardedFetch =>
    async (url) => ({
      url,
      contentType: 'text/html',
      body: typeof body === 'string' ? encodeUtf8(body) : body,
      freshFor: 0,
    })
  const failing =
    (code: 'fetch.failed' | 'fetch.timeout'): GuardedFetch =>
    async () => {
      throw new PassportError(code, 'no', { retryable: true })
    }

  it.each([
    ['404, 500, 206 or a TLS error', failing('fetch.failed')],
    ['a timeout', failing('fetch.timeout')],
    ['an empty body', answering('')],
    ['a page of HTML', answering('<html></html>')],
  ] as const)('BSL-10 %s: never valid, and undecided', async (_, fetch) => {
    const result = (await expectRefused('STATUS_RETRIEVAL_ERROR' as Token, () => verify([], { fetch }))) as {
      verdict: string
    }
    expect(result.verdict).toBe('undecided')
  })

  it('BSL-10 no way to fetch and no list at hand', async () => {
    const { fetch: _, ...offline } = world.options as VerifierOptions
    const result = await createVerifier({ ...offline, statusLists: [] }).verifyCredential(
      world.golden['vc+jwt'].credential,
    )
    expect(result.verdict).toBe('undecided')
  })

  it('BSL-10 one request for a list, however many credentials', async () => {
    const spy = spyFetch(async (url) => {
      const found = world.statusLists.find((list) => documentOf(list).id === url)
      return { url, contentType: 'application/vc', body: encodeUtf8(JSON.stringify(found)), freshFor: 0 }
    })
    const verifier = createVerifier({ ...world.options, statusLists: [], fetch: spy.fetch })
    await Promise.all(Array.from({ length: 20 }, () => verifier.verifyCredential(world.golden['vc+jwt'].credential)))
    expect(new Set(spy.requests).size).toBe(spy.requests.length)
  })

  it('BSL-16 places tell nothing of the order of issue', async () => {
    const { statusLists } = createMemoryStore()
    const indices: number[] = []
    for (let count = 0; count < 4_000; count++) indices.push((await statusLists.reserve('revocation'))[0]?.index ?? 0)
    const median = 131_072 / 2
    const above = indices.map((index) => index >= median)
    const runs = 1 + above.slice(1).filter((value, at) => value !== above[at]).length
    const [n1, n2] = [above.filter(Boolean).length, above.filter((value) => !value).length]
    const mean = (2 * n1 * n2) / (n1 + n2) + 1
    const deviation = Math.sqrt(((mean - 1) * (mean - 2)) / (n1 + n2 - 1))
    // Five deviations: one run in two million would fail by chance.
    expect(Math.abs(runs - mean) / deviation).toBeLessThan(5)
    expect(Math.abs(n1 - n2)).toBeLessThan(5 * Math.sqrt(4_000))
  })

  it('BSL-16 issuing leaves the published bits as they were', async () => {
    const { northfield } = world.authority.organisations
    const publish = async () => {
      const publisher = createStatusPublisher({
        ...northfield.store,
        statusUrl: 'https://status.northfield.example/lists',
        issuer: northfield.did,
        sign: async (list) => list,
      })
      const lists: string[] = []
      for await (const { credential } of publisher.publishAll())
        lists.push(((credential as JsonObject).credentialSubject as JsonObject).encodedList as string)
      return lists.sort()
    }
    const before = await publish()
    const { requestFor } = await import('../verifier/support/world.js')
    for (let count = 0; count < 3; count++)
      await northfield.issuer.issue('Identity', requestFor(world.authority, 'Identity') as never)
    expect(await publish()).toEqual(before)
  })
})
