import { type KeyObject, randomUUID, sign } from 'node:crypto'
import { encodeBase64 } from '../../../codec/base64.js'
import { encodeUtf8 } from '../../../codec/utf8.js'
import type { Clock } from '../../../core/clock.js'
import type { JsonObject } from '../../../core/json.js'
import type { ProviderCall } from '../call.js'

/** Who calls YOTI. */
export interface YotiApplication {
  /** The interface's address, without a slash at its end. */
  readonly url: string
  readonly sdkId: string
  readonly key: KeyObject
  readonly clock: Clock
}

const SECOND = 1000

/** A call with a nonce and a moment of its own, signed over method, path, query and body as YOTI documents it. */
export const signCall = (
  { url, sdkId, key, clock }: YotiApplication,
  path: string,
  body?: JsonObject,
): ProviderCall => {
  const method = body ? 'POST' : 'GET'
  const timestamp = String(Math.floor(clock.now().getTime() / SECOND))
  // The path is below the interface's address: what comes before it is not signed.
  const address = `${path}?${new URLSearchParams({ sdkId, nonce: randomUUID(), timestamp })}`
  const text = body && JSON.stringify(body)
  const signed = [method, address, ...(text === undefined ? [] : [encodeBase64(encodeUtf8(text))])].join('&')
  // RSASSA-PKCS1-v1_5 with SHA-256, which is what a key of RSA signs with here unless told otherwise.
  const digest = encodeBase64(sign('sha256', encodeUtf8(signed), key))
  const headers = { accept: 'application/json', 'x-yoti-auth-digest': digest }
  if (text === undefined) return { url: url + address, method, headers }
  return { url: url + address, method, headers: { ...headers, 'content-type': 'application/json' }, body: text }
}
