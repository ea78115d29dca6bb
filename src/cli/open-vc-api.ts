import { createGuardedFetch } from '#runtime'
import { createFileVersionMemory } from '../adapters/file/version-memory-file.js'
import { createMemoryStore } from '../adapters/memory/memory-store.js'
import { systemClock } from '../core/clock.js'
import { createDidResolver } from '../dids/resolver.js'
import type { ContextDocument } from '../formats/input.js'
import type { RelatedResource } from '../formats/related-resources.js'
import { createCatalogueIssuing } from '../http/vc-api/catalogue-issuing.js'
import { createConformanceIssuing, createEphemeralKeys } from '../http/vc-api/conformance-issuing.js'
import type { VcApiOptions } from '../http/vc-api/options.js'
import { createVerifier, type Verifier, type VerifierOptions } from '../verifier/create-verifier.js'
import { POLICIES, type Policy } from '../verifier/policy.js'
import { readAnchor } from './anchor.js'
import { readCertificateAnchors } from './certificate-anchors.js'
import { misuse } from './exit.js'
import { readInputFile, readJsonFile, readTextFile } from './files.js'
import { openSigner, warnIfExposed } from './keys.js'
import { type IssuerFileOptions, type OpenedIssuer, openIssuer } from './open-issuer.js'
import { fetchOwnFirst, tellingOfChanges } from './own-lists.js'
import type { Terminal } from './terminal.js'

/** What `serve` is told. */
export interface ServeOptions extends Partial<IssuerFileOptions> {
  readonly conformance?: boolean
  readonly tokenFile?: string
  readonly holderKey?: string
  readonly holderPassphraseFile?: string
  readonly trust?: string
  readonly trustAnchor?: string
  readonly certificateAnchor?: readonly string[]
  readonly state?: string
  readonly context?: readonly string[]
  readonly resource?: readonly string[]
  readonly offline?: boolean
}

/** What a server offers, and how to give back what it holds. */
export interface OpenedVcApi {
  readonly api: Omit<VcApiOptions, 'hosts' | 'log' | 'onError'>
  /** Whoever issues here, where somebody does. */
  readonly own?: OpenedIssuer
  /** Forgets what was remembered of status lists. */
  renew(): void
  close(): Promise<void>
}

const TOKEN_VARIABLE = 'STAFF_PASSPORT_TOKEN'

// Never from the command line, where every user of the machine could read it.
const readToken = async ({ tokenFile }: ServeOptions, terminal: Terminal): Promise<{ readonly token?: string }> => {
  if (tokenFile !== undefined) {
    await warnIfExposed(tokenFile, terminal)
    return { token: (await readTextFile(tokenFile, terminal)).trim() }
  }
  const token = process.env[TOKEN_VARIABLE]
  return token === undefined ? {} : { token }
}

interface AtHand {
  readonly contexts: readonly ContextDocument[]
  readonly resources: readonly RelatedResource[]
}

const namedFile = (option: string, pair: string): readonly [string, string] => {
  const [, url, file] = /^(\S+?)=(.+)$/.exec(pair) ?? []
  if (url === undefined || file === undefined) throw misuse(`${option} takes <url>=<file>`)
  return [url, file]
}

/** What documents may name, in files: nothing is fetched for them. */
const readAtHand = async ({ context = [], resource = [] }: ServeOptions, terminal: Terminal): Promise<AtHand> => ({
  contexts: await Promise.all(
    context.map(async (pair) => {
      const [url, file] = namedFile('--context', pair)
      return { url, document: await readJsonFile(file, terminal) }
    }),
  ),
  resources: await Promise.all(
    resource.map(async (pair) => {
      const [id, file] = namedFile('--resource', pair)
      return { id, bytes: await readInputFile(file, terminal) }
    }),
  ),
})

const trustOf = async (options: ServeOptions, terminal: Terminal): Promise<Partial<VerifierOptions>> => {
  const { trust, trustAnchor, state } = options
  if ((trust === undefined) !== (trustAnchor === undefined)) throw misuse('--trust and --trust-anchor go together')
  if (trust === undefined || trustAnchor === undefined) return {}
  return {
    trustList: await readInputFile(trust, terminal),
    anchor: await readAnchor(trustAnchor, terminal),
    ...(state === undefined ? {} : { versionMemory: createFileVersionMemory(state) }),
  }
}

/** Whom to believe, as far as it was said: a trust list, and what certificates must lead to. */
interface Trusted {
  readonly list: Partial<VerifierOptions>
  readonly certificates: Pick<VerifierOptions, 'certificates'>
}

// Without a trust list, or anchors for certificates, only what asks for none.
const canServe = (policy: Policy, { list, certificates }: Trusted): boolean =>
  (policy.issuerBinding !== 'certificate' || certificates.certificates !== undefined) &&
  (list.trustList !== undefined || policy.skip.issuerTrust !== undefined)

// What verifies remembers status lists for as long as they hold; `renew` forgets them.
const createVerifiers = (
  trusted: Trusted,
  common: AtHand & Pick<VerifierOptions, 'fetch'>,
): { readonly verifiers: VcApiOptions['verifiers']; renew(): void } => {
  const policies = Object.values<Policy>(POLICIES).filter((policy) => canServe(policy, trusted))
  const verifiers = new Map<string, Verifier>()
  const renew = (): void => {
    for (const policy of policies) {
      const trusting = policy.skip.issuerTrust === undefined ? trusted.list : {}
      const certificates = policy.issuerBinding === 'certificate' ? trusted.certificates : {}
      verifiers.set(policy.name, createVerifier({ policy, ...common, ...trusting, ...certificates }))
    }
  }
  renew()
  return { verifiers, renew }
}

interface Signing {
  readonly own?: OpenedIssuer
  readonly parts: Pick<VcApiOptions, 'issuing' | 'holding'>
  close(): Promise<void>
}

const NOTHING_OPEN = async (): Promise<void> => undefined

const openConformance = async (options: ServeOptions, atHand: AtHand, origin: string): Promise<Signing> => {
  if (options.key ?? options.store ?? options.holderKey)
    throw misuse('--conformance signs with throwaway keys alone; leave out --key, --store and --holder-key')
  const keys = await createEphemeralKeys()
  const clock = systemClock
  const issuing = createConformanceIssuing({
    keys,
    newStore: createMemoryStore,
    statusUrl: `${origin}/status`,
    ...atHand,
    clock,
  })
  return { parts: { issuing, holding: { holders: keys, contexts: atHand.contexts, clock } }, close: NOTHING_OPEN }
}

const holdingOf = async (
  options: ServeOptions,
  contexts: readonly ContextDocument[],
  terminal: Terminal,
): Promise<Pick<VcApiOptions, 'holding'>> => {
  const { holderKey, holderPassphraseFile } = options
  if (holderKey === undefined) return {}
  const passphrase = holderPassphraseFile === undefined ? {} : { passphraseFile: holderPassphraseFile }
  const holder = await openSigner({ key: holderKey, ...passphrase }, terminal)
  return { holding: { holders: [holder], contexts, clock: systemClock } }
}

const openReal = async (
  options: ServeOptions,
  contexts: readonly ContextDocument[],
  terminal: Terminal,
): Promise<Signing> => {
  const holding = await holdingOf(options, contexts, terminal)
  if (options.key === undefined) return { parts: holding, close: NOTHING_OPEN }
  if (options.store === undefined) throw misuse('--key needs --store <file>: what is issued here must be revocable')
  const own = await openIssuer({ ...options, key: options.key }, terminal)
  const { issuer, signer, close } = own
  const issuing = createCatalogueIssuing({ issuer, algorithm: signer.algorithm, clock: systemClock })
  return { own, parts: { ...holding, issuing }, close }
}

const openSigning = (options: ServeOptions, atHand: AtHand, origin: string, terminal: Terminal): Promise<Signing> =>
  options.conformance ? openConformance(options, atHand, origin) : openReal(options, atHand.contexts, terminal)

/**
 * Opens everything that a server needs.
 * @param origin where others find it: where it listens, or its public address
 */
export const openVcApi = async (options: ServeOptions, origin: string, terminal: Terminal): Promise<OpenedVcApi> => {
  const atHand = await readAtHand(options, terminal)
  const token = await readToken(options, terminal)
  const trusted: Trusted = {
    list: await trustOf(options, terminal),
    certificates: await readCertificateAnchors(options.certificateAnchor, terminal),
  }
  const outside = options.offline ? {} : { fetch: createGuardedFetch() }
  const { own, parts, close } = await openSigning(options, atHand, origin, terminal)
  const fetch = fetchOwnFirst(parts.issuing, outside.fetch)
  const { verifiers, renew } = createVerifiers(trusted, { fetch, ...atHand })
  const issuing = parts.issuing ? { issuing: tellingOfChanges(parts.issuing, renew) } : {}
  return {
    api: { ...parts, ...issuing, ...token, contexts: atHand.contexts, verifiers, resolver: createDidResolver(outside) },
    ...(own ? { own } : {}),
    renew,
    close,
  }
}
