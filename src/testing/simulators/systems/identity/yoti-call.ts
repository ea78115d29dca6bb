import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import type { Clock } from '../../../../core/clock.js'
import type { ServiceCall } from '../../loopback.js'

/** An application that is registered. */
export interface RegisteredApplication {
  readonly sdkId: string
  readonly publicKey: KeyObject
}

const SECOND = 1000
const LONGEST_AGE_SECONDS = 300
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The public half of a registered key. */
export const publicHalf = (privateKey: string): KeyObject => createPublicKey(privateKey)

const isSigned = ({ method, url, headers, body }: ServiceCall, path: string, { publicKey }: RegisteredApplication) => {
  const signed = `${method}&${path}${url.search}${body === '' ? '' : `&${Buffer.from(body).toString('base64')}`}`
  const digest = headers['x-yoti-auth-digest'] ?? ''
  const bytes = Buffer.from(digest, 'base64')
  return bytes.toString('base64') === digest && verify('sha256', Buffer.from(signed), publicKey, bytes)
}

/** Judges calls: signed by the application that they name, of now, and with a nonce that was not there before. */
export const createGate = (clock: Clock) => {
  const nonces = new Set<string>()
  const isFresh = (parameters: URLSearchParams): boolean => {
    const [nonce, timestamp] = [parameters.get('nonce') ?? '', parameters.get('timestamp') ?? '']
    const age = Math.abs(clock.now().getTime() / SECOND - Number(timestamp))
    if (!UUID.test(nonce) || nonces.has(nonce) || !/^\d{10}$/.test(timestamp) || age > LONGEST_AGE_SECONDS) return false
    nonces.add(nonce)
    return true
  }
  return (call: ServiceCall, path: string, application: RegisteredApplication | undefined): 200 | 401 | 404 => {
    if (!application) return 404
    return isSigned(call, path, application) && isFresh(call.url.searchParams) ? 200 : 401
  }
}
