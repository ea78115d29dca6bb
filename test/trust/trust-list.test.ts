import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { beforeAll, describe, expect, it } from 'vitest'
import { isDate, parseDateTime } from '../../src/codec/date-time.js'
import type { Json, JsonObject } from '../../src/core/json.js'
import { parseTrustList, trustListJson } from '../../src/trust/trust-list.js'
import { goldenList } from './support/golden.js'

const schema = JSON.parse(readFileSync(new URL('../../schemas/trust-list.v1.json', import.meta.url), 'utf8'))
const ajv = new Ajv2020({ strict: true, allErrors: true })
ajv.addFormat('date', isDate)
ajv.addFormat('date-time', (text: string) => parseDateTime(text) !== undefined)
const fitsSchema = ajv.compile(schema)

/** Deep enough for a list, and changeable. */
type Draft = { [member: string]: unknown } & { organisations: { [member: string]: unknown }[] }

let golden: JsonObject
beforeAll(async () => {
  golden = trustListJson(await goldenList())
})

const changed = (change: (draft: Draft) => void): Json => {
  const draft = structuredClone(golden) as unknown as Draft
  change(draft)
  return draft as unknown as Json
}

const EASTFIELD = 1
const organisation = (draft: Draft): { [member: string]: unknown } => draft.organisations[EASTFIELD] ?? {}
const keyOf = (draft: Draft): { [member: string]: unknown } =>
  (organisation(draft).keys as { [member: string]: unknown }[])[0] ?? {}
const permission = (draft: Draft): { [member: string]: unknown } =>
  (organisation(draft).mayIssue as { [member: string]: unknown }[])[1] ?? {}
const jwk = (draft: Draft): { [member: string]: unknown } => keyOf(draft).publicKeyJwk as { [member: string]: unknown }
const AT = `/organisations/${EASTFIELD}`

const set =
  (of: (draft: Draft) => { [member: string]: unknown }, name: string, value: unknown) =>
  (draft: Draft): void => {
    of(draft)[name] = value
  }
const drop =
  (of: (draft: Draft) => { [member: string]: unknown }, name: string) =>
  (draft: Draft): void => {
    delete of(draft)[name]
  }
const list = (draft: Draft): { [member: string]: unknown } => draft

/** Faults of shape: the schema sees them too. */
const SHAPE: readonly [string, (draft: Draft) => void, string][] = [
  ['no version', drop(list, 'version'), '/version'],
  ['a version of zero', set(list, 'version', 0), '/version'],
  ['half a version', set(list, 'version', 1.5), '/version'],
  ['a version in text', set(list, 'version', '7'), '/version'],
  ['a version that numbers cannot tell apart', set(list, 'version', 2 ** 53), '/version'],
  ['no name', drop(list, 'name'), '/name'],
  ['a name of spaces', set(list, 'name', '   '), '/name'],
  ['a name with a line break', set(list, 'name', 'a\nb'), '/name'],
  ['a name that is too long', set(list, 'name', 'a'.repeat(501)), '/name'],
  ['no issuedAt', drop(list, 'issuedAt'), '/issuedAt'],
  ['an issuedAt without a zone', set(list, 'issuedAt', '2026-01-01T00:00:00'), '/issuedAt'],
  ['an issuedAt that is a date', set(list, 'issuedAt', '2026-01-01'), '/issuedAt'],
  ['an expiresAt that never was', set(list, 'expiresAt', '2026-02-30T00:00:00Z'), '/expiresAt'],
  ['no expiresAt', drop(list, 'expiresAt'), '/expiresAt'],
  ['no organisations', drop(list, 'organisations'), '/organisations'],
  ['organisations by name', set(list, 'organisations', {}), '/organisations'],
  ['a member nobody knows', set(list, 'comment', 'x'), '/*'],
  ['an organisation that is text', set((draft) => draft.organisations as never, '1', 'x'), AT],
  ['an organisation without an id', drop(organisation, 'id'), `${AT}/id`],
  ['an id with capitals', set(organisation, 'id', 'Eastfield'), `${AT}/id`],
  ['an id with a space', set(organisation, 'id', 'east field'), `${AT}/id`],
  ['an id that is too long', set(organisation, 'id', 'a'.repeat(65)), `${AT}/id`],
  ['an organisation without a name', drop(organisation, 'name'), `${AT}/name`],
  ['an ODS code in small letters', set(organisation, 'odsCode', 'rz1'), `${AT}/odsCode`],
  ['an ODS code of two', set(organisation, 'odsCode', 'RZ'), `${AT}/odsCode`],
  ['an opening that is a moment', set(organisation, 'opened', '2010-04-01T00:00:00Z'), `${AT}/opened`],
  ['a closing that never was', set(organisation, 'closed', '2025-02-29'), `${AT}/closed`],
  ['no closing, said as null', set(organisation, 'closed', null), `${AT}/closed`],
  ['one successor, not in a list', set(organisation, 'successors', 'midshire'), `${AT}/successors`],
  ['a successor twice', set(organisation, 'successors', ['midshire', 'midshire']), `${AT}/successors/1`],
  ['no roles', drop(organisation, 'roles'), `${AT}/roles`],
  ['empty roles', set(organisation, 'roles', []), `${AT}/roles`],
  ['a role nobody knows', set(organisation, 'roles', ['employer', 'constructor']), `${AT}/roles/1`],
  ['no issuers', drop(organisation, 'issuers'), `${AT}/issuers`],
  ['empty issuers', set(organisation, 'issuers', []), `${AT}/issuers`],
  ['an issuer without https', set(organisation, 'issuers', ['http://eastfield.example']), `${AT}/issuers/0`],
  ['an issuer with a space', set(organisation, 'issuers', ['https://east field.example']), `${AT}/issuers/0`],
  ['an https issuer with a fragment', set(organisation, 'issuers', ['https://a.example/#x']), `${AT}/issuers/0`],
  ['an issuer with a homoglyph', set(organisation, 'issuers', ['https://eas\u0442field.example']), `${AT}/issuers/0`],
  [
    'an issuer with a soft hyphen',
    set(organisation, 'issuers', ['did:web:east\u00adfield.example']),
    `${AT}/issuers/0`,
  ],
  ['no mayIssue', drop(organisation, 'mayIssue'), `${AT}/mayIssue`],
  ['a permission without a type', drop(permission, 'type'), `${AT}/mayIssue/1/type`],
  ['a permission for a pattern', set(permission, 'type', 'Core*'), `${AT}/mayIssue/1/type`],
  ['a permission from a date', set(permission, 'from', '2021-01-01'), `${AT}/mayIssue/1/from`],
  ['a permission with a member nobody knows', set(permission, 'unless', 'x'), `${AT}/mayIssue/1/*`],
  ['a status list issuer by name', set(organisation, 'statusListIssuers', ['lists']), `${AT}/statusListIssuers/0`],
  ['keys by name', set(organisation, 'keys', {}), `${AT}/keys`],
  ['a key without an id', drop(keyOf, 'id'), `${AT}/keys/0/id`],
  ['a key id with a space', set(keyOf, 'id', 'did:web:a.example#a b'), `${AT}/keys/0/id`],
  ['a key that begins never', drop(keyOf, 'validFrom'), `${AT}/keys/0/validFrom`],
  ['a compromise on a date', set(keyOf, 'compromisedAt', '2022-01-01'), `${AT}/keys/0/compromisedAt`],
  ['a key without a key', drop(keyOf, 'publicKeyJwk'), `${AT}/keys/0/publicKeyJwk`],
  ['a key of another curve', set(jwk, 'crv', 'X25519'), `${AT}/keys/0/publicKeyJwk`],
  ['a private key', set(jwk, 'd', 'A'.repeat(43)), `${AT}/keys/0/publicKeyJwk/*`],
  ['a short coordinate', set(jwk, 'x', 'AAAA'), `${AT}/keys/0/publicKeyJwk/x`],
  ['a padded coordinate', set(jwk, 'x', `${'A'.repeat(43)}=`), `${AT}/keys/0/publicKeyJwk/x`],
]

/** Contradictions: each part has its shape, together they make no sense. A JSON Schema cannot say these. */
const CONTRADICTIONS: readonly [string, (draft: Draft) => void, string][] = [
  ['an end before the beginning', set(list, 'expiresAt', '2025-12-31T00:00:00Z'), '/expiresAt'],
  ['an end at the beginning', set(list, 'expiresAt', '2026-01-01T01:00:00+01:00'), '/expiresAt'],
  ['an id twice', set(organisation, 'id', 'westfield'), '/organisations/2/id'],
  ['an issuer of two', set(organisation, 'issuers', ['did:web:westfield.example']), '/organisations/2/issuers/0'],
  ['an https issuer in capitals', set(organisation, 'issuers', ['https://Eastfield.example']), `${AT}/issuers/0`],
  [
    'an https issuer with its port spelt out',
    set(organisation, 'issuers', ['https://a.example:443/x']),
    `${AT}/issuers/0`,
  ],
  ['an https issuer with a user name', set(organisation, 'issuers', ['https://a@b.example/']), `${AT}/issuers/0`],
  ['an https issuer with a way back', set(organisation, 'issuers', ['https://a.example/x/../y']), `${AT}/issuers/0`],
  ['a DID with an empty segment', set(organisation, 'issuers', ['did:web:a.example::b']), `${AT}/issuers/0`],
  ['a closing before the opening', set(organisation, 'closed', '2010-03-31'), `${AT}/closed`],
  ['a successor that is not listed', set(organisation, 'successors', ['nowhere']), `${AT}/successors/0`],
  ['a successor of itself', set(organisation, 'successors', ['eastfield']), `${AT}/successors/0`],
  ['a key id twice', set(keyOf, 'id', 'did:web:eastfield.example#2023'), `${AT}/keys/1/id`],
  ['a key that ends before it begins', set(keyOf, 'validUntil', '2019-01-01T00:00:00Z'), `${AT}/keys/0/validUntil`],
  ['a permission that ends as it begins', set(permission, 'until', '2021-01-01T00:00:00Z'), `${AT}/mayIssue/1/until`],
]

const ACCEPTED: readonly [string, (draft: Draft) => void][] = [
  ['as it is', () => undefined],
  ['without any organisation', set(list, 'organisations', [])],
  ['opened and closed on one day', set(organisation, 'opened', '2025-03-31')],
  ['a name in another script', set(organisation, 'name', 'Iechyd Ŵyn – 健康')],
  ['https issuers with and without a path', set(organisation, 'issuers', ['https://a.example', 'https://a.example/x'])],
  ['a key name that is no address', set(keyOf, 'id', 'key-1')],
  ['hints on a key', set(jwk, 'alg', 'EdDSA')],
  ['a type of somebody else', set(permission, 'type', 'LocalParkingPermit')],
]

const faultsOf = (json: Json) => {
  const parsed = parseTrustList(json)
  return parsed.ok ? [] : parsed.faults
}

describe('a trust list', () => {
  it.each(ACCEPTED)('%s is read, and fits its schema', (_what, change) => {
    expect(faultsOf(changed(change))).toEqual([])
    expect(fitsSchema(changed(change))).toBe(true)
  })

  it.each(SHAPE)('with %s is refused there, by the schema too', (_what, change, path) => {
    expect(faultsOf(changed(change))).toEqual([{ path, code: 'issuerTrust.listMalformed' }])
    expect(fitsSchema(changed(change))).toBe(false)
  })

  it.each(CONTRADICTIONS)('with %s is refused there, though it fits the schema', (_what, change, path) => {
    expect(fitsSchema(changed(change))).toBe(true)
    expect(faultsOf(changed(change))).toEqual([{ path, code: 'issuerTrust.listMalformed' }])
  })

  it('lists every fault at once', () => {
    const several = changed((draft) => {
      draft.version = 0
      organisation(draft).odsCode = ''
      jwk(draft).kty = 'RSA'
    })
    expect(faultsOf(several).map(({ path }) => path)).toEqual([
      '/version',
      `${AT}/odsCode`,
      `${AT}/keys/0/publicKeyJwk`,
    ])
  })

  it('is refused when it inherits what it should hold', () => {
    expect(faultsOf(Object.create(golden) as Json).length).toBeGreaterThan(0)
  })

  it.each([null, 'x', 7, [], true])('is not %j', (json) => {
    expect(faultsOf(json)).toEqual([{ path: '', code: 'issuerTrust.listMalformed' }])
  })
})

describe('the schema', () => {
  const nodes = (value: unknown): readonly { [name: string]: unknown }[] => {
    if (typeof value !== 'object' || value === null) return []
    const inner = Object.values(value).flatMap(nodes)
    return Array.isArray(value) ? inner : [value as { [name: string]: unknown }, ...inner]
  }

  it('has a title and a description for people at every property and definition', () => {
    const named = nodes(schema)
      .flatMap(({ properties, $defs }) => [...Object.entries(properties ?? {}), ...Object.entries($defs ?? {})])
      .filter(([, node]) => node.$ref === undefined && !(node.title && node.description))
    expect(named.map(([name]) => name)).toEqual([])
  })

  it('lets no member in that it does not name', () => {
    const open = nodes(schema).filter(
      ({ type, additionalProperties }) => type === 'object' && additionalProperties !== false,
    )
    expect(open).toEqual([])
  })
})
