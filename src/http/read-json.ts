import { parseStrictJson } from '../codec/strict-json.js'
import { isJsonObject, type JsonObject } from '../core/json.js'
import { refuse, refuseWith } from './problem.js'
import { problemType, REQUEST_PROBLEMS } from './problem-types.js'

const isJson = (contentType: string | null): boolean =>
  /^application\/(?:[\w.-]+\+)?json\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?$/i.test(contentType ?? '')

const tooLarge = (): never => refuseWith(413, 'The body is larger than this server reads.')

const cutOff = (): never => refuseWith(408, 'The body did not arrive whole.')

/**
 * A request's body, within the limit. Read piece by piece: what is declared need not be what is sent.
 * @throws RequestProblem 408 or 413
 */
export const readBytes = async (request: Request, maximumBytes: number): Promise<Uint8Array> => {
  const declared = Number(request.headers.get('content-length') ?? 0)
  if (declared > maximumBytes) return tooLarge()
  const reader = request.body?.getReader()
  const pieces: Uint8Array[] = []
  let length = 0
  for (;;) {
    const piece = (await reader?.read().catch(cutOff))?.value
    if (piece === undefined) break
    length += piece.length
    if (length > maximumBytes) {
      await reader?.cancel()
      return tooLarge()
    }
    pieces.push(piece)
  }
  const bytes = new Uint8Array(length)
  let position = 0
  for (const piece of pieces) {
    bytes.set(piece, position)
    position += piece.length
  }
  return bytes
}

/** Reads the JSON object in a request's body. */
export type ReadBody = (request: Request) => Promise<JsonObject>

/**
 * The JSON object in a request's body, read strictly: of the right media type, within the limit, one meaning only.
 * @throws RequestProblem 400, 413 or 415
 */
export const readJsonBody = async (request: Request, maximumBytes: number): Promise<JsonObject> => {
  if (!isJson(request.headers.get('content-type')))
    return refuseWith(415, 'The body must be JSON, and its media type must say so.')
  const parsed = parseStrictJson(await readBytes(request, maximumBytes))
  if (!parsed.ok) {
    const more = { code: parsed.code, pointer: parsed.path }
    return refuse(problemType(parsed.code), 'The body is not JSON that every reader understands alike.', more)
  }
  if (!isJsonObject(parsed.value)) return refuse(REQUEST_PROBLEMS.parsing, 'The body must be a JSON object.')
  return parsed.value
}
