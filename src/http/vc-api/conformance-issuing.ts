import type { Clock } from '../../core/clock.js'
import { newCredentialId } from '../../core/ids.js'
import type { JsonObject } from '../../core/json.js'
import { generateKey } from '../../crypto/keys.js'
import { createLocalSigner } from '../../crypto/local-signer.js'
import { didKey } from '../../dids/did-key.js'
import type { ContextDocument } from '../../formats/input.js'
import { checkShape, identifierOf } from '../../formats/shape.js'
import { credentialFormat } from '../../formats/sign.js'
import type { SignatureAlgorithm, Signer } from '../../ports/signer.js'
import type { Store } from '../../ports/store.js'
import type { PublishedList } from '../../status/publish.js'
import { problem, RequestProblem, refuseWith } from '../problem.js'
import { problemType, REQUEST_PROBLEMS } from '../problem-types.js'
import { type ConformanceStatus, createConformanceStatus } from './conformance-status.js'
import type { IssuingEndpoint, IssuingOptions, VcApiIssuing } from './issuing.js'
import { storeProblem } from './store-problem.js'
import { curveOf, formatOfSuite, handOver, STATUS_SUITE, SUITES } from './suites.js'

/** A key that lives as long as the process. */
export interface EphemeralKey {
  readonly did: string
  readonly signer: Signer
}

/** What issuing for conformance tests needs. */
export interface ConformanceIssuingOptions {
  readonly keys: readonly EphemeralKey[]
  /** Makes a store that forgets: what is issued here is worth nothing. */
  newStore(): Pick<Store, 'register' | 'statusLists'>
  /** The address under which this server publishes its status lists, without a slash at its end. */
  readonly statusUrl: string
  /** Contexts that documents may use besides those at hand. */
  readonly contexts: readonly ContextDocument[]
  readonly clock: Clock
}

const ALGORITHMS: readonly SignatureAlgorithm[] = ['EdDSA', 'ES256', 'ES384', 'ES512']

const newKey = async (algorithm: SignatureAlgorithm): Promise<EphemeralKey> => {
  const key = await generateKey(algorithm)
  const { did, keyId } = didKey(key)
  return { did, signer: await createLocalSigner(key, keyId) }
}

/** New keys, one of each kind, which nobody trusts. */
export const createEphemeralKeys = (): Promise<readonly EphemeralKey[]> => Promise.all(ALGORITHMS.map(newKey))

const checkDocument = (credential: JsonObject): void => {
  const problems = checkShape(credential, 'credential').map(({ path, code }) =>
    problem(problemType(code), 'The credential does not fit the data model.', { code, pointer: `/credential${path}` }),
  )
  if (problems.length > 0) throw new RequestProblem(400, problems)
}

// The document is its sender's, and so is what is wrong with it.
const notSecured = (): never => {
  const detail = 'The document cannot be secured: a word has no meaning in its contexts, or a context is not at hand.'
  throw new RequestProblem(400, [problem(REQUEST_PROBLEMS.proofGeneration, detail, { pointer: '/credential' })])
}

interface ConformanceIssuer {
  readonly endpoint: IssuingEndpoint
  readonly signer: Signer
  readonly status: ConformanceStatus
}

const issuersOf = ({ keys, newStore, ...options }: ConformanceIssuingOptions): readonly ConformanceIssuer[] =>
  keys.flatMap(({ did, signer }) => {
    const status = createConformanceStatus({ ...options, issuer: did, signer, store: newStore() })
    const suites = SUITES.filter((suite) => formatOfSuite(suite, signer.algorithm) !== undefined)
    return suites.map((suite) => ({
      endpoint: { suite, curve: curveOf(signer.algorithm), id: did },
      signer,
      status,
    }))
  })

const sign = async (
  { endpoint, signer }: ConformanceIssuer,
  document: JsonObject,
  { clock, contexts }: ConformanceIssuingOptions,
): Promise<JsonObject | string> => {
  const format = formatOfSuite(endpoint.suite, signer.algorithm)
  if (format === undefined) return refuseWith(404, 'There is no such issuer.')
  const signing = { created: clock.now(), extraContexts: contexts }
  return credentialFormat(format).sign(document, signer, signing).catch(notSecured)
}

const issue = async (
  issuer: ConformanceIssuer,
  credential: JsonObject,
  asked: IssuingOptions,
  options: ConformanceIssuingOptions,
): Promise<JsonObject | string> => {
  checkDocument(credential)
  const { suite } = issuer.endpoint
  const name = identifierOf(credential.id) ?? asked.credentialId ?? newCredentialId()
  const given = suite === STATUS_SUITE ? await issuer.status.give(credential, name).catch(storeProblem) : credential
  return handOver(suite, await sign(issuer, given, options))
}

/**
 * Signs any document of VCDM 2.0 with keys made for the occasion, so that conformance suites can drive the server. The
 * issuer of a document stays what the document says it is: no trust list knows the keys, so nobody believes it.
 */
export const createConformanceIssuing = (options: ConformanceIssuingOptions): VcApiIssuing => {
  const issuers = issuersOf(options)
  const statuses = [...new Set(issuers.map(({ status }) => status))]
  return {
    conformance: true,
    endpoints: issuers.map(({ endpoint }) => endpoint),
    issue: async (endpoint, credential, asked) => {
      const issuer = issuers.find((known) => known.endpoint === endpoint)
      return issuer ? issue(issuer, credential, asked, options) : refuseWith(404, 'There is no such issuer.')
    },
    changeStatus: async (request) => {
      for (const status of statuses) if (await status.change(request).catch(storeProblem)) return
      refuseWith(404, 'Nothing was issued under this id.')
    },
    statusList: async (name) => {
      const found: (PublishedList | undefined)[] = await Promise.all(statuses.map((status) => status.list(name)))
      return found.find((list) => list !== undefined)
    },
  }
}
