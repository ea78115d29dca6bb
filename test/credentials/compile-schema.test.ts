import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { common, types } from '../../scripts/generate/load.js'
import type { Json, JsonObject } from '../../src/core/json.js'
import { buildCredential } from '../../src/credentials/build.js'
import { CREDENTIAL_TYPES, type CredentialTypeName } from '../../src/credentials/catalogue.js'
import { compileSchemas } from '../../src/credentials/compile-schema.js'
import type { GoldenExample } from '../../src/credentials/define.js'
import { formats } from '../../src/credentials/formats.js'
import { SCHEMAS } from '../../src/credentials/generated/schemas.js'
import { keepScore } from '../support/score.js'

// The judge: ajv over the schemas as they are published.
const ajv = new Ajv2020({ allErrors: true, strict: false, messages: false, inlineRefs: false })
ajv.addVocabulary(['x-origin'])
for (const [name, validate] of Object.entries(formats)) ajv.addFormat(name, validate)
for (const schema of [common, ...types.map((type) => type.schema)]) ajv.addSchema(schema)

const ours = compileSchemas(SCHEMAS)

type Said = readonly (readonly [path: string, keyword: string, params: string])[]

const byOurs = (name: string, value: unknown): Said =>
  ours(name)(value).map(({ instancePath, keyword, params }) => [instancePath, keyword, JSON.stringify(params)])

// What ajv adds to these says which branches held, which items are alike, and what a limit is compared by: never read.
const LESS: Readonly<Record<string, readonly string[]>> = {
  anyOf: [],
  oneOf: [],
  uniqueItems: [],
  minimum: ['limit'],
  maximum: ['limit'],
}

const byAjv = (reference: string, value: unknown): Said => {
  const validate = ajv.getSchema(reference)
  if (!validate) throw new Error(`${reference} leads nowhere`)
  validate(value)
  return (validate.errors ?? []).map(({ instancePath, keyword, params }) => [
    instancePath,
    keyword,
    JSON.stringify(params, LESS[keyword] as string[] | undefined),
  ])
}

const withoutRepeats = (said: Said): Said => said.filter(([, keyword]) => keyword !== 'uniqueItems')

const credentialOf = (type: CredentialTypeName, example: GoldenExample): JsonObject =>
  buildCredential(type, {
    id: 'urn:uuid:0b9a2c1e-0000-4c1f-9b61-4f2d8b7f6a10',
    issuer: { id: 'did:web:northfield.example', name: 'Northfield NHS Trust (fictional)' },
    subject: 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK',
    evidence: [],
    validFrom: '2026-01-20T09:00:00Z',
    credentialStatus: [],
    ...example,
  })

const pathsIn = (value: Json, path: readonly string[] = []): readonly (readonly string[])[] =>
  typeof value === 'object' && value !== null
    ? [path, ...Object.entries(value).flatMap(([name, inner]) => pathsIn(inner, [...path, name]))]
    : [path]

// biome-ignore lint/suspicious/noExplicitAny: a document that is changed at a path
const changed = (document: any, path: readonly string[], change: (holder: any, name: string) => void): unknown => {
  const copy = structuredClone({ document })
  // biome-ignore lint/suspicious/noExplicitAny: as above
  const holder = path.slice(0, -1).reduce((inner: any, name) => inner[name], copy.document)
  if (path.length > 0) change(holder, path.at(-1) ?? '')
  return copy.document
}

// To tell two items apart, ajv asks an item for its `valueOf`, and throws where a member of that name is no function.
const judgeCanTell = (value: Json): boolean => !/"(valueOf|toString|constructor)":/.test(JSON.stringify(value))

const STRANGE = fc.oneof(
  fc.constantFrom('', ' ', '2026-02-30', '2026-01-05', 'Not Available', '\u0007', '𝒳'.repeat(300), '𝒳'.repeat(501)),
  fc.constantFrom(0, -1, 1, 1.5, 21, 1e9, true, false, null, [], {}, [[]], ['x', 'x'], { id: 7 }),
  (fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>).filter(judgeCanTell),
)

const score = keepScore('Schemas, judged by ajv', { types: types.length })

describe.each(types.map(({ type, schema }) => [type as CredentialTypeName, schema.$id ?? ''] as const))(
  'the schema of %s says what ajv says',
  (type, id) => {
    const examples: readonly GoldenExample[] = CREDENTIAL_TYPES[type].examples
    const documents = examples.map((example) => credentialOf(type, example))
    const expectAgreement = (value: unknown): void => {
      const [here, there] = [byOurs(type, value), byAjv(id, value)]
      expect(withoutRepeats(here)).toEqual(withoutRepeats(there))
      // Among items that are wrong themselves, ajv does not always look for two that are alike.
      if (withoutRepeats(here).length === 0) expect(here).toEqual(there)
    }

    it('of its examples: nothing', () => {
      for (const document of documents) {
        expect(byOurs(type, document)).toEqual([])
        expectAgreement(document)
      }
    })

    it('of its claims by themselves', () => {
      for (const value of [...examples.map(({ claims }) => claims), {}, [], null, 'x'])
        expect(byOurs(`${type}/claims`, value)).toEqual(byAjv(`${id}#/$defs/claims`, value))
    })

    it('and of members that every object has by another way, that they are not ours', () => {
      for (const name of ['valueOf', 'toString', 'constructor', 'hasOwnProperty'])
        for (const value of [0, 'x', {}, { [name]: 0 }])
          expect(byOurs(`${type}/claims`, { [name]: value }).map(([path]) => path)).toContain('')
    })

    it('of an example with anything anywhere changed, added, repeated or left out', () => {
      const at = fc.constantFrom(...documents).chain((document) =>
        fc.record({
          document: fc.constant(document),
          path: fc.constantFrom(...pathsIn(document)),
          value: STRANGE,
          how: fc.constantFrom('set', 'remove', 'add', 'repeat'),
        }),
      )
      const property = fc.property(at, ({ document, path, value, how }) => {
        expectAgreement(
          changed(document, path, (holder, name) => {
            if (how === 'set') holder[name] = value
            else if (how === 'remove' && Array.isArray(holder)) holder.splice(Number(name), 1)
            else if (how === 'remove') delete holder[name]
            else if (how === 'add') holder[Array.isArray(holder) ? holder.length : `${name}x`] = value
            else if (Array.isArray(holder)) holder.push(holder[Number(name)])
          }),
        )
      })
      fc.assert(property, { numRuns: 300 })
      score.held('types')
    })
  },
)
