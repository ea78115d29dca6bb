import { importPrivateKey, sign } from '#runtime'
import { encodeUtf8 } from '../codec/utf8.js'
import { PassportError } from '../core/errors.js'
import type { Signer } from '../ports/signer.js'
import type { PrivateKeyJwk } from '../runtime/runtime.js'
import { importPublicKey, publicJwk } from './keys.js'

const PROBE = encodeUtf8('staff-passport: do the two halves of this key belong together?')

/** What a local signer may have besides its key. */
export interface LocalSignerOptions {
  /** Certificates of the key as PEM, its own first, the anchor left out; sent along with tokens as `x5c`. */
  readonly certificateChain?: string
}

const PEM = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g

const certificatesIn = ({ certificateChain }: LocalSignerOptions): Pick<Signer, 'certificateChain'> => {
  if (certificateChain === undefined) return {}
  const bodies = [...certificateChain.matchAll(PEM)].map(([, body = '']) => body.replace(/\s/g, ''))
  if (bodies.length === 0) throw new TypeError('certificateChain must hold certificates as PEM')
  return { certificateChain: bodies }
}

/**
 * A signer whose private key is in this process, imported once.
 * @param keyId the verification method, an absolute DID URL
 * @throws TypeError when `keyId` is not a DID URL with a fragment, or `certificateChain` holds no certificate
 * @throws PassportError `key.rejected` when the key is unfit, or its halves do not belong together
 */
export const createLocalSigner = async (
  privateKeyJwk: PrivateKeyJwk,
  keyId: string,
  options: LocalSignerOptions = {},
): Promise<Signer> => {
  const certificates = certificatesIn(options)
  if (!/^(did:|https:)[^#\s]+#[^#\s]+$/.test(keyId))
    throw new TypeError('keyId must be a DID URL such as did:web:trust.example#key-1')
  const publicKeyJwk = publicJwk(privateKeyJwk)
  const publicKey = await importPublicKey(publicKeyJwk)
  const key = await Promise.resolve(importPrivateKey(publicKey.algorithm, privateKeyJwk)).catch((cause) => {
    throw new PassportError('key.rejected', 'The private key was rejected', { cause })
  })
  if (!(await publicKey.verify(PROBE, await sign(key, PROBE))))
    throw new PassportError('key.rejected', 'The private and the public half of the key do not belong together')
  return { algorithm: publicKey.algorithm, keyId, publicKeyJwk, ...certificates, sign: async (data) => sign(key, data) }
}
