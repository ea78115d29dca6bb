import type { CheckResult } from '../core/outcome.js'
import type { CredentialCase } from './case.js'

/** Asks the status lists about credentials, and remembers the lists while they hold. */
export interface StatusChecker {
  check(subject: CredentialCase): Promise<CheckResult>
}
