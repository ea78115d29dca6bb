import type { Rule, RuleInput } from '../define.js'
import { folded, textOf } from './read.js'

/** Every name and code that an issuer goes by, its predecessors' among them; `undefined` when nobody knows any. */
export const namesOf = ({ issuer }: RuleInput): readonly string[] | undefined => {
  const names = [issuer?.name, issuer?.odsCode, ...(issuer?.predecessors ?? [])].filter((name) => name !== undefined)
  return names.length === 0 ? undefined : names.map(folded)
}

/** The rule that each of these claims that is stated names the issuer, or an organisation that it succeeded. */
export const namesIssuer = (
  claimNames: readonly [string, ...string[]],
  texts: Pick<Rule, 'code' | 'sentence' | 'mend'>,
): Rule => ({
  ...texts,
  when: 'both',
  force: 'refuse',
  check: (input) => {
    const names = namesOf(input)
    if (!names) return []
    const stated = claimNames.filter((name) => textOf(input.claims, name) !== undefined)
    const isOwn = (claim: string): boolean => names.includes(folded(textOf(input.claims, claim) ?? ''))
    // An issuer may be known by its code alone; then nobody can say whether a name is its own, and its code must be.
    const isNameUnknown = input.issuer?.name === undefined && !(input.issuer?.predecessors ?? []).length
    const foreign = stated.filter((claim) => !isOwn(claim) && !(isNameUnknown && !claim.endsWith('Ods')))
    const wrong = stated.some(isOwn) ? foreign : claimNames.slice(0, 1)
    return wrong.map((claim) => ({ path: `/claims/${claim}` }))
  },
})
