import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFileWalletStorage } from '../../src/adapters/file/wallet-file.js'
import { ClaimsError, type PassportError } from '../../src/core/errors.js'
import type { JsonObject } from '../../src/core/json.js'
import { type LostCredential, replaceWallet } from '../../src/exchange/replace-wallet.js'
import type { OfferedCredential } from '../../src/exchange/wallet-exchange.js'
import type { Wallet } from '../../src/wallet/create-wallet.js'
import type { HeldCredential } from '../../src/wallet/safe.js'
import { createDemoAuthority, offered, openEmployer, openWallet, type TestEmployer, untilEnd } from './support/world.js'

const VALID_FROM = '2026-01-05T09:00:00Z'

const dated = (type: Parameters<typeof offered>[0]): OfferedCredential => {
  const one = offered(type) as { facts: object }
  return { ...one, facts: { ...one.facts, validFrom: VALID_FROM } } as unknown as OfferedCredential
}

const codeOf = (work: Promise<unknown>): Promise<string | undefined> =>
  work.then(
    () => undefined,
    (error: PassportError) => error.code,
  )

const give = async (employer: TestEmployer, wallet: Wallet, credentials: readonly OfferedCredential[]) => {
  const { uri, transactionCode = '', exchangeId } = await employer.exchange.offer({ credentials })
  await (await wallet.openOffer(uri)).accept({ transactionCode })
  const events = (await untilEnd(employer.exchange, exchangeId)).map(({ event }) => event.item)
  return events.flatMap((item) => (item?.state === 'accepted' && item.credentialId ? [item.credentialId] : []))
}

const ask = async (employer: TestEmployer, wallet: Wallet, types: readonly HeldCredential['type'][]) => {
  const credentials = types.map((type) => ({ type }) as { type: 'Identity' })
  const asked = await employer.exchange.request({ credentials, purpose: 'To see', device: 'cross' })
  const request = await wallet.openRequest(asked.uri)
  const refusal = await codeOf(request.share())
  if (refusal === 'exchange.unsatisfiable') return { refusal, outcome: undefined }
  const proof = { browserSecret: asked.browserSecret ?? '' }
  return { refusal, outcome: (await untilEnd(employer.exchange, asked.exchangeId, proof)).at(-1)?.outcome }
}

const payloadOf = ({ credential }: HeldCredential): JsonObject =>
  JSON.parse(Buffer.from(String(credential).split('~')[0]?.split('.')[1] ?? '', 'base64url').toString('utf8'))

const held = (wallet: Wallet, type: string): HeldCredential => {
  const found = wallet.credentials().find((one) => one.type === type)
  if (!found) throw new Error(`The wallet holds no ${type}`)
  return found
}

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wallet-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('a telephone is lost', () => {
  it('the new one gets what the old one had, and whoever has the old one fails throughout', async () => {
    const authority = await createDemoAuthority()
    const provider = await openEmployer(authority, { name: 'identityProvider' })
    const northfield = await openEmployer(authority)
    const { signer } = await authority.newHolder('ES256')
    const client = { prefix: 'decentralized_identifier', signer } as const
    const southmere = await openEmployer(authority, { name: 'southmere', openid4vp: { client } })
    const origins = [provider, northfield, southmere].map(({ origin }) => origin)
    const [oldPhone, newPhone] = [await openWallet(authority, origins), await openWallet(authority, origins)]
    const IDENTITY = dated('Identity')
    const CHECKS = [dated('AccessKey'), dated('RightToWork')]
    const uniqueIdentifier = String(IDENTITY.facts?.uniqueIdentifier)

    // Before: the old telephone has what it needs.
    const [identityId = ''] = await give(provider, oldPhone, [IDENTITY])
    const checkIds = await give(northfield, oldPhone, CHECKS)
    expect((await ask(southmere, oldPhone, ['Identity', 'RightToWork'])).outcome?.report.verdict).toBe('accepted')

    // Identity is verified again: its issuer gives it again, to whoever has the code, and the old one is gone at once.
    const { identityProvider, northfield: employer } = authority.organisations
    const [again] = await replaceWallet(
      { exchange: provider.exchange, issuer: identityProvider.issuer },
      [{ credentialId: identityId, credential: IDENTITY }],
      { uniqueIdentifier, holder: await newPhone.holder(), idempotencyKey: 'identity 1' },
    )
    expect((await ask(southmere, oldPhone, ['Identity', 'RightToWork'])).refusal).toBe('exchange.refused')
    const thief = await (await oldPhone.openOffer(again?.uri ?? '')).accept({
      transactionCode: again?.transactionCode ?? '',
    })
    expect(thief).toMatchObject([{ ok: false }])
    // The link is used up by then: a new one is made, under another name.
    const [anew] = await replaceWallet(
      { exchange: provider.exchange, issuer: identityProvider.issuer },
      [{ credentialId: identityId, credential: IDENTITY }],
      { uniqueIdentifier, holder: await newPhone.holder(), idempotencyKey: 'identity 2' },
    )
    await (await newPhone.openOffer(anew?.uri ?? '')).accept({ transactionCode: anew?.transactionCode ?? '' })

    // The new wallet shows who its holder is, and gets the rest from whoever issued it.
    const { outcome } = await ask(northfield, newPhone, ['Identity'])
    const shown = outcome?.presentation
    expect(shown?.credentials[0]?.document).toMatchObject({ credentialSubject: { uniqueIdentifier } })
    const lost: LostCredential[] = CHECKS.map((credential, at) => ({ credentialId: checkIds[at] ?? '', credential }))
    const options = { uniqueIdentifier, holder: shown?.holder ?? '', idempotencyKey: 'checks 1' }
    const parts = { exchange: northfield.exchange, issuer: employer.issuer }
    const [first] = await replaceWallet(parts, lost, options)
    // A crash before it was told of: the same again.
    expect(await replaceWallet(parts, lost, options)).toEqual([first])
    await (await newPhone.openOffer(first?.uri ?? '')).accept({ transactionCode: first?.transactionCode ?? '' })

    // Unchanged: facts, dates, unique identifier. Changed: the credential's own id, its key, its place in the status list.
    for (const type of ['Identity', 'AccessKey', 'RightToWork']) {
      const [before, after] = [payloadOf(held(oldPhone, type)), payloadOf(held(newPhone, type))]
      const facts = ({ cnf: _c, status: _s, jti: _j, iat: _i, _sd, sub: _b, ...rest }: JsonObject) =>
        without(rest, '_sd')
      expect(facts(after)).toEqual(facts(before))
      expect(after.cnf).not.toEqual(before.cnf)
      expect(after.status).not.toEqual(before.status)
    }
    expect((await ask(southmere, newPhone, ['Identity', 'RightToWork'])).outcome?.report.verdict).toBe('accepted')

    // The old telephone: refused whatever it shows, and told so.
    for (const type of ['Identity', 'AccessKey', 'RightToWork'] as const) {
      const { refusal, outcome: refused } = await ask(southmere, oldPhone, [type])
      expect(refusal).toBe('exchange.refused')
      const reasons = refused?.report.presentation.credentials.flatMap(({ reasons: all }) =>
        all.map(({ code }) => code),
      )
      expect(reasons).toEqual(['status.revoked'])
      expect(refused).not.toHaveProperty('presentation')
    }
    expect((await oldPhone.refresh()).map(({ standing }) => standing)).toEqual(['revoked', 'revoked', 'revoked'])
    expect((await ask(southmere, oldPhone, ['Identity'])).refusal).toBe('exchange.unsatisfiable')
    for (const [organisation, ids] of [
      [identityProvider, [identityId]],
      [employer, checkIds],
    ] as const)
      for (const credentialId of ids) {
        const [entry] = await all(organisation.store.register.find({ credentialId }))
        expect(entry?.statusChanges).toMatchObject([{ purpose: 'revocation', set: true, reason: 'LostPhone' }])
      }
    await Promise.all([provider.close(), northfield.close(), southmere.close()])
  })

  it.each([
    ['another person’s', { uniqueIdentifier: '1b9a2c1e-5a5a-4c1f-9b61-4f2d8b7f6a10' }, dated('RightToWork'), TypeError],
    ['without its date', {}, offered('RightToWork'), TypeError],
    ['against a rule by now', {}, withFacts({ claims: {} }), ClaimsError],
    ['for nobody that a key can be told of', { holder: 'did:web:somebody.example' }, dated('RightToWork'), TypeError],
  ])(
    'what is %s is not given again; what can be told before is told before anything is revoked',
    async (_, more, credential, error) => {
      const authority = await createDemoAuthority()
      const northfield = await openEmployer(authority)
      const wallet = await openWallet(authority, [northfield.origin])
      const [credentialId = ''] = await give(northfield, wallet, [dated('RightToWork')])
      const { issuer, store } = authority.organisations.northfield
      const options = {
        uniqueIdentifier: String(dated('RightToWork').facts?.uniqueIdentifier),
        holder: await wallet.holder(),
        idempotencyKey: 'checks 1',
        ...more,
      }
      await expect(
        replaceWallet({ exchange: northfield.exchange, issuer }, [{ credentialId, credential }], options),
      ).rejects.toThrow(error)
      const [entry] = await all(store.register.find({ credentialId }))
      if (!('holder' in more)) expect(entry?.statusChanges).toEqual([])
      await northfield.close()
    },
  )
})

describe('a wallet in a file', () => {
  it('is sealed, whole, its owner’s alone, and there again after a restart', async () => {
    const authority = await createDemoAuthority()
    const northfield = await openEmployer(authority)
    const path = join(folder, 'wallet')
    const [storage, sealingKey] = [createFileWalletStorage(path), randomBytes(32)]
    const wallet = await openWallet(authority, [northfield.origin], { storage, sealingKey })
    await give(northfield, wallet, [dated('RightToWork')])
    expect(await readdir(folder)).toEqual(['wallet'])
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    const bytes = await readFile(path, 'utf8')
    expect(bytes).not.toContain('RightToWork')
    expect(bytes).not.toContain((await wallet.holder()).slice(-20))
    const reopened = await openWallet(authority, [], { storage: createFileWalletStorage(path), sealingKey })
    expect(reopened.credentials()).toEqual(wallet.credentials())
    expect(await reopened.holder()).toBe(await wallet.holder())
    const stranger = openWallet(authority, [], { storage, sealingKey: randomBytes(32) })
    expect(await codeOf(stranger)).toBe('store.corrupt')
    await northfield.close()
  })

  it('says so where it cannot be read or written', async () => {
    expect(await codeOf(createFileWalletStorage(folder).read())).toBe('store.unavailable')
    expect(await codeOf(createFileWalletStorage(join(folder, 'no', 'wallet')).write('x'))).toBe('store.unavailable')
    expect(() => createFileWalletStorage('')).toThrow(TypeError)
  })
})

const all = async <Value>(values: AsyncIterable<Value>): Promise<readonly Value[]> => {
  const found: Value[] = []
  for await (const value of values) found.push(value)
  return found
}

function withFacts(more: object): OfferedCredential {
  const one = dated('RightToWork') as unknown as { facts: object }
  return { ...one, facts: { ...one.facts, ...more } } as unknown as OfferedCredential
}

// Digests of what can be withheld are salted, so they differ each time.
function without(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return value.map((one) => without(one, name))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) => (key === name ? [] : [[key, without(one, name)]])),
  )
}
