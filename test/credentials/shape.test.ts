import { describe, expect, it } from 'vitest'
import { EXAMPLE_JPEG } from '../../src/credentials/fictional.js'
import { isJpegImage } from '../../src/credentials/formats.js'
import { checkChanged, type Draft } from './support/check.js'

const CASES: readonly (readonly [
  title: string,
  code: string,
  path: string,
  change: (claims: Draft, parts: Draft) => void,
])[] = [
  [
    'a claim that is missing',
    'schema.required',
    '/claims/birthDate',
    (claims) => {
      delete claims.birthDate
    },
  ],
  [
    'a claim of another JSON type',
    'schema.type',
    '/claims/birthDate',
    (claims) => {
      claims.birthDate = 19900228
    },
  ],
  [
    'an impossible date',
    'schema.format',
    '/claims/birthDate',
    (claims) => {
      claims.birthDate = '1990-02-30'
    },
  ],
  [
    'a date in another order',
    'schema.format',
    '/claims/birthDate',
    (claims) => {
      claims.birthDate = '28/02/1990'
    },
  ],
  [
    'a word that is not in the list',
    'schema.enum',
    '/claims/legalGender',
    (claims) => {
      claims.legalGender = 'female'
    },
  ],
  [
    'a text that is empty',
    'schema.length',
    '/claims/legalSurname',
    (claims) => {
      claims.legalSurname = ''
    },
  ],
  [
    'a name without a letter',
    'schema.pattern',
    '/claims/legalSurname',
    (claims) => {
      claims.legalSurname = '123'
    },
  ],
  [
    'a control character',
    'schema.pattern',
    '/claims/legalSurname',
    (claims) => {
      claims.legalSurname = 'a\u0000b'
    },
  ],
  [
    'a property that the type does not have',
    'schema.unknownProperty',
    '/claims/*',
    (claims) => {
      claims.salary = '1'
    },
  ],
  [
    'a photograph that is no JPEG',
    'schema.format',
    '/claims/photo',
    (claims) => {
      claims.photo = 'data:image/png;base64,iVBORw0KGgo='
    },
  ],
  [
    'claims that are no object',
    'schema.type',
    '/claims',
    (_, parts) => {
      parts.claims = 'claims'
    },
  ],
  [
    'no claims',
    'schema.type',
    '/claims',
    (_, parts) => {
      delete parts.claims
    },
  ],
  [
    'no assurance block',
    'schema.type',
    '/assurance',
    (_, parts) => {
      delete parts.assurance
    },
  ],
  [
    'an assurance block with a member missing',
    'schema.required',
    '/assurance/pedigree',
    (_, parts) => {
      delete parts.assurance.pedigree
    },
  ],
  [
    'another pedigree',
    'schema.enum',
    '/assurance/pedigree',
    (_, parts) => {
      parts.assurance.pedigree = 'Pure'
    },
  ],
  [
    'a unique identifier that is no UUID',
    'schema.pattern',
    '/uniqueIdentifier',
    (_, parts) => {
      parts.uniqueIdentifier = '42'
    },
  ],
  [
    'no unique identifier',
    'schema.type',
    '/uniqueIdentifier',
    (_, parts) => {
      delete parts.uniqueIdentifier
    },
  ],
  [
    'a list that names a thing twice',
    'schema.repeated',
    '/claims/documentsChecked',
    (claims) => {
      delete claims.gpg45Profile
      claims.documentsChecked = ['Passport', 'Passport']
    },
  ],
  [
    'a kind of document with a control character',
    'schema.pattern',
    '/claims/documentsChecked/0',
    (claims) => {
      delete claims.gpg45Profile
      claims.documentsChecked = ['Passport\u0007']
    },
  ],
  [
    'an empty list',
    'schema.length',
    '/claims/documentsChecked',
    (claims) => {
      delete claims.gpg45Profile
      claims.documentsChecked = []
    },
  ],
  [
    'evidence of another type',
    'schema.const',
    '/evidence/0/type',
    (_, parts) => {
      parts.evidence = [{ type: ['Other'], route: 'viaEsr' }]
    },
  ],
]

describe('the shape of claims', () => {
  it.each(CASES)('%s', (_, code, path, change) => {
    const { faults } = checkChanged('Identity', 0, (parts) => change(parts.claims, parts))
    expect(faults).toContainEqual(expect.objectContaining({ code, path }))
  })

  it('lists every fault at once', () => {
    const { faults } = checkChanged('Identity', 0, ({ claims, assurance }) => {
      claims.birthDate = 'x'
      delete claims.postcode
      delete assurance.origin
    })
    expect(faults.map(({ path }) => path).sort()).toEqual([
      '/assurance/origin',
      '/claims/birthDate',
      '/claims/postcode',
    ])
  })
})

describe('a photograph', () => {
  const jpegOf = (bytes: number): string =>
    `data:image/jpeg;base64,${Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(bytes - 4)]).toString('base64')}`

  it.each([
    ['the example', EXAMPLE_JPEG, true],
    ['just under 500 kB', jpegOf(499_999), true],
    ['500 kB', jpegOf(500_000), false],
    ['a PNG called JPEG', 'data:image/jpeg;base64,iVBORw0KGgo=', false],
    ['stray bits at the end', EXAMPLE_JPEG.replace(/.=$/, 'B='), false],
    ['white space', EXAMPLE_JPEG.replace('9j', '9 j'), false],
    ['nothing', 'data:image/jpeg;base64,', false],
    ['an address', 'https://evil.example/photo.jpg', false],
  ])('%s', (_, image, sound) => expect(isJpegImage(image)).toBe(sound))
})
