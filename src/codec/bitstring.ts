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

/** The value of the entry at an index, in entries of so many bits, the first bit the most significant. */
export const getEntry = (bytes: Uint8Array, index: number, size: number): number => {
  let value = 0
  for (let bit = 0; bit < size; bit++) value = (value << 1) | (getBit(bytes, index * size + bit) ? 1 : 0)
  return value
}

/** How many entries of 1, 2, 4 or 8 bits a byte holds, and where one begins: the first at the least significant bit. */
const place = (index: number, size: number): { readonly at: number; readonly shift: number } => {
  const perByte = 8 / size
  return { at: Math.floor(index / perByte), shift: (index % perByte) * size }
}

/** As {@link getEntry}, in entries of 1, 2, 4 or 8 bits, the first at the least significant bits of its byte (Token Status List, section 4). */
export const getTokenEntry = (bytes: Uint8Array, index: number, size: number): number => {
  const { at, shift } = place(index, size)
  return ((bytes[at] ?? 0) >> shift) & (2 ** size - 1)
}

/** Sets such an entry, in place; it must have been 0. @throws RangeError beyond the end */
export const setTokenEntry = (bytes: Uint8Array, index: number, size: number, value: number): void => {
  const { at, shift } = place(index, size)
  const byte = bytes[at]
  if (byte === undefined) throw new RangeError('The index lies beyond the end of the list')
  bytes[at] = byte | (value << shift)
}
