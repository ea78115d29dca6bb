import { gunzip, gzip } from '#runtime'
import { decodeMultibase, encodeMultibase } from '../codec/multibase.js'
import { LIMITS } from '../core/limits.js'

/** A status list as bits, or why it cannot be read. */
export type DecodedList =
  | { readonly ok: true; readonly bits: Uint8Array }
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

/**
 * Inflates an encoded list, within bounds on both sides.
 * @see Bitstring Status List 1.0, section 3.4
 */
export const decodeList = async (text: string): Promise<DecodedList> => {
  if (text.length > LIMITS.statusListBytes) return { ok: false, code: 'status.listTooLarge' }
  const compressed = text.startsWith('u') ? decodeMultibase(text) : undefined
  if (!compressed) return { ok: false, code: 'status.listMalformed' }
  try {
    const bits = await gunzip(compressed, LIMITS.statusListInflatedBytes)
    return bits.length < MINIMUM_BYTES ? { ok: false, code: 'status.listTooShort' } : { ok: true, bits }
  } catch (error) {
    return { ok: false, code: error instanceof RangeError ? 'status.listTooLarge' : 'status.listMalformed' }
  }
}
