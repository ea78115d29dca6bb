import type { Json, JsonObject } from '../../core/json.js'
import { findObject } from '../find-object.js'

// VCDM 2.0, 11.1: what a text in a language is made of. A compacted credential needs no other keyword.
const LANGUAGE_VALUE = ['@value', '@language', '@direction']

const isLanguageValue = (object: JsonObject): boolean =>
  Object.hasOwn(object, '@value') && Object.keys(object).every((name) => LANGUAGE_VALUE.includes(name))

const isHidden = (name: string): boolean => name.startsWith('@') || name.includes(':')

const hides = (object: JsonObject): boolean => !isLanguageValue(object) && Object.keys(object).some(isHidden)

/**
 * The path of the first object with a member that linked data reads and plain JSON does not: a keyword, or a term
 * written as its full or prefixed address. A signature over linked data stays valid when an end of validity moves to
 * `@nest`, or to `https://www.w3.org/2018/credentials#validUntil`, where no reader of JSON would look for it.
 * @see Verifiable Credentials Data Model 2.0, section 6.1: documents are in compacted form
 */
export const findHiddenMember = (value: Json, path: string): string | undefined => findObject(value, path, hides)
