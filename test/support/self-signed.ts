import { generateKeyPairSync, sign } from 'node:crypto'

/** A certificate for loopback, its own authority, and its key; both as PEM. */
export interface SelfSigned {
  readonly cert: string
  readonly key: string
}

// DER, X.690: a tag, a length, and what is in it.
const der = (tag: number, ...contents: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(contents)
  if (body.length < 0x80) return Buffer.concat([Buffer.from([tag, body.length]), body])
  const length = Buffer.from(body.length.toString(16).padStart(4, '0'), 'hex')
  return Buffer.concat([Buffer.from([tag, 0x82]), length, body])
}

const sequence = (...contents: readonly Uint8Array[]): Buffer => der(0x30, ...contents)
const octets = (content: Uint8Array): Buffer => der(0x04, content)
const identifier = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'))
const yes = der(0x01, Buffer.from([0xff]))

const COMMON_NAME = identifier('550403')
const ECDSA_WITH_SHA256 = sequence(identifier('2a8648ce3d040302'))
const SUBJECT_ALTERNATIVE_NAME = identifier('551d11')
const BASIC_CONSTRAINTS = identifier('551d13')
const LOOPBACK = Buffer.from([127, 0, 0, 1])

const time = (text: string): Buffer => der(0x17, Buffer.from(text))

const extensions = (names: readonly string[]): Buffer => {
  const alternatives = [...names.map((name) => der(0x82, Buffer.from(name))), der(0x87, LOOPBACK)]
  return der(
    0xa3,
    sequence(
      sequence(SUBJECT_ALTERNATIVE_NAME, octets(sequence(...alternatives))),
      sequence(BASIC_CONSTRAINTS, yes, octets(sequence(yes))),
    ),
  )
}

const pem = (bytes: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${bytes.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`

/** Makes a certificate for 127.0.0.1 and these names, signed with its own key (RFC 5280), good until 2049. */
export const createSelfSigned = (...names: readonly string[]): SelfSigned => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const name = sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from('loopback, for tests')))))
  const toBeSigned = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    ECDSA_WITH_SHA256,
    name,
    sequence(time('200101000000Z'), time('490101000000Z')),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    extensions(names),
  )
  const signature = der(0x03, Buffer.from([0]), sign('sha256', toBeSigned, privateKey))
  return {
    cert: pem(sequence(toBeSigned, ECDSA_WITH_SHA256, signature)),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}
