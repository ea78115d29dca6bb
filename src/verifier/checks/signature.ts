import { formatDateTime } from '../../codec/date-time.js'
import type { Json } from '../../core/json.js'
import { type CheckResult, type Evidence, failed } from '../../core/outcome.js'
import { isBase } from '../../formats/data-integrity/read.js'
import { checkRelatedResources } from '../../formats/related-resources.js'
import { findOrganisation } from '../../trust/trust.js'
import { askedMoment, type CredentialCase, openedTrust, skewOf } from '../case.js'
import { createFindKey } from '../find-key.js'
import { issuanceTimes } from '../issuance-times.js'
import { verifyBounded } from '../verify-bounded.js'
import type { Presenter } from './holder-binding.js'

const keyIdsOf = ({ input }: CredentialCase): readonly Json[] =>
  input.jws ? [input.jws.keyId ?? ''] : input.proofs.map(({ verificationMethod }) => verificationMethod ?? '')

// Says which listed keys were used, and when they may be: a retired key is good for what it signed in its time.
const keyWindows = (subject: CredentialCase): Evidence => {
  const opened = openedTrust(subject)
  const listed = opened && findOrganisation(opened.list, subject.input.issuer)?.keys
  const used = listed?.filter(({ id }) => keyIdsOf(subject).includes(id)) ?? []
  if (used.length === 0) return {}
  return {
    keyWindows: used.map(({ id, validFrom, validUntil, compromisedAt }) => ({
      keyId: id,
      validFrom,
      ...(validUntil === undefined ? {} : { validUntil }),
      ...(compromisedAt === undefined ? {} : { compromisedAt }),
    })),
  }
}

const registration = ({ moments: { registered } }: CredentialCase): Evidence =>
  registered ? { registeredAt: { time: formatDateTime(registered.time), how: registered.how } } : {}

const withEvidence = (result: CheckResult, more: Evidence): CheckResult =>
  'evidence' in result ? { ...result, evidence: { ...result.evidence, ...more } } : result

// A digest that was signed stands for the bytes that have it.
const withResources = (result: CheckResult, { input, settings }: CredentialCase): CheckResult => {
  if (result.outcome !== 'passed') return result
  const { faults, compared, notAtHand } = checkRelatedResources(input.document, settings.resources, input.typeMetadata)
  if (compared + notAtHand === 0) return result
  const evidence: Evidence = { ...result.evidence, resources: { compared, notAtHand } }
  return faults.length > 0 ? failed('signature.resourceMismatch', evidence, faults) : { ...result, evidence }
}

/** Did the issuer sign exactly this? Every proof must hold, under a key that is the issuer's own. */
export const checkSignature = async (subject: CredentialCase, presenter: Presenter): Promise<CheckResult> => {
  const { input, moments } = subject
  const { policy, resolver, extraContexts, canonicalizer, certificates } = subject.settings
  // Data Integrity ECDSA Cryptosuites 1.0, 3.5.7: what a holder shows begins as a derived proof does. On its own it may be
  // the holder, or the issuer, who asks.
  const isShown = presenter.kind === 'proven' || presenter.kind === 'unproven'
  const base = isShown ? input.proofs.findIndex(isBase) : -1
  if (base >= 0) return failed('signature.baseProof', {}, [{ path: `/proof/${base}`, code: 'signature.baseProof' }])
  const findKey = createFindKey({
    owner: input.issuer,
    binding: policy.issuerBinding,
    opened: openedTrust(subject),
    resolver,
    signedAt: (keyId) => issuanceTimes(input, keyId),
    at: askedMoment(moments),
    ...(certificates ? { certificates } : {}),
    ...(moments.registered === undefined ? {} : { registeredAt: moments.registered.time }),
  })
  const { result } = await verifyBounded(input, {
    findKey,
    now: askedMoment(moments),
    skew: skewOf(moments),
    extraContexts,
    canonicalizer,
  })
  return withEvidence(withResources(result, subject), { ...keyWindows(subject), ...registration(subject) })
}
