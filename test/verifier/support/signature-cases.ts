import { createHash } from 'node:crypto'
import { encodeUtf8 } from '../../../src/codec/utf8.js'
import type { Json, JsonObject } from '../../../src/core/json.js'
import { generateKey, publicJwk } from '../../../src/crypto/keys.js'
import { createDidDocument } from '../../../src/dids/publish.js'
import type { GuardedFetch } from '../../../src/ports/guarded-fetch.js'
import type { Signer } from '../../../src/ports/signer.js'
import type { MutationCase, Scenario } from './case.js'
import { resecured } from './format-cases.js'
import { type Draft, edited, type Format } from './sign.js'
import { ISSUED, northfieldSecuring, renamed, strangerSigner, trustListWith, type World } from './world.js'

const WEB = 'did:web:northfield.example'

/** A fetcher that serves one JSON document, whatever it is asked for. */
export const serving =
  (document: Json): GuardedFetch =>
  async (url) => ({ url, contentType: 'application/json', body: encodeUtf8(JSON.stringify(document)), freshFor: 0 })

// A credential of Northfield's under its did:web, which the list names without keys.
const underWeb = async (
  world: World,
  format: Format,
  scenario: (signer: Signer) => Partial<Scenario>,
): Promise<Scenario> => {
  const signer = renamed(world.authority.organisations.northfield.signer, `${WEB}#key-1`)
  const input = await resecured(
    world,
    format,
    (draft) => {
      draft.issuer.id = WEB
    },
    { signer },
  )
  const trustList = await trustListWith(world, 'northfield', (entry) => {
    entry.issuers.push(WEB)
    delete entry.keys
  })
  const { verifier, ...rest } = scenario(signer)
  return { input, verifier: { trustList, ...verifier }, ...rest }
}

const keyListedAs = (title: string, code: string, change: (key: Draft) => void): MutationCase => ({
  title,
  check: 'signature',
  code,
  make: async (world) => ({
    verifier: { trustList: await trustListWith(world, 'northfield', (entry) => change(entry.keys[0])) },
  }),
})

const proofCase = (title: string, code: string, proof: JsonObject): MutationCase => ({
  title,
  check: 'signature',
  code,
  formats: ['data-integrity'],
  make: async (world, format) => ({ input: await resecured(world, format, () => {}, { proof }) }),
})

const proofEdit = (title: string, code: string, change: (proof: Draft) => void): MutationCase => ({
  title,
  check: 'signature',
  code,
  formats: ['data-integrity'],
  make: ({ golden }) => ({
    input: edited(golden['data-integrity'].credential as JsonObject, (draft) => change(draft.proof)),
  }),
})

const flipLast = (text: string): string => text.slice(0, -3) + (text.endsWith('AAA') ? 'BAA' : 'AAA')

const signedBy = (title: string, code: string, signerOf: (world: World) => Promise<Signer> | Signer): MutationCase => ({
  title,
  check: 'signature',
  code,
  make: async (world, format) => ({
    input: await resecured(world, format, () => {}, { signer: await signerOf(world) }),
  }),
})

const SMALL_ORDER = { kty: 'OKP', crv: 'Ed25519', x: 'AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }

/** One case for every way in which a signature does not hold. */
export const SIGNATURE_CASES: readonly MutationCase[] = [
  {
    title: 'a changed word under the old signature',
    check: 'signature',
    code: 'signature.invalid',
    make: ({ golden }, format) => {
      const change = (draft: Draft): void => {
        draft.issuer.name = 'Northfield University Hospitals'
      }
      if (format === 'data-integrity') return { input: edited(golden[format].credential as JsonObject, change) }
      const [header, payload = '', signature] = String(golden[format].credential).split('.')
      const said = edited(JSON.parse(Buffer.from(payload, 'base64url').toString()), change)
      return { input: [header, Buffer.from(JSON.stringify(said)).toString('base64url'), signature].join('.') }
    },
  },
  {
    title: 'a byte of the signature',
    check: 'signature',
    code: 'signature.invalid',
    make: ({ golden }, format) =>
      format === 'vc+jwt'
        ? {
            input: String(golden[format].credential).replace(
              /\.([^.]{4})([^.]*)$/,
              (_, a, b) => `.${a === 'AAAA' ? 'BBBB' : 'AAAA'}${b}`,
            ),
          }
        : {
            input: edited(golden[format].credential as JsonObject, (draft) => {
              draft.proof.proofValue = flipLast(draft.proof.proofValue)
            }),
          },
  },
  signedBy('somebody else’s signature under the issuer’s key id', 'signature.invalid', ({ authority }) =>
    strangerSigner(authority.organisations.northfield.signer.keyId),
  ),
  signedBy('a key id that the issuer does not list', 'signature.keyNotFound', ({ authority }) =>
    renamed(authority.organisations.northfield.signer, `${authority.organisations.northfield.did}#other`),
  ),
  signedBy('a stranger’s own key', 'signature.keyNotFound', () => strangerSigner()),
  {
    title: 'a key that cannot be looked up',
    check: 'signature',
    code: 'signature.keyUnavailable',
    outcome: 'inconclusive',
    make: (world, format) => underWeb(world, format, () => ({})),
  },
  {
    title: 'a DID document that is somebody else’s',
    check: 'signature',
    code: 'signature.didDocumentInvalid',
    make: (world, format) =>
      underWeb(world, format, ({ keyId, publicKeyJwk }) => {
        const document = createDidDocument({ did: WEB, keys: [{ keyId, publicKeyJwk }] })
        return { verifier: { fetch: serving({ ...document, id: 'did:web:other.example' }) } }
      }),
  },
  {
    title: 'a key for another purpose',
    check: 'signature',
    code: 'signature.keyPurpose',
    make: (world, format) =>
      underWeb(world, format, ({ keyId, publicKeyJwk }) => {
        const document = createDidDocument({ did: WEB, keys: [{ keyId, publicKeyJwk }] })
        return { verifier: { fetch: serving({ ...document, assertionMethod: [] }) } }
      }),
  },
  {
    title: 'a DID of no method that we know',
    check: 'signature',
    code: 'signature.didInvalid',
    make: async (world, format) => {
      const did = 'did:example:northfield'
      const signer = renamed(world.authority.organisations.northfield.signer, `${did}#key-1`)
      const trustList = await trustListWith(world, 'northfield', (entry) => {
        entry.issuers.push(did)
        delete entry.keys
      })
      const input = await resecured(
        world,
        format,
        (draft) => {
          draft.issuer.id = did
        },
        { signer },
      )
      return { input, verifier: { trustList } }
    },
  },
  keyListedAs('a key that was compromised', 'signature.keyRejected', (key) => {
    key.compromisedAt = '2026-03-02T11:00:00Z'
  }),
  {
    title: 'a key of small order',
    check: 'signature',
    code: 'signature.keyRejected',
    make: (world, format) =>
      underWeb(world, format, ({ keyId }) => {
        const document = createDidDocument({ did: WEB, keys: [{ keyId, publicKeyJwk: SMALL_ORDER }] })
        return { verifier: { fetch: serving(document) } }
      }),
  },
  keyListedAs('a key that was retired before', 'signature.keyOutsideWindow', (key) => {
    key.validUntil = '2026-01-01T00:00:00Z'
  }),
  keyListedAs('a key that came into use later', 'signature.keyOutsideWindow', (key) => {
    key.validFrom = '2026-03-02T10:00:00Z'
  }),
  {
    title: 'a key of another algorithm',
    check: 'signature',
    code: 'signature.keyMismatch',
    make: async (world) => {
      const other = publicJwk(await generateKey('ES256'))
      const trustList = await trustListWith(world, 'northfield', (entry) => {
        entry.keys[0].publicKeyJwk = other
      })
      return { verifier: { trustList } }
    },
  },
  proofCase('a proof for another purpose', 'signature.proofMalformed', { proofPurpose: 'authentication' }),
  proofEdit('no proof value', 'signature.proofMalformed', (proof) => {
    delete proof.proofValue
  }),
  proofEdit('a proof value in another encoding', 'signature.proofMalformed', (proof) => {
    proof.proofValue = `u${proof.proofValue.slice(1)}`
  }),
  proofCase('a proof that has expired', 'signature.proofExpired', { expires: '2026-03-02T11:00:00Z' }),
  proofCase('a proof from the future', 'signature.proofExpired', { created: '2026-03-02T12:02:00Z' }),
  proofCase('a proof that builds on one that is not there', 'signature.chainBroken', {
    previousProof: 'urn:uuid:none',
  }),
  {
    title: 'a second proof that is garbage',
    check: 'signature',
    code: 'signature.invalid',
    formats: ['data-integrity'],
    make: ({ golden }) => ({
      input: edited(golden['data-integrity'].credential as JsonObject, (draft) => {
        draft.proof = [draft.proof, { ...draft.proof, created: ISSUED, proofValue: flipLast(draft.proof.proofValue) }]
      }),
    }),
  },
  {
    title: 'a word that no context defines',
    check: 'signature',
    code: 'signature.undefinedTerm',
    also: { schema: 'schema.invalid' },
    formats: ['data-integrity'],
    make: ({ golden }) => ({
      input: edited(golden['data-integrity'].credential as JsonObject, (draft) => {
        draft.isConsultant = true
      }),
    }),
  },
  {
    title: 'more to canonicalise than any staff credential needs',
    check: 'signature',
    code: 'signature.tooComplex',
    also: { schema: 'schema.invalid' },
    formats: ['data-integrity'],
    make: ({ golden }) => ({
      input: edited(golden['data-integrity'].credential as JsonObject, (draft) => {
        draft.termsOfUse = Array.from({ length: 20_000 }, (_, index) => ({ id: `urn:x:${index}`, type: 'Identity' }))
      }),
    }),
  },
  {
    title: 'a resource at hand that is another than the credential names',
    check: 'signature',
    code: 'signature.resourceMismatch',
    also: { schema: 'schema.invalid' },
    make: async (world, format) => {
      const id = 'https://northfield.example/map.png'
      const digestSRI = `sha256-${createHash('sha256').update('the map').digest('base64')}`
      const input = await resecured(world, format, (draft) => {
        draft.relatedResource = { id, digestSRI }
      })
      return { input, verifier: { resources: [{ id, bytes: encodeUtf8('another map') }] } }
    },
  },
  {
    title: 'no key id',
    check: 'signature',
    code: 'signature.keyNotFound',
    formats: ['vc+jwt'],
    make: async (world, format) => {
      const signer = renamed(northfieldSecuring(world).signer, undefined as unknown as string)
      return { input: await resecured(world, format, () => {}, { signer }) }
    },
  },
]

/** Trust lists that must not be used, and issuers that it does not let issue. */
export const TRUST_CASES: readonly MutationCase[] = [
  {
    title: 'a self-made issuer',
    check: 'issuerTrust',
    code: 'issuerTrust.unknownIssuer',
    make: async (world, format) => {
      const signer = await strangerSigner()
      const input = await resecured(
        world,
        format,
        (draft) => {
          draft.issuer.id = signer.keyId.split('#')[0]
        },
        { signer },
      )
      return { input }
    },
  },
  {
    title: 'a type that the issuer may not issue',
    check: 'issuerTrust',
    code: 'issuerTrust.typeNotAllowed',
    make: async (world) => ({
      verifier: {
        trustList: await trustListWith(world, 'northfield', (entry) => {
          entry.mayIssue = entry.mayIssue.filter(({ type }: Draft) => type !== 'EmploymentAssignment')
        }),
      },
    }),
  },
  {
    title: 'a type that its role may not issue',
    check: 'issuerTrust',
    code: 'issuerTrust.typeNotAllowed',
    make: async (world) => ({
      verifier: {
        trustList: await trustListWith(world, 'northfield', (entry) => {
          entry.roles = ['identityProvider']
          entry.mayIssue = [{ type: '*' }]
        }),
      },
    }),
  },
  {
    title: 'a permission that had ended',
    check: 'issuerTrust',
    code: 'issuerTrust.notAllowedAtTime',
    make: async (world) => ({
      verifier: {
        trustList: await trustListWith(world, 'northfield', (entry) => {
          for (const permission of entry.mayIssue) permission.until = '2026-01-01T00:00:00Z'
        }),
      },
    }),
  },
  {
    title: 'an organisation that had closed',
    check: 'issuerTrust',
    code: 'issuerTrust.organisationNotOpen',
    make: async (world) => ({
      verifier: {
        trustList: await trustListWith(world, 'northfield', (entry) => {
          entry.closed = '2026-01-31'
        }),
      },
    }),
  },
  {
    title: 'a trust list that cannot be read',
    check: 'issuerTrust',
    code: 'issuerTrust.listMalformed',
    make: () => ({ verifier: { trustList: 'a list' } }),
  },
  {
    title: 'a trust list that vouches for itself',
    check: 'issuerTrust',
    code: 'issuerTrust.listNotSignedByAnchor',
    make: async () => ({ verifier: { anchor: (await strangerSigner()).keyId.split('#')[0] ?? '' } }),
  },
  {
    title: 'a trust list that has expired',
    check: 'issuerTrust',
    code: 'issuerTrust.listExpired',
    make: async (world) => ({
      verifier: {
        trustList: await trustListWith(
          world,
          '',
          () => {},
          (list) => {
            list.expiresAt = '2026-03-02T11:59:59Z'
          },
        ),
      },
    }),
  },
  {
    title: 'a trust list from the future',
    check: 'issuerTrust',
    code: 'issuerTrust.listNotYetValid',
    make: async (world) => ({
      verifier: {
        trustList: await trustListWith(
          world,
          '',
          () => {},
          (list) => {
            list.issuedAt = '2026-03-02T12:02:00Z'
          },
        ),
      },
    }),
  },
  {
    title: 'a trust list older than one seen before',
    check: 'issuerTrust',
    code: 'issuerTrust.listRolledBack',
    make: () => ({
      verifier: {
        versionMemory: { newest: async () => 2, remember: async () => {}, pin: async (_, digest) => digest },
      },
    }),
  },
]
