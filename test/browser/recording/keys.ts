import { importPublicKey as importKey, type PublicKey } from '../../../src/crypto/keys.js'
import type { KeyRecord } from '../support/record.js'
import { toWire } from '../support/wire.js'
import { currentTest, gave, record, threw } from './log.js'

export * from '../../../src/crypto/keys.js'

type Signature = KeyRecord['signatures'][number]

/** Imports a key that writes down the signatures that it is asked about. */
export const importPublicKey = async (jwk: unknown): Promise<PublicKey> => {
  const test = currentTest()
  const signatures: Signature[] = []
  try {
    const key = await importKey(jwk)
    record(() => ({ kind: 'key', test, jwk: toWire(jwk), outcome: gave(key.thumbprint), signatures }))
    return {
      ...key,
      verify: async (data, signature) => {
        const holds = await key.verify(data, signature)
        signatures.push({ data: toWire(data), signature: toWire(signature), holds })
        return holds
      },
    }
  } catch (error) {
    record(() => ({ kind: 'key', test, jwk: toWire(jwk), outcome: threw(error), signatures }))
    throw error
  }
}
