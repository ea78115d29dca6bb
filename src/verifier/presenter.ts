import { parseDidUrl } from '../codec/did.js'
import type { CheckCode } from '../core/codes.js'
import { isJsonObject } from '../core/json.js'
import { LIMITS } from '../core/limits.js'
import { type CheckResult, type Evidence, failed, inconclusive, passed, skipped } from '../core/outcome.js'
import { didCarriedKey } from '../crypto/did-carried-key.js'
import { jwkThumbprint } from '../crypto/keys.js'
import type { FoundKey, Presented, ReadPresentation } from '../formats/input.js'
import type { PublicKeyJwk } from '../ports/signer.js'
import { askedMoment, type Moments, skewOf, type VerifierSettings } from './case.js'
import type { Presenter } from './checks/holder-binding.js'
import { createFindKey } from './find-key.js'
import { verifyBounded } from './verify-bounded.js'

/** What a presentation must answer, and to whom it must be addressed. */
export interface Expectations {
  readonly challenge?: string
  readonly audience?: string
}

/** What a presentation is judged by. */
export interface PresentationCase {
  readonly settings: VerifierSettings
  readonly moments: Moments
  readonly input: ReadPresentation
  readonly expected: Expectations
}

/** The answer to a presentation's own holder binding, and who presented it. */
export interface PresenterFinding {
  readonly result: CheckResult
  readonly presenter: Presenter
}

// Nothing of the presenter's is filed: a did:key in a key id is the subject's own identifier.
const failure = (code: CheckCode, ...causes: readonly CheckCode[]): CheckResult =>
  failed(
    code,
    {},
    [...new Set([code, ...causes])].map((cause) => ({ path: '', code: cause })),
  )

const doubt = (code: CheckCode, cause: CheckCode): CheckResult =>
  inconclusive(code, {}, [
    { path: '', code },
    { path: '', code: cause },
  ])

const keyIdsOf = ({ input }: PresentationCase): readonly string[] =>
  (input.jws ? [input.jws.keyId] : input.proofs.map(({ verificationMethod }) => verificationMethod)).filter(
    (id) => typeof id === 'string',
  )

// One person presents, under one DID: the holder's, where the presentation names its holder. The key of a key binding
// token is named by the credential that it binds.
const presenterDid = (subject: PresentationCase): string | undefined => {
  const { confirmation, format } = subject.input
  if (format === 'sd-jwt+kb')
    return typeof confirmation?.kid === 'string' ? parseDidUrl(confirmation.kid)?.did : undefined
  const dids = new Set(keyIdsOf(subject).map((keyId) => parseDidUrl(keyId)?.did))
  const [did] = dids
  if (dids.size !== 1 || did === undefined) return undefined
  return subject.input.holder === undefined || subject.input.holder === did ? did : undefined
}

const NO_KEY: FoundKey = { ok: false, outcome: 'failed', code: 'signature.keyNotFound' }

const checkSigned = async (subject: PresentationCase, did: string | undefined) => {
  const { input, moments } = subject
  const { resolver, extraContexts, canonicalizer } = subject.settings
  const now = askedMoment(moments)
  const findKey =
    did === undefined
      ? async () => NO_KEY
      : createFindKey({ owner: did, binding: 'issuer', opened: undefined, resolver, signedAt: () => [], at: now })
  return verifyBounded(input, { findKey, now, skew: skewOf(moments), extraContexts, canonicalizer })
}

const thumbprintOf = ({ input }: PresentationCase, did: string | undefined): string | undefined => {
  const jwk =
    input.format === 'sd-jwt+kb' ? input.confirmation?.jwk : did === undefined ? undefined : didCarriedKey(did)
  return isJsonObject(jwk) ? jwkThumbprint(jwk as unknown as PublicKeyJwk) : undefined
}

const notSigned = (result: CheckResult): CheckResult | undefined => {
  if (result.outcome === 'passed') return undefined
  if (result.outcome === 'inconclusive') return doubt('holderBinding.keyUnavailable', result.code as CheckCode)
  const code = 'code' in result ? (result.code as CheckCode) : 'signature.invalid'
  return failure(code === 'signature.proofExpired' ? 'holderBinding.stale' : 'holderBinding.signatureInvalid', code)
}

// A key binding token does not say how long it holds: it must be fresh (RFC 9901, section 7.3).
const isOld = ({ created }: Presented, { input, moments }: PresentationCase): boolean =>
  input.format === 'sd-jwt+kb' &&
  (created === undefined || created < askedMoment(moments) - LIMITS.keyBindingAge - skewOf(moments))

const isStale = ({ created, expires }: Presented, moments: Moments): boolean => {
  const moment = askedMoment(moments)
  const skew = skewOf(moments)
  return (created !== undefined && created > moment + skew) || (expires !== undefined && moment >= expires + skew)
}

const answers = (proof: Presented, { audience }: Expectations): boolean =>
  audience === undefined || (proof.audience.length === 1 && proof.audience[0] === audience)

// Every proof must say what was expected, to the letter; saying more is saying something else.
const notForUs = (proofs: readonly Presented[], subject: PresentationCase): CheckResult | undefined => {
  const { expected, moments } = subject
  if (expected.challenge !== undefined && proofs.some(({ challenge }) => challenge !== expected.challenge))
    return failure('holderBinding.challengeMismatch')
  if (proofs.some((proof) => !answers(proof, expected))) return failure('holderBinding.audienceMismatch')
  return proofs.some((proof) => isStale(proof, moments) || isOld(proof, subject))
    ? failure('holderBinding.stale')
    : undefined
}

const evidenceOf = ({ input, expected }: PresentationCase): Evidence => ({
  format: input.format,
  proofs: input.jws
    ? [{ algorithm: input.jws.algorithm }]
    : input.proofs.map(({ cryptosuite }) => ({ cryptosuite: String(cryptosuite) })),
  challenge: expected.challenge === undefined ? 'not asked' : 'as expected',
  audience: expected.audience === undefined ? 'not asked' : 'as expected',
})

const EMPTY = 'holderBinding.presentationMalformed'

const unproven = (result: CheckResult): PresenterFinding => ({ result, presenter: { kind: 'unproven', result } })

/**
 * Is the presentation signed by its presenter, in answer to our challenge, addressed to us, and fresh? A policy may
 * skip who the presenter is, but never whether the presentation's own signature holds.
 */
export const checkPresenter = async (subject: PresentationCase): Promise<PresenterFinding> => {
  const { input, settings } = subject
  const sentence = settings.policy.skip.holderBinding
  // Of nothing, nothing is proven; whoever does not ask who presents may still ask whether the signature holds.
  if (input.credentials.length === 0 && sentence === undefined)
    return unproven(failed(EMPTY, {}, [{ path: '/verifiableCredential', code: EMPTY }]))
  const did = presenterDid(subject)
  if (did === undefined && input.format !== 'sd-jwt+kb')
    return unproven(failure('holderBinding.signatureInvalid', 'signature.keyNotFound'))
  const { result, presented } = await checkSigned(subject, did)
  const fault = notSigned(result) ?? notForUs(presented, subject)
  if (fault) return unproven(fault)
  const thumbprint = thumbprintOf(subject, did)
  return {
    result: sentence === undefined ? passed(evidenceOf(subject)) : skipped(sentence),
    presenter: {
      kind: 'proven',
      ...(did === undefined ? {} : { did }),
      ...(thumbprint === undefined ? {} : { thumbprint }),
    },
  }
}
