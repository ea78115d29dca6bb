import { gunzipSync } from 'node:zlib'
import { decodeMultibase } from '../../src/codec/multibase.js'
import { LIMITS } from '../../src/core/limits.js'
import { createDidResolver } from '../../src/dids/resolver.js'
import { decodeList, encodeList } from '../../src/status/encoded-list.js'
import { createKey } from '../keys.js'
import type { Contender } from '../measure.js'
import { peer } from '../peers.js'
import type { Plan } from '../plan.js'
import { LIMIT, US } from '../report.js'

const ENTRIES = 131_072
const REVOKED = 94_567

const statusList = async (): Promise<readonly Contender[]> => {
  const { readStatus } = await peer('digitalbazaar')
  const bits = new Uint8Array(ENTRIES / 8)
  for (let index = 0; index < bits.length; index += 97) bits[index] = index & 0xff
  bits[REVOKED >> 3] = 0xff
  const list = await encodeList(bits)
  const compressed = decodeMultibase(list) ?? new Uint8Array()
  const isSet = (read: Uint8Array): boolean => ((read[REVOKED >> 3] ?? 0) & (0x80 >> (REVOKED & 7))) !== 0
  return [
    { name: LIMIT, run: () => isSet(gunzipSync(compressed, { maxOutputLength: LIMITS.statusListInflatedBytes })) },
    {
      name: US,
      run: async () => {
        const decoded = await decodeList(list)
        return decoded.ok && isSet(decoded.bytes)
      },
    },
    { name: '@digitalbazaar/vc-bitstring-status-list', run: () => readStatus(list, REVOKED) },
  ]
}

const HOLDERS = 400

// Everybody meets every DID equally often: whoever remembers, remembers alike.
const resolving = async (): Promise<readonly Contender[]> => {
  const { byDigitalbazaar, byCeramic } = await peer('dids')
  const dids: string[] = []
  for (let index = 0; index < HOLDERS; index++) dids.push((await createKey('EdDSA')).did)
  const eachTime = (resolve: (did: string) => Promise<boolean>) => {
    let next = 0
    return () => resolve(dids[next++ % HOLDERS] ?? '')
  }
  const unremembered = async (did: string) => (await createDidResolver().resolve(did)).ok
  const resolver = createDidResolver()
  return [
    { name: US, run: eachTime(unremembered) },
    { name: `${US}, again`, run: eachTime(async (did) => (await resolver.resolve(did)).ok) },
    { name: '@digitalbazaar/did-method-key', run: eachTime(async (did) => (await byDigitalbazaar(did)).id === did) },
    { name: 'key-did-resolver', run: eachTime(async (did) => (await byCeramic(did)).id === did) },
  ]
}

/** Pieces of a verification, by themselves. */
export const SMALL: readonly Plan[] = [
  { work: 'decode a status list', payloads: ['S'], prepare: statusList },
  { work: 'resolve did:key', payloads: ['S'], prepare: resolving, peer: '@digitalbazaar/did-method-key' },
]
