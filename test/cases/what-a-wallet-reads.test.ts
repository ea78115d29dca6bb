import { beforeAll, describe, expect, it } from 'vitest'
import { createMemoryWalletStorage } from '../../src/adapters/memory/wallet-storage.js'
import { fixedClock } from '../../src/core/clock.js'
import { PassportError } from '../../src/core/errors.js'
import type { Json, JsonObject } from '../../src/core/json.js'
import { generateKey } from '../../src/crypto/keys.js'
import { createLocalSigner } from '../../src/crypto/local-signer.js'
import { signCompactJws } from '../../src/crypto/sign-compact-jws.js'
import { didKey } from '../../src/dids/did-key.js'
import type { OutboundRequest } from '../../src/ports/guarded-request.js'
import type { Signer } from '../../src/ports/signer.js'
import { createVerifier } from '../../src/verifier/create-verifier.js'
import { POLICIES } from '../../src/verifier/policy.js'
import { createWallet } from '../../src/wallet/create-wallet.js'
import { readOfferObject } from '../../src/wallet/read-offer.js'

const NOW = '2026-03-02T12:00:00Z'
const SECONDS = Date.parse(NOW) / 1000
const YEAR = 365 * 24 * 3600

let signer: Signer
let stranger: Signer
let clientId: string
beforeAll(async () => {
  const [own, other] = await Promise.all([generateKey('ES256'), generateKey('ES256')])
  signer = await createLocalSigner(own, didKey(own).keyId)
  stranger = await createLocalSigner(other, didKey(other).keyId)
  clientId = `decentralized_identifier:${didKey(own).did}`
})

const QUERY: JsonObject = {
  credentials: [
    { id: 'a', format: 'dc+sd-jwt', meta: { vct_values: ['https://w3id.org/staff-passport/vct/right-to-work/v1'] } },
  ],
}

const claims = (): JsonObject => ({
  client_id: clientId,
  aud: 'https://self-issued.me/v2',
  response_type: 'vp_token',
  response_mode: 'direct_post',
  response_uri: 'https://southmere.example/response/1',
  nonce: 'n-0S6_WzA2Mj',
  dcql_query: QUERY,
})

interface Sent {
  readonly claims?: Readonly<Record<string, Json | undefined>>
  readonly header?: JsonObject
  readonly by?: Signer
  /** Over the members of the link. */
  readonly link?: Readonly<Record<string, string>>
  readonly text?: (token: string) => string
}

const TYPE = 'oauth-authz-req+jwt'

/** `opened`, or the code for which the wallet refuses. */
async function open({ claims: more = {}, header = { typ: TYPE }, by = signer, link = {}, text = (one) => one }: Sent) {
  const send = async (_url: string, { body }: OutboundRequest) => {
    const nonce = new URLSearchParams(body).get('wallet_nonce')
    const payload = { ...claims(), ...(nonce === null ? {} : { wallet_nonce: nonce }), ...more }
    const token = await signCompactJws({ header, payload: JSON.stringify(payload), signer: by })
    return { status: 200, headers: {}, body: new TextEncoder().encode(text(token)) }
  }
  const wallet = await createWallet({
    storage: createMemoryWalletStorage(),
    sealingKey: new Uint8Array(32).fill(7),
    send,
    verifier: createVerifier({ policy: POLICIES['w3c-proof-only'] }),
    clock: fixedClock(NOW),
  })
  const parameters = { client_id: clientId, request_uri: 'https://southmere.example/request/1', ...link }
  return outcome(() => wallet.openRequest(`openid4vp://?${new URLSearchParams(parameters)}`))
}

async function outcome(act: () => unknown): Promise<string> {
  try {
    await act()
    return 'opened'
  } catch (error) {
    if (error instanceof PassportError) return error.code
    throw error
  }
}

const REFUSED = {
  untrusted: 'exchange.untrusted',
  malformed: 'exchange.malformed',
  unsupported: 'exchange.unsupported',
} as const

describe('ASK-4: the wallet opens a request that is for it, from whom it says, and in time', () => {
  it.each<readonly [string, Sent]>([
    ['as it should be', {}],
    ['asked for by post', { link: { request_uri_method: 'post' } }],
    ['with an audience in a list', { claims: { aud: ['https://self-issued.me/v2'] } }],
    ['made just now', { claims: { iat: SECONDS, nbf: SECONDS, exp: SECONDS + 300 } }],
    ['that says only when it ends', { claims: { exp: SECONDS + 300 } }],
    ['within a minute of the wallet’s clock', { claims: { nbf: SECONDS + 50, exp: SECONDS - 50 } }],
    ['with a final newline', { text: (token) => `${token}\n` }],
  ])('%s', async (_title, sent) => expect(await open(sent)).toBe('opened'))

  it.each<readonly [string, Sent, keyof typeof REFUSED]>([
    ['without an audience', { claims: { aud: undefined } }, 'untrusted'],
    ['for another wallet', { claims: { aud: 'https://other-wallet.example' } }, 'untrusted'],
    ['for others as well', { claims: { aud: ['https://self-issued.me/v2', 'https://a.example'] } }, 'untrusted'],
    ['for a wallet with a slash', { claims: { aud: 'https://self-issued.me/v2/' } }, 'untrusted'],
    ['for an object', { claims: { aud: {} } }, 'untrusted'],
    ['that ended a year ago, and does not say when it was made', { claims: { exp: SECONDS - YEAR } }, 'untrusted'],
    ['that begins in a year, and does not say when it was made', { claims: { nbf: SECONDS + YEAR } }, 'untrusted'],
    ['that ended', { claims: { iat: SECONDS, exp: SECONDS - 61 } }, 'untrusted'],
    ['that was made a year ago', { claims: { iat: SECONDS - YEAR, exp: SECONDS + 300 } }, 'untrusted'],
    ['from the future', { claims: { iat: SECONDS + 61 } }, 'untrusted'],
    ['whose end is a text', { claims: { exp: String(SECONDS + 300) } }, 'untrusted'],
    ['whose beginning is no number', { claims: { nbf: null } }, 'untrusted'],
    ['of another client', { claims: { client_id: 'x509_san_dns:evil.example' } }, 'untrusted'],
    ['of no client', { claims: { client_id: undefined } }, 'untrusted'],
    [
      'made for another wallet’s nonce',
      { claims: { wallet_nonce: 'x' }, link: { request_uri_method: 'post' } },
      'untrusted',
    ],
    ['of another type', { header: { typ: 'JWT' } }, 'malformed'],
    ['of no type', { header: {} }, 'malformed'],
    ['with a key of its own', { header: { typ: TYPE, jwk: {} } }, 'malformed'],
    ['with a critical extension', { header: { typ: TYPE, crit: ['x'], x: 1 } }, 'malformed'],
    ['with white space around it', { text: (token) => ` ${token}` }, 'malformed'],
    ['in two ways', { link: { request: 'a.b.c' } }, 'malformed'],
    ['by a method that nobody knows', { link: { request_uri_method: 'PUT' } }, 'malformed'],
    ['without a nonce', { claims: { nonce: undefined } }, 'malformed'],
    ['with a nonce that no address can hold', { claims: { nonce: 'n n' } }, 'malformed'],
    ['with a nonce that ends a line', { claims: { nonce: 'n\r\nx: y' } }, 'malformed'],
    ['with a state that is no text', { claims: { state: 7 } }, 'malformed'],
    ['with a state that no address can hold', { claims: { state: 'a b' } }, 'malformed'],
    ['that is led back as well as posted', { claims: { redirect_uri: 'https://a.example' } }, 'malformed'],
    ['answered by a script', { claims: { response_uri: 'javascript:alert(1)' } }, 'malformed'],
    ['answered under a user’s name', { claims: { response_uri: 'https://a@b.example/x' } }, 'malformed'],
    ['for something else', { claims: { response_type: 'code' } }, 'malformed'],
    ['answered in the address', { claims: { response_mode: 'fragment' } }, 'unsupported'],
    ['with a scope', { claims: { scope: 'openid' } }, 'unsupported'],
    ['with transaction data', { claims: { transaction_data: ['x'] } }, 'unsupported'],
  ])('%s', async (_title, sent, code) => expect(await open(sent)).toBe(REFUSED[code]))

  it('signed by somebody else, under their own name or under the client’s', async () => {
    expect(await open({ by: stranger })).toBe(REFUSED.untrusted)
    expect(await open({ by: { ...stranger, keyId: signer.keyId } })).toBe(REFUSED.untrusted)
  })
})

const PRE_AUTHORIZED = 'urn:ietf:params:oauth:grant-type:pre-authorized_code'
const CODE = { 'pre-authorized_code': 'c' }

const offer = (more: Readonly<Record<string, Json | undefined>>): JsonObject =>
  JSON.parse(
    JSON.stringify({
      credential_issuer: 'https://southmere.example',
      credential_configuration_ids: ['A', 'B'],
      grants: { [PRE_AUTHORIZED]: { ...CODE, tx_code: {} } },
      ...more,
    }),
  )

const grant = (more: Json): JsonObject => offer({ grants: { [PRE_AUTHORIZED]: more } })

describe('ASK-4: the wallet reads an offer to the letter', () => {
  it.each<readonly [string, JsonObject]>([
    ['as it should be', offer({})],
    ['with a path', offer({ credential_issuer: 'https://southmere.example/issuer' })],
    ['without grants', offer({ grants: undefined })],
    ['with a code of letters', grant({ ...CODE, tx_code: { input_mode: 'text', length: 6, description: 'x' } })],
    ['with a way to sign in', offer({ grants: { authorization_code: {} } })],
    ['with a grant that is new', offer({ grants: { [PRE_AUTHORIZED]: CODE, other: 1 } })],
  ])('%s', async (_title, object) => expect(await outcome(() => readOfferObject(object))).toBe('opened'))

  it.each<readonly [string, JsonObject]>([
    ['of nobody', offer({ credential_issuer: undefined })],
    ['of an issuer that is no address', offer({ credential_issuer: 'did:web:southmere.example' })],
    ['of a script', offer({ credential_issuer: 'javascript:alert(1)' })],
    ['of an issuer with a query', offer({ credential_issuer: 'https://southmere.example?x=1' })],
    ['of an issuer with a fragment', offer({ credential_issuer: 'https://southmere.example#x' })],
    ['of an issuer with a user’s name', offer({ credential_issuer: 'https://a:b@southmere.example' })],
    ['of nothing', offer({ credential_configuration_ids: [] })],
    ['of one thing twice', offer({ credential_configuration_ids: ['A', 'A'] })],
    ['of a text', offer({ credential_configuration_ids: 'A' })],
    ['of a number', offer({ credential_configuration_ids: ['A', 1] })],
    ['with grants that are a list', offer({ grants: [] })],
    ['with a grant that is a text', grant('c')],
    ['with a grant without its code', grant({ tx_code: {} })],
    ['with a code that is a number', grant({ 'pre-authorized_code': 1 })],
    ['with a transaction code that is a text', grant({ ...CODE, tx_code: 'needed' })],
    ['with a transaction code that is not', grant({ ...CODE, tx_code: null })],
    ['with a transaction code of a length below one', grant({ ...CODE, tx_code: { length: 0 } })],
    ['with a transaction code of another kind', grant({ ...CODE, tx_code: { input_mode: 'voice' } })],
    ['with a state that is no text', offer({ grants: { authorization_code: { issuer_state: 1 } } })],
  ])('%s', async (_title, object) => expect(await outcome(() => readOfferObject(object))).toBe(REFUSED.malformed))
})
