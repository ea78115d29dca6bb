import type { Rule } from '../define.js'
import { at, textOf } from './read.js'

/** Levels of confidence of GPG 45, lowest first; a profile's first letter says which. */
const CONFIDENCE = 'LMHV'

/** Whether a profile gives at least this confidence: `M` medium, `H` high. */
export const isSufficient = (profile: string, least: 'M' | 'H'): boolean =>
  CONFIDENCE.indexOf(profile.charAt(0)) >= CONFIDENCE.indexOf(least)

/** The rule that a check of documents states what was seen, and no digital profile. */
export const documentsOrProfile = (
  profile: string,
  digital: (claims: Parameters<Rule['check']>[0]['claims']) => boolean,
): readonly Rule[] => [
  {
    code: 'schema.profileWithoutDigitalCheck',
    when: 'both',
    force: 'refuse',
    sentence: 'A GPG 45 profile is stated for a check that was not digital.',
    mend: 'Leave the profile out and list the kinds of document that were checked.',
    check: ({ claims }) => at(profile, textOf(claims, profile) !== undefined && !digital(claims)),
  },
]
