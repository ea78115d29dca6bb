import { parseDateTime } from '../codec/date-time.js'
import type { Clock } from '../core/clock.js'
import type { Moments, Registration } from './case.js'
import type { Policy } from './policy.js'
import type { Expectations } from './presenter.js'

/** What to ask about one input. */
export interface VerifyOptions {
  /**
   * The challenge that a presentation must answer. You made it, at random, and you accept it once. Whoever states it, or the
   * audience, asks for a presentation: a credential on its own is then rejected (RFC 9901, section 7.3).
   */
  readonly expectedChallenge?: string
  /** Your own identifier, to which a presentation must be addressed, exactly. */
  readonly expectedAudience?: string
  /** A past moment to ask about instead of now; text is RFC 3339. */
  readonly at?: Date | string
  /** Status list credentials for this input, besides the verifier's own: those of the moment asked about. */
  readonly statusLists?: readonly unknown[]
  /** When the credential was registered, if you can vouch for it: it lets through what a key signed before it was compromised. */
  readonly registeredAt?: Registration
}

const FUTURE = 'at must not lie in the future: a verification cannot know what has not happened'

const momentOf = (value: Date | string, name: string): number => {
  const time = typeof value === 'string' ? parseDateTime(value) : value instanceof Date ? value.getTime() : undefined
  if (time === undefined || Number.isNaN(time))
    throw new TypeError(`${name} must be a Date, or a time with a zone such as 2026-01-31T09:00:00Z`)
  return time
}

const HOW_CHARACTERS = 200

const registrationOf = (registration: Registration | undefined): Pick<Moments, 'registered'> => {
  if (registration === undefined) return {}
  const { time, how } = registration
  if (typeof how !== 'string' || how.trim() === '' || how.length > HOW_CHARACTERS)
    throw new TypeError(`registeredAt.how must say in at most ${HOW_CHARACTERS} characters how you know`)
  return { registered: { time: momentOf(time, 'registeredAt.time'), how } }
}

/** The moments of one verification: the one reading of the clock. @throws TypeError for a moment that is not one */
export const momentsOf = (clock: Clock, { at, registeredAt }: VerifyOptions): Moments => {
  const now = clock.now().getTime()
  const asked = at === undefined ? {} : { at: momentOf(at, 'at') }
  if (asked.at !== undefined && asked.at > now) throw new TypeError(FUTURE)
  return { now, ...asked, ...registrationOf(registeredAt) }
}

const text = (value: unknown, name: string): string | undefined => {
  if (value === undefined) return undefined
  if (typeof value !== 'string' || value === '') throw new TypeError(`${name} must be a text that is not empty`)
  return value
}

/**
 * What a presentation must answer, as far as the caller says.
 * @throws TypeError when only half of it is said, and the policy does not skip the question
 */
export function expectations({ expectedChallenge, expectedAudience }: VerifyOptions, policy: Policy): Expectations {
  const challenge = text(expectedChallenge, 'expectedChallenge')
  const audience = text(expectedAudience, 'expectedAudience')
  const isHalf = (challenge === undefined) !== (audience === undefined)
  if (isHalf && policy.skip.holderBinding === undefined)
    throw new TypeError('expectedChallenge and expectedAudience belong together')
  return { ...(challenge === undefined ? {} : { challenge }), ...(audience === undefined ? {} : { audience }) }
}

/** Whether the caller said what a presentation must answer. */
export function isExpected({ challenge, audience }: Expectations): boolean {
  return challenge !== undefined || audience !== undefined
}
