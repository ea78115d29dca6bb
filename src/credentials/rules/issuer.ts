import type { Rule, RuleInput } from '../define.js'
import { folded, textOf } from './read.js'

/** Every name and code that an issuer goes by, its predecessors' among them; `undefined` when nobody knows any. */
export const namesOf = ({ issuer }: RuleInput): readonly string[] | undefined => {
  const names = [issuer?.name, issuer?.odsCode, ...(issuer?.predecessors ?? [])].filter((name) => name !== undefined)
  return names.length === 0 ? undefined : names.map(folded)
}

/** The rule that one of the claims names the issuer, or an organisation that it succeeded. */
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
    const stated = claimNames.map((name) => folded(textOf(input.claims, name) ?? ''))
    return stated.some((name) => names.includes(name)) ? [] : [{ path: `/claims/${claimNames[0]}` }]
  },
})
