import { parseDidUrl } from '../../codec/did.js'
import type { CheckCode } from '../../core/codes.js'
import { isJsonObject, type JsonObject } from '../../core/json.js'
import { type CheckResult, failed, notApplicable, passed } from '../../core/outcome.js'
import { algorithmOfCurve } from '../../crypto/algorithms.js'
import { jwkThumbprint } from '../../crypto/keys.js'
import type { PublicKeyJwk } from '../../ports/signer.js'
import { type CredentialCase, subjectsOf } from '../case.js'

/**
 * Who presents: nobody, where a credential is verified on its own; missing, where a presentation was asked for and a credential
 * came alone; unknown, where the presentation did not hold.
 */
export type Presenter =
  | { readonly kind: 'none' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unproven'; readonly result: CheckResult }
  | ProvenPresenter

/** Who proved to hold a key: by its DID, by the key itself, or by both where the DID carries it. */
export interface ProvenPresenter {
  readonly kind: 'proven'
  readonly did?: string
  /** RFC 7638, SHA-256. */
  readonly thumbprint?: string
}

const NOT_PRESENTED = 'The credential was verified on its own, so nobody presented it.'

const NOT_PROVEN = 'holderBinding.signatureInvalid'

// A presenter who did not prove to hold a key is nobody's holder; the presentation's own answer says why.
const unproven = (result: CheckResult): CheckResult =>
  'code' in result ? { ...result, faults: [{ path: '', code: result.code }], evidence: {} } : failed(NOT_PROVEN)

const fail = (code: CheckCode, path: string): CheckResult => failed(code, {}, [{ path, code }])

const bySubject = ({ input }: CredentialCase, { did }: ProvenPresenter): CheckResult => {
  const subjects = subjectsOf(input.document)
  const path = '/credentialSubject/id'
  if (subjects.length === 0 || subjects.some(({ id }) => typeof id !== 'string'))
    return fail('holderBinding.subjectMissing', path)
  if (subjects.some(({ id }) => id !== did)) return fail('holderBinding.notTheSubject', path)
  return passed({ subject: 'The subject is the presenter.' })
}

const isKey = (jwk: JsonObject): jwk is JsonObject & PublicKeyJwk =>
  algorithmOfCurve(jwk.kty, jwk.crv) !== undefined && typeof jwk.x === 'string' && jwk.y !== null

// RFC 7800: the issuer names the key itself, or a DID whose key it is.
const byConfirmation = ({ jwk, kid }: JsonObject, { did, thumbprint }: ProvenPresenter): CheckResult => {
  if (isJsonObject(jwk)) {
    const isSame = thumbprint !== undefined && isKey(jwk) && jwkThumbprint(jwk) === thumbprint
    return isSame ? passed({ subject: 'The presenter holds the key of the credential.' }) : fail(OTHER, '/cnf/jwk')
  }
  if (typeof kid !== 'string') return fail('holderBinding.subjectMissing', '/cnf')
  const isSame = did !== undefined && (parseDidUrl(kid)?.did ?? kid) === did
  return isSame ? passed({ subject: 'The presenter holds the key of the credential.' }) : fail(OTHER, '/cnf/kid')
}

const OTHER = 'holderBinding.notTheSubject'

/**
 * Is the presenter the person the credential is about? By the key that the issuer bound it to, where the credential
 * names one (`cnf`); else the subject's id must be the presenter's DID, byte for byte.
 */
export const checkHolderBinding = (subject: CredentialCase, presenter: Presenter): CheckResult => {
  if (presenter.kind === 'none') return notApplicable(NOT_PRESENTED)
  if (presenter.kind === 'missing') return fail('holderBinding.presentationMissing', '')
  if (presenter.kind === 'unproven') return unproven(presenter.result)
  const { confirmation } = subject.input
  return confirmation ? byConfirmation(confirmation, presenter) : bySubject(subject, presenter)
}
