import { decodeBase64url, deflate, encodeBase64url, gunzip, gzip, inflate } from '#runtime'
import { decodeMultibase, encodeMultibase } from '../codec/multibase.js'
import { LIMITS } from '../core/limits.js'
import type { MaybePromise } from '../runtime/runtime.js'

/** A status list, inflated, or why it cannot be read. */
export type DecodedList =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly code: 'status.listMalformed' | 'status.listTooLarge' | 'status.listTooShort' }

const MINIMUM_BYTES = LIMITS.statusListMinimumEntries / 8

/**
 * Compresses a list of bits.
 * @throws TypeError for fewer than 131,072 bits, among which nobody could hide
 * @see Bitstring Status List 1.0, section 3.3
 */
export const encodeList = async (bits: Uint8Array): Promise<string> => {
  if (bits.length < MINIMUM_BYTES)
    throw new TypeError(`A status list has at least ${LIMITS.statusListMinimumEntries} entries`)
  return encodeMultibase('u', await gzip(bits))
}

/** Compresses the list of a Status List Token (Token Status List, section 4.1). */
export const encodeTokenList = async (bytes: Uint8Array): Promise<string> => encodeBase64url(await deflate(bytes))

type Inflate = (data: Uint8Array, maximumBytes: number) => MaybePromise<Uint8Array>

const inflated = async (compressed: Uint8Array | undefined, by: Inflate, minimum: number): Promise<DecodedList> => {
  if (!compressed) return { ok: false, code: 'status.listMalformed' }
  try {
    const bytes = await by(compressed, LIMITS.statusListInflatedBytes)
    return bytes.length < minimum ? { ok: false, code: 'status.listTooShort' } : { ok: true, bytes }
  } catch (error) {
    return { ok: false, code: error instanceof RangeError ? 'status.listTooLarge' : 'status.listMalformed' }
  }
}

type Decode = (text: string) => Promise<DecodedList>

const bounded =
  (decode: Decode): Decode =>
  async (text) =>
    text.length > LIMITS.statusListBytes ? { ok: false, code: 'status.listTooLarge' } : decode(text)

/**
 * Inflates an encoded list, within bounds on both sides.
 * @see Bitstring Status List 1.0, section 3.4
 */
export const decodeList: Decode = bounded((text) =>
  inflated(text.startsWith('u') ? decodeMultibase(text) : undefined, gunzip, MINIMUM_BYTES),
)

// StatusList2021 was written before base64url had its multibase header there, and by some with padding.
const UNPADDED = /=+$/

/** As {@link decodeList}, for a list of StatusList2021. */
export const decodeOldList: Decode = bounded((text) =>
  inflated(
    decodeBase64url(text.replace(UNPADDED, '').replaceAll('+', '-').replaceAll('/', '_')),
    gunzip,
    MINIMUM_BYTES,
  ),
)

/** As {@link decodeList}, for the list of a Status List Token, which may be of any length. */
export const decodeTokenList: Decode = bounded((text) => inflated(decodeBase64url(text), inflate, 0))
