import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asArray, isJsonObject, type JsonObject } from '../../src/core/json.js'
import { workspace } from '../cli/support.js'
import { exampleContexts } from '../support/contexts.js'
import { keepScore } from '../support/score.js'
import { hasVectors, VECTORS, vectorJson } from '../support/vectors.js'
import { aCredential, startTestServer, type TestServer } from './support/server.js'

// The documents that the W3C's own suite sends to an issuer, and what it expects: none is turned away.
const FOLDER = 'w3c-vc-data-model-2.0-inputs'
const INPUTS = hasVectors
  ? readdirSync(`${VECTORS}/${FOLDER}/input`, { recursive: true })
      .map(String)
      .filter((name) => /(?:^|\/)(?:credential|issuer)-.*-ok\.json$/.test(name))
      .sort()
  : []

const SUITES = ['eddsa-rdfc-2022', 'ecdsa-rdfc-2019', 'vc+jwt', 'enveloped']

const year = new Date().getFullYear()
const DATES: Readonly<Record<string, string>> = {
  'PAST DATE': `${year - 1}-01-01T00:00:00Z`,
  'FUTURE DATE': `${year + 1}-01-01T00:00:00Z`,
}

/** Fills a template in as the suite does. */
const filled = (template: JsonObject, id: string): JsonObject => {
  const { issuer, ...rest } = template
  const dated = Object.entries(rest).map(([name, value]) => [name, DATES[String(value)] ?? value] as const)
  return { ...Object.fromEntries(dated), issuer: isJsonObject(issuer) ? { id, ...issuer } : (issuer ?? id) }
}

/**
 * What our verifier turns away, each for its reason: it is to be issued, and need not be believed. What words mean is not
 * for a document to say itself; some of these have ended, or are yet to begin; one carries somebody else's proof.
 */
const refusalOf = (document: JsonObject): string | undefined => {
  if (document.proof !== undefined) return 'format.'
  if (asArray(document['@context']).some(isJsonObject)) return 'format.contextNotAllowed'
  if (Date.parse(String(document.validFrom)) > Date.now()) return 'validityPeriod.notYetValid'
  return Date.parse(String(document.validUntil)) < Date.now() ? 'validityPeriod.expired' : undefined
}

const BASE = 'https://www.w3.org/ns/credentials/v2'
const BASE_FILE = `${VECTORS}/w3c-vc-schemas-contexts/contexts/credentials/v2`

let server: TestServer
let folder: Awaited<ReturnType<typeof workspace>>
beforeAll(async () => {
  if (!hasVectors) return
  folder = await workspace()
  const context = await Promise.all(
    exampleContexts().map(async ({ url, document }, index) => {
      await writeFile(folder.path(`context-${index}`), JSON.stringify(document))
      return `${url}=${folder.path(`context-${index}`)}`
    }),
  )
  server = await startTestServer({ conformance: true, context, resource: [`${BASE}=${BASE_FILE}`] })
})
afterAll(async () => {
  await server?.close()
  await folder?.remove()
})

describe.runIf(hasVectors)('Verifiable Credentials Data Model 2.0, sent to the server as its suite sends it', () => {
  const score = keepScore('w3c-vc-data-model-2.0-inputs over HTTP, in four suites', {
    issued: INPUTS.length * SUITES.length,
    verified: 148,
    'refused for their reason': 64,
  })

  it.each(INPUTS)('%s', async (name) => {
    for (const suite of SUITES) {
      const { body: manifest } = await server.get('/')
      const { id } = manifest.issuers.find(({ tags }: { tags: readonly string[] }) => tags[0] === suite)
      const credential = filled(vectorJson(`${FOLDER}/input/${name}`), id)
      const issued = await server.post(`/issuers/${suite}/credentials/issue`, { credential, options: {} })
      expect([suite, issued.status, issued.body.problemDetails]).toEqual([suite, 201, undefined])
      score.held('issued')
      const { verifiableCredential } = issued.body
      const { status, body } = await server.post('/verifiers/w3c-proof-only/credentials/verify', {
        verifiableCredential,
        options: { checks: ['proof'] },
      })
      const refusal = refusalOf(credential)
      const codes = body.problemDetails.map(({ code }: { code: string }) => code)
      expect([suite, status, body.verified]).toEqual([suite, refusal ? 400 : 200, refusal === undefined])
      expect(codes.filter((code: string) => !code.startsWith(refusal ?? '-'))).toEqual([])
      score.held(refusal ? 'refused for their reason' : 'verified')
    }
  })
})

const PRESENTATIONS = hasVectors
  ? readdirSync(`${VECTORS}/${FOLDER}/input`)
      .filter((name) => /^presentation-/.test(name))
      .sort()
  : []

describe.runIf(hasVectors)('presentations of the same suite', () => {
  const options = { challenge: 'uSomethingRandom', domain: 'github.com/w3c/vc-data-model-2.0-test-suite' }
  const score = keepScore('w3c-vc-data-model-2.0-inputs over HTTP, presentations', {
    verified: 11,
    'refused for their reason': 3,
  })

  // The issuer of a document in one of these templates is whoever signs it, as in the suite.
  const signed = async (credential: JsonObject): Promise<JsonObject> => {
    if (credential.type === 'EnvelopedVerifiableCredential') return credential
    const issued = await server.post('/issuers/eddsa-rdfc-2022/credentials/issue', { credential, options: {} })
    expect(issued.status).toBe(201)
    return issued.body.verifiableCredential
  }

  it.each(PRESENTATIONS)('%s', async (name) => {
    const { holder: _, ...template } = vectorJson(`${FOLDER}/input/${name}`)
    const inside = asArray(template.verifiableCredential).filter(isJsonObject)
    const credentials = await Promise.all(inside.map(signed))
    const presentation = { ...template, ...(inside.length === 0 ? {} : { verifiableCredential: credentials }) }
    const made = await server.post('/holders/eddsa-rdfc-2022/presentations', { presentation, options })
    expect(made.status, made.text).toBe(201)
    const { verifiablePresentation } = made.body
    const { status, body } = await server.post('/verifiers/w3c-proof-only/presentations/verify', {
      verifiablePresentation,
      options,
    })
    // The token in that one is an example that nobody signed.
    const refusal = inside.some(({ id }) => String(id).startsWith('data:'))
      ? 'format.malformed'
      : refusalOf(presentation)
    expect([status, body.verified]).toEqual([refusal ? 400 : 200, refusal === undefined])
    const codes = body.problemDetails.map(({ code }: { code: string }) => code)
    expect(codes.filter((code: string) => code !== refusal)).toEqual([])
    score.held(refusal ? 'refused for their reason' : 'verified')

    const bent = { ...verifiablePresentation.proof, proofValue: 'z5nmMBw2u9TGKd9NxxHJtyZKgjN2Eh' }
    const broken = await server.post('/verifiers/w3c-proof-only/presentations/verify', {
      verifiablePresentation: { ...verifiablePresentation, proof: bent },
      options,
    })
    expect([broken.status, broken.body.verified]).toEqual([400, false])
  })
})

describe.runIf(hasVectors)('related resources, as the same suite states them', () => {
  const bytes = (): Buffer => readFileSync(BASE_FILE)
  const sri = (algorithm: string): string => createHash(algorithm).update(bytes()).digest('base64')
  const multibase = (content: Uint8Array): string =>
    `u${Buffer.from([0x12, 0x20, ...createHash('sha256').update(content).digest()]).toString('base64url')}`

  const issue = (relatedResource: unknown) =>
    server.post('/issuers/eddsa-rdfc-2022/credentials/issue', {
      credential: aCredential('did:example:issuer', { relatedResource } as JsonObject),
    })

  it.each<readonly [string, () => unknown]>([
    ['digestSRI', () => ({ id: BASE, digestSRI: `sha384-${sri('sha384')}` })],
    ['digestMultibase', () => ({ id: BASE, digestMultibase: multibase(bytes()) })],
    [
      'a media type besides',
      () => [{ id: BASE, mediaType: 'application/ld+json', digestSRI: `sha256-${sri('sha256')}` }],
    ],
    ['one that is not at hand', () => ({ id: 'https://example.com/x', digestSRI: `sha384-${sri('sha384')}` })],
  ])('issued with %s', async (_, resource) => {
    const { status, body } = await issue(resource())
    expect(status, JSON.stringify(body)).toBe(201)
    const { verifiableCredential } = body
    const verified = await server.post('/verifiers/w3c-proof-only/credentials/verify', { verifiableCredential })
    expect(verified.body).toEqual({ verified: true, problemDetails: [] })
  })

  it.each<readonly [string, () => unknown]>([
    ['a text', () => [BASE]],
    ['no id', () => [{ digestMultibase: multibase(bytes()) }]],
    ['no digest', () => [{ id: BASE }]],
    ['one resource twice', () => [BASE, BASE].map((id) => ({ id, digestSRI: `sha384-${sri('sha384')}` }))],
    ['another digestMultibase', () => [{ id: BASE, digestMultibase: multibase(Buffer.from('another')) }]],
    ['another digestSRI', () => [{ id: BASE, digestSRI: `sha384-${sri('sha384').replace(/^./, '_')}` }]],
    [
      'the digest of something else',
      () => [{ id: BASE, digestSRI: `sha256-${createHash('sha256').digest('base64')}` }],
    ],
  ])('not issued with %s', async (_, resource) => expect((await issue(resource())).status).toBe(400))
})
