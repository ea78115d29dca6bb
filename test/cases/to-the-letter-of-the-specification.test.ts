import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { fixedClock } from '../../src/core/clock.js'
import type { Json, JsonObject } from '../../src/core/json.js'
import { generateKey, importPublicKey, publicJwk } from '../../src/crypto/keys.js'
import { signCompactJws } from '../../src/crypto/sign-compact-jws.js'
import { createDidResolver, type DidResolver } from '../../src/dids/resolver.js'
import { readInput } from '../../src/formats/read.js'
import { parseStatusEntry } from '../../src/status/entry.js'
import { openTrustList } from '../../src/trust/open.js'
import { createFindKey } from '../../src/verifier/find-key.js'
import { POLICIES } from '../../src/verifier/policy.js'
import { discloseClaims } from '../../src/wallet/disclose.js'
import { createPresentation } from '../../src/wallet/present.js'
import { createEveryFormat, type EveryFormat } from '../verifier/support/every-format.js'
import { AUDIENCE, CHALLENGE, NOW, trustListWith } from '../verifier/support/world.js'

let every: EveryFormat
beforeAll(async () => {
  every = await createEveryFormat()
})

const signerOf = (algorithm: string) => {
  const signer = every.signers.find((one) => one.algorithm === algorithm)
  if (!signer) throw new Error('no signer')
  return signer
}

const payloadOf = (token: string): JsonObject =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())

const codesOf = ({ reasons }: { readonly reasons: readonly { readonly code: string }[] }): readonly string[] =>
  reasons.map(({ code }) => code)

describe('FMT-5: a key is for what it says that it is for (RFC 7517, 4.3)', () => {
  it.each<readonly [Json | undefined, boolean]>([
    [undefined, true],
    [['verify'], true],
    [['sign', 'verify'], true],
    [['sign'], false],
    [[], false],
    [['verify', 'verify'], false],
    [['verify', 7], false],
    [['encrypt', 'wrapKey'], false],
    ['verify', false],
    [null, false],
  ])('key_ops %j: %s', async (operations, isTaken) => {
    const jwk = {
      ...publicJwk(await generateKey('ES256')),
      ...(operations === undefined ? {} : { key_ops: operations }),
    }
    const imported = importPublicKey(jwk)
    if (isTaken) expect((await imported).algorithm).toBe('ES256')
    else await expect(imported).rejects.toMatchObject({ code: 'key.rejected' })
  })
})

describe('FMT-5: a base proof is the holder’s alone (Data Integrity ECDSA Cryptosuites 1.0, 3.5.7)', () => {
  it('in a presentation it is refused, and what was derived from it is accepted', async () => {
    const { signer, did } = every.world.authority.holder
    const { credential } = await every.issue(['ecdsa-sd-2023', 'ES256'], 'Identity')
    const verifier = await every.verifier()
    const asked = { expectedChallenge: CHALLENGE, expectedAudience: AUDIENCE }
    const present = (one: JsonObject | string) =>
      createPresentation({
        ...{ credentials: [one], holder: did, signer, challenge: CHALLENGE, audience: AUDIENCE },
        clock: fixedClock(NOW),
        format: 'vp+jwt',
      })
    const { report } = await verifier.verify(await present(credential), asked)
    const [shown] = report.kind === 'presentation' ? report.credentials : []
    expect(report.verdict).toBe('rejected')
    expect(shown && codesOf(shown)).toContain('signature.baseProof')
    const derived = await discloseClaims(credential, { show: [] })
    expect((await verifier.verify(await present(derived), asked)).verdict).toBe('accepted')
    // The holder, and the issuer, may ask whether it holds.
    expect((await verifier.verify(credential)).verdict).toBe('accepted')
  })
})

describe('FMT-5: a status entry, to the letter (Bitstring Status List 1.0, 2.1)', () => {
  const LIST = 'https://status.example/1'
  const entry = (more: JsonObject): JsonObject => ({
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: '5',
    statusListCredential: LIST,
    ...more,
  })
  const said = (...values: readonly string[]): JsonObject => ({
    statusPurpose: 'message',
    statusMessage: values.map((status) => ({ status, message: `means ${status}` })),
  })

  it.each<readonly [string, JsonObject, string]>([
    ['an id of its own', entry({ id: `${LIST}#5` }), 'ok'],
    ['no id', entry({}), 'ok'],
    ['its list as its id', entry({ id: LIST }), '/id'],
    ['its list as its id, of the predecessor', entry({ id: LIST, type: 'StatusList2021Entry' }), '/id'],
    ['each message once', entry(said('0x0', '0x1')), 'ok'],
    ['a message twice', entry(said('0x1', '0x1')), '/statusMessage'],
    ['a message twice, in two spellings', entry(said('0x1', '0x01')), '/statusMessage'],
    ['four messages', entry({ ...said('0x0', '0x1', '0x2', '0x3'), statusSize: 2 }), 'ok'],
    ['four messages, one twice', entry({ ...said('0x0', '0x1', '0x2', '0x2'), statusSize: 2 }), '/statusMessage'],
  ])('%s', (_title, json, expected) => {
    const parsed = parseStatusEntry(json)
    expect(parsed.ok ? 'ok' : parsed.path).toBe(expected)
  })
})

describe('FMT-5: vct#integrity is the digest of what the vct leads to (SD-JWT VC, section 7)', () => {
  const METADATA = new TextEncoder().encode('{"name":"Identity"}')
  const sri = (bytes: Uint8Array): string => `sha256-${createHash('sha256').update(bytes).digest('base64')}`

  const withIntegrity = async (integrity: Json) => {
    const { credential } = await every.issue(['dc+sd-jwt', 'ES256'], 'Identity')
    const [jws = '', ...rest] = String(credential).split('~')
    const payload: JsonObject = { ...payloadOf(jws), 'vct#integrity': integrity }
    const header = JSON.parse(Buffer.from(jws.split('.')[0] ?? '', 'base64url').toString())
    const again = await signCompactJws({ header, payload: JSON.stringify(payload), signer: signerOf('ES256') })
    return { token: [again, ...rest].join('~'), id: String(payload.vct) }
  }

  it.each<readonly [string, Json, readonly string[]]>([
    ['the right one', sri(METADATA), []],
    ['a wrong one', sri(new Uint8Array([1])), ['signature.resourceMismatch']],
    ['none that can be compared', 'sha1-AAAA', ['format.malformed']],
    ['a number', 7, ['format.malformed']],
  ])('%s', async (_title, integrity, codes) => {
    const { token, id } = await withIntegrity(integrity)
    const verifier = await every.verifier({ resources: [{ id, bytes: METADATA }] })
    expect(codesOf((await verifier.verify(token)).report)).toEqual(codes)
  })

  it('what is not at hand is counted, and not believed', async () => {
    const { token } = await withIntegrity(sri(new Uint8Array([1])))
    const { report } = await (await every.verifier()).verify(token)
    expect(report).toMatchObject({
      verdict: 'accepted',
      checks: { signature: { evidence: { resources: { compared: 0, notAtHand: 1 } } } },
    })
    expect(readInput(token).ok).toBe(true)
  })
})

describe('FMT-5: a list token holds from when it says (RFC 7519, 4.1.5)', () => {
  const SECONDS = Date.parse(NOW) / 1000
  it.each<readonly [string, JsonObject, readonly string[]]>([
    ['as it was published', {}, []],
    ['from now', { nbf: SECONDS }, []],
    ['from tomorrow', { nbf: SECONDS + 86_400 }, ['status.listNotYetValid']],
    ['from no moment', { nbf: 'tomorrow' }, ['status.listMalformed']],
    ['until no moment', { exp: 'tomorrow' }, ['status.listMalformed']],
  ])('%s', async (_title, claims, codes) => {
    const { credential } = await every.issue(['dc+sd-jwt', 'ES256'], 'Identity')
    const lists: (JsonObject | string)[] = []
    for await (const { credential: list, purpose } of every.issuers.ES256.publishStatus()) {
      if (purpose !== 'status') continue
      const [head = ''] = String(list).split('.')
      const header = JSON.parse(Buffer.from(head, 'base64url').toString())
      const payload = JSON.stringify({ ...payloadOf(String(list)), ...claims })
      lists.push(await signCompactJws({ header, payload, signer: signerOf('ES256') }))
    }
    const verifier = await every.verifier({ statusLists: lists })
    expect(codesOf((await verifier.verify(credential)).report)).toEqual(codes)
  })
})

describe('FMT-5: a DID document is JSON, and says so (DID Core 1.0, section 6)', () => {
  const DID = 'did:web:southmere.example'
  it.each<readonly [string, boolean]>([
    ['application/did+json', true],
    ['application/did+ld+json', true],
    ['application/json; charset=utf-8', true],
    ['Application/JSON', true],
    ['application/did', false],
    ['text/html', false],
    ['text/html; charset=utf-8', false],
    ['text/plain', false],
    ['application/jsonp', false],
    ['', true],
  ])('%s', async (contentType, isTaken) => {
    const body = new TextEncoder().encode(JSON.stringify({ id: DID }))
    const resolver = createDidResolver({ fetch: async (url) => ({ url, contentType, body, freshFor: 0 }) })
    const answer = await resolver.resolve(DID)
    expect(answer.ok || answer.code).toBe(isTaken || 'signature.didDocumentInvalid')
  })
})

describe('FMT-5: an issuer’s host is not whoever has a folder there (did:web, 2.5.2)', () => {
  const HOST = 'https://host.example'
  it.each<readonly [owner: string, keyId: string, isTaken: boolean]>([
    [HOST, 'did:web:host.example#k', true],
    [`${HOST}/`, 'did:web:host.example#k', true],
    [`${HOST}/issuer`, 'did:web:host.example#k', true],
    [`${HOST}/issuer`, 'did:web:host.example:issuer#k', true],
    [HOST, 'did:web:host.example:users:mallory#k', false],
    [HOST, 'did:web:host.example:issuer#k', false],
    [`${HOST}/issuer`, 'did:web:host.example:issuer:mallory#k', false],
    [`${HOST}/issuer`, 'did:web:host.example:mallory#k', false],
    [HOST, 'did:web:evil.example#k', false],
  ])('%s with %s: %s', async (owner, keyId, isTaken) => {
    const { authority } = every.world
    const signed = await trustListWith(every.world, 'southmere', (entry) => {
      entry.issuers = [...entry.issuers, owner]
      delete entry.keys
    })
    const opened = await openTrustList(signed, authority.anchor)
    if (!opened.ok) throw new Error(opened.code)
    const resolver: DidResolver = {
      resolve: async () => ({ ok: false, code: 'signature.didInvalid', retryable: false }),
      findKey: async () => ({ ok: true, publicKeyJwk: publicJwk(await generateKey('ES256')), controller: keyId }),
    }
    const find = createFindKey({
      owner,
      binding: POLICIES.govuk.issuerBinding,
      opened,
      resolver,
      signedAt: () => [],
      at: Date.parse(NOW),
    })
    expect((await find(keyId, 'assertionMethod')).ok).toBe(isTaken)
  })
})
