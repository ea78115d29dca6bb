import { beforeAll, describe, expect, it } from 'vitest'
import { LIMITS } from '../../src/core/limits.js'
import type { IssuerRole } from '../../src/credentials/define.js'
import type { VersionMemory } from '../../src/ports/version-memory.js'
import { type OpenedTrustList, openTrustList } from '../../src/trust/open.js'
import { signTrustList } from '../../src/trust/sign.js'
import {
  createTrust,
  findOrganisation,
  findTrustedKey,
  keyVerdict,
  mayIssue,
  maySpeakForStatus,
} from '../../src/trust/trust.js'
import type { TrustedKey, TrustList } from '../../src/trust/trust-list.js'
import { goldenList, type Keeper, ms, newKeeper } from './support/golden.js'

let keeper: Keeper
let list: TrustList
let signed: string
let opened: OpenedTrustList
beforeAll(async () => {
  keeper = await newKeeper()
  list = await goldenList()
  signed = await signTrustList(list, keeper.signer)
  const result = await openTrustList(signed, keeper.did)
  if (!result.ok) throw new Error(result.code)
  opened = result
})

const memoryOf = (newest?: number): VersionMemory & { versions: Map<string, number> } => {
  const versions = new Map<string, number>()
  return {
    versions,
    newest: async (name) => versions.get(name) ?? newest,
    remember: async (name, version) => {
      versions.set(name, Math.max(version, versions.get(name) ?? 0))
    },
    pin: async (_, digest) => digest,
  }
}

// The list was issued on 1 January 2026 and expires on 1 April.
describe('a list is believed', () => {
  const CASES: readonly [string, string, string | undefined, string | undefined][] = [
    ['in its time', '2026-02-01T00:00:00Z', undefined, undefined],
    ['from its first moment', '2026-01-01T00:00:00Z', undefined, undefined],
    ['a minute before, because clocks differ', '2025-12-31T23:59:00Z', undefined, undefined],
    ['not earlier', '2025-12-31T23:58:59Z', undefined, 'listNotYetValid'],
    ['until its last moment', '2026-03-31T23:59:59Z', undefined, undefined],
    ['not from its end on', '2026-04-01T00:00:00Z', undefined, 'listExpired'],
    ['in its time, about a moment before it', '2026-02-01T00:00:00Z', '2019-01-01T00:00:00Z', undefined],
    ['after its end, about a moment within it', '2030-01-01T00:00:00Z', '2026-02-01T00:00:00Z', undefined],
    ['after its end, about its first moment', '2030-01-01T00:00:00Z', '2026-01-01T00:00:00Z', undefined],
    ['not after its end, about a moment before it', '2030-01-01T00:00:00Z', '2025-12-31T23:59:59Z', 'listNotYetValid'],
    ['not after its end, about its end', '2030-01-01T00:00:00Z', '2026-04-01T00:00:00Z', 'listExpired'],
    [
      'not when it comes from the future, whatever is asked',
      '2025-06-01T00:00:00Z',
      '2026-02-01T00:00:00Z',
      'listNotYetValid',
    ],
  ]
  it.each(CASES)('%s', async (_what, now, askedAt, code) => {
    const answer = await createTrust({ signed, anchor: keeper.did }).at(ms(now), askedAt ? ms(askedAt) : undefined)
    if (code === undefined) expect(answer).toMatchObject({ ok: true, list: { version: 7 } })
    else expect(answer).toMatchObject({ ok: false, code: `issuerTrust.${code}`, evidence: { listVersion: 7 } })
  })

  it('only under its anchor', async () => {
    const { did } = await newKeeper()
    expect(await createTrust({ signed, anchor: did }).at(ms('2026-02-01T00:00:00Z'))).toEqual({
      ok: false,
      code: 'issuerTrust.listNotSignedByAnchor',
      evidence: {},
    })
  })

  it('under an anchor that is one, and a wrong one is told at once', () => {
    expect(() => createTrust({ signed, anchor: 'did:web:national.example' })).toThrow(TypeError)
  })

  it('under the anchor as it was given, even when the caller changes it later', async () => {
    const anchor = { ...keeper.signer.publicKeyJwk }
    const trust = createTrust({ signed, anchor })
    Object.assign(anchor, (await newKeeper()).signer.publicKeyJwk)
    expect(await trust.at(ms('2026-02-01T00:00:00Z'))).toMatchObject({ ok: true })
  })
})

describe('a list that is older than one already seen', () => {
  const NOW = ms('2026-02-01T00:00:00Z')
  const LATER = ms('2030-01-01T00:00:00Z')

  it.each([
    ['is refused', 8, NOW, undefined, 'issuerTrust.listRolledBack'],
    ['is refused about the past too, while it has not expired', 8, NOW, NOW - 1_000, 'issuerTrust.listRolledBack'],
    ['may answer for its own time once it has expired', 8, LATER, NOW, undefined],
    ['is the same one: fine', 7, NOW, undefined, undefined],
    ['is newer: fine', 6, NOW, undefined, undefined],
    ['there is none yet: fine', undefined, NOW, undefined, undefined],
  ])('%s', async (_what, newest, now, askedAt, code) => {
    const trust = createTrust({ signed, anchor: keeper.did, versionMemory: memoryOf(newest) })
    expect(await trust.at(now, askedAt)).toMatchObject(code ? { ok: false, code } : { ok: true })
  })

  it('is remembered by its anchor, and only when it is believed', async () => {
    const memory = memoryOf()
    const trust = createTrust({ signed, anchor: keeper.did, versionMemory: memory })
    await trust.at(LATER)
    await trust.at(LATER, NOW)
    expect(memory.versions.size).toBe(0)
    await trust.at(NOW)
    const name = `trust-list:${opened.anchorThumbprint}`
    expect([...memory.versions]).toEqual([
      [name, 7],
      [`${name} issued`, Date.parse(list.issuedAt)],
    ])
  })

  it('cannot be told apart when nobody remembers', async () => {
    expect(await createTrust({ signed, anchor: keeper.did }).at(NOW)).toMatchObject({ ok: true })
  })
})

describe('findOrganisation', () => {
  it.each([
    ['did:web:eastfield.example', 'eastfield'],
    ['https://westfield.example/issuer', 'westfield'],
    ['https://westfield.example/issuer/', undefined],
    ['did:web:Eastfield.example', undefined],
    ['DID:web:eastfield.example', undefined],
    ['did:web:eastfield.example#2023', undefined],
    ['did:web:east\u00adfield.example', undefined],
    ['did:web:eas\u0442field.example', undefined],
    ['did:web:eastfield%2Eexample', undefined],
    ['constructor', undefined],
    ['', undefined],
  ])('%s: %s', (issuer, id) => {
    expect(findOrganisation(list, issuer)?.id).toBe(id)
  })

  it('finds a listed key by its whole name', () => {
    const eastfield = findOrganisation(list, 'did:web:eastfield.example')
    if (!eastfield) throw new Error('not listed')
    expect(findTrustedKey(eastfield, 'did:web:eastfield.example#2023')?.validFrom).toBe('2023-01-01T00:00:00Z')
    expect(findTrustedKey(eastfield, '#2023')).toBeUndefined()
    const westfield = findOrganisation(list, 'did:web:westfield.example')
    expect(westfield && findTrustedKey(westfield, 'did:web:eastfield.example#2023')).toBeUndefined()
  })
})

describe('keyVerdict', () => {
  const window = { validFrom: '2023-01-01T00:00:00Z', validUntil: '2025-01-01T00:00:00Z' }
  const open = { validFrom: '2023-01-01T00:00:00Z' }
  const stolen = { ...window, compromisedAt: '2024-06-01T00:00:00Z' }
  const CASES: readonly [string, Partial<TrustedKey>, string, string | undefined, string][] = [
    ['in its window', window, '2024-01-01T00:00:00Z', undefined, 'inUse'],
    ['from its first moment', window, '2023-01-01T00:00:00Z', undefined, 'inUse'],
    ['a minute before, because clocks differ', window, '2022-12-31T23:59:00Z', undefined, 'inUse'],
    ['before that', window, '2022-12-31T23:58:59Z', undefined, 'outsideWindow'],
    ['until its last moment', window, '2024-12-31T23:59:59Z', undefined, 'inUse'],
    ['from its end on', window, '2025-01-01T00:00:00Z', undefined, 'outsideWindow'],
    ['in a window that does not end', open, '2099-01-01T00:00:00Z', undefined, 'inUse'],
    ['compromised later than the credential says', stolen, '2023-06-01T00:00:00Z', undefined, 'compromised'],
    ['compromised earlier than the credential says', stolen, '2024-09-01T00:00:00Z', undefined, 'compromised'],
    ['registered before the compromise', stolen, '2023-06-01T00:00:00Z', '2023-06-02T00:00:00Z', 'inUse'],
    ['registered at the moment of compromise', stolen, '2023-06-01T00:00:00Z', '2024-06-01T00:00:00Z', 'compromised'],
    ['registered after the compromise', stolen, '2023-06-01T00:00:00Z', '2024-06-02T00:00:00Z', 'compromised'],
    [
      'registered in time, dated outside the window',
      stolen,
      '2022-01-01T00:00:00Z',
      '2023-06-02T00:00:00Z',
      'outsideWindow',
    ],
    ['registered at all helps no retired key', window, '2025-06-01T00:00:00Z', '2024-01-01T00:00:00Z', 'outsideWindow'],
  ]
  it.each(CASES)('%s', (_what, times, issuedAt, registeredAt, verdict) => {
    const publicKeyJwk = keeper.signer.publicKeyJwk
    const key: TrustedKey = { id: 'key-1', publicKeyJwk, validFrom: '', ...times }
    expect(keyVerdict(key, ms(issuedAt), registeredAt ? ms(registeredAt) : undefined)).toBe(verdict)
  })

  it('trusts no key whose beginning cannot be read', () => {
    const key: TrustedKey = { id: 'key-1', publicKeyJwk: keeper.signer.publicKeyJwk, validFrom: 'once' }
    expect(keyVerdict(key, ms('2024-01-01T00:00:00Z'))).toBe('outsideWindow')
  })
})

describe('mayIssue', () => {
  const EMPLOYER: readonly IssuerRole[] = ['employer']
  const EAST = 'did:web:eastfield.example'
  const CASES: readonly [string, string, string | undefined, readonly IssuerRole[], string, string | undefined][] = [
    ['an employer, employment', EAST, 'EmploymentAssignment', EMPLOYER, '2024-01-01T00:00:00Z', undefined],
    ['an unlisted issuer', 'did:web:other.example', 'CoreSkill', EMPLOYER, '2022-01-01T00:00:00Z', 'unknownIssuer'],
    ['a type not listed for it', EAST, 'Identity', EMPLOYER, '2024-01-01T00:00:00Z', 'typeNotAllowed'],
    ['a type of nobody', EAST, undefined, EMPLOYER, '2024-01-01T00:00:00Z', 'typeNotAllowed'],
    [
      'a role the type does not allow',
      EAST,
      'EmploymentAssignment',
      ['trainingBody'],
      '2024-01-01T00:00:00Z',
      'typeNotAllowed',
    ],
    [
      'a type of nobody, with leave for all',
      'did:web:midshire.example',
      undefined,
      EMPLOYER,
      '2026-01-01T00:00:00Z',
      'typeNotAllowed',
    ],
    [
      'leave for all, within its roles',
      'did:web:midshire.example',
      'CoreSkill',
      EMPLOYER,
      '2026-01-01T00:00:00Z',
      undefined,
    ],
    [
      'leave for all, outside its roles',
      'did:web:midshire.example',
      'Identity',
      ['identityProvider'],
      '2026-01-01T00:00:00Z',
      'typeNotAllowed',
    ],
    ['no leave at all', 'did:web:bwrdd.example', 'CoreSkill', EMPLOYER, '2026-01-01T00:00:00Z', 'typeNotAllowed'],
    ['the national body', 'did:web:national.example', 'AccessKey', ['nationalBody'], '2026-01-01T00:00:00Z', undefined],
    [
      'an identity provider',
      'did:web:plainview.example',
      'Identity',
      ['identityProvider'],
      '2026-01-01T00:00:00Z',
      undefined,
    ],
    [
      'a training body',
      'did:web:deanery.example',
      'TrainingPlacement',
      ['trainingBody'],
      '2026-01-01T00:00:00Z',
      undefined,
    ],
    [
      'an employer in a role of two',
      EAST,
      'EmploymentAssignment',
      ['nationalBody', 'hostEmployer'],
      '2024-01-01T00:00:00Z',
      undefined,
    ],
    ['before its leave', EAST, 'CoreSkill', EMPLOYER, '2020-12-31T23:59:59Z', 'notAllowedAtTime'],
    ['from the first moment of its leave', EAST, 'CoreSkill', EMPLOYER, '2021-01-01T00:00:00Z', undefined],
    ['until its last', EAST, 'CoreSkill', EMPLOYER, '2023-12-31T23:59:59Z', undefined],
    ['from the end of its leave on', EAST, 'CoreSkill', EMPLOYER, '2024-01-01T00:00:00Z', 'notAllowedAtTime'],
    ['before it opened', EAST, 'EmploymentAssignment', EMPLOYER, '2010-03-31T22:59:59Z', 'organisationNotOpen'],
    ['on its first day', EAST, 'EmploymentAssignment', EMPLOYER, '2010-04-01T00:00:00Z', undefined],
    ['on its last day', EAST, 'EmploymentAssignment', EMPLOYER, '2025-03-31T22:59:59Z', undefined],
    ['the day after it closed', EAST, 'EmploymentAssignment', EMPLOYER, '2025-04-01T00:00:00Z', 'organisationNotOpen'],
    [
      'closed, though its leave for all goes on',
      'https://westfield.example/issuer',
      'CoreSkill',
      EMPLOYER,
      '2025-06-01T00:00:00Z',
      'organisationNotOpen',
    ],
    [
      'the successor, from its first day',
      'did:web:midshire.example',
      'CoreSkill',
      EMPLOYER,
      '2025-04-01T00:00:00Z',
      undefined,
    ],
    [
      'the successor, before',
      'did:web:midshire.example',
      'CoreSkill',
      EMPLOYER,
      '2025-03-31T12:00:00Z',
      'organisationNotOpen',
    ],
  ]
  it.each(CASES)('%s', (_what, issuer, type, allowedRoles, issuedAt, code) => {
    const answer = mayIssue(opened, { issuer, type, allowedRoles, issuedAt: ms(issuedAt) })
    expect(answer).toMatchObject(
      code === undefined ? { outcome: 'passed' } : { outcome: 'failed', code: `issuerTrust.${code}` },
    )
  })

  it('says on what grounds', () => {
    const question = {
      issuer: EAST,
      type: 'EmploymentAssignment',
      allowedRoles: EMPLOYER,
      issuedAt: ms('2024-01-01T00:00:00Z'),
    }
    expect(mayIssue(opened, question)).toEqual({
      outcome: 'passed',
      evidence: {
        listVersion: 7,
        listDigest: opened.digest,
        listIssuedAt: '2026-01-01T00:00:00Z',
        listExpiresAt: '2026-04-01T00:00:00Z',
        organisation: 'eastfield',
        organisationName: 'Eastfield NHS Trust (fictional)',
        odsCode: 'RZ1',
      },
    })
  })

  it('trusts no one when the list is empty', () => {
    const empty: OpenedTrustList = { ...opened, list: { ...list, organisations: [] } }
    const question = { issuer: EAST, type: 'EmploymentAssignment', allowedRoles: EMPLOYER, issuedAt: 0 }
    expect(mayIssue(empty, question)).toMatchObject({ code: 'issuerTrust.unknownIssuer' })
  })
})

describe('maySpeakForStatus', () => {
  const EAST = 'did:web:eastfield.example'
  const CASES: readonly [string, string, string, boolean][] = [
    ['the issuer itself', EAST, EAST, true],
    ['the same organisation by another name', 'https://westfield.example/issuer', 'did:web:westfield.example', true],
    ['its successor', 'did:web:midshire.example', EAST, true],
    ['its successor’s successor', 'did:web:greater-midshire.example', EAST, true],
    ['the one it delegated to', 'did:web:lists.example', EAST, true],
    ['one that somebody else delegated to', 'did:web:lists.example', 'did:web:westfield.example', false],
    ['one that its predecessor delegated to', 'did:web:lists.example', 'did:web:midshire.example', false],
    ['its predecessor', EAST, 'did:web:midshire.example', false],
    ['its sister in the merger', 'did:web:westfield.example', EAST, false],
    ['another organisation', 'did:web:plainview.example', EAST, false],
    ['a stranger', 'did:web:stranger.example', EAST, false],
    ['anybody, of a stranger', EAST, 'did:web:stranger.example', false],
    ['a stranger, of itself', 'did:web:stranger.example', 'did:web:stranger.example', false],
  ]
  it.each(CASES)('%s: %s for %s is %s', (_what, speaker, issuer, may) => {
    expect(maySpeakForStatus(list, speaker, issuer)).toBe(may)
  })

  const chain = (count: number, successors: (index: number) => readonly string[]): TrustList => ({
    ...list,
    organisations: Array.from({ length: count }, (_none, index) => ({
      id: `o${index}`,
      name: `Organisation ${index}`,
      successors: successors(index),
      roles: ['employer'],
      issuers: [`did:web:o${index}.example`],
      mayIssue: [],
    })),
  })

  it('comes to an end when successors go round in a circle', () => {
    const circle = chain(3, (index) => [`o${(index + 1) % 3}`])
    expect(maySpeakForStatus(circle, 'did:web:o2.example', 'did:web:o0.example')).toBe(true)
    expect(maySpeakForStatus(circle, 'did:web:stranger.example', 'did:web:o0.example')).toBe(false)
  })

  it('comes to an end soon when every generation splits in two and merges again', () => {
    const generations = 60
    const net = chain(generations * 2, (index) => {
      const next = (Math.floor(index / 2) + 1) * 2
      return next < generations * 2 ? [`o${next}`, `o${next + 1}`] : []
    })
    const started = performance.now()
    expect(maySpeakForStatus(net, 'did:web:stranger.example', 'did:web:o0.example')).toBe(false)
    expect(maySpeakForStatus(net, `did:web:o${generations * 2 - 1}.example`, 'did:web:o0.example')).toBe(true)
    expect(performance.now() - started).toBeLessThan(500)
  })
})

it('allows clocks to differ by no more than the limit says', () => expect(LIMITS.clockSkew).toBe(60_000))
