import { sign, verify } from 'node:crypto'
import type { SignatureAlgorithm } from '../src/ports/signer.js'
import type { BenchKey } from './keys.js'

const HASHES: Readonly<Record<SignatureAlgorithm, string | null>> = {
  EdDSA: null,
  ES256: 'sha256',
  ES256K: 'sha256',
  ES384: 'sha384',
  ES512: 'sha512',
}

const encode = (text: string): string => Buffer.from(text).toString('base64url')

/** The least that anybody has to do to sign a document: its JSON, base64url, one signature. */
export const signByHand = (document: object, { algorithm, privateObject }: BenchKey): string => {
  const input = `${encode(JSON.stringify({ alg: algorithm }))}.${encode(JSON.stringify(document))}`
  const key = { key: privateObject, dsaEncoding: 'ieee-p1363' as const }
  return `${input}.${sign(HASHES[algorithm], Buffer.from(input), key).toString('base64url')}`
}

/** The least that anybody has to do to verify one: base64url, JSON, one signature under a key at hand. */
export const verifyByHand = (token: string, { algorithm, publicObject }: BenchKey): boolean => {
  const [header = '', payload = '', signature = ''] = token.split('.')
  JSON.parse(Buffer.from(header, 'base64url').toString())
  const document = JSON.parse(Buffer.from(payload, 'base64url').toString())
  const key = { key: publicObject, dsaEncoding: 'ieee-p1363' as const }
  const input = Buffer.from(token.slice(0, token.lastIndexOf('.')))
  return document !== null && verify(HASHES[algorithm], input, key, Buffer.from(signature, 'base64url'))
}

/** The token with one letter of its payload's end changed. */
export const forgeToken = (token: string): string => {
  const at = token.lastIndexOf('.') - 12
  return `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`
}
