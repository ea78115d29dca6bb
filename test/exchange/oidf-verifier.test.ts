import { createHash, X509Certificate } from 'node:crypto'
import { CompactEncrypt, decodeJwt, importJWK } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCertificateTrust } from '../../src/adapters/x509/certificate-trust.js'
import type { JsonObject } from '../../src/core/json.js'
import { createLocalSigner } from '../../src/crypto/local-signer.js'
import type { Invitation } from '../../src/exchange/wallet-exchange.js'
import { makeCertificate, toPem } from '../support/certificates.js'
import { type Answer, askWell, get, newKey, postForm, seconds, type TestKey, tokenFor } from './support/raw-wallet.js'
import { createDemoAuthority, offered, openEmployer, openWallet, type TestEmployer, untilEnd } from './support/world.js'

let authority: Awaited<ReturnType<typeof createDemoAuthority>>
let issuer: TestEmployer
let verifier: TestEmployer
let key: TestKey
let credential = ''
beforeAll(async () => {
  authority = await createDemoAuthority()
  issuer = await openEmployer(authority)
  verifier = await openEmployer(authority, { name: 'southmere' })
  key = await newKey()
  const token = await tokenFor(issuer, await issuer.exchange.offer({ credentials: [offered('Identity')] }))
  const { body } = await askWell(issuer, token, 'Identity_dc+sd-jwt', key)
  credential = (body.credentials as { credential: string }[])[0]?.credential ?? ''
})
afterAll(async () => {
  expect([...issuer.errors, ...verifier.errors]).toEqual([])
  await issuer.close()
  await verifier.close()
})

const ask = (): Promise<Invitation> =>
  verifier.exchange.request({ credentials: [{ type: 'Identity' }], purpose: 'Before you start', device: 'cross' })

interface Asked {
  readonly nonce: string
  readonly client_id: string
  readonly response_uri: string
  readonly state: string
  readonly client_metadata: { readonly jwks: { readonly keys: readonly JsonObject[] } }
}

const fetchRequest = async (invitation: Invitation, nonce?: string): Promise<Asked & JsonObject> => {
  const uri = new URL(invitation.uri).searchParams.get('request_uri') ?? ''
  const { body } = nonce === undefined ? await get(uri) : await postForm(uri, { wallet_nonce: nonce })
  return decodeJwt(String(body.text)) as unknown as Asked & JsonObject
}

/** What is changed about an answer that would hold. */
interface Change {
  readonly claims?: JsonObject
  readonly by?: TestKey
  readonly credential?: (text: string) => string
  readonly binding?: (text: string) => string
}

const presentation = async (asked: Asked, change: Change): Promise<string> => {
  // Nothing that could be withheld is shown.
  const shown = `${(change.credential ?? ((text) => text))(credential.split('~')[0] ?? '')}~`
  const binding = await (change.by ?? key).sign(
    { typ: 'kb+jwt' },
    {
      iat: seconds(),
      aud: asked.client_id,
      nonce: asked.nonce,
      sd_hash: createHash('sha256').update(shown).digest('base64url'),
      ...change.claims,
    },
  )
  return shown + (change.binding ?? ((text) => text))(binding)
}

const answer = async (asked: Asked, change: Change = {}): Promise<Answer> => {
  const [jwk] = asked.client_metadata.jwks.keys
  const vp_token = { Identity_0_0: [await presentation(asked, change)] }
  const response = await new CompactEncrypt(new TextEncoder().encode(JSON.stringify({ vp_token, state: asked.state })))
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid: String(jwk?.kid) })
    .encrypt(await importJWK({ ...jwk, alg: 'ECDH-ES' } as never))
  return postForm(asked.response_uri, { response })
}

const stateOf = async ({ exchangeId }: Invitation) => (await verifier.book.byId(exchangeId))?.state
const broken = (text: string): string => `${text.slice(0, -6)}${text.endsWith('AAAAAA') ? 'BBBBBB' : 'AAAAAA'}`

// The names are those of the OpenID Foundation's own tests, so that a result there can be found here.
describe('OpenID4VP 1.0, verifier', () => {
  it('VP1FinalVerifierHappyFlow', async () => {
    const invitation = await ask()
    expect((await answer(await fetchRequest(invitation))).status).toBe(200)
    expect(await stateOf(invitation)).toBe('completed')
  })
  it('VP1FinalVerifierMinimalCnfJwk', async () => {
    const { cnf } = decodeJwt(credential.split('~')[0] ?? '') as { cnf: { jwk: JsonObject } }
    expect(Object.keys(cnf.jwk).sort()).toEqual(['crv', 'kty', 'x', 'y'])
  })
  it('VP1FinalVerifierRequestUriMethodPost', async () => {
    const asked = await fetchRequest(await ask(), 'the-wallets-own')
    expect(asked.wallet_nonce).toBe('the-wallets-own')
    expect((await answer(asked)).status).toBe(200)
  })
  it('VP1FinalVerifierRequestUriFetchedTwice', async () => {
    const invitation = await ask()
    const [first, second] = [await fetchRequest(invitation), await fetchRequest(invitation)]
    expect(second.nonce).toBe(first.nonce)
    expect((await answer(second)).status).toBe(200)
  })
  const NEGATIVE: readonly (readonly [string, () => Promise<Change>])[] = [
    ['VP1FinalVerifierInvalidKbJwtSignature', async () => ({ binding: broken })],
    ['VP1FinalVerifierInvalidKbJwtSignature, of another key', async () => ({ by: await newKey() })],
    ['VP1FinalVerifierInvalidCredentialSignature', async () => ({ credential: broken })],
    ['VP1FinalVerifierInvalidSdHash', async () => ({ claims: { sd_hash: 'A'.repeat(43) } })],
    ['VP1FinalVerifierInvalidKbJwtNonce', async () => ({ claims: { nonce: 'another' } })],
    ['VP1FinalVerifierInvalidKbJwtAud', async () => ({ claims: { aud: 'https://elsewhere.example' } })],
    ['VP1FinalVerifierKbJwtIatInPast', async () => ({ claims: { iat: seconds() - 86_400 } })],
    ['VP1FinalVerifierKbJwtIatInFuture', async () => ({ claims: { iat: seconds() + 86_400 } })],
  ]
  it.each(NEGATIVE)('%s', async (_, change) => {
    const invitation = await ask()
    const refused = await answer(await fetchRequest(invitation), await change())
    expect(refused).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
    expect(await stateOf(invitation)).toBe('failed')
  })
})

describe('requests of a verifier that is known by a certificate', () => {
  it.each(['x509_hash', 'x509_san_dns'] as const)('%s', async (prefix) => {
    const root = await makeCertificate({ name: 'Test Authority', authority: true })
    const verifierKey = await newKey()
    const leaf = await makeCertificate(
      { name: 'verifier', key: verifierKey.signer.publicKeyJwk, dns: '127.0.0.1' },
      root,
    )
    const signer = await createLocalSigner(verifierKey.privateKeyJwk, verifierKey.keyId, {
      certificateChain: toPem(leaf),
    })
    const known = await openEmployer(authority, { name: 'southmere', openid4vp: { client: { prefix, signer } } })
    const certificates = createCertificateTrust({ anchors: [toPem(root)] })
    const wallet = await openWallet(authority, [issuer.origin, known.origin], { certificates })
    const invitation = await issuer.exchange.offer({ credentials: [offered('Identity')] })
    await (await wallet.openOffer(invitation.uri)).accept({ transactionCode: invitation.transactionCode ?? '' })
    const asked = await known.exchange.request({ credentials: [{ type: 'Identity' }], purpose: 'x', device: 'cross' })
    const request = await wallet.openRequest(asked.uri)
    expect(request.verifier.proof).toBe('certificate')
    if (prefix === 'x509_hash')
      expect(request.verifier.clientId).toBe(
        `x509_hash:${createHash('sha256')
          .update(new X509Certificate(toPem(leaf)).raw)
          .digest('base64url')}`,
      )
    await request.share()
    expect((await untilEnd(known.exchange, asked.exchangeId)).at(-1)?.state).toBe('completed')
    const stranger = await openWallet(authority, [known.origin], {
      certificates: createCertificateTrust({
        anchors: [toPem(await makeCertificate({ name: 'Another Authority', authority: true }))],
      }),
    })
    const again = await known.exchange.request({ credentials: [{ type: 'Identity' }], purpose: 'x', device: 'cross' })
    await expect(stranger.openRequest(again.uri)).rejects.toMatchObject({ code: 'exchange.untrusted' })
    const without = await openWallet(authority, [known.origin])
    await expect(without.openRequest(again.uri)).rejects.toMatchObject({ code: 'exchange.unsupported' })
    await known.close()
  })
})
