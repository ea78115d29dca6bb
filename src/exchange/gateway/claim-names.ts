import { canonicalizeJson } from '../../codec/jcs.js'
import { parseStrictJson } from '../../codec/strict-json.js'
import type { Json, JsonObject } from '../../core/json.js'
import { SCHEMAS } from '../../credentials/generated/schemas.js'
import type { CredentialTypeName } from '../../credentials/rows.js'
import type { SchemaRules } from '../../credentials/schema-keywords.js'

/** How the gateway names a type: its template, and what its claims begin with. */
export interface GatewayTemplate {
  readonly template: string
  readonly prefix: string
}

/** What the gateway's wallets hold of a credential: flat texts by name. */
export type WireClaims = Readonly<Record<string, string>>

/** What a presented credential says, in the names of the catalogue. */
export interface PresentedClaims {
  readonly uniqueIdentifier?: string
  readonly assurance: JsonObject
  readonly claims: JsonObject
}

/** The one claim that every credential has, without a prefix. */
export const UNIQUE_IDENTIFIER = 'UniqueIdentifier'

// As published, where it is not the claim's own name with a capital.
const PUBLISHED: Partial<Record<CredentialTypeName, Readonly<Record<string, string>>>> = {
  TrainingPlacement: {
    nationalPostNumber: 'PlacementNPN',
    employingBody: 'EmployingBodyOfPost',
    startDate: 'PlacementStartDate',
    endDate: 'PlacementEndDate',
  },
  TrainingProgramme: { programmeName: 'Name', startDate: 'ProgrammeStartDate', endDate: 'ProgrammeEndDate' },
}

const capitalised = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1)

const suffixOf = (type: CredentialTypeName, claim: string): string => PUBLISHED[type]?.[claim] ?? capitalised(claim)

const propertiesOf = (schema: string): Readonly<Record<string, SchemaRules>> => SCHEMAS[schema]?.properties ?? {}

// Lists and objects are in no published credential of the gateway: they travel as JSON, as Entra's do.
const textOf = (value: Json): string => {
  if (typeof value === 'object') return canonicalizeJson(value)
  return typeof value === 'boolean' ? (value ? 'Yes' : 'No') : String(value)
}

/** What a credential is to say. */
export interface CredentialContent {
  readonly assurance: JsonObject
  readonly claims: JsonObject
}

/** The claims as the gateway takes them: `<PREFIX>-<Suffix>`, each a text. */
export const toWireClaims = (
  type: CredentialTypeName,
  { prefix }: GatewayTemplate,
  { assurance, claims }: CredentialContent,
): WireClaims => {
  const named = [
    ...Object.entries(claims).map(([name, value]) => [suffixOf(type, name), value] as const),
    ...Object.entries(assurance).map(([name, value]) => [capitalised(name), value] as const),
  ]
  return Object.fromEntries(named.map(([suffix, value]) => [`${prefix}-${suffix}`, textOf(value)]))
}

const jsonIn = (text: string): Json | undefined => {
  const parsed = parseStrictJson(text)
  return parsed.ok ? parsed.value : undefined
}

const YES: readonly string[] = ['yes', 'true']

/** What a text stands for, by the type that the schema has for it; whoever else has it in another form keeps the text. */
const READERS: Readonly<Record<string, (text: string) => Json | undefined>> = {
  boolean: (text) => YES.includes(text.toLowerCase()),
  array: jsonIn,
  object: jsonIn,
  integer: jsonIn,
  number: jsonIn,
}

const resolved = (rules: SchemaRules): SchemaRules =>
  rules.$ref === undefined ? rules : (SCHEMAS[rules.$ref] ?? rules)

const valueIn = (text: string, rules: SchemaRules): Json => {
  const { type } = resolved(rules)
  return READERS[String(type)]?.(text) ?? text
}

// Flat texts and nothing else: what is not one was not presented.
const read = (
  token: JsonObject,
  start: string,
  properties: Readonly<Record<string, SchemaRules>>,
  nameOf: (claim: string) => string,
): JsonObject =>
  Object.fromEntries(
    Object.entries(properties).flatMap(([claim, schema]) => {
      const text = token[`${start}${nameOf(claim)}`]
      return typeof text === 'string' && text !== '' ? [[claim, valueIn(text, schema)]] : []
    }),
  )

/** What a token says of a presented credential; what the catalogue has no name for is left out. */
export const fromWireClaims = (
  type: CredentialTypeName,
  { template, prefix }: GatewayTemplate,
  token: JsonObject,
): PresentedClaims => {
  const start = `${template}.${prefix}-`
  const identifier = token[`${template}.${UNIQUE_IDENTIFIER}`]
  return {
    ...(typeof identifier === 'string' ? { uniqueIdentifier: identifier } : {}),
    claims: read(token, start, propertiesOf(`${type}/claims`), (claim) => suffixOf(type, claim)),
    assurance: read(token, start, propertiesOf('assurance'), capitalised),
  }
}
