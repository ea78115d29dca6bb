import { sha256, sha384 } from '#runtime'
import { encodeUtf8 } from '../../../codec/utf8.js'

/** The hash that blank nodes are told apart by: that of the curve, SHA-256 but for P-384. */
export type Digest = 'SHA-256' | 'SHA-384'

const HASHES = { 'SHA-256': sha256, 'SHA-384': sha384 } as const satisfies Record<Digest, unknown>

/** The hash of a text. */
export const hashText = (text: string, digest: Digest): Uint8Array => HASHES[digest](encodeUtf8(text))
