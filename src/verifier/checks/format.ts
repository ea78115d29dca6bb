import { type CheckResult, passed } from '../../core/outcome.js'
import type { CredentialCase } from '../case.js'

/** Is it a whole, unambiguous credential in a format that we read? Whatever reached this point passed the front door. */
export const checkFormat = ({ input }: CredentialCase): CheckResult => passed({ format: input.format })
