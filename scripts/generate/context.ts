import { common, resolve, type Schema, types } from './load.js'

type Term = string | { '@id': string; '@type'?: string; '@context'?: Terms }
interface Terms {
  [term: string]: Term | boolean | number
}

const VOCABULARY = 'https://w3id.org/staff-passport/vocab'
const XSD = 'http://www.w3.org/2001/XMLSchema#'
const DATATYPES: Readonly<Record<string, string>> = { date: `${XSD}date`, 'date-time': `${XSD}dateTime` }

const objectIn = (schema: Schema): Schema | undefined => {
  const plain = resolve(schema)
  const inner = plain.type === 'array' && plain.items ? resolve(plain.items) : plain
  return inner.properties ? inner : undefined
}

const datatypeOf = (schema: Schema): string | undefined => {
  const plain = resolve(schema)
  const inner = plain.type === 'array' && plain.items ? resolve(plain.items) : plain
  return inner.format === undefined ? undefined : DATATYPES[inner.format]
}

const term = (base: string, name: string, schema: Schema): Term => {
  const id = `${base}#${name}`
  const object = objectIn(schema)
  if (object) return { '@id': id, '@context': terms(`${base}-${name}`, object) }
  const datatype = datatypeOf(schema)
  return datatype ? { '@id': id, '@type': datatype } : id
}

/**
 * The terms of an object, each under a name of its own, so that a word may mean different things in different types.
 * Protected, so that a context further in cannot give them another meaning in any JSON-LD processor.
 */
const terms = (base: string, schema: Schema): Terms => ({
  '@protected': true,
  ...Object.fromEntries(
    Object.entries(schema.properties ?? {}).map(([name, property]) => [name, term(base, name, property)]),
  ),
})

const definition = (name: string): Schema => {
  const found = common.$defs?.[name]
  if (!found) throw new Error(`common has no ${name}`)
  return found
}

// JSON-LD's own words, and those that the data model defines and protects.
const withoutKeywords = (all: Terms): Terms =>
  Object.fromEntries(Object.entries(all).filter(([name]) => name !== 'type' && name !== 'id'))

/** The one JSON-LD context of the catalogue. */
export const buildContext = (): object => ({
  '@context': {
    '@version': 1.1,
    '@protected': true,
    uniqueIdentifier: `${VOCABULARY}#uniqueIdentifier`,
    assurance: {
      '@id': `${VOCABULARY}#assurance`,
      '@context': terms(`${VOCABULARY}/assurance`, definition('assurance')),
    },
    SourceEvidence: {
      '@id': `${VOCABULARY}#SourceEvidence`,
      '@context': withoutKeywords(terms(`${VOCABULARY}/source-evidence`, definition('sourceEvidence'))),
    },
    ...Object.fromEntries(types.map(({ type }) => [type, `${VOCABULARY}#${type}`])),
    ...Object.fromEntries(
      types.map(({ claimsKey, name, claims }) => [
        claimsKey,
        { '@id': `${VOCABULARY}#${claimsKey}`, '@context': terms(`${VOCABULARY}/${name}`, claims) },
      ]),
    ),
  },
})

/** The context as a module. */
export const contextModule = (): string => `// Generated from schemas/ by scripts/generate.ts. Do not edit.
import type { JsonObject } from '../../core/json.js'

/** The name of the catalogue's JSON-LD context. Never fetched. */
export const STAFF_PASSPORT_CONTEXT_URL = 'https://w3id.org/staff-passport/v1'

/** The catalogue's JSON-LD context. */
export const STAFF_PASSPORT_CONTEXT: JsonObject = ${JSON.stringify(buildContext(), null, 2)}
`
