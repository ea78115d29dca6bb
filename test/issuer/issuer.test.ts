import { beforeEach, describe, expect, it } from 'vitest'
import { createMemoryStore } from '../../src/adapters/memory/memory-store.js'
import { fixedClock } from '../../src/core/clock.js'
import { ClaimsError } from '../../src/core/errors.js'
import type { JsonObject } from '../../src/core/json.js'
import { CREDENTIAL_TYPES } from '../../src/credentials/catalogue.js'
import { generateKey } from '../../src/crypto/keys.js'
import { createLocalSigner } from '../../src/crypto/local-signer.js'
import { didKey } from '../../src/dids/did-key.js'
import { createIssuer } from '../../src/issuer/create-issuer.js'
import type { IssuerOptions } from '../../src/issuer/settings.js'
import type { SignatureAlgorithm, Signer } from '../../src/ports/signer.js'
import type { Store } from '../../src/ports/store.js'
import { collect } from '../../src/testing/contracts/case.js'

const NOW = '2026-01-20T09:00:00Z'
const HOLDER = 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK'

let store: Store
let options: IssuerOptions

const newOptions = async (algorithm: SignatureAlgorithm = 'EdDSA'): Promise<IssuerOptions> => {
  const key = await generateKey(algorithm)
  const { did, keyId } = didKey(key)
  const signer = await createLocalSigner(key, keyId)
  const { register, statusLists } = store
  return {
    id: did,
    name: 'Northfield NHS Trust (fictional)',
    odsCode: 'RZ1',
    signer,
    register,
    statusLists,
    statusUrl: 'https://status.example/lists',
    clock: fixedClock(NOW),
  }
}

beforeEach(async () => {
  store = createMemoryStore()
  options = await newOptions()
})

const request = (change: (claims: Record<string, unknown>) => void = () => {}, more: object = {}) => {
  const { title: _, ...example } = structuredClone(
    CREDENTIAL_TYPES.RightToWork.examples[2],
  ) as unknown as JsonObject & { claims: Record<string, unknown> }
  change(example.claims)
  return { ...example, subject: HOLDER, ...more } as never
}

const entries = async () =>
  (
    await Promise.all(
      (['intended', 'issued', 'abandoned'] as const).map((state) => collect(store.register.find({ state }))),
    )
  ).flat()

describe('a wrong call', () => {
  const cases: readonly (readonly [string, (good: IssuerOptions) => object])[] = [
    ['no id', (good) => ({ ...good, id: 'northfield' })],
    ['an address without encryption', (good) => ({ ...good, id: 'http://northfield.example' })],
    ['no register', (good) => ({ ...good, register: undefined })],
    ['no status lists', (good) => ({ ...good, statusLists: undefined })],
    ['no status address', (good) => ({ ...good, statusUrl: undefined })],
    ['a status address with a slash behind it', (good) => ({ ...good, statusUrl: 'https://status.example/' })],
    ['a status address without encryption', (good) => ({ ...good, statusUrl: 'http://status.example' })],
    ['no status and a status address', (good) => ({ ...good, withoutStatus: 'because' })],
    ['no status and no reason', ({ statusLists: _l, statusUrl: _u, ...good }) => ({ ...good, withoutStatus: ' ' })],
    [
      'a format that the key cannot write',
      (good) => ({ ...good, signer: { ...good.signer, algorithm: 'ES256' }, format: 'eddsa-rdfc-2022' }),
    ],
  ]
  it.each(cases)('%s', (_, change) => expect(() => createIssuer(change(options) as IssuerOptions)).toThrow(TypeError))

  it('an unknown type', async () => {
    await expect(createIssuer(options).issue('Passport' as never, request())).rejects.toThrow(TypeError)
    await expect(createIssuer(options).issue('constructor' as never, request())).rejects.toThrow(TypeError)
  })

  it('an unknown reason', async () => {
    const issuer = createIssuer(options)
    const { id } = await issuer.issue('RightToWork', request())
    await expect(issuer.revoke(id, 'Because' as never)).rejects.toThrow(TypeError)
  })

  it('suspending what cannot be suspended', async () => {
    const issuer = createIssuer(options)
    const example = { ...CREDENTIAL_TYPES.PersonalDetails.examples[0], subject: HOLDER }
    const { id } = await issuer.issue('PersonalDetails', example as never)
    await expect(issuer.suspend(id, 'SuspectNoLongerValid')).rejects.toThrow(TypeError)
  })
})

describe('claims that are not right', () => {
  it('leave nothing behind: no place, no entry, no signature', async () => {
    let signed = 0
    const signer: Signer = {
      ...options.signer,
      sign: async (data) => {
        signed += 1
        return options.signer.sign(data)
      },
    }
    const issuer = createIssuer({ ...options, signer })
    const error = await issuer
      .issue(
        'RightToWork',
        request(
          (claims) => {
            claims.legalSurname = ''
            claims.basis = 'continuous'
          },
          { subject: 'nobody' },
        ),
      )
      .catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ClaimsError)
    expect((error as ClaimsError).faults.map(({ path }) => path).sort()).toEqual([
      '/claims/legalSurname',
      '/claims/permissionEndDate',
      '/subject',
    ])
    expect(signed).toBe(0)
    expect(await store.statusLists.lists()).toEqual([])
    expect(await entries()).toEqual([])
  })

  it.each([
    ['validFrom', { validFrom: '2026-01-20' }, '/validFrom'],
    ['validUntil', { validUntil: 'later' }, '/validUntil'],
    ['an end before the beginning', { validUntil: '2026-01-19T00:00:00Z' }, '/validUntil'],
    ['what has ended already', { validFrom: '2029-01-01T00:00:00Z' }, '/validUntil'],
  ])('%s', async (_, more, path) => {
    const { faults } = createIssuer(options).check(
      'RightToWork',
      request(() => {}, more),
    )
    expect(faults.map((fault) => fault.path)).toContain(path)
  })

  it('a dry run says the same and touches nothing', async () => {
    const issuer = createIssuer(options)
    const bad = request((claims) => {
      claims.legalSurname = ''
    })
    const dry = issuer.check('RightToWork', bad)
    const wet = (await issuer.issue('RightToWork', bad).catch((thrown: unknown) => thrown)) as ClaimsError
    expect(wet.faults).toEqual(dry.faults)
    expect(await store.statusLists.lists()).toEqual([])
  })

  it('the portal policy issues no right to work on an expired passport, and still the identity', async () => {
    const example = (type: 'RightToWork' | 'Identity', variant: number) =>
      ({ ...CREDENTIAL_TYPES[type].examples[variant], subject: HOLDER }) as never
    const strict = createIssuer({ ...options, dspPortalPolicy: true })
    expect(strict.check('RightToWork', example('RightToWork', 1)).faults.map(({ code }) => code)).toEqual([
      'schema.passportExpiredAtIssue',
    ])
    expect(createIssuer(options).check('RightToWork', example('RightToWork', 1)).faults).toEqual([])
    expect(strict.check('Identity', example('Identity', 1)).faults).toEqual([])
  })

  it('a member that is undefined counts as absent', async () => {
    const { document } = await createIssuer(options).issue(
      'RightToWork',
      request((claims) => {
        claims.workRestrictions = undefined
      }),
    )
    expect(JSON.stringify(document)).not.toContain('workRestrictions')
  })
})

describe('issuing', () => {
  it('takes the end from the claims, and the beginning from the one clock', async () => {
    const { document } = await createIssuer(options).issue('RightToWork', request())
    expect(document).toMatchObject({ validFrom: NOW, validUntil: '2028-09-28T22:59:59Z', issuer: { id: options.id } })
  })

  it('writes an entry and a list for each purpose', async () => {
    const { document } = await createIssuer(options).issue('RightToWork', request())
    const status = document.credentialStatus as readonly JsonObject[]
    expect(status.map(({ statusPurpose }) => statusPurpose)).toEqual(['revocation', 'suspension'])
    expect(new Set(status.map(({ statusListCredential }) => statusListCredential)).size).toBe(2)
  })

  it('never twice under one idempotency key, whatever happens at once', async () => {
    const issuer = createIssuer(options)
    const attempts = Array.from({ length: 10 }, () =>
      issuer.issue('RightToWork', request(), { idempotencyKey: 'row 1', format: 'vc+jwt' }),
    )
    const settled = await Promise.allSettled(attempts)
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const one of settled)
      if (one.status === 'rejected') expect(['store.inProgress', 'store.alreadyIssued']).toContain(one.reason.code)
  })

  it('never hands out what does not verify under the signer’s own key', async () => {
    const other = await newOptions()
    const issuer = createIssuer({ ...options, signer: { ...options.signer, sign: other.signer.sign } })
    for (const format of ['data-integrity', 'vc+jwt'] as const) {
      await expect(issuer.issue('RightToWork', request(), { format })).rejects.toMatchObject({
        code: 'key.signingFailed',
      })
    }
    expect((await entries()).map(({ state }) => state)).toEqual(['abandoned', 'abandoned'])
  })

  it('keeps no claim and no name in the register', async () => {
    await createIssuer(options).issue(
      'RightToWork',
      request((claims) => {
        claims.legalSurname = 'Zzyzx'
      }),
    )
    expect(JSON.stringify(await entries())).not.toContain('Zzyzx')
  })

  it('an ES256 key writes tokens', async () => {
    const issued = await createIssuer(await newOptions('ES256')).issue('RightToWork', request())
    expect(issued.format).toBe('vc+jwt')
    expect(typeof issued.credential).toBe('string')
  })

  it('without status only where the caller says why', async () => {
    const { statusLists: _l, statusUrl: _u, ...rest } = options
    const issuer = createIssuer({ ...rest, withoutStatus: 'a trial with invented people' })
    expect((await issuer.issue('RightToWork', request())).document.credentialStatus).toBeUndefined()
    expect(() => issuer.publishStatus()).toThrow(TypeError)
  })
})

describe('resuming', () => {
  const intend = (credentialId: string, intendedAt: string, issuer = options.id) =>
    store.register.intend([
      { credentialId, issuer, type: 'RightToWork', unsignedDigest: 'a', statusIndices: [], intendedAt },
    ])

  it('abandons this issuer’s unsettled intents, of the age given, and no others', async () => {
    await intend('urn:uuid:old', '2026-01-20T08:00:00Z')
    await intend('urn:uuid:young', '2026-01-20T08:59:30Z')
    await intend('urn:uuid:other', '2026-01-20T08:00:00Z', 'did:example:other')
    const issuer = createIssuer(options)
    expect(await issuer.resume({ olderThanSeconds: 60 })).toEqual({ abandoned: 1 })
    expect(await issuer.resume()).toEqual({ abandoned: 1 })
    expect((await collect(store.register.find({ state: 'intended' }))).map(({ credentialId }) => credentialId)).toEqual(
      ['urn:uuid:other'],
    )
  })
})

describe('status', () => {
  it('is another issuer’s business where the credential is', async () => {
    const mine = createIssuer(options)
    const { id } = await mine.issue('RightToWork', request())
    const other = createIssuer(await newOptions())
    await expect(other.revoke(id, 'NoLongerValid')).rejects.toMatchObject({ code: 'store.unknownCredential' })
  })

  it('a revocation is for ever, a suspension is lifted', async () => {
    const issuer = createIssuer(options)
    const { id } = await issuer.issue('RightToWork', request())
    const set = async () =>
      Object.fromEntries((await collect(issuer.publishStatus())).map((list) => [list.purpose, list.set]))
    await issuer.suspend(id, 'SuspectNoLongerValid')
    expect(await set()).toEqual({ revocation: 0, suspension: 1 })
    await issuer.reinstate(id)
    await issuer.revoke(id, 'LeavingOrganisation')
    await expect(issuer.reinstate(id)).rejects.toMatchObject({ code: 'store.revocationIsFinal' })
    expect(await set()).toEqual({ revocation: 1, suspension: 0 })
  })
})
