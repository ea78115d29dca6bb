import { decodeUtf8, encodeUtf8 } from '../codec/utf8.js'

const NEW_LINE = 10

/**
 * A message between threads: a head, and lines that whoever receives it may pass on without looking into them.
 * No line holds a line break: they are JSON texts and compact tokens.
 */
export const pack = (head: unknown, lines: readonly string[]): Uint8Array =>
  encodeUtf8([JSON.stringify(head), ...lines].join('\n'))

/** The two parts of a message. The body is a view of the same bytes. */
export const unpack = <Head>(message: Uint8Array): { readonly head: Head; readonly body: Uint8Array } => {
  const end = message.indexOf(NEW_LINE)
  const head = end < 0 ? message : message.subarray(0, end)
  const body = end < 0 ? new Uint8Array() : message.subarray(end + 1)
  return { head: JSON.parse(decodeUtf8(head) ?? ''), body }
}

/** A message made of a head and the body of another. */
export const repack = (head: unknown, body: Uint8Array): Uint8Array => {
  const first = encodeUtf8(`${JSON.stringify(head)}\n`)
  const message = new Uint8Array(first.length + body.length)
  message.set(first)
  message.set(body, first.length)
  return message
}

/** The lines of a body; an empty body has none. */
export const linesOf = (body: Uint8Array): readonly string[] =>
  body.length === 0 ? [] : (decodeUtf8(body) ?? '').split('\n')
