import { digestText, encodeBase64url } from '#runtime'
import type { Clock } from '../core/clock.js'
import { asJsonObject } from '../core/json.js'
import { generateKey, publicJwk } from '../crypto/keys.js'
import { createLocalSigner } from '../crypto/local-signer.js'
import { signCompactJws } from '../crypto/sign-compact-jws.js'
import { newSecret } from '../exchange/book/handles.js'
import type { Signer } from '../ports/signer.js'
import type { PrivateKeyJwk } from '../runtime/runtime.js'

const seconds = (clock: Clock): number => Math.floor(clock.now().getTime() / 1000)

// A key that stands in the header has no name there.
const unnamed = ({ keyId: _keyId, ...signer }: Signer): Signer => signer as unknown as Signer

/** What a proof of a key says. */
export interface KeyProofClaims {
  readonly audience: string
  readonly nonce?: string
  readonly clientId?: string
  /** Whether the issuer binds to keys by themselves, and not by their DIDs. */
  readonly byKey: boolean
}

/** Proves to hold a key to which credentials are to be bound. @see OpenID4VCI 1.0, appendix F.1 */
export const keyProof = (signer: Signer, claims: KeyProofClaims, clock: Clock): Promise<string> =>
  signCompactJws({
    header: {
      typ: 'openid4vci-proof+jwt',
      ...(claims.byKey ? { jwk: asJsonObject(signer.publicKeyJwk) } : {}),
    },
    payload: JSON.stringify({
      aud: claims.audience,
      iat: seconds(clock),
      ...(claims.nonce === undefined ? {} : { nonce: claims.nonce }),
      ...(claims.clientId === undefined ? {} : { iss: claims.clientId }),
    }),
    signer: claims.byKey ? unnamed(signer) : signer,
  })

/** Proves to hold the key that access tokens are bound to: a new proof for each request (RFC 9449, section 4.2). */
export interface Dpop {
  (method: 'GET' | 'POST', url: string, accessToken?: string): Promise<string>
  readonly key: PrivateKeyJwk
}

/** Proofs with a key; by default with one of its own for one exchange. */
export const createDpop = async (clock: Clock, known?: PrivateKeyJwk): Promise<Dpop> => {
  const key = known ?? (await generateKey('ES256'))
  const signer = unnamed(await createLocalSigner(key, 'did:key:unnamed#dpop'))
  const jwk = asJsonObject(publicJwk(key))
  const prove = (htm: 'GET' | 'POST', url: string, accessToken?: string): Promise<string> => {
    const { origin, pathname } = new URL(url)
    const ath = accessToken === undefined ? {} : { ath: encodeBase64url(digestText('SHA-256', accessToken)) }
    const claims = { jti: newSecret(), htm, htu: origin + pathname, iat: seconds(clock), ...ath }
    return signCompactJws({ header: { typ: 'dpop+jwt', jwk }, payload: JSON.stringify(claims), signer })
  }
  return Object.assign(prove, { key })
}

/** A PKCE pair, S256. @see RFC 7636, section 4 */
export const createPkce = (): { readonly verifier: string; readonly challenge: string } => {
  const verifier = newSecret()
  return { verifier, challenge: encodeBase64url(digestText('SHA-256', verifier)) }
}
