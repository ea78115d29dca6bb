import { createHash, randomBytes } from 'node:crypto'
import { HAIP_ISSUER } from '../../../src/exchange/haip.js'
import type { PublicKeyJwk } from '../../../src/ports/signer.js'
import { attestationOf, dpopOf, get, newKey, offerBehind, postForm } from './raw-wallet.js'
import { createDemoAuthority, offered, openEmployer } from './world.js'

export const CLIENT = 'https://wallet.example'
const REDIRECT = 'https://wallet.example/back'

/** An employer as the high-assurance profile asks: attested wallets, bound tokens, pushed requests, PKCE. */
export const openHaip = async () => {
  const authority = await createDemoAuthority()
  const provider = await newKey()
  const employer = await openEmployer(authority, {
    name: 'southmere',
    openid4vci: {
      ...HAIP_ISSUER,
      signIn: (id) => `https://portal.southmere.example/sign-in/${id}`,
      wallets: [
        { clientId: CLIENT, redirectUris: [REDIRECT] },
        { clientId: 'https://other.example', redirectUris: ['https://other.example/back'] },
      ],
      attesters: [provider.jwk as unknown as PublicKeyJwk],
    },
  })
  return { authority, provider, employer }
}

export type Haip = Awaited<ReturnType<typeof openHaip>>

/** A wallet on its way through the flow, one step at a time, each with whatever is changed about it. */
export const startFlow = async ({ employer, provider }: Haip, credentials = [offered('RightToWork')]) => {
  const invitation = await employer.exchange.offer({ credentials, proof: 'signIn' })
  const { grants } = (await offerBehind(invitation)) as { grants: { authorization_code: { issuer_state: string } } }
  const [dpop, instance] = [await newKey(), await newKey()]
  const verifier = randomBytes(32).toString('base64url')
  const { url } = employer.openid4vci
  const attested = (by: Parameters<typeof attestationOf>[4] = {}, clientId = CLIENT) =>
    attestationOf(provider, instance, clientId, url, by)
  const fields = {
    response_type: 'code',
    client_id: CLIENT,
    redirect_uri: REDIRECT,
    scope: 'RightToWork_dc+sd-jwt',
    state: 'their-state',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    issuer_state: grants.authorization_code.issuer_state,
  }
  const push = async (change: Record<string, string> = {}, headers?: Record<string, string>) =>
    postForm(
      `${url}/par`,
      Object.fromEntries(Object.entries({ ...fields, ...change }).filter(([, value]) => value !== '')),
      headers ?? { ...(await attested()), dpop: await dpopOf(dpop, 'POST', `${url}/par`) },
    )
  const authorize = (requestUri: string, clientId = CLIENT) =>
    get(`${url}/authorize?${new URLSearchParams({ client_id: clientId, request_uri: requestUri })}`)
  const signIn = async (location: string | null, outcome: 'approved' | 'declined' = 'approved') =>
    new URL(await employer.openid4vci.endSignIn(location?.split('/').at(-1) ?? '', outcome))
  const code = async (): Promise<string> => {
    const pushed = await push()
    const { headers } = await authorize(String(pushed.body.request_uri))
    return (await signIn(headers.get('location'))).searchParams.get('code') ?? ''
  }
  const token = async (given: string, change: Record<string, string> = {}, headers?: Record<string, string>) =>
    postForm(
      `${url}/token`,
      Object.fromEntries(
        Object.entries({
          grant_type: 'authorization_code',
          code: given,
          code_verifier: verifier,
          redirect_uri: REDIRECT,
          client_id: CLIENT,
          ...change,
        }).filter(([, value]) => value !== ''),
      ),
      headers ?? { ...(await attested()), dpop: await dpopOf(dpop, 'POST', `${url}/token`) },
    )
  const bound = async (accessToken: string, endpoint = 'credential') => ({
    authorization: `DPoP ${accessToken}`,
    dpop: await dpopOf(dpop, 'POST', `${url}/${endpoint}`, { token: accessToken }),
  })
  return { invitation, dpop, instance, attested, push, authorize, signIn, code, token, bound, verifier }
}

export type Flow = Awaited<ReturnType<typeof startFlow>>
