// jose, used directly: a token, a key, and what type it must say that it is.
import { importJWK, jwtVerify, SignJWT } from 'jose'

/** jose for one key (`{ keyId, algorithm, privateKeyJwk, publicKeyJwk }`). */
export const createPeer = async ({ key }) => {
  const publicKey = await importJWK({ ...key.publicKeyJwk }, key.algorithm)
  const privateKey = await importJWK({ ...key.privateKeyJwk }, key.algorithm)
  const algorithms = [key.algorithm]
  return {
    /** A compact token. */
    sign: (payload, typ) =>
      new SignJWT(payload).setProtectedHeader({ alg: key.algorithm, kid: key.keyId, typ, cty: 'vc' }).sign(privateKey),
    /** Whether a token of this type is signed with the key. */
    verify: async (token, typ) => (await jwtVerify(token, publicKey, { typ, algorithms })).payload !== undefined,
  }
}
