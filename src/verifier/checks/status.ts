import type { CheckResult } from '../../core/outcome.js'
import type { CredentialCase } from '../case.js'

/** Has the issuer withdrawn it? Asked only of an issuer who is believed: nobody else says where we fetch. */
export const checkStatus = (subject: CredentialCase): Promise<CheckResult> => subject.settings.status.check(subject)
