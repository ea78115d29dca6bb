import { encodeBase64url } from '#runtime'
import type { Json, JsonObject } from '../../core/json.js'
import { SCHEMAS } from '../../credentials/generated/schemas.js'
import type { CredentialTypeName } from '../../credentials/rows.js'

/** A claim of a type, as Entra has it: one flat name. */
export interface EntraClaim {
  readonly name: string
  readonly required: boolean
  /** Whether it is a photograph or a scan. */
  readonly isImage: boolean
}

/** What every credential says beside the claims of its type. */
const COMMON: readonly EntraClaim[] = [
  { name: 'uniqueIdentifier', required: true, isImage: false },
  { name: 'assurance', required: true, isImage: false },
  { name: 'evidence', required: false, isImage: false },
]

/** The claims of a type: what every credential says, and its own. */
export const entraClaimsOf = (type: CredentialTypeName): readonly EntraClaim[] => {
  const { properties = {}, required = [] } = SCHEMAS[`${type}/claims`] ?? {}
  const own = Object.entries(properties).map(([name, rules]) => ({
    name,
    required: required.includes(name),
    isImage: rules.$ref === 'jpegImage',
  }))
  return [...COMMON, ...own]
}

const IMAGE = 'data:image/jpeg;base64,'

// `image/jpg;base64url`: the bytes alone, in the other alphabet.
const imageText = (dataUrl: string): string =>
  encodeBase64url(Uint8Array.from(atob(dataUrl.slice(IMAGE.length)), (character) => character.charCodeAt(0)))

const textOf = (value: Json): string => {
  if (typeof value !== 'string') return JSON.stringify(value)
  return value.startsWith(IMAGE) ? imageText(value) : value
}

/** Facts as Entra takes them: texts as they are, photographs as it shows them, everything else as JSON in a text. */
export const toEntraClaims = (facts: JsonObject): Readonly<Record<string, string>> => {
  const { uniqueIdentifier = null, assurance = null, evidence, claims } = facts
  const all = {
    uniqueIdentifier,
    assurance,
    ...(evidence === undefined ? {} : { evidence }),
    ...(claims as JsonObject),
  }
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [name, textOf(value)]))
}
