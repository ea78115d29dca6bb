import { encodeBase64url } from '#runtime'
import { encodeUtf8 } from '../../../src/codec/utf8.js'
import type { JsonObject } from '../../../src/core/json.js'
import { POLICIES } from '../../../src/verifier/policy.js'
import type { MutationCase } from './case.js'
import { type Draft, edited, type Format, payloadOf, type Securing, secure, withToken } from './sign.js'
import { northfieldSecuring, type World } from './world.js'

const DI: readonly Format[] = ['data-integrity']
const JWT: readonly Format[] = ['vc+jwt']

const credentialText = (world: World): string => JSON.stringify(world.golden['data-integrity'].credential)
const payloadText = (world: World): string =>
  JSON.stringify(payloadOf(world.golden['vc+jwt'].document, northfieldSecuring(world)))

/** Changes the JSON text: of the whole credential, or of the token's payload, which is then signed again. */
const retold = async (world: World, format: Format, change: (text: string) => string | Uint8Array): Promise<unknown> =>
  format === 'data-integrity'
    ? change(credentialText(world))
    : withToken(change(payloadText(world)), northfieldSecuring(world))

/** Changes the document and secures it again, properly. */
export const resecured = async (
  world: World,
  format: Format,
  change: (draft: Draft) => void,
  more: Partial<Securing> = {},
): Promise<JsonObject | string> =>
  secure(format, edited(world.golden[format].document, change), northfieldSecuring(world, more))

const retoldCase = (title: string, code: string, change: (text: string) => string | Uint8Array): MutationCase => ({
  title,
  check: 'format',
  code,
  make: async (world, format) => ({ input: await retold(world, format, change) }),
})

// A change that no JSON-LD processor would sign: the proof is the old one, because the format is what is asked about.
const unsigned = async (world: World, format: Format, change: (draft: Draft) => void): Promise<unknown> =>
  format === 'data-integrity'
    ? edited(world.golden[format].credential as JsonObject, change)
    : resecured(world, format, change)

const unsignedCase = (title: string, code: string, change: (draft: Draft) => void): MutationCase => ({
  title,
  check: 'format',
  code,
  make: async (world, format) => ({ input: await unsigned(world, format, change) }),
})

const headerCase = (title: string, code: string, header: JsonObject): MutationCase => ({
  title,
  check: 'format',
  code,
  formats: JWT,
  make: async (world, format) => ({ input: await resecured(world, format, () => {}, { header }) }),
})

const insert = (member: string) => (text: string) => `{${member},${text.slice(1)}`

const invalidUtf8 = (text: string): Uint8Array => {
  const bytes = encodeUtf8(text)
  bytes[bytes.length - 3] = 0xff
  return bytes
}

const deep = `"deep":${'['.repeat(100)}${']'.repeat(100)}`

const withHeader = (token: string, header: JsonObject): string =>
  [encodeBase64url(encodeUtf8(JSON.stringify(header))), ...token.split('.').slice(1)].join('.')

/** One case for every way in which the front door refuses. */
export const FORMAT_CASES: readonly MutationCase[] = [
  {
    title: 'more than the limit',
    check: 'format',
    code: 'format.tooLarge',
    make: ({ golden }, format) => ({
      input:
        format === 'vc+jwt'
          ? `${golden[format].credential}${'A'.repeat(4_000_001)}`
          : `${JSON.stringify(golden[format].credential)}${' '.repeat(4_000_001)}`,
    }),
  },
  {
    title: 'a format that the policy does not take',
    check: 'format',
    code: 'format.notAllowedByPolicy',
    make: () => ({ verifier: { policy: { ...POLICIES.nhs, name: 'wallets', formats: ['dc+sd-jwt', 'sd-jwt+kb'] } } }),
  },
  {
    title: 'an algorithm that the policy does not take',
    check: 'format',
    code: 'format.algorithmNotAllowed',
    make: () => ({ verifier: { policy: { ...POLICIES.nhs, name: 'one curve', algorithms: ['ES384'] } } }),
  },
  retoldCase('a byte that is no UTF-8', 'format.notUtf8', invalidUtf8),
  retoldCase('text cut short', 'format.notJson', (text) => text.slice(0, -1)),
  retoldCase('a member named twice', 'format.duplicateMember', insert('"issuer":"did:example:other"')),
  retoldCase('a __proto__ member', 'format.forbiddenMember', insert('"__proto__":{}')),
  retoldCase('nesting without end', 'format.tooDeep', insert(deep)),
  retoldCase('a number beyond all numbers', 'format.unsafeNumber', insert('"number":1e400')),
  retoldCase('half a character', 'format.loneSurrogate', insert('"half":"\\ud800"')),
  {
    title: 'a text that is no credential',
    check: 'format',
    code: 'format.unknown',
    make: () => ({ input: 'Dear colleague, please find my passport attached' }),
  },
  unsignedCase('no subject', 'format.malformed', (draft) => {
    delete draft.credentialSubject
  }),
  unsignedCase('an impossible day', 'format.invalidDateTime', (draft) => {
    draft.validFrom = '2026-02-30T00:00:00Z'
  }),
  unsignedCase('an issuer that is no URL', 'format.invalidIdentifier', (draft) => {
    draft.issuer = { id: 'Northfield' }
  }),
  unsignedCase('a third context', 'format.contextNotAllowed', (draft) => {
    draft['@context'] = [...draft['@context'], 'https://w3id.org/security/data-integrity/v2']
  }),
  unsignedCase('a context inside the subject', 'format.contextNotAllowed', (draft) => {
    draft.credentialSubject['@context'] = { band: 'https://evil.example/#title' }
  }),
  {
    title: 'a presentation where a credential is asked for',
    check: 'format',
    code: 'format.typeMismatch',
    make: async ({ golden, authority }, format) => {
      const { createPresentation } = await import('../../../src/wallet/present.js')
      const { did, signer } = format === 'data-integrity' ? authority.holder : await authority.newHolder('ES256')
      const credentials = [golden[format].credential]
      return { input: await createPresentation({ credentials, holder: did, signer, challenge: 'c', audience: 'a' }) }
    },
  },
  {
    title: 'a cryptosuite that is not on the list',
    check: 'format',
    code: 'format.algorithmNotAllowed',
    formats: DI,
    make: ({ golden }) => ({
      input: edited(golden['data-integrity'].credential as JsonObject, (draft) => {
        draft.proof.cryptosuite = 'bbs-2023'
      }),
    }),
  },
  {
    title: 'no proof',
    check: 'format',
    code: 'format.proofMissing',
    formats: DI,
    make: ({ golden }) => ({ input: golden['data-integrity'].document }),
  },
  {
    title: 'no algorithm',
    check: 'format',
    code: 'format.algorithmNotAllowed',
    formats: JWT,
    make: ({ golden }) => ({ input: withHeader(String(golden['vc+jwt'].credential), { typ: 'vc+jwt', alg: 'none' }) }),
  },
  {
    title: 'another spelling of the same signature',
    check: 'format',
    code: 'format.notCanonical',
    formats: JWT,
    make: ({ golden }) => {
      const token = String(golden['vc+jwt'].credential)
      const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
      const last = alphabet.indexOf(token.at(-1) ?? '')
      return { input: token.slice(0, -1) + alphabet[last + 1] }
    },
  },
  headerCase('a token of another type', 'format.typeMismatch', { typ: 'JWT' }),
  headerCase('a critical header', 'format.criticalHeader', { crit: ['x'], x: 1 }),
  headerCase('a key in the header', 'format.keyInHeader', { jwk: { kty: 'OKP' } }),
  headerCase('an address of a key in the header', 'format.keyInHeader', { jku: 'https://evil.example/keys' }),
  {
    title: 'an issuer stated twice, differently',
    check: 'format',
    code: 'format.claimConflict',
    formats: JWT,
    make: async (world, format) => ({
      input: await resecured(world, format, () => {}, { claims: { iss: 'did:example:other' } }),
    }),
  },
]
