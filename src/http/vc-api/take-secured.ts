import { isJsonObject, type JsonObject } from '../../core/json.js'
import type { Take } from '../members.js'
import { refuse } from '../problem.js'
import { REQUEST_PROBLEMS } from '../problem-types.js'

const TOKEN = /^[A-Za-z0-9_.~=-]+$/

/**
 * Something secured: a JSON object or, as a text, a compact token. JSON as a text is neither: it would be a document
 * inside a document.
 */
export const takeSecured: Take<JsonObject | string> = (value, pointer) =>
  isJsonObject(value) || (typeof value === 'string' && TOKEN.test(value))
    ? value
    : refuse(REQUEST_PROBLEMS.parsing, 'This must be a JSON object, or a compact token.', { pointer })
