// Bitstring Status List 1.0, 3.2: the first index is the leftmost bit of the first byte.
const mask = (index: number): number => 0x80 >> (index & 7)

/** The bit at an index, counted from the most significant bit of the first byte; `false` beyond the end. */
export const getBit = (bytes: Uint8Array, index: number): boolean => ((bytes[index >>> 3] ?? 0) & mask(index)) !== 0

/** Sets the bit at an index, in place. @throws RangeError beyond the end */
export const setBit = (bytes: Uint8Array, index: number): void => {
  const at = index >>> 3
  const byte = bytes[at]
  if (byte === undefined) throw new RangeError('The index lies beyond the end of the list')
  bytes[at] = byte | mask(index)
}
