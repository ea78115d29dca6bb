import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { resolve, type Schema, types } from '../../scripts/generate/load.js'
import { generate, generateDocs } from '../../scripts/generate.js'
import { CREDENTIAL_TYPES } from '../../src/credentials/catalogue.js'
import { STAFF_PASSPORT_CONTEXT } from '../../src/credentials/generated/context.js'
import { publishedList } from '../support/vectors.js'

const root = fileURLToPath(new URL('../../', import.meta.url))

type Terms = Readonly<Record<string, { '@id': string; '@type'?: string; '@context'?: Terms } | string>>

const namesIn = (schema: Schema): readonly string[] =>
  Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const plain = resolve(property)
    const inner = plain.items ? resolve(plain.items) : plain
    return [name, ...namesIn(inner).map((below) => `${name}.${below}`)]
  })

const termsIn = (terms: Terms): readonly string[] =>
  Object.entries(terms).flatMap(([name, term]) => {
    if (name === '@protected') return []
    const below = typeof term === 'object' ? term['@context'] : undefined
    return [name, ...(below ? termsIn(below).map((inner) => `${name}.${inner}`) : [])]
  })

describe('schema, context, TypeScript and documentation agree', () => {
  it('everything that is generated is up to date', async () => {
    for (const [file, text] of Object.entries({ ...(await generate()), ...(await generateDocs()) }))
      expect(readFileSync(root + file, 'utf8') === text, `${file}: run npm run generate`).toBe(true)
  }, 60_000)

  it.each(types.map((type) => [type.type, type] as const))(
    '%s: every property is a term, a member of the type and a row of the page',
    (type, { claimsKey, claims }) => {
      const names = namesIn(claims)
      const context = STAFF_PASSPORT_CONTEXT['@context'] as unknown as Readonly<Record<string, { '@context': Terms }>>
      expect(termsIn(context[claimsKey]?.['@context'] ?? {})).toEqual(names)
      const page = readFileSync(`${root}docs/credential-types.md`, 'utf8')
      const section = page.slice(page.indexOf(`\`${type}\`, on the command line`))
      const code = readFileSync(`${root}src/credentials/generated/claims.ts`, 'utf8')
      const body = code.slice(code.indexOf(`export type ${type}Claims = {`))
      for (const name of names) {
        expect(section.includes(`\`${name}\``), `${name} on the page`).toBe(true)
        expect(new RegExp(`\\b${name.split('.').at(-1)}\\??:`).test(body), `${name} in the type`).toBe(true)
      }
    },
  )

  it('every type of the catalogue has a schema, and every schema a row', () => {
    expect(types.map(({ type }) => type).sort()).toEqual(Object.keys(CREDENTIAL_TYPES).sort())
    for (const { type, schema } of types)
      expect(CREDENTIAL_TYPES[type as keyof typeof CREDENTIAL_TYPES].schemas[0]).toBe(schema.$id)
  })

  const published = publishedList('domain/dsp-credentials.json')

  it.runIf(published)('every published type and field is there under its published name', () => {
    const { credentials } = JSON.parse(published ?? '')
    for (const [type, { fields = [] }] of Object.entries<{
      fields?: readonly { name: string; enum?: readonly string[] }[]
    }>(credentials)) {
      const ours = types.find((known) => known.type === type)
      expect(ours, type).toBeDefined()
      for (const field of fields) {
        if (type === 'Identity' && field.name === 'uniqueIdentifier') continue
        const property = ours?.claims.properties?.[field.name]
        expect(property, `${type}.${field.name}`).toBeDefined()
        if (field.enum && property) expect(resolve(property).enum).toEqual(field.enum)
      }
    }
  })

  it.runIf(published)('the 24 core skills are the published ones, to the letter', async () => {
    const { CORE_SKILLS_FRAMEWORK } = await import('../../src/credentials/core-skills-framework.js')
    const { coreSkillTypes } = JSON.parse(published ?? '')
    expect(CORE_SKILLS_FRAMEWORK.map(({ name }) => name)).toEqual(coreSkillTypes)
  })
})
