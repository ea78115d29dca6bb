import { CREDENTIAL_TYPES } from '../../../src/credentials/catalogue.js'

const isText = (value: unknown): value is string => typeof value === 'string' && value.length > 3

const valuesIn = (value: unknown): readonly string[] =>
  typeof value === 'object' && value !== null ? Object.values(value).flatMap(valuesIn) : isText(value) ? [value] : []

const NAMES = ['legalFirstName', 'legalSurname', 'birthDate', 'photo', 'mobile', 'personalEmail']
const personal = Object.values(CREDENTIAL_TYPES).flatMap(({ examples }) =>
  examples.flatMap(({ claims, uniqueIdentifier }) => [
    uniqueIdentifier,
    ...NAMES.flatMap((name) => valuesIn((claims as Record<string, unknown>)[name])),
  ]),
)

const escaped = (text: string): string => text.slice(0, 60).replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')

/** Names, dates and identifiers of the people of the examples: none may be in an error, a log or an address. */
export const CANARY = new RegExp([...new Set(personal)].map(escaped).join('|'))
