import type { JwtSigner } from '@openid4vc/oauth2'
import {
  type CreateOpenid4vpAuthorizationRequestOptions,
  createOpenid4vpAuthorizationRequest,
  parseOpenid4VpAuthorizationResponsePayload,
} from '@openid4vc/openid4vp'
import type { JsonObject } from '../../core/json.js'
import { signCompactJws } from '../../crypto/sign-compact-jws.js'
import type { Signer } from '../../ports/signer.js'

const TYPE = 'oauth-authz-req+jwt'
/** How long a wallet may take to look at a request that it fetched, in seconds. */
const LIFE = 300

// The library says what a request holds; we sign it.
const callbacksFor = (signer: Signer | undefined): CreateOpenid4vpAuthorizationRequestOptions['callbacks'] => ({
  signJwt: async (_signer, { payload }) => {
    if (!signer) throw new TypeError('There is no signer')
    const jwt = await signCompactJws({ header: { typ: TYPE }, payload: JSON.stringify(payload), signer })
    return { jwt, signerJwk: signer.publicKeyJwk as never }
  },
  encryptJwe: () => {
    throw new TypeError('Requests are not encrypted')
  },
})

const jwtSigner = ({ algorithm, keyId, certificateChain }: Signer): JwtSigner =>
  certificateChain
    ? { method: 'x5c', alg: algorithm, x5c: [...certificateChain] as [string] }
    : { method: 'did', alg: algorithm, didUrl: keyId }

/** Signs a request object (RFC 9101), for a wallet that fetched it. */
export const requestObject = async (
  payload: JsonObject,
  signer: Signer,
  { requestUri, now }: { readonly requestUri: string; readonly now: Date },
): Promise<string> => {
  const { wallet_nonce: walletNonce } = payload
  const { jar } = await createOpenid4vpAuthorizationRequest({
    authorizationRequestPayload: payload as never,
    jar: {
      requestUri,
      now,
      jwtSigner: jwtSigner(signer),
      expiresInSeconds: LIFE,
      additionalJwtPayload: { aud: 'https://self-issued.me/v2' },
    },
    ...(typeof walletNonce === 'string' ? { wallet: { expectedNonce: walletNonce } } : {}),
    callbacks: callbacksFor(signer),
  } as unknown as CreateOpenid4vpAuthorizationRequestOptions)
  return jar?.authorizationRequestJwt ?? ''
}

/** The link that holds a whole request, unsigned. */
export const requestLink = async (payload: JsonObject, scheme: string): Promise<string> => {
  const { authorizationRequest } = await createOpenid4vpAuthorizationRequest({
    authorizationRequestPayload: payload as never,
    scheme,
    callbacks: callbacksFor(undefined),
  } as CreateOpenid4vpAuthorizationRequestOptions)
  return authorizationRequest
}

/** The members of an answer, checked; `undefined` when it is none. */
export const readResponse = (payload: JsonObject): JsonObject | undefined => {
  try {
    return parseOpenid4VpAuthorizationResponsePayload(payload) as unknown as JsonObject
  } catch {
    return undefined
  }
}
