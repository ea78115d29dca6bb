import { isJsonObject, type Json } from '../core/json.js'
import { CHECK_NAMES } from '../core/outcome.js'
import { ALGORITHM_NAMES } from '../crypto/algorithms.js'
import type { FormatName } from '../formats/input.js'

type Test = (value: Json | undefined) => boolean

const SKIPPABLE: readonly string[] = CHECK_NAMES.filter((name) => name !== 'format' && name !== 'signature')

const isText: Test = (value) => typeof value === 'string' && value.trim().length > 0 && value.length <= 500
const isCount: Test = (value) => Number.isSafeInteger(value) && Number(value) >= 1
const isOneOf =
  (...words: readonly string[]): Test =>
  (value) =>
    typeof value === 'string' && words.includes(value)
const isListOf =
  (words: readonly string[]): Test =>
  (value) =>
    Array.isArray(value) && value.every((entry) => words.includes(entry)) && new Set(value).size === value.length
// An empty list would take nothing at all: a mistake, and not a policy.
const isChoiceOf =
  (words: readonly string[]): Test =>
  (value) =>
    isListOf(words)(value) && Array.isArray(value) && value.length > 0
const isRecordOf =
  (test: Test, keys?: readonly string[]): Test =>
  (value) =>
    isJsonObject(value) &&
    Object.entries(value).every(([key, entry]) => (keys === undefined || keys.includes(key)) && test(entry))
const isOptional =
  (test: Test): Test =>
  (value) =>
    value === undefined || test(value)

const REQUIREMENTS: Readonly<Record<string, Test>> = {
  maximumAge: isOptional(isCount),
  requiredLevel: isOptional(isText),
  requiredWorkforce: isOptional(isText),
  refreshPeriods: isOptional(isRecordOf(isCount)),
}

const isRequirements: Test = (value) =>
  isJsonObject(value) &&
  Object.keys(value).every((key) => Object.hasOwn(REQUIREMENTS, key)) &&
  Object.entries(REQUIREMENTS).every(([key, test]) => test(value[key]))

const BINDINGS = ['issuer', 'domain', 'certificate', 'proofOnly']

// The compiler sees to it that none is missing.
const FORMATS = Object.keys({
  'data-integrity': true,
  'vc+jwt': true,
  'vp+jwt': true,
  'vc+sd-jwt': true,
  'vp+sd-jwt': true,
  'dc+sd-jwt': true,
  'sd-jwt+kb': true,
  jwt_vc_json: true,
  jwt_vp_json: true,
} satisfies Record<FormatName, true>)

const MEMBERS: Readonly<Record<string, readonly [Test, string]>> = {
  name: [isText, 'name must be a text'],
  mayBeAbsent: [isListOf(CHECK_NAMES), `mayBeAbsent must be a list of checks (${CHECK_NAMES.join(', ')}), none twice`],
  skip: [isRecordOf(isText, SKIPPABLE), `skip must give a sentence for each check it names (${SKIPPABLE.join(', ')})`],
  issuerBinding: [isOneOf(...BINDINGS), `issuerBinding must be one of ${BINDINGS.join(', ')}`],
  contexts: [isOneOf('exact', 'anyKnown'), 'contexts must be exact or anyKnown'],
  identityCredential: [isOneOf('required', 'waived'), 'identityCredential must be required or waived'],
  formats: [isOptional(isChoiceOf(FORMATS)), `formats must be a list of formats (${FORMATS.join(', ')}), none twice`],
  algorithms: [
    isOptional(isChoiceOf(ALGORITHM_NAMES)),
    `algorithms must be a list of algorithms (${ALGORITHM_NAMES.join(', ')}), none twice`,
  ],
  suitability: [
    isOptional(isRecordOf(isRequirements)),
    `suitability must give, for each type, some of ${Object.keys(REQUIREMENTS).join(', ')}`,
  ],
}

const skips = (json: Json | undefined, name: string): boolean => isJsonObject(json) && json[name] !== undefined

// Combinations that would follow a stranger, or believe one.
const crossFaults = (skip: Json | undefined, issuerBinding: Json | undefined): readonly string[] => [
  ...(skips(skip, 'issuerTrust') && !skips(skip, 'status')
    ? ['skip of issuerTrust must skip status too, because an untrusted issuer decides where its status list lies']
    : []),
  ...(issuerBinding === 'proofOnly' && !skips(skip, 'issuerTrust')
    ? ['issuerBinding proofOnly must skip issuerTrust, because anybody could sign in a trusted name']
    : []),
]

/** Everything that is wrong with a policy, in sentences; an empty list where nothing is. */
export const policyFaults = (json: unknown): readonly string[] => {
  if (!isJsonObject(json)) return ['it must be a JSON object']
  const unknown = Object.keys(json).some((key) => !Object.hasOwn(MEMBERS, key))
    ? ['it has a member that no policy has']
    : []
  const wrong = Object.entries(MEMBERS).flatMap(([key, [test, sentence]]) => (test(json[key]) ? [] : [sentence]))
  return [...unknown, ...wrong, ...crossFaults(json.skip, json.issuerBinding)]
}
