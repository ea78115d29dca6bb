import { type CheckResult, failed, notApplicable, passed } from '../../core/outcome.js'
import { type CredentialCase, subjectsOf } from '../case.js'

/** Who presents: nobody, where a credential is verified on its own; unknown, where the presentation did not hold. */
export type Presenter =
  | { readonly kind: 'none' }
  | { readonly kind: 'unproven'; readonly result: CheckResult }
  | { readonly kind: 'proven'; readonly did: string }

const NOT_PRESENTED = 'The credential was verified on its own, so nobody presented it.'

const NOT_PROVEN = 'holderBinding.signatureInvalid'

// A presenter who did not prove to hold a key is nobody's holder; the presentation's own answer says why.
const unproven = (result: CheckResult): CheckResult =>
  'code' in result ? { ...result, faults: [{ path: '', code: result.code }], evidence: {} } : failed(NOT_PROVEN)

/** Is the presenter the person the credential is about? The subject's id must be the presenter's DID, byte for byte. */
export const checkHolderBinding = ({ input }: CredentialCase, presenter: Presenter): CheckResult => {
  if (presenter.kind === 'none') return notApplicable(NOT_PRESENTED)
  if (presenter.kind === 'unproven') return unproven(presenter.result)
  const subjects = subjectsOf(input.document)
  const path = '/credentialSubject/id'
  if (subjects.length === 0 || subjects.some(({ id }) => typeof id !== 'string'))
    return failed('holderBinding.subjectMissing', {}, [{ path, code: 'holderBinding.subjectMissing' }])
  if (subjects.some(({ id }) => id !== presenter.did))
    return failed('holderBinding.notTheSubject', {}, [{ path, code: 'holderBinding.notTheSubject' }])
  return passed({ subject: 'The subject is the presenter.' })
}
