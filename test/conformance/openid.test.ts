import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PassportError } from '../../src/core/errors.js'
import type { JsonObject } from '../../src/core/json.js'
import { OAuthRefusal } from '../../src/exchange/oauth/refusal.js'
import { isSignedBy, readToken } from '../../src/exchange/oauth/signed-token.js'
import { wantedIds } from '../../src/exchange/openid4vci/authorization.js'
import { issuerMetadata, readCredentialRequest } from '../../src/exchange/openid4vci/messages.js'
import { readQuery } from '../../src/exchange/openid4vp/dcql.js'
import { openSdJwt } from '../../src/formats/sd-jwt/open.js'
import type { PublicKeyJwk } from '../../src/ports/signer.js'
import { createGuardedRequest } from '../../src/runtime/guarded-fetch-node.js'
import { readOfferObject } from '../../src/wallet/read-offer.js'
import { toRequest } from '../../src/wallet/read-request.js'
import { codeOf, get, offerBehind } from '../exchange/support/raw-wallet.js'
import { createDemoAuthority, offered, openEmployer, openWallet, type TestEmployer } from '../exchange/support/world.js'
import { keepScore } from '../support/score.js'
import { hasVectors, VECTORS, vectorFile, vectorJson } from '../support/vectors.js'

type Outcome = 'parses' | 'exchange.unsupported' | 'unsupported_credential_format' | 'invalid_authorization_details'

const SETS = ['openid4vci-1.0-examples', 'openid4vp-1.0-examples', 'openid4vc-haip-1.0-examples'] as const

// The specifications wrap lines and leave things out; this is what they mean.
const readExample = (file: string): JsonObject => {
  const text = vectorFile(file)
    .replace(/^\s*HTTP[\s\S]*?\n\s*\n/, '')
    .replaceAll(
      /\{\s*\.\.\.\s*\}/g,
      JSON.stringify({ credentials: [{ id: 'a', format: 'dc+sd-jwt', meta: { vct_values: ['x'] } }] }),
    )
    .replaceAll(/([A-Za-z0-9_.~+/=-])\n\s+([A-Za-z0-9_.~+/=-])/g, '$1$2')
  return JSON.parse(text)
}

const request = (more: JsonObject): JsonObject => ({
  response_type: 'vp_token',
  response_mode: 'direct_post',
  response_uri: 'https://client.example.org/response',
  nonce: 'n-0S6_WzA2Mj',
  dcql_query: { credentials: [{ id: 'a', format: 'dc+sd-jwt', meta: { vct_values: ['x'] } }] },
  ...more,
})

const CLIENT = 'redirect_uri:https://client.example.org/response'

const metadataWith = (configuration: JsonObject): JsonObject => ({
  credential_issuer: 'https://credential-issuer.example.com',
  credential_endpoint: 'https://credential-issuer.example.com/credential',
  credential_configurations_supported: { example: configuration },
})

const SPOKEN = ['dc+sd-jwt', 'vc+sd-jwt', 'jwt_vc_json', 'ldp_vc', 'vc+jwt']

// A wallet of ours takes what it can hold; of other formats it says that it cannot.
const takeConfiguration = (file: string): void => {
  const configuration = readExample(file)
  const [only = configuration] = Object.values(
    (configuration.credential_configurations_supported ?? {}) as Record<string, JsonObject>,
  )
  issuerMetadata(configuration.credential_issuer ? configuration : metadataWith(only))
  if (!SPOKEN.includes(String(only.format))) throw new PassportError('exchange.unsupported', 'not held')
}

const takeQuery = (file: string): void => {
  const questions = readQuery(readExample(file))
  if (typeof questions === 'string') throw new PassportError(questions, 'query')
}

const takeDetails = (file: string): void => {
  wantedIds({ authorization_details: JSON.stringify(readExample(file)) })
}

const takeResponse = (file: string): void => {
  const { credentials } = readExample(file) as { credentials: readonly { credential: unknown }[] }
  expect(credentials.every(({ credential }) => ['string', 'object'].includes(typeof credential))).toBe(true)
}

const takeToken = (file: string): void => {
  const token = vectorFile(file).replaceAll(/\s/g, '')
  const [header = ''] = token.split('.')
  const { typ } = JSON.parse(Buffer.from(header, 'base64url').toString())
  expect(readToken(token, { typ, certificateChain: true })?.claims).toBeTypeOf('object')
}

// An example that is answered by leading back is read as one that is answered by posting; both at once are refused (8.2).
const takeRequest = ({ redirect_uri: _, ...more }: JsonObject): unknown => toRequest(CLIENT, request(more))

type Take = (file: string) => unknown
// What a message is, by its name; the first that fits counts.
const KINDS: readonly (readonly [RegExp, Take])[] = [
  [/authorization_details/, takeDetails],
  [/credential_offer/, (file) => readOfferObject(readExample(file))],
  [/credential_request/, (file) => readCredentialRequest(readExample(file))],
  [/credential_response/, takeResponse],
  [/(issuer_metadata_sd_jwt_jwt|wallet_attestation)/, takeToken],
  [/(credential_metadata|credential_issuer_metadata)/, takeConfiguration],
  [/issuer_jwks/, (file) => expect(readExample(file).jwks).toBeTypeOf('object')],
  [/client_metadata/, (file) => takeRequest({ client_metadata: readExample(file) })],
  [/(query_lang|request\/dcql)/, takeQuery],
  [/presentation_definition/, (file) => takeRequest({ presentation_definition: readExample(file) })],
  [/digital_credentials_api\/signed/, (file) => takeRequest(readExample(file))],
  [/request_object/, (file) => takeRequest({ ...readExample(file), response_mode: 'direct_post' })],
]

const EXPECTED: Readonly<Record<string, Outcome>> = {
  'authorization_details_with_as.json': 'parses',
  'credential_metadata_mso_mdoc.json': 'exchange.unsupported',
  'credential_request_iso_mdl.json': 'unsupported_credential_format',
  'complex_mdoc.json': 'exchange.unsupported',
  'simple_mdoc.json': 'exchange.unsupported',
  'multi_credentials.json': 'exchange.unsupported',
  'presentation_definition_sd_jwt_vc.json': 'exchange.unsupported',
  'signed_request_payload.json': 'exchange.unsupported',
  'signed_request_payload_compact.json': 'exchange.unsupported',
  'authorization_details_sd_jwt_vc.json (haip)': 'invalid_authorization_details',
}

const filesIn = (set: string): readonly string[] =>
  readdirSync(join(VECTORS, set), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(json|txt)$/.test(entry.name) && entry.name !== 'SOURCE.txt')
    .map(({ parentPath, name }) => join(parentPath, name).slice(VECTORS.length + 1))
    .sort()

const nameIn = (file: string): string => file.split('/').at(-1) ?? ''
const kindOf = (file: string): Take | undefined => KINDS.find(([pattern]) => pattern.test(file))?.[1]

const outcomeOf = (file: string, take: Take): string => {
  try {
    take(file)
    return 'parses'
  } catch (error) {
    if (error instanceof OAuthRefusal) return error.error
    if (error instanceof PassportError) return error.code
    throw error
  }
}

describe.skipIf(!hasVectors).each(SETS)('%s', (set) => {
  // Credentials, presentations and their parts are the formats' own matter, and have their own sets.
  const PARTS = /\/(credentials|response|sd_jwt_vcld)\/|request_header|error_invalid_request/
  const files = hasVectors ? filesIn(set).filter((file) => !PARTS.test(file)) : []
  const score = keepScore(set, { messages: files.length })

  it.each(files)('%s', (file) => {
    const take = kindOf(file)
    if (!take) throw new Error('A message of no kind that this test knows')
    const name = set.includes('haip') && /details/.test(file) ? `${nameIn(file)} (haip)` : nameIn(file)
    expect(outcomeOf(file, take)).toBe(EXPECTED[name] ?? 'parses')
    score.held('messages')
  })
})

describe.skipIf(!hasVectors)('openid4vp-1.0-examples: a whole presentation, with its keys', () => {
  it('verifies', async () => {
    const folder = 'openid4vp-1.0-examples/sd_jwt_vcld'
    const settings = vectorFile(`${folder}/settings.yml`)
    const keys = [...settings.matchAll(/x: (\S+)\s+y: (\S+)/g)].map(
      ([, x, y]) => ({ kty: 'EC', crv: 'P-256', x, y }) as PublicKeyJwk,
    )
    const text = vectorFile(`${folder}/01/sd_jwt_presentation.txt`).replaceAll(/\s/g, '')
    const opened = openSdJwt(text)
    if (!opened.ok) throw new Error(opened.code)
    const [issuer, holder] = keys
    expect(await isSignedBy({ jws: opened.jws, header: opened.jws.header, claims: {} }, issuer)).toBe(true)
    const binding = readToken(opened.keyBinding, { typ: 'kb+jwt' })
    expect(binding && (await isSignedBy(binding, holder))).toBe(true)
    expect(binding?.claims).toEqual(vectorJson(`${folder}/01/kb_jwt_payload.json`))
    expect(binding?.claims.sd_hash).toBe(opened.sdHash)
  })
})

describe.skipIf(!hasVectors)('what we send, by the OpenID Foundation’s schemas', () => {
  const SCHEMAS = 'oidf-conformance-schemas/json-schemas'
  const schemas = [
    'oid4vci/credential_issuer_metadata-1_0.json',
    'oid4vci/credential_offer-1_0.json',
    'oid4vci/credential_request-1_0.json',
    'oid4vp/dcql_request.json',
    'rfc8414/oauth_authorization_server_metadata.json',
  ] as const
  const score = keepScore('oidf-conformance-schemas (our messages)', { schemas: schemas.length })
  let employer: TestEmployer
  let encrypted: TestEmployer
  const requests: JsonObject[] = []
  const queries: JsonObject[] = []
  const offers: JsonObject[] = []

  const expectValid = (schema: (typeof schemas)[number], messages: readonly unknown[]): void => {
    const document = vectorJson(`${SCHEMAS}/${schema}`)
    const ajv = new (/2020-12/.test(document.$schema) ? Ajv2020 : Ajv)({ strict: false, allErrors: true })
    addFormats.default(ajv as Ajv)
    const validate = ajv.compile(document)
    expect(messages.length).toBeGreaterThan(0)
    for (const message of messages) {
      validate(message)
      expect(validate.errors ?? []).toEqual([])
    }
    score.held('schemas')
  }

  beforeAll(async () => {
    const authority = await createDemoAuthority()
    employer = await openEmployer(authority, {
      openid4vci: { signIn: (id) => `https://portal.example/${id}`, formats: ['dc+sd-jwt', 'jwt_vc_json'] },
    })
    encrypted = await openEmployer(authority, { openid4vci: { offerBy: 'value' } })
    const inner = createGuardedRequest({ allowHosts: [employer.origin] })
    const wallet = await openWallet(authority, [employer.origin], {
      send: async (url, asked) => {
        if (url.endsWith('/credential')) requests.push(JSON.parse(asked.body ?? ''))
        return inner(url, asked)
      },
    })
    const credentials = [offered('Identity'), offered('CoreSkill'), offered('CoreSkill')]
    const invitation = await employer.exchange.offer({ credentials })
    offers.push(await offerBehind(invitation))
    offers.push(await offerBehind(await encrypted.exchange.offer({ credentials })))
    offers.push(await offerBehind(await employer.exchange.offer({ credentials, proof: 'signIn' })))
    await (await wallet.openOffer(invitation.uri)).accept({ transactionCode: invitation.transactionCode ?? '' })
    const plain = await openEmployer(authority, {
      openid4vp: { formats: ['dc+sd-jwt'], client: { prefix: 'redirect_uri' } },
    })
    const asked = await plain.exchange.request({
      credentials: [
        { type: 'Identity', claims: ['photo'] },
        { type: 'CoreSkill', several: true, optional: true },
      ],
      purpose: 'x',
      device: 'cross',
    })
    queries.push(JSON.parse(new URL(asked.uri).searchParams.get('dcql_query') ?? ''))
    await plain.close()
    expect(await codeOf(await employer.exchange.offer({ credentials }))).toMatch(/^[\w-]{43}$/)
  })
  afterAll(async () => {
    await employer.close()
    await encrypted.close()
  })

  const metadata = async (name: string): Promise<JsonObject> => {
    const { origin, pathname } = new URL(employer.openid4vci.url)
    return (await get(`${origin}/.well-known/${name}${pathname}`)).body
  }

  it('issuer metadata', async () =>
    expectValid('oid4vci/credential_issuer_metadata-1_0.json', [await metadata('openid-credential-issuer')]))
  it('authorization server metadata', async () =>
    expectValid('rfc8414/oauth_authorization_server_metadata.json', [await metadata('oauth-authorization-server')]))
  it('offers', () => expectValid('oid4vci/credential_offer-1_0.json', offers))
  it('credential requests', () => expectValid('oid4vci/credential_request-1_0.json', requests))
  it('queries', () => expectValid('oid4vp/dcql_request.json', queries))
})
