import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { generateKey, importPublicKey, type PublicKey } from '../src/crypto/keys.js'
import { createLocalSigner } from '../src/crypto/local-signer.js'
import { didKey } from '../src/dids/did-key.js'
import type { PublicKeyJwk, SignatureAlgorithm, Signer } from '../src/ports/signer.js'
import type { PrivateKeyJwk } from '../src/runtime/runtime.js'

/** One key in every shape that somebody here wants it in, imported once. */
export interface BenchKey {
  readonly algorithm: SignatureAlgorithm
  readonly did: string
  readonly keyId: string
  readonly privateKeyJwk: PrivateKeyJwk
  readonly publicKeyJwk: PublicKeyJwk
  readonly signer: Signer
  readonly publicKey: PublicKey
  readonly privateObject: KeyObject
  readonly publicObject: KeyObject
}

/** Makes a key under a did:key of its own. */
export const createKey = async (algorithm: SignatureAlgorithm): Promise<BenchKey> => {
  const privateKeyJwk = await generateKey(algorithm)
  const { did, keyId } = didKey(privateKeyJwk)
  const signer = await createLocalSigner(privateKeyJwk, keyId)
  const { publicKeyJwk } = signer
  return {
    algorithm,
    did,
    keyId,
    privateKeyJwk,
    publicKeyJwk,
    signer,
    publicKey: await importPublicKey(publicKeyJwk),
    privateObject: createPrivateKey({ key: { ...privateKeyJwk }, format: 'jwk' }),
    publicObject: createPublicKey({ key: { ...publicKeyJwk }, format: 'jwk' }),
  }
}
