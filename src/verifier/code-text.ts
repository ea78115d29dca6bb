import { CHECK_CODES, type CodeText } from '../core/codes.js'
import type { CredentialTypeRow } from '../credentials/define.js'
import { CREDENTIAL_ROWS } from '../credentials/rows.js'
import { COMMON_RULES } from '../credentials/rules/common.js'

const rows: readonly CredentialTypeRow[] = Object.values(CREDENTIAL_ROWS)

const ofRule = (code: string): CodeText | undefined => {
  const rule = [...COMMON_RULES, ...rows.flatMap(({ rules }) => rules)].find((other) => other.code === code)
  return rule && { meaning: rule.sentence, mend: rule.mend }
}

/** What a code of a report means and what to do about it, the catalogue's own rules included; `undefined` for no code of ours. */
export const codeText = (code: string): CodeText | undefined =>
  Object.hasOwn(CHECK_CODES, code) ? CHECK_CODES[code as keyof typeof CHECK_CODES] : ofRule(code)
