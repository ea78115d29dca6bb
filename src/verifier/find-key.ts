import { parseDid, parseDidUrl } from '../codec/did.js'
import type { CheckCode } from '../core/codes.js'
import { PassportError } from '../core/errors.js'
import { importPublicKey } from '../crypto/keys.js'
import type { DidResolver } from '../dids/resolver.js'
import type { FindKey, FoundKey } from '../formats/input.js'
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
}

const no = (outcome: 'failed' | 'inconclusive', code: CheckCode): FoundKey => ({ ok: false, outcome, code })

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
  return bad ? no('failed', REFUSED[bad]) : imported(listed.publicKeyJwk)
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

/**
 * Finds keys for one owner. Keys on the trust list come first and are then the only ones; else the owner's DID is
 * asked. A stranger is never fetched: of an unlisted owner only what its DID itself carries is used.
 */
export const createFindKey =
  (question: KeyQuestion): FindKey =>
  async (keyId, purpose) => {
    const { owner, binding, opened, resolver } = question
    // Where any key will do, the list binds none.
    const organisation = binding === 'issuer' && opened ? findOrganisation(opened.list, owner) : undefined
    if (organisation?.keys && organisation.keys.length > 0) {
      const listed = findTrustedKey(organisation, keyId)
      return listed ? fromList(listed, keyId, question) : no('failed', 'signature.keyNotFound')
    }
    const did = parseDidUrl(keyId)?.did
    if (binding === 'issuer' && parseDid(owner) === undefined) return no('inconclusive', 'signature.keyUnavailable')
    if (did === undefined) return no('failed', 'signature.didInvalid')
    if (binding === 'issuer' && did !== owner) return no('failed', 'signature.keyNotFound')
    return mayResolve(did, organisation)
      ? fromDid(keyId, purpose, resolver)
      : no('inconclusive', 'signature.keyUnavailable')
  }
