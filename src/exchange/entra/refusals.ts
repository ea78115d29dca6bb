import { parseStrictJson } from '../../codec/strict-json.js'
import { PassportError } from '../../core/errors.js'
import { isJsonObject, type Json, type JsonObject } from '../../core/json.js'
import type { OutboundResponse } from '../../ports/guarded-request.js'

// Its messages repeat what was sent, so only codes that are on this list go on.
const OWN_CODES: ReadonlySet<Json | undefined> = new Set([
  'badRequest',
  'unauthorized',
  'forbidden',
  'notFound',
  'methodNotAllowed',
  'notAcceptable',
  'requestTimeout',
  'conflict',
  'gone',
  'preconditionFailed',
  'payloadTooLarge',
  'unsupportedMediaType',
  'unprocessableEntity',
  'locked',
  'tooManyRequests',
  'internalServerError',
  'notImplemented',
  'badGateway',
  'serviceUnavailable',
  'gatewayTimeout',
  'insufficientStorage',
  'badOrMissingField',
  'tokenError',
  'transientError',
  // Of the token endpoint (RFC 6749, section 5.2).
  'invalid_request',
  'invalid_client',
  'invalid_grant',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_scope',
])

const memberOf = (value: Json | undefined, name: string): Json | undefined =>
  isJsonObject(value) ? value[name] : undefined

const codesIn = (body: Json | undefined): readonly string[] => {
  const error = memberOf(body, 'error')
  const codes = [error, memberOf(error, 'code'), memberOf(memberOf(error, 'innererror'), 'code')]
  return codes.filter((code): code is string => OWN_CODES.has(code))
}

const TOO_MANY = 429
const SERVER_FAULT = 500

/** Whether the same call may succeed later. */
export const isPassing = (status: number): boolean => status === TOO_MANY || status >= SERVER_FAULT

/** What Entra refused, in its own codes and in none of its words. */
export const refusalOf = ({ status, body }: OutboundResponse): PassportError => {
  const parsed = parseStrictJson(body)
  const codes = codesIn(parsed.ok ? parsed.value : undefined)
  const named = codes.length === 0 ? '' : `: ${codes.join(', ')}`
  return new PassportError('exchange.refused', `Entra answered ${status}${named}`, { retryable: isPassing(status) })
}

/** The JSON object that Entra answered. @throws PassportError `exchange.malformed` */
export const answeredObject = ({ body }: OutboundResponse): JsonObject => {
  const parsed = parseStrictJson(body)
  if (parsed.ok && isJsonObject(parsed.value)) return parsed.value
  throw new PassportError('exchange.malformed', 'Entra answered something that is not a JSON object')
}
