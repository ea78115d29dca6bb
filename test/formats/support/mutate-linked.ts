import type { Json, JsonObject } from '../../../src/core/json.js'

/** Numbers from 0 to 1, the same for the same seed. */
export const createRandom = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

type Random = () => number
type Draft = { [member: string]: Json }

const pick = <Item>(random: Random, items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item

const isDraft = (value: unknown): value is Draft => typeof value === 'object' && value !== null && !Array.isArray(value)

const objectsIn = (value: Json, found: Draft[] = []): Draft[] => {
  if (Array.isArray(value)) for (const item of value) objectsIn(item, found)
  else if (isDraft(value)) {
    found.push(value)
    for (const inner of Object.values(value)) objectsIn(inner, found)
  }
  return found
}

const V2 = 'https://www.w3.org/ns/credentials/v2'
const OURS = 'https://w3id.org/staff-passport/v1'
const DATA_INTEGRITY = 'https://w3id.org/security/data-integrity/v2'
const VOCABULARY = 'https://www.w3.org/ns/credentials/undefined-terms/v2'

const CONTEXTS: readonly Json[] = [
  [V2],
  [V2, OURS],
  [OURS, V2],
  [OURS],
  V2,
  [V2, V2, OURS],
  [V2, OURS, DATA_INTEGRITY],
  [DATA_INTEGRITY, OURS],
  [V2, VOCABULARY],
  [V2, OURS, VOCABULARY],
  [VOCABULARY, OURS],
  [],
  null,
  {},
  [V2, { level: 'https://evil.example/#level' }],
  ['https://evil.example/v1'],
]

const WORDS = [
  'name',
  'description',
  'proof',
  'issuer',
  'credentialSubject',
  'verifiableCredential',
  'evidence',
  'credentialStatus',
  'statusMessage',
  'assurance',
  'coreSkill',
  'rightToWork',
  'professionalRegistration',
  'status',
  'level',
  'route',
  'cnf',
  'exp',
  'kid',
  'validFrom',
  'termsOfUse',
  'proofPurpose',
  'previousProof',
] as const

const ODD_WORDS = [
  'id',
  'type',
  '@id',
  '@type',
  '@value',
  '@graph',
  '@set',
  '@list',
  '@language',
  '@nest',
  '@reverse',
  '@foo',
  'jsonSchema',
  '_sd',
  'jwk',
  'unheardOf',
  'constructor',
  'toString',
  'hasOwnProperty',
  '__proto__x',
  '',
  ' ',
  'schema:name',
  'https://schema.org/name',
  'urn:x:y',
  '...',
] as const

const TYPE_NAMES = [
  'VerifiableCredential',
  'VerifiablePresentation',
  'BitstringStatusListEntry',
  'BitstringStatusList',
  'DataIntegrityProof',
  'SourceEvidence',
  'RightToWork',
  'JsonSchema',
  'urn:x:Type',
] as const

const ODD_TYPE_NAMES = ['unheardOf', 'id', 'name', '@json', '@id', '_:type', ''] as const

const TEXTS = [
  '',
  'plain',
  'a "quoted" \\ text',
  'line\nbreak\ttab\r\f\b',
  'low \u0000 \u000b \u007f end',
  'Siân Ó Briain 🌃',
  '\uff5e after',
  '🌃 before',
  '\ud83c alone',
  '\u0085\u2028',
  '5',
  'true',
] as const

const ADDRESSES = [
  'urn:uuid:1',
  'urn:x:same',
  'https://example.org/é',
  'HTTPS://EXAMPLE.ORG/#x',
  'did:key:z6Mk',
  'assertionMethod',
] as const

const ODD_ADDRESSES = [
  'https://example.org/a b',
  'https://example.org/<>',
  'https://example.org/🌃',
  'relative',
  '#fragment',
  '',
  '_:b0',
  '_:c14n0',
  'kid:x',
  'name:x',
  '@id',
  'a:',
  ':a',
  '1a:b',
] as const

// Most changes leave a document that means something: the others are refused by both, and show little.
const mostly = <Item>(random: Random, usual: readonly Item[], odd: readonly Item[]): Item =>
  pick(random, random() < 0.85 ? usual : odd)

const VALUES: readonly Json[] = [
  null,
  true,
  false,
  0,
  -0,
  5,
  -17,
  [],
  [null],
  [[]],
  ['a', ['b', ['c']]],
  ['a', 'a', 'b'],
  [5, '5', true, 'true'],
  {},
  [{}, {}],
  { id: 'urn:x:same' },
  { '@id': 'urn:x:same' },
  { id: 'urn:x:same', name: 'one' },
  { name: 'alike' },
  [{ name: 'alike' }, { name: 'alike' }],
  { type: 'BitstringStatusListEntry', statusPurpose: 'refresh' },
  { type: ['VerifiableCredential', 'RightToWork'], issuer: 'did:web:x' },
  { type: 'DataIntegrityProof', proofPurpose: 'assertionMethod', verificationMethod: 'did:x:y#1' },
]

const ODD_VALUES: readonly Json[] = [
  1.5,
  1e21,
  2 ** 53,
  1e-7,
  { '@value': 'x' },
  { '@value': 'Croeso', '@language': 'cy' },
  { '@value': 'x', '@type': 'urn:x:datatype' },
  { '@value': 5, '@type': 'http://www.w3.org/2001/XMLSchema#integer' },
  { '@list': ['a'] },
  { '@set': ['a'] },
  { '@context': null, name: 'x' },
  { '@context': [V2, OURS], type: 'VerifiableCredential', name: 'x' },
]

type Mutation = (random: Random, objects: readonly Draft[], root: Draft) => void

const KEPT = ['@context', 'id', 'type']

const memberOf = (random: Random, object: Draft): string => {
  const names = Object.keys(object)
  const usual = names.filter((name) => !KEPT.includes(name))
  return mostly(random, usual.length > 0 ? usual : ['name'], [...names, 'name'])
}

const aValue = (random: Random): Json =>
  structuredClone(random() < 0.4 ? pick(random, TEXTS) : mostly(random, VALUES, ODD_VALUES))

const aType = (random: Random): string => mostly<string>(random, TYPE_NAMES, ODD_TYPE_NAMES)

/** Everything that is done to a document, each often enough. */
const MUTATIONS: readonly Mutation[] = [
  (random, objects) => {
    pick(random, objects)[mostly<string>(random, WORDS, ODD_WORDS)] = aValue(random)
  },
  (random, objects) => {
    const object = pick(random, objects)
    object[memberOf(random, object)] = aValue(random)
  },
  (random, objects) => {
    const object = pick(random, objects)
    object[memberOf(random, object)] = pick(random, TEXTS)
  },
  (random, objects) => {
    const object = pick(random, objects)
    object[pick(random, ['id', memberOf(random, object)])] = mostly<string>(random, ADDRESSES, ODD_ADDRESSES)
  },
  (random, objects) => {
    const object = pick(random, objects)
    const types = [object.type, aType(random), aType(random)].flat() as Json[]
    object.type = random() < 0.5 ? types.filter((type) => type !== undefined) : aType(random)
  },
  (random, objects) => {
    const object = pick(random, objects)
    const member = memberOf(random, object)
    delete object[member]
  },
  (random, objects) => {
    const object = pick(random, objects)
    const member = memberOf(random, object)
    const value = object[member]
    delete object[member]
    if (value !== undefined) object[mostly<string>(random, WORDS, ODD_WORDS)] = value
  },
  (random, objects) => {
    // A part of the document at another place of it: contexts of other types and terms hold there.
    const copy = structuredClone(pick(random, objects))
    const object = pick(random, objects)
    if (JSON.stringify(copy).length < 2_000) object[memberOf(random, object)] = copy
  },
  (random, objects) => {
    const object = pick(random, objects)
    const member = memberOf(random, object)
    const value = object[member]
    if (value !== undefined && JSON.stringify(value).length < 2_000)
      object[member] = [value, structuredClone(value)].flat() as Json
  },
  (random, _, root) => {
    root['@context'] = structuredClone(pick(random, CONTEXTS))
  },
  (random, objects) => {
    pick(random, objects)['@context'] = structuredClone(pick(random, CONTEXTS))
  },
]

// Contexts hide what else is done: most of their changes are refused at once.
const WEIGHTS = [2, 8, 10, 3, 2, 3, 1, 2, 6, 1, 1]
const BAG = MUTATIONS.flatMap((mutation, index) => Array.from({ length: WEIGHTS[index] ?? 1 }, () => mutation))

/** What is left of a document when a good part of its members goes: less to read for the reference processor. */
const thinned = (random: Random, document: JsonObject): Draft => {
  const root = structuredClone(document) as Draft
  for (const name of Object.keys(root)) if (!KEPT.includes(name) && random() < 0.4) delete root[name]
  for (const [name, value] of Object.entries(root))
    if (!KEPT.includes(name) && Array.isArray(value) && value.length > 1 && random() < 0.5)
      root[name] = value.slice(0, 1)
  return root
}

/** A document thinned, and changed in one to three places. */
export const mutated = (random: Random, document: JsonObject): JsonObject => {
  const root = thinned(random, document)
  const times = 1 + Math.floor(random() * 2.5)
  for (let time = 0; time < times; time++) pick(random, BAG)(random, objectsIn(root), root)
  return root
}
