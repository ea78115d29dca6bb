import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CLIENT, type Flow, type Haip, openHaip, startFlow } from './support/haip.js'
import {
  type Answer,
  askFor,
  dpopOf,
  get,
  newKey,
  nonceOf,
  postForm,
  postJson,
  proofOf,
  seconds,
} from './support/raw-wallet.js'
import { offered, openEmployer } from './support/world.js'

let haip: Haip
beforeAll(async () => {
  haip = await openHaip()
})
afterAll(async () => {
  expect(haip.employer.errors).toEqual([])
  await haip.employer.close()
})

const CONFIGURATION = { credential_configuration_id: 'RightToWork_dc+sd-jwt' }

/** A flow that has come as far as its token. */
const withToken = async (): Promise<Flow & { readonly accessToken: string }> => {
  const flow = await startFlow(haip)
  const { status, body } = await flow.token(await flow.code())
  expect({ status, type: body.token_type }).toEqual({ status: 200, type: 'DPoP' })
  return { ...flow, accessToken: String(body.access_token) }
}

const ask = async (flow: Flow & { readonly accessToken: string }, body: object, endpoint?: string): Promise<Answer> =>
  askFor(haip.employer, '', body as never, await flow.bound(flow.accessToken, endpoint))

const goodProof = async (header = {}, claims = {}) => ({
  jwt: [await proofOf(await newKey(), haip.employer, await nonceOf(haip.employer), { header, claims })],
})

const refused = (answer: Answer, ...errors: readonly string[]): void => {
  expect(answer.status).toBeGreaterThanOrEqual(400)
  expect(answer.status).toBeLessThan(500)
  expect(errors).toContain(answer.body.error)
}

// The names are those of the OpenID Foundation's own tests, so that a result there can be found here.
describe('OpenID4VCI 1.0, issuer', () => {
  it('VCIIssuerMetadataTest', async () => {
    const { url } = haip.employer.openid4vci
    const { origin, pathname } = new URL(url)
    const issuer = await get(`${origin}/.well-known/openid-credential-issuer${pathname}`)
    const server = await get(`${origin}/.well-known/oauth-authorization-server${pathname}`)
    expect(issuer).toMatchObject({ status: 200, body: { credential_issuer: url, nonce_endpoint: `${url}/nonce` } })
    expect(server).toMatchObject({
      status: 200,
      body: {
        issuer: url,
        require_pushed_authorization_requests: true,
        token_endpoint_auth_methods_supported: ['attest_jwt_client_auth'],
      },
    })
  })
  it('VCIIssuerHappyFlow', async () => {
    const flow = await withToken()
    const answer = await ask(flow, { ...CONFIGURATION, proofs: await goodProof() })
    expect(answer).toMatchObject({ status: 200, body: { credentials: [{ credential: expect.any(String) }] } })
    const body = { notification_id: answer.body.notification_id, event: 'credential_accepted' }
    const told = await postJson(
      `${haip.employer.openid4vci.url}/notification`,
      body,
      await flow.bound(flow.accessToken, 'notification'),
    )
    expect(told.status).toBe(204)
    expect((await haip.employer.book.byId(flow.invitation.exchangeId))?.state).toBe('completed')
  })
  it('VCIIssuerHappyFlowAdditionalRequests', async () => {
    const flow = await withToken()
    const key = await newKey()
    const again = async () =>
      ask(flow, {
        ...CONFIGURATION,
        proofs: { jwt: [await proofOf(key, haip.employer, await nonceOf(haip.employer))] },
      })
    const [first, second] = [await again(), await again()]
    expect(first.body.credentials).toEqual(second.body.credentials)
  })
  it('VCIIssuerFailOnInvalidNonce', async () => {
    const jwt = [await proofOf(await newKey(), haip.employer, 'invalid')]
    refused(await ask(await withToken(), { ...CONFIGURATION, proofs: { jwt } }), 'invalid_nonce')
  })
  it('VCIIssuerFailOnReplayNonce', async () => {
    const nonce = await nonceOf(haip.employer)
    const flow = await withToken()
    const body = async () => ({
      ...CONFIGURATION,
      proofs: { jwt: [await proofOf(await newKey(), haip.employer, nonce)] },
    })
    expect((await ask(flow, await body())).status).toBe(200)
    refused(await ask(flow, await body()), 'invalid_nonce')
  })
  it('VCIIssuerFailOnInvalidJwtProofSignature', async () => {
    const [proof = ''] = (await goodProof()).jwt
    const jwt = [`${proof.slice(0, -6)}AAAAAA`]
    refused(await ask(await withToken(), { ...CONFIGURATION, proofs: { jwt } }), 'invalid_proof')
  })
  it('VCIIssuerFailOnInvalidKeyAttestationSignature', async () => {
    const [key, stranger] = [await newKey(), await newKey()]
    const attest = (by: typeof key) =>
      by.sign({ typ: 'key-attestation+jwt' }, { iat: seconds(), exp: seconds() + 600, attested_keys: [key.jwk] })
    const body = async (by: typeof key) => ({
      ...CONFIGURATION,
      proofs: {
        jwt: [
          await proofOf(key, haip.employer, await nonceOf(haip.employer), {
            header: { key_attestation: await attest(by) },
          }),
        ],
      },
    })
    refused(await ask(await withToken(), await body(stranger)), 'invalid_proof')
    expect((await ask(await withToken(), await body(haip.provider))).status).toBe(200)
  })
  it('VCIIssuerFailOnInvalidClientAttestationSignature', async () => {
    const flow = await startFlow(haip)
    refused(await flow.push({}, await flow.attested({ attestation: await newKey() })), 'invalid_client')
    refused(await flow.token('x', {}, await flow.attested({ attestation: await newKey() })), 'invalid_client')
  })
  it('VCIIssuerFailOnInvalidClientAttestationPopSignature', async () => {
    const flow = await startFlow(haip)
    const headers = await flow.attested()
    const possession = headers['oauth-client-attestation-pop'] ?? ''
    const broken = { ...headers, 'oauth-client-attestation-pop': `${possession.slice(0, -6)}AAAAAA` }
    refused(await flow.push({}, broken), 'invalid_client')
  })
  it('VCIIssuerFailOnMismatchedClientAttestationPopKey', async () => {
    const flow = await startFlow(haip)
    refused(await flow.push({}, await flow.attested({ possession: await newKey() })), 'invalid_client')
    refused(await flow.push({}, {}), 'invalid_client')
  })
  it('VCIIssuerFailOnMissingProof', async () => refused(await ask(await withToken(), CONFIGURATION), 'invalid_proof'))
  it('VCIIssuerFailOnUnknownCredentialConfigurationId', async () => {
    const body = { credential_configuration_id: 'unknown', proofs: await goodProof() }
    refused(await ask(await withToken(), body), 'unknown_credential_configuration')
  })
  it('VCIIssuerFailOnUnknownCredentialIdentifier', async () => {
    const body = { credential_identifier: 'unknown', proofs: await goodProof() }
    refused(await ask(await withToken(), body), 'unknown_credential_identifier')
  })
  it('VCIIssuerFailOnRequestWithAccessTokenInQuery', async () => {
    const flow = await withToken()
    const url = `${haip.employer.openid4vci.url}/credential?access_token=${flow.accessToken}`
    refused(await postJson(url, { ...CONFIGURATION, proofs: await goodProof() }), 'invalid_token')
  })
  it('VCIIssuerFailOnUnsupportedEncryptionAlgorithm', async () => {
    const flow = await withToken()
    const { jwk } = await newKey()
    const wishes = [
      { jwk: { ...jwk, alg: 'ECDH-ES' }, enc: 'A256CBC-HS512' },
      { jwk: { ...jwk, alg: 'RSA-OAEP' }, enc: 'A256GCM' },
      { jwk: (await newKey('EdDSA')).jwk, alg: 'ECDH-ES', enc: 'A256GCM' },
      { jwk: { ...jwk, alg: 'ECDH-ES' }, enc: 'A256GCM', zip: 'DEF' },
    ]
    for (const credential_response_encryption of wishes)
      refused(
        await ask(flow, { ...CONFIGURATION, proofs: await goodProof(), credential_response_encryption }),
        'invalid_encryption_parameters',
      )
  })
})

const location = async (flow: Flow): Promise<string | null> => {
  const { body } = await flow.push()
  return (await flow.authorize(String(body.request_uri))).headers.get('location')
}

describe('FAPI 2.0 security profile, as HAIP asks for it', () => {
  it('FAPI2SPFinalUserRejectsAuthentication', async () => {
    const flow = await startFlow(haip)
    const back = await flow.signIn(await location(flow), 'declined')
    expect(Object.fromEntries(back.searchParams)).toEqual({
      error: 'access_denied',
      state: 'their-state',
      iss: haip.employer.openid4vci.url,
    })
    expect((await haip.employer.book.byId(flow.invitation.exchangeId))?.state).toBe('rejected')
  })
  it('FAPI2SPFinalEnsureAuthorizationRequestWithoutStateSuccess', async () => {
    const flow = await startFlow(haip)
    const { body } = await flow.push({ state: '' })
    const page = await flow.authorize(String(body.request_uri))
    const back = await flow.signIn(page.headers.get('location'))
    expect(back.searchParams.has('state')).toBe(false)
    expect((await flow.token(back.searchParams.get('code') ?? '')).status).toBe(200)
  })
  it('FAPI2SPFinalAccessTokenTypeHeaderCaseSensitivity', async () => {
    const flow = await withToken()
    const headers = await flow.bound(flow.accessToken)
    const answer = await askFor(
      haip.employer,
      '',
      { ...CONFIGURATION, proofs: await goodProof() },
      {
        ...headers,
        authorization: headers.authorization.replace('DPoP', 'dpop'),
      },
    )
    expect(answer.status).toBe(200)
  })
  it.each([-10, 10])('FAPI2SPFinalEnsureDpopProofWithIat10Seconds…Succeeds (%i)', async (offset) => {
    const flow = await startFlow(haip)
    const at = `${haip.employer.openid4vci.url}/token`
    const dpop = await dpopOf(flow.dpop, 'POST', at, { claims: { iat: seconds() + offset } })
    expect((await flow.token(await flow.code(), {}, { ...(await flow.attested()), dpop })).status).toBe(200)
  })
  it('FAPI2SPFinalEnsureTokenEndpointFailsWithMismatchedDpopProofJkt', async () => {
    const flow = await startFlow(haip)
    const dpop = await dpopOf(await newKey(), 'POST', `${haip.employer.openid4vci.url}/token`)
    refused(await flow.token(await flow.code(), {}, { ...(await flow.attested()), dpop }), 'invalid_grant')
  })
  it('FAPI2SPFinalEnsureMismatchedDpopJktFails', async () => {
    const flow = await startFlow(haip)
    refused(await flow.push({ dpop_jkt: 'A'.repeat(43) }), 'invalid_dpop_proof', 'invalid_request')
  })
  it('FAPI2SPFinalEnsureRequestObjectWithLongState', async () => {
    const flow = await startFlow(haip)
    const state = 's'.repeat(1_000)
    const { body } = await flow.push({ state })
    const page = await flow.authorize(String(body.request_uri))
    expect((await flow.signIn(page.headers.get('location'))).searchParams.get('state')).toBe(state)
  })
  it('FAPI2SPFinalEnsureRegisteredRedirectUri', async () => {
    const flow = await startFlow(haip)
    refused(await flow.push({ redirect_uri: 'https://wallet.example/elsewhere' }), 'invalid_request')
    refused(await flow.push({ redirect_uri: '' }), 'invalid_request')
  })
  it('FAPI2SPFinalEnsureUnsignedAuthorizationRequestWithoutUsingParFails', async () => {
    const query = new URLSearchParams({ response_type: 'code', client_id: CLIENT, scope: 'RightToWork_dc+sd-jwt' })
    refused(await get(`${haip.employer.openid4vci.url}/authorize?${query}`), 'invalid_request')
  })
  it.each(['code id_token', 'token'])('FAPI2SPFinalEnsureResponseType…Fails (%s)', async (response_type) => {
    refused(await (await startFlow(haip)).push({ response_type }), 'unsupported_response_type')
  })
  it('FAPI2SPFinalEnsureHolderOfKeyRequired', async () => {
    const flow = await startFlow(haip)
    refused(await flow.token(await flow.code(), {}, await flow.attested()), 'invalid_dpop_proof')
  })
  it('FAPI2SPFinalEnsureAuthorizationCodeIsBoundToClient', async () => {
    const flow = await startFlow(haip)
    const other = 'https://other.example'
    const dpop = await dpopOf(flow.dpop, 'POST', `${haip.employer.openid4vci.url}/token`)
    const headers = { ...(await flow.attested({}, other)), dpop }
    refused(await flow.token(await flow.code(), { client_id: other }, headers), 'invalid_grant')
    refused(await flow.token(await flow.code(), {}, { ...(await flow.attested({}, other)), dpop }), 'invalid_client')
  })
  it('FAPI2SPFinalAttemptReuseAuthorizationCodeAfterOneSecond', async () => {
    const flow = await startFlow(haip)
    const code = await flow.code()
    expect((await flow.token(code)).status).toBe(200)
    refused(await flow.token(code), 'invalid_grant')
  })
  it('FAPI2SPFinalDpopNegativeTests', async () => {
    const flow = await startFlow(haip)
    const code = await flow.code()
    const at = `${haip.employer.openid4vci.url}/token`
    const WRONG = [
      await dpopOf(flow.dpop, 'GET', at),
      await dpopOf(flow.dpop, 'POST', `${at}/`),
      await dpopOf(flow.dpop, 'POST', at, { claims: { jti: null } }),
      await dpopOf(flow.dpop, 'POST', at, { claims: { iat: null } }),
      await dpopOf(flow.dpop, 'POST', at, { header: { typ: 'JWT' } }),
      await dpopOf(flow.dpop, 'POST', at, { header: { alg: 'none' } }),
      await dpopOf(flow.dpop, 'POST', at, { header: { jwk: flow.dpop.privateKeyJwk as never } }),
      await dpopOf(flow.dpop, 'POST', at, { header: { jwk: (await newKey()).jwk } }),
      'not a proof',
    ]
    for (const dpop of WRONG)
      refused(await flow.token(code, {}, { ...(await flow.attested()), dpop }), 'invalid_dpop_proof', 'invalid_request')
  })
  it('FAPI2SPFinalPAREnsureServerAcceptsReusedRequestUriBeforeAuthenticationCompletion', async () => {
    const flow = await startFlow(haip)
    const { body } = await flow.push()
    const first = await flow.authorize(String(body.request_uri))
    const second = await flow.authorize(String(body.request_uri))
    expect([first.status, second.status]).toEqual([302, 302])
    const code = (await flow.signIn(second.headers.get('location'))).searchParams.get('code') ?? ''
    expect((await flow.token(code)).status).toBe(200)
  })
  it('FAPI2SPFinalPARAttemptReuseRequestUri', async () => {
    const flow = await startFlow(haip)
    const { body } = await flow.push()
    const page = await flow.authorize(String(body.request_uri))
    await flow.signIn(page.headers.get('location'))
    refused(await flow.authorize(String(body.request_uri)), 'invalid_request')
  })
  it('FAPI2SPFinalPAREnsureRequestUriIsBoundToClient', async () => {
    const flow = await startFlow(haip)
    const { body } = await flow.push()
    refused(await flow.authorize(String(body.request_uri), 'https://other.example'), 'invalid_request')
  })
  it('FAPI2SPFinalPARRejectRequestUriInParAuthorizationFormParams', async () => {
    refused(await (await startFlow(haip)).push({ request_uri: 'urn:x' }), 'invalid_request')
  })
  it('FAPI2SPFinalPARRejectInvalidHttpVerb', async () => {
    expect((await get(`${haip.employer.openid4vci.url}/par`)).status).toBe(405)
  })
  it('FAPI2SPFinalPAREnsurePKCERequired', async () => {
    refused(await (await startFlow(haip)).push({ code_challenge: '' }), 'invalid_request')
  })
  it('FAPI2SPFinalPAREnsurePKCECodeVerifierRequired', async () => {
    const flow = await startFlow(haip)
    refused(await flow.token(await flow.code(), { code_verifier: '' }), 'invalid_grant', 'invalid_request')
  })
  it('FAPI2SPFinalPARIncorrectPKCECodeVerifierRejected', async () => {
    const flow = await startFlow(haip)
    refused(await flow.token(await flow.code(), { code_verifier: 'A'.repeat(43) }), 'invalid_grant')
  })
  it('FAPI2SPFinalPAREnsurePlainPKCERejected', async () => {
    const flow = await startFlow(haip)
    refused(await flow.push({ code_challenge_method: 'plain', code_challenge: flow.verifier }), 'invalid_request')
  })
  it('FAPI2SPFinalParWithoutDuplicateParameters', async () => {
    refused(
      await postForm(`${haip.employer.openid4vci.url}/par`, 'response_type=code&response_type=code'),
      'invalid_request',
    )
  })
})

describe('what may be asked for after signing in', () => {
  it('what was offered, by scope or by details, and nothing else', async () => {
    const details = (id: string) => JSON.stringify([{ type: 'openid_credential', credential_configuration_id: id }])
    const flow = await startFlow(haip)
    expect((await flow.push({ scope: '', authorization_details: details('RightToWork_dc+sd-jwt') })).status).toBe(201)
    refused(await flow.push({ scope: '', authorization_details: details('Identity_dc+sd-jwt') }), 'invalid_scope')
    refused(await flow.push({ scope: 'Identity_dc+sd-jwt' }), 'invalid_scope')
    refused(await flow.push({ scope: '' }), 'invalid_scope')
    refused(await flow.push({ authorization_details: '{' }), 'invalid_request')
    refused(await flow.push({ authorization_details: '[{"type":"other"}]' }), 'invalid_authorization_details')
  })
  it('with the state of an offer of this issuer', async () => {
    const flow = await startFlow(haip)
    refused(await flow.push({ issuer_state: '' }), 'invalid_request')
    refused(await flow.push({ issuer_state: 'guess' }), 'invalid_request')
  })
  it('an offer to whoever has a code is not taken by signing in', async () => {
    const plain = await openEmployer(haip.authority, { name: 'northfield' })
    await expect(plain.exchange.offer({ credentials: [offered('RightToWork')], proof: 'signIn' })).rejects.toThrow(
      TypeError,
    )
    await plain.close()
  })
})
