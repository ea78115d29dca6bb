import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { fixedClock } from '../../src/core/clock.js'
import { generateKey, importPublicKey } from '../../src/crypto/keys.js'
import { didKey } from '../../src/dids/did-key.js'
import { createDidResolver } from '../../src/dids/resolver.js'
import type { PublicKeyJwk } from '../../src/ports/signer.js'

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')
const heapMegabytes = (): number => {
  collectGarbage()
  return process.memoryUsage().heapUsed / 1e6
}

const MEGABYTES = 3
const TIMES = 30

/** A text of megabytes, and a piece of it: what a parser cuts out of a credential with a photograph. */
const pieceOf = (piece: string): string => {
  const whole: string = JSON.parse(JSON.stringify(`${piece}${'x'.repeat(MEGABYTES * 1_000_000)}`))
  return whole.slice(0, piece.length)
}

const keys = () => Promise.all(Array.from({ length: TIMES }, () => generateKey('EdDSA')))

describe('what is remembered does not hold on to what it was cut out of', () => {
  const resolver = createDidResolver({
    clock: fixedClock('2026-01-20T09:00:00Z'),
    fetch: async () => {
      throw new TypeError('nobody answers')
    },
  })
  const CACHES: readonly (readonly [string, (piece: string) => Promise<unknown>, () => Promise<readonly string[]>])[] =
    [
      [
        'documents of did:key',
        (piece) => resolver.findKey(piece, 'assertionMethod'),
        async () => (await keys()).map((key) => didKey(key).keyId),
      ],
      [
        'answers about did:web',
        (piece) => resolver.findKey(piece, 'assertionMethod').catch(() => undefined),
        async () => Array.from({ length: TIMES }, (_, index) => `did:web:trust-${index}.example:people#key-1`),
      ],
      [
        'imported keys',
        (piece) => importPublicKey({ kty: 'OKP', crv: 'Ed25519', x: piece } satisfies PublicKeyJwk),
        async () => (await keys()).map(({ x }) => x),
      ],
    ]
  it.each(CACHES)('%s', async (_, ask, pieces) => {
    const before = heapMegabytes()
    for (const piece of await pieces()) await ask(pieceOf(piece))
    expect(heapMegabytes() - before).toBeLessThan((TIMES * MEGABYTES) / 3)
  })
})
