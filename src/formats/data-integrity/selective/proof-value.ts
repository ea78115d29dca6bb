import { decode, encode } from 'cborg'
import { encodeMultibase } from '../../../codec/multibase.js'
import { ALGORITHMS } from '../../../crypto/algorithms.js'

/** What an issuer hands to a holder: enough to disclose any part of the document. */
export interface BaseValue {
  readonly kind: 'base'
  readonly baseSignature: Uint8Array
  /** The key that signed the single statements, as a Multikey without its header. */
  readonly publicKey: Uint8Array
  readonly hmacKey: Uint8Array
  readonly signatures: readonly Uint8Array[]
  readonly mandatoryPointers: readonly string[]
}

/** What a holder shows: enough to verify the part that is there. */
export interface DerivedValue {
  readonly kind: 'derived'
  readonly baseSignature: Uint8Array
  readonly publicKey: Uint8Array
  readonly signatures: readonly Uint8Array[]
  /** For the names that canonicalisation gives the blank nodes, those that were signed. */
  readonly labels: ReadonlyMap<string, string>
  /** Which of the statements, in order, the base signature covers. */
  readonly mandatoryIndexes: readonly number[]
}

// Data Integrity ECDSA Cryptosuites 1.0, 3.5.2 and 3.5.7: three bytes say which of the two it is.
const HEADERS = { base: [0xd9, 0x5d, 0x00], derived: [0xd9, 0x5d, 0x01] } as const
const HEADER_BYTES = 3
const HMAC_BYTES = 32
const { signatureBytes, multicodec, multikeyBytes } = ALGORITHMS.ES256
const LABEL = /^c14n(0|[1-9]\d*)$/

const isBytes = (value: unknown, length: number): value is Uint8Array =>
  value instanceof Uint8Array && value.length === length

const isSignature = (value: unknown): value is Uint8Array => isBytes(value, signatureBytes)

const isKey = (value: unknown): value is Uint8Array =>
  isBytes(value, multikeyBytes + multicodec.length) && multicodec.every((byte, index) => value[index] === byte)

const isListOf = <T>(value: unknown, is: (item: unknown) => item is T): value is readonly T[] =>
  Array.isArray(value) && value.every(is)

const isText = (value: unknown): value is string => typeof value === 'string'

const isIndex = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0

const isAscending = (indexes: readonly number[]): boolean =>
  indexes.every((index, place) => place === 0 || index > (indexes[place - 1] ?? 0))

const baseOf = (parts: readonly unknown[]): BaseValue | undefined => {
  const [baseSignature, publicKey, hmacKey, signatures, mandatoryPointers] = parts
  if (!isSignature(baseSignature) || !isKey(publicKey) || !isBytes(hmacKey, HMAC_BYTES)) return undefined
  if (!isListOf(signatures, isSignature) || !isListOf(mandatoryPointers, isText)) return undefined
  return { kind: 'base', baseSignature, publicKey, hmacKey, signatures, mandatoryPointers }
}

/** Two nodes under one signed name would let what was said of one thing be shown as said of two. */
const labelsOf = (value: unknown): ReadonlyMap<string, string> | undefined => {
  if (!(value instanceof Map)) return undefined
  const labels = new Map<string, string>()
  for (const [index, label] of value) {
    if (!isIndex(index) || !isBytes(label, HMAC_BYTES)) return undefined
    labels.set(`c14n${index}`, encodeMultibase('u', label))
  }
  return new Set(labels.values()).size === labels.size ? labels : undefined
}

const derivedOf = (parts: readonly unknown[]): DerivedValue | undefined => {
  const [baseSignature, publicKey, signatures, compressed, mandatoryIndexes] = parts
  const labels = labelsOf(compressed)
  if (!isSignature(baseSignature) || !isKey(publicKey) || !isListOf(signatures, isSignature) || !labels)
    return undefined
  if (!isListOf(mandatoryIndexes, isIndex) || !isAscending(mandatoryIndexes)) return undefined
  return { kind: 'derived', baseSignature, publicKey, signatures, labels, mandatoryIndexes }
}

const PARTS = 5
const STRICT = {
  strict: true,
  allowIndefinite: false,
  allowUndefined: false,
  allowInfinity: false,
  allowNaN: false,
  allowBigInt: false,
  useMaps: true,
  rejectDuplicateMapKeys: true,
} as const

const partsOf = (bytes: Uint8Array): readonly unknown[] | undefined => {
  try {
    const decoded: unknown = decode(bytes, STRICT)
    return Array.isArray(decoded) && decoded.length === PARTS ? decoded : undefined
  } catch {
    return undefined
  }
}

const hasHeader = (bytes: Uint8Array, kind: keyof typeof HEADERS): boolean =>
  HEADERS[kind].every((byte, index) => bytes[index] === byte)

/** Reads a proof value of either kind, strictly; `undefined` for anything else. */
export const readProofValue = (bytes: Uint8Array): BaseValue | DerivedValue | undefined => {
  const [isBase, isDerived] = [hasHeader(bytes, 'base'), hasHeader(bytes, 'derived')]
  const parts = isBase || isDerived ? partsOf(bytes.subarray(HEADER_BYTES)) : undefined
  return parts && (isBase ? baseOf(parts) : derivedOf(parts))
}

const write = (kind: keyof typeof HEADERS, parts: readonly unknown[]): string =>
  encodeMultibase('u', Uint8Array.from([...HEADERS[kind], ...encode(parts)]))

/** The text of a base proof value. */
export const writeBaseValue = (value: Omit<BaseValue, 'kind'>): string =>
  write('base', [value.baseSignature, value.publicKey, value.hmacKey, value.signatures, value.mandatoryPointers])

/** What the text of a derived proof value is made of: its labels are bytes, without their multibase header. */
export interface DerivedParts extends Omit<DerivedValue, 'kind' | 'labels'> {
  readonly labels: ReadonlyMap<string, Uint8Array>
}

/** The text of a derived proof value. */
export const writeDerivedValue = (value: DerivedParts): string => {
  const compressed = new Map([...value.labels].map(([label, bytes]) => [Number(LABEL.exec(label)?.[1]), bytes]))
  return write('derived', [value.baseSignature, value.publicKey, value.signatures, compressed, value.mandatoryIndexes])
}
