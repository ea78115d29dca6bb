import type { Rule } from '../define.js'
import { at, isAfter, textOf } from './read.js'

type Texts = Pick<Rule, 'code' | 'sentence' | 'mend'>

/** The rule that one date must not lie after another of the same claims. */
export const notAfter = (earlier: string, later: string, texts: Texts, force: Rule['force'] = 'refuse'): Rule => ({
  ...texts,
  when: 'both',
  force,
  check: ({ claims }) => at(later, isAfter(textOf(claims, earlier), textOf(claims, later))),
})

/** The rule that something was not done after the credential was issued. */
export const notInFuture = (name: string, texts: Texts): Rule => ({
  ...texts,
  when: 'both',
  force: 'refuse',
  check: ({ claims, issuedOn }) => at(name, isAfter(textOf(claims, name), issuedOn)),
})
