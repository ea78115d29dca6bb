import { type Clock, systemClock } from '../core/clock.js'
import { createDidResolver } from '../dids/resolver.js'
import type { ContextDocument, ContextRules, ReadResult } from '../formats/input.js'
import type { RelatedResource } from '../formats/related-resources.js'
import type { CertificateTrust } from '../ports/certificate-trust.js'
import type { GuardedFetch } from '../ports/guarded-fetch.js'
import type { VersionMemory } from '../ports/version-memory.js'
import type { Anchor } from '../trust/open.js'
import { createTrust, type Trust, type TrustAnswer } from '../trust/trust.js'
import type { Moments, VerifierSettings } from './case.js'
import { type CredentialSchema, indexSchemas } from './credential-schema.js'
import { type Policy, parsePolicy, policyDigest } from './policy.js'
import { readByPolicy } from './read-by-policy.js'
import type { CredentialResult, PresentationResult, VerificationResult } from './result.js'
import { createStatusChecker, readSuppliedLists, type SuppliedList } from './status-checker.js'
import { verifyCredential } from './verify-credential.js'
import { expectations, isExpected, momentsOf, type VerifyOptions } from './verify-options.js'

/** What a verifier needs. What matters for safety has no default. */
export interface VerifierOptions {
  readonly policy: Policy
  /** The signed trust list. Absent only where the policy skips `issuerTrust`. */
  readonly trustList?: string | Uint8Array
  /** The key of whoever keeps the trust list, given to you out of band: a did:key, a did:jwk or a public JWK. */
  readonly anchor?: Anchor
  /** Fetches status lists and listed issuers' did:web documents. Without it nothing is ever fetched. */
  readonly fetch?: GuardedFetch
  readonly clock?: Clock
  /** Status list credentials at hand, found by their own `id`, before anything is fetched. */
  readonly statusLists?: readonly unknown[]
  /** Remembers the newest trust and status lists seen, so that older ones are refused. */
  readonly versionMemory?: VersionMemory
  /** What certificates are judged by; needed where, and only where, the policy binds issuers by `certificate`. */
  readonly certificates?: CertificateTrust
  /** JSON-LD contexts of your own, for a policy whose `contexts` is `anyKnown`. None is ever fetched. */
  readonly contexts?: readonly ContextDocument[]
  /**
   * `reference` has every linked-data proof canonicalised by the JSON-LD processor, slowly, where `compiled` does the
   * same with tables made from the same contexts. Either way the answer is the same.
   */
  readonly canonicalizer?: 'compiled' | 'reference'
  /**
   * What credentials name and you have, such as a photograph or a schema: where a credential states a digest of it, the
   * bytes must have that digest. None is ever fetched.
   */
  readonly resources?: readonly RelatedResource[]
  /** Schemas of your own, for types that the catalogue does not have. None is ever fetched. */
  readonly schemas?: readonly CredentialSchema[]
}

/** Verifies credentials and presentations. */
export interface Verifier {
  readonly policy: Policy
  /**
   * Verifies a credential or a presentation, whichever it is. Whatever the input, there is a report: a bad credential
   * is never thrown. With `expectedChallenge` and `expectedAudience` only a presentation can be accepted; without them,
   * only a credential.
   * @param input a compact token, JSON text, their bytes, or a parsed JSON object
   * @throws TypeError for an option that does not fit, such as a challenge without an audience
   */
  verify(input: unknown, options?: VerifyOptions): Promise<VerificationResult>
  /** Verifies a credential; anything else is rejected with `format.typeMismatch`. */
  verifyCredential(input: unknown, options?: VerifyOptions): Promise<CredentialResult>
  /**
   * Verifies a presentation; anything else is rejected.
   * @param input as for `verify`; or an array of several presentations that answer one challenge, which are then verified as one:
   * each signed by its presenter, and all their credentials about one person
   * @throws TypeError without `expectedChallenge` and `expectedAudience`
   */
  verifyPresentation(input: unknown, options?: VerifyOptions): Promise<PresentationResult>
}

const trustOf = (options: VerifierOptions, policy: Policy): Trust | undefined => {
  const { trustList, anchor, versionMemory } = options
  if (trustList === undefined && anchor === undefined && policy.skip.issuerTrust !== undefined) return undefined
  if (trustList === undefined || anchor === undefined)
    throw new TypeError('trustList and anchor are needed: whom to trust has no default')
  if (typeof trustList !== 'string' && !(trustList instanceof Uint8Array))
    throw new TypeError('trustList must be the signed list: its text or its bytes')
  const signed = typeof trustList === 'string' ? trustList : trustList.slice()
  return createTrust({ signed, anchor, ...(versionMemory ? { versionMemory } : {}) })
}

const certificatesOf = ({ certificates }: VerifierOptions, policy: Policy): Pick<VerifierSettings, 'certificates'> => {
  if ((policy.issuerBinding === 'certificate') !== (certificates !== undefined))
    throw new TypeError('certificates is needed where the policy binds issuers by certificate, and only there')
  if (certificates && certificates.portVersion !== 1)
    throw new TypeError('certificates must implement CertificateTrust, version 1')
  return certificates ? { certificates } : {}
}

const resourcesOf = ({ resources = [] }: VerifierOptions): readonly RelatedResource[] => {
  if (resources.some((resource) => typeof resource?.id !== 'string' || !(resource.bytes instanceof Uint8Array)))
    throw new TypeError('resources must hold objects with an id and its bytes')
  return resources.map(({ id, bytes }) => ({ id, bytes: bytes.slice() }))
}

interface Machine {
  readonly settings: VerifierSettings
  /** Settings for one input that came with status lists of its own. */
  withLists(lists: readonly unknown[] | undefined): VerifierSettings
}

const assemble = (options: VerifierOptions): Machine => {
  const policy = parsePolicy(options.policy)
  const clock = options.clock ?? systemClock
  const fetch = options.fetch ? { fetch: options.fetch } : {}
  const extraContexts = structuredClone(options.contexts ?? [])
  const certificates = certificatesOf(options, policy)
  const certificateChain = certificates.certificates !== undefined
  const rules: ContextRules = { contexts: policy.contexts, extraContexts, certificateChain }
  const resolver = createDidResolver({ ...fetch, clock })
  const memory = options.versionMemory ? { versionMemory: options.versionMemory } : {}
  const trust = trustOf(options, policy)
  const own = readSuppliedLists(options.statusLists ?? [], rules)
  const checker = (supplied: readonly SuppliedList[]) =>
    createStatusChecker({ resolver, supplied, rules, ...fetch, ...memory, ...certificates })
  const settings: VerifierSettings = {
    policy,
    policyDigest: policyDigest(policy),
    clock,
    ...(trust ? { trust } : {}),
    ...certificates,
    resolver,
    status: checker(own),
    extraContexts,
    canonicalizer: options.canonicalizer ?? 'compiled',
    rules,
    resources: resourcesOf(options),
    schemas: indexSchemas(options.schemas ?? []),
  }
  return {
    settings,
    withLists: (lists) =>
      lists === undefined ? settings : { ...settings, status: checker([...readSuppliedLists(lists, rules), ...own]) },
  }
}

interface Prepared {
  readonly settings: VerifierSettings
  readonly moments: Moments
  readonly trustAnswer: TrustAnswer | undefined
}

const prepare = async (machine: Machine, options: VerifyOptions): Promise<Prepared> => {
  const settings = machine.withLists(options.statusLists)
  const moments = momentsOf(settings.clock, options)
  return { settings, moments, trustAnswer: await settings.trust?.at(moments.now, moments.at) }
}

let presentations: typeof import('./verify-presentation.js') | undefined

const PRESENTATIONS: readonly unknown[] = ['vp+jwt', 'vp+sd-jwt', 'sd-jwt+kb', 'jwt_vp_json']

const isPresentation = (read: ReadResult): boolean =>
  read.ok ? read.input.kind === 'presentation' : read.kind === 'presentation' || PRESENTATIONS.includes(read.format)

/**
 * Creates a verifier. Nothing is fetched, and the trust list is not opened, until something is verified.
 *
 * ```ts
 * import { createDemoAuthority } from 'staff-passport/testing'
 * import { POLICIES, createVerifier, explain } from 'staff-passport/verify'
 *
 * const { trustList, anchor } = await createDemoAuthority()
 * const verifier = createVerifier({ policy: POLICIES.nhs, trustList, anchor })
 * const result = await verifier.verify('what somebody sent')
 * if (result.verdict !== 'accepted') console.log(explain(result.report))
 * ```
 *
 * @throws TypeError when an option is missing or does not fit
 */
export const createVerifier = (options: VerifierOptions): Verifier => {
  const machine = assemble({ ...options })
  const { policy } = machine.settings
  const isBindingAsked = policy.skip.holderBinding === undefined
  // Whatever the caller gave is read into a copy here, before anything is awaited.
  const read = (input: unknown): ReadResult => readByPolicy(input, machine.settings)

  async function credential(read: ReadResult, options: VerifyOptions): Promise<CredentialResult> {
    const expected = expectations(options, policy)
    const presenter = { kind: isExpected(expected) ? 'missing' : 'none' } as const
    const { audience } = expected
    const asked = { presenter, ...(audience === undefined ? {} : { audience }) }
    return (await verifyCredential({ ...(await prepare(machine, { ...options })), ...asked }, read)).result
  }

  async function presentation(reads: readonly ReadResult[], options: VerifyOptions): Promise<PresentationResult> {
    const question = { expected: expectations(options, policy), ...(await prepare(machine, { ...options })) }
    const [only] = reads
    // A page that is shown credentials alone never loads what presentations need.
    if (!only || reads.length > 1) return (await import('./verify-together.js')).verifyTogether(question, reads)
    presentations ??= await import('./verify-presentation.js')
    if (isBindingAsked && !isExpected(question.expected)) return presentations.refuseUnasked(question, only)
    return presentations.verifyPresentation(question, only)
  }

  return {
    policy,
    verify: async (input, options = {}) => {
      const seen = read(input)
      return isPresentation(seen) ? presentation([seen], options) : credential(seen, options)
    },
    verifyCredential: async (input, options = {}) => credential(read(input), options),
    verifyPresentation: async (input, options = {}) => {
      if (isBindingAsked && !isExpected(expectations(options, policy)))
        throw new TypeError('A presentation needs expectedChallenge and expectedAudience')
      return presentation((Array.isArray(input) ? input : [input]).map(read), options)
    },
  }
}
