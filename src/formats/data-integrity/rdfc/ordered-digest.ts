import { hashText } from '#runtime'
import type { Digest } from './digest.js'
import { byCodePoints } from './text-order.js'

/** A hash as `rdf-canonize` asks for it. */
export interface MessageDigest {
  update(text: string): void
  digest(): string
}

const isStatement = (text: string): boolean => text.endsWith(' .\n')

/**
 * A hash that takes statements in the order of code points. The library hands them over in that of UTF-16, which
 * differs for characters above U+FFFF.
 * @see RDFC-1.0, section 4.6.3, step 4: sorted in Unicode code point order
 */
export const createOrderedDigest = (digest: Digest): MessageDigest => {
  const parts: string[] = []
  return {
    update: (text) => void parts.push(text),
    digest: () => {
      const all = parts.every(isStatement) ? parts.sort(byCodePoints) : parts
      return hashText(digest, all.join(''))
    },
  }
}
