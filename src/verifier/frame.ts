import { formatDateTime } from '../codec/date-time.js'
import type { Moments, VerifierSettings } from './case.js'
import type { ReportInput } from './report.js'
import { SOFTWARE } from './software.js'

/** What reports of every kind say, but for the verdict. */
export const frameOf = (settings: VerifierSettings, moments: Moments, input: ReportInput) => ({
  checkedAt: formatDateTime(moments.now),
  ...(moments.at === undefined ? {} : { at: formatDateTime(moments.at) }),
  policy: { name: settings.policy.name, digest: settings.policyDigest },
  input,
  software: SOFTWARE,
})
