import { importPrivateKey, sign } from '#runtime'
import { encodeUtf8 } from '../codec/utf8.js'
import { PassportError } from '../core/errors.js'
import type { Signer } from '../ports/signer.js'
import type { PrivateKeyJwk } from '../runtime/runtime.js'
import { importPublicKey, publicJwk } from './keys.js'

const PROBE = encodeUtf8('staff-passport: do the two halves of this key belong together?')

/**
 * A signer whose private key is in this process, imported once.
 * @param keyId the verification method, an absolute DID URL
 * @throws TypeError when `keyId` is not a DID URL with a fragment
 * @throws PassportError `key.rejected` when the key is unfit, or its halves do not belong together
 */
export const createLocalSigner = async (privateKeyJwk: PrivateKeyJwk, keyId: string): Promise<Signer> => {
  if (!/^(did:|https:)[^#\s]+#[^#\s]+$/.test(keyId))
    throw new TypeError('keyId must be a DID URL such as did:web:trust.example#key-1')
  const publicKeyJwk = publicJwk(privateKeyJwk)
  const publicKey = await importPublicKey(publicKeyJwk)
  const key = await Promise.resolve(importPrivateKey(publicKey.algorithm, privateKeyJwk)).catch((cause) => {
    throw new PassportError('key.rejected', 'The private key was rejected', { cause })
  })
  if (!(await publicKey.verify(PROBE, await sign(key, PROBE))))
    throw new PassportError('key.rejected', 'The private and the public half of the key do not belong together')
  return { algorithm: publicKey.algorithm, keyId, publicKeyJwk, sign: async (data) => sign(key, data) }
}
