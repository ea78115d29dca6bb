// @sd-jwt/sd-jwt-vc with the platform's own hashing and signatures, and keys that are imported once.
import { createHash, createPrivateKey, createPublicKey, randomBytes, sign, verify } from 'node:crypto'
import { getListFromStatusListJWT } from '@sd-jwt/jwt-status-list'
import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc'

const hasher = (data, algorithm) => createHash(algorithm.replace('-', '')).update(data).digest()

const hashOf = { EdDSA: null, ES256: 'sha256', ES384: 'sha384' }

const signerOf = ({ algorithm, privateKeyJwk }) => {
  const key = createPrivateKey({ key: privateKeyJwk, format: 'jwk' })
  return (data) => sign(hashOf[algorithm], Buffer.from(data), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')
}

const verifierOf = ({ algorithm, publicKeyJwk }) => {
  const key = createPublicKey({ key: publicKeyJwk, format: 'jwk' })
  return (data, signature) =>
    verify(
      hashOf[algorithm],
      Buffer.from(data),
      { key, dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url'),
    )
}

/** Their library for an issuer's key and a holder's. */
export const createPeer = ({ issuer, holder }) => {
  const instance = new SDJwtVcInstance({
    hasher,
    hashAlg: 'sha-256',
    signer: signerOf(issuer),
    signAlg: issuer.algorithm,
    verifier: verifierOf(issuer),
    saltGenerator: (length) => randomBytes(length).toString('base64url'),
    kbSigner: signerOf(holder),
    kbSignAlg: holder.algorithm,
    kbVerifier: verifierOf(holder),
  })
  return {
    /** An SD-JWT VC whose named top-level claims may be withheld. */
    issue: (payload, disclosable) => instance.issue(payload, { _sd: disclosable }, { header: { kid: issuer.keyId } }),
    /** Every claim, for one challenge and audience. */
    present: (token, frame, { nonce, audience }) =>
      instance.present(token, frame, {
        kb: { payload: { iat: Math.floor(Date.now() / 1000), nonce, aud: audience } },
      }),
    /** Whether the issuer signed it and the holder presents it, for this challenge. */
    verify: async (token, nonce) => {
      const { kb } = await instance.verify(token, { keyBindingNonce: nonce })
      return kb !== undefined
    },
  }
}

/** The status at this place of a status list token. */
export const readStatus = (token, index) => getListFromStatusListJWT(token).getStatus(index)
