import { blockedBy, CHECK_NAMES, type CheckName, type CheckResult, type Checks, skipped } from '../core/outcome.js'
import type { CredentialCase } from './case.js'
import { checkFormat } from './checks/format.js'
import { checkHolderBinding, type Presenter } from './checks/holder-binding.js'
import { checkIssuerTrust } from './checks/issuer-trust.js'
import { checkSchema } from './checks/schema.js'
import { checkSignature } from './checks/signature.js'
import { checkStatus } from './checks/status.js'
import { checkValidityPeriod } from './checks/validity-period.js'
import type { Policy } from './policy.js'

type Check = (subject: CredentialCase, presenter: Presenter) => CheckResult | Promise<CheckResult>

interface Line {
  readonly check: Check
  /** Checks that must have passed before this one can be asked; `format` always. */
  readonly needs: readonly CheckName[] | ((subject: CredentialCase) => readonly CheckName[])
}

// A schema of the caller's own may hold a pattern that takes for ever, so a stranger's document never reaches it.
const needsOfSchema = ({ input, settings }: CredentialCase): readonly CheckName[] =>
  input.types.some((type) => settings.schemas.has(type)) ? ['signature', 'issuerTrust'] : []

// Token Status List, section 8.3: the status of a token that has expired is not asked.
const needsOfStatus = ({ input }: CredentialCase): readonly CheckName[] =>
  input.status === undefined ? ['signature', 'issuerTrust'] : ['signature', 'issuerTrust', 'validityPeriod']

// In the order in which they run and are reported. A check waits for those it needs, and for no others.
const TABLE: Readonly<Record<Exclude<CheckName, 'format'>, Line>> = {
  signature: { check: checkSignature, needs: [] },
  issuerTrust: { check: checkIssuerTrust, needs: [] },
  schema: { check: checkSchema, needs: needsOfSchema },
  validityPeriod: { check: checkValidityPeriod, needs: [] },
  status: { check: checkStatus, needs: needsOfStatus },
  holderBinding: { check: checkHolderBinding, needs: ['signature'] },
}

const LINES = Object.entries(TABLE) as readonly (readonly [keyof typeof TABLE, Line])[]

const sentenceFor = (policy: Policy, name: CheckName): string | undefined =>
  name === 'format' || name === 'signature' ? undefined : policy.skip[name]

/** The seven answers about something that is not a credential. */
export const checksOfUnreadable = (format: CheckResult, policy: Policy): Checks =>
  Object.fromEntries(
    CHECK_NAMES.map((name) => {
      const sentence = sentenceFor(policy, name)
      return [name, name === 'format' ? format : sentence === undefined ? blockedBy('format') : skipped(sentence)]
    }),
  ) as unknown as Checks

/** Asks the seven questions, each as soon as those it waits for are answered well, even after another failed. */
export const runChecks = async (subject: CredentialCase, presenter: Presenter): Promise<Checks> => {
  const answers: Partial<Record<CheckName, CheckResult>> = { format: checkFormat(subject) }
  for (const [name, { check, needs }] of LINES) {
    // A policy may leave the question of the holder out; a caller who asks it puts it back.
    const isAsked = name === 'holderBinding' && presenter.kind === 'missing'
    const sentence = isAsked ? undefined : sentenceFor(subject.settings.policy, name)
    const needed = typeof needs === 'function' ? needs(subject) : needs
    // What the policy leaves out, nothing waits for.
    const isAwaited = (need: CheckName): boolean =>
      answers[need]?.outcome !== 'passed' &&
      !(name === 'schema' && sentenceFor(subject.settings.policy, need) !== undefined)
    const blockers = isAsked ? [] : needed.filter(isAwaited)
    if (sentence !== undefined) answers[name] = skipped(sentence)
    else if (blockers.length > 0) answers[name] = blockedBy(...blockers)
    else {
      const answer = check(subject, presenter)
      answers[name] = answer instanceof Promise ? await answer : answer
    }
  }
  return answers as Checks
}
