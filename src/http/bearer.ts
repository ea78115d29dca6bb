import { sha256 } from '#runtime'
import { encodeUtf8 } from '../codec/utf8.js'
import { plainProblem, RequestProblem } from './problem.js'

const MINIMUM_CHARACTERS = 32

// Digests are of one length, and every byte of them is looked at: time tells nothing about the token.
const isSame = (a: Uint8Array, b: Uint8Array): boolean => {
  let difference = a.length ^ b.length
  for (const [index, byte] of a.entries()) difference |= byte ^ (b[index] ?? 0)
  return difference === 0
}

const unauthorised = (): never => {
  const detail = 'This needs the bearer token of this server.'
  throw new RequestProblem(401, [plainProblem(401, detail)], { 'www-authenticate': 'Bearer' })
}

/**
 * A guard that lets through requests with this bearer token, and no others.
 * @throws TypeError when the token is shorter than 32 characters, or is none that a header can hold
 * @see RFC 6750, section 2.1
 */
export const createBearerGuard = (token: string): ((request: Request) => void) => {
  if (token.length < MINIMUM_CHARACTERS || !/^[A-Za-z0-9._~+/-]+=*$/.test(token))
    throw new TypeError(`The token must be at least ${MINIMUM_CHARACTERS} characters, letters, digits or . _ ~ + / - =`)
  const expected = sha256(encodeUtf8(token))
  return (request) => {
    const given = /^Bearer ([^ ]+)$/i.exec(request.headers.get('authorization') ?? '')?.[1] ?? ''
    if (!isSame(sha256(encodeUtf8(given)), expected)) unauthorised()
  }
}
