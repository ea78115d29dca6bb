import { parseDid, parseDidUrl } from '../codec/did.js'
import type { CheckCode } from '../core/codes.js'
import { PassportError } from '../core/errors.js'
import { importPublicKey } from '../crypto/keys.js'
import type { DidResolver } from '../dids/resolver.js'
import type { FindKey, FoundKey } from '../formats/input.js'
import type { CertificateTrust } from '../ports/certificate-trust.js'
import type { PublicKeyJwk } from '../ports/signer.js'
import type { OpenedTrustList } from '../trust/open.js'
import { findOrganisation, findTrustedKey, type KeyVerdict, keyVerdict } from '../trust/trust.js'
import type { TrustedKey, TrustedOrganisation } from '../trust/trust-list.js'
import type { Policy } from './policy.js'

/** Whose key is looked for, and what for. */
export interface KeyQuestion {
  /** The issuer, or the presenter: its key and no other. */
  readonly owner: string
  readonly binding: Policy['issuerBinding']
  readonly opened: OpenedTrustList | undefined
  readonly resolver: DidResolver
  /** When the document says that this key signed it. */
  readonly signedAt: (keyId: string) => readonly number[]
  /** A time of registration that the caller vouches for. */
  readonly registeredAt?: number
  /** What certificates are judged by, and the moment asked about: where keys are bound by them. */
  readonly certificates?: CertificateTrust
  readonly at: number
}

const no = (outcome: 'failed' | 'inconclusive', code: CheckCode): FoundKey => ({ ok: false, outcome, code })

// The keys of an opened trust list are the same objects for as long as it is asked.
const known = new WeakMap<PublicKeyJwk, FoundKey>()

const importedOnce = async (jwk: PublicKeyJwk): Promise<FoundKey> => {
  const before = known.get(jwk)
  if (before) return before
  const found = await imported(jwk)
  if (found.ok) known.set(jwk, found)
  return found
}

const imported = async (jwk: PublicKeyJwk): Promise<FoundKey> => {
  try {
    return { ok: true, key: await importPublicKey(jwk) }
  } catch (error) {
    if (!(error instanceof PassportError)) throw error
    if (error.code === 'key.algorithmUnavailable') return no('inconclusive', 'signature.algorithmUnavailable')
    if (error.code === 'key.rejected') return no('failed', 'signature.keyRejected')
    throw error
  }
}

const REFUSED: Readonly<Record<Exclude<KeyVerdict, 'inUse'>, CheckCode>> = {
  compromised: 'signature.keyRejected',
  outsideWindow: 'signature.keyOutsideWindow',
}

const fromList = async (listed: TrustedKey, keyId: string, question: KeyQuestion): Promise<FoundKey> => {
  const verdicts = question.signedAt(keyId).map((time) => keyVerdict(listed, time, question.registeredAt))
  if (verdicts.length === 0) return no('failed', REFUSED.outsideWindow)
  const bad = (['compromised', 'outsideWindow'] as const).find((verdict) => verdicts.includes(verdict))
  return bad ? no('failed', REFUSED[bad]) : importedOnce(listed.publicKeyJwk)
}

// Carried in the DID itself: no request, whoever it is.
const SELF_CONTAINED = ['key', 'jwk']

const mayResolve = (did: string, organisation: TrustedOrganisation | undefined): boolean =>
  organisation !== undefined || SELF_CONTAINED.includes(parseDid(did)?.method ?? '')

const fromDid = async (
  keyId: string,
  purpose: 'assertionMethod' | 'authentication',
  resolver: DidResolver,
): Promise<FoundKey> => {
  const answer = await resolver.findKey(keyId, purpose)
  if (answer.ok) return imported(answer.publicKeyJwk)
  const unknown = answer.retryable || answer.code === 'signature.keyUnavailable'
  return no(unknown ? 'inconclusive' : 'failed', answer.code)
}

const WEB = 'did:web:'

/**
 * Whether a did:web is that of an https issuer's host, or of the issuer's own path there. Another path of the host may be
 * another's: `did:web:host:users:mallory` is whoever may write into `/users/mallory` (did:web, section 2.5.2).
 */
function isOfHost(did: string, owner: string): boolean {
  if (!did.startsWith(WEB) || !owner.startsWith('https://') || !URL.canParse(owner)) return false
  const { host, pathname } = new URL(owner)
  const ofHost = WEB + host.replace(':', '%3A')
  const path = pathname.split('/').filter((segment) => segment !== '')
  return did === ofHost || did === [ofHost, ...path].join(':')
}

const fromCertificate = async (chain: readonly string[] | undefined, question: KeyQuestion): Promise<FoundKey> => {
  const { certificates, owner, at } = question
  if (!certificates || !chain) return no('failed', 'signature.keyNotFound')
  const answer = await certificates.keyOf(chain, { issuer: owner, at })
  if (!answer.ok) return no('failed', answer.code)
  const found = await imported(answer.publicKeyJwk)
  const { certificate, anchor } = answer
  return found.ok ? { ...found, evidence: { certificate, anchor } } : found
}

const ofOwner = async (
  keyId: string,
  purpose: 'assertionMethod' | 'authentication',
  question: KeyQuestion,
): Promise<FoundKey> => {
  const { owner, binding, opened, resolver } = question
  const organisation = opened && findOrganisation(opened.list, owner)
  if (organisation?.keys && organisation.keys.length > 0) {
    const listed = findTrustedKey(organisation, keyId)
    return listed ? fromList(listed, keyId, question) : no('failed', 'signature.keyNotFound')
  }
  const did = parseDidUrl(keyId)?.did
  const isHosts = binding === 'domain' && did !== undefined && isOfHost(did, owner)
  if (parseDid(owner) === undefined && !isHosts) return no('inconclusive', 'signature.keyUnavailable')
  if (did === undefined) return no('failed', 'signature.didInvalid')
  if (did !== owner && !isHosts) return no('failed', 'signature.keyNotFound')
  return mayResolve(did, organisation)
    ? fromDid(keyId, purpose, resolver)
    : no('inconclusive', 'signature.keyUnavailable')
}

const ofAnybody = async (
  keyId: string,
  purpose: 'assertionMethod' | 'authentication',
  { resolver }: KeyQuestion,
): Promise<FoundKey> => {
  const did = parseDidUrl(keyId)?.did
  if (did === undefined) return no('failed', 'signature.didInvalid')
  return mayResolve(did, undefined) ? fromDid(keyId, purpose, resolver) : no('inconclusive', 'signature.keyUnavailable')
}

/**
 * Finds keys for one owner. Keys on the trust list come first and are then the only ones; else the owner's DID is
 * asked. A stranger is never fetched: of an unlisted owner only what its DID itself carries is used.
 */
export const createFindKey =
  (question: KeyQuestion): FindKey =>
  async (keyId, purpose, chain) => {
    if (question.binding === 'certificate') return fromCertificate(chain, question)
    // Elsewhere a chain of certificates says nothing, and the front door refuses it.
    return question.binding === 'proofOnly' ? ofAnybody(keyId, purpose, question) : ofOwner(keyId, purpose, question)
  }
