import { parseStrictJson } from '../../codec/strict-json.js'
import { decodeUtf8 } from '../../codec/utf8.js'
import { isJsonObject, type JsonObject } from '../../core/json.js'
import { type EndpointRequest, refuse } from './refusal.js'

const mediaType = ({ headers }: EndpointRequest): string =>
  (headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''

/** Parameters, each once. */
export type Parameters = Readonly<Record<string, string>>

/** The parameters of a query or a form. @throws OAuthRefusal when one is there twice (RFC 6749, 3.1 and 3.2) */
const readParameters = (text: string): Parameters => {
  const parameters: Record<string, string> = Object.create(null)
  for (const [name, value] of new URLSearchParams(text)) {
    if (name in parameters) refuse('invalid_request', 'A parameter is there twice')
    parameters[name] = value
  }
  return parameters
}

/** The parameters of a request's query. */
export const readQuery = ({ url }: EndpointRequest): Parameters => readParameters(new URL(url).search)

/** The form in a request's body. @throws OAuthRefusal */
export const readForm = (request: EndpointRequest): Parameters => {
  if (mediaType(request) !== 'application/x-www-form-urlencoded')
    return refuse('invalid_request', 'The body must be a form (application/x-www-form-urlencoded)')
  const text = decodeUtf8(request.body)
  return text === undefined ? refuse('invalid_request', 'The body must be UTF-8') : readParameters(text)
}

/** The JSON object in a request's body, of one meaning only. @throws OAuthRefusal with this error */
export const readJson = (request: EndpointRequest, error: string): JsonObject => {
  if (mediaType(request) !== 'application/json') return refuse(error, 'The body must be JSON (application/json)')
  const parsed = parseStrictJson(request.body)
  return parsed.ok && isJsonObject(parsed.value) ? parsed.value : refuse(error, 'The body must be a JSON object')
}
