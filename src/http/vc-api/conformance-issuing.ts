import type { Clock } from '../../core/clock.js'
import { newCredentialId } from '../../core/ids.js'
import type { JsonObject } from '../../core/json.js'
import { generateKey } from '../../crypto/keys.js'
import { createLocalSigner } from '../../crypto/local-signer.js'
import { didKey } from '../../dids/did-key.js'
import type { ContextDocument } from '../../formats/input.js'
import type { RelatedResource } from '../../formats/related-resources.js'
import { identifierOf } from '../../formats/shape.js'
import type { SignatureAlgorithm, Signer } from '../../ports/signer.js'
import type { Store } from '../../ports/store.js'
import type { PublishedList } from '../../status/publish.js'
import { RequestProblem, refuseWith } from '../problem.js'
import { checkDocument, notSecured } from './check-document.js'
import { signForConformance } from './conformance-sign.js'
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
  /** What documents may state digests of. */
  readonly resources: readonly RelatedResource[]
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

const issue = async (
  issuer: ConformanceIssuer,
  credential: JsonObject,
  asked: IssuingOptions,
  options: ConformanceIssuingOptions,
): Promise<JsonObject | string> => {
  checkDocument(credential, 'credential', options.resources)
  const { suite } = issuer.endpoint
  const name = identifierOf(credential.id) ?? asked.credentialId ?? newCredentialId()
  const given = suite === STATUS_SUITE ? await issuer.status.give(credential, name).catch(storeProblem) : credential
  const { clock, contexts } = options
  const { mandatoryPointers } = asked
  const signing = { suite, signer: issuer.signer, created: clock.now(), extraContexts: contexts }
  const signed = await signForConformance(given, {
    ...signing,
    ...(mandatoryPointers ? { mandatoryPointers } : {}),
  }).catch((error: unknown) => {
    if (error instanceof RequestProblem) throw error
    return notSecured('/credential')
  })
  return handOver(suite, signed)
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
