import { isDate, parseDateTime } from '../../codec/date-time.js'
import { isJsonObject, type Json } from '../../core/json.js'
import { malformed } from './call.js'

/** What is in an answer, step by step; `undefined` where there is nothing. */
export const at = (value: Json | undefined, ...path: readonly string[]): Json | undefined =>
  path.reduce<Json | undefined>((inner, name) => (isJsonObject(inner) ? inner[name] : undefined), value)

/** A text in an answer; an empty one counts as none. */
export const textAt = (value: Json | undefined, ...path: readonly string[]): string | undefined => {
  const found = at(value, ...path)
  return typeof found === 'string' && found !== '' ? found : undefined
}

/** A text that must be there. @throws PassportError `system.malformed` with the name, never the value */
export const needText = (value: Json | undefined, ...path: readonly string[]): string => {
  const found = textAt(value, ...path)
  if (found === undefined) throw malformed(`no ${path.join('.')}`)
  return found
}

/** A date, where there is one. */
export const dateAt = (value: Json | undefined, ...path: readonly string[]): string | undefined => {
  const found = textAt(value, ...path)
  return found !== undefined && isDate(found) ? found : undefined
}

// OpenID Connect for Identity Assurance writes moments without seconds, too.
const WITHOUT_SECONDS = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(Z|[+-]\d{2}:\d{2})$/

/** A moment that must be there, in milliseconds since 1970. @throws PassportError `system.malformed` */
export const needMoment = (value: Json | undefined, ...path: readonly string[]): number => {
  const moment = parseDateTime(needText(value, ...path).replace(WITHOUT_SECONDS, '$1:00$2'))
  if (moment === undefined) throw malformed(`no moment as ${path.join('.')}`)
  return moment
}

/** An object without the members that have no value. */
export const present = <Value extends object>(members: Value): { [Name in keyof Value]?: NonNullable<Value[Name]> } =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never
