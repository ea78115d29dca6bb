import { britishDate } from '../../codec/date-time.js'
import { asArray, isJsonObject, type Json, type JsonObject } from '../../core/json.js'
import { LIMITS } from '../../core/limits.js'
import { type CheckResult, type Evidence, type Fault, failed, inconclusive, passed } from '../../core/outcome.js'
import {
  type BrokenRule,
  checkDisclosedRules,
  checkRules,
  type DisclosedRules,
} from '../../credentials/check-claims.js'
import type { CredentialTypeRow, RuleInput } from '../../credentials/define.js'
import { CREDENTIAL_ROWS, type CredentialTypeName } from '../../credentials/rows.js'
import { validateCredential } from '../../credentials/validate.js'
import { findOrganisation } from '../../trust/trust.js'
import type { TrustedOrganisation, TrustList } from '../../trust/trust-list.js'
import { askedMoment, type CredentialCase, openedTrust, subjectsOf } from '../case.js'
import type { CredentialSchema } from '../credential-schema.js'
import { issuedAt } from '../issuance-times.js'
import { holdsMoreThan } from '../verify-bounded.js'

const schemaIds = (document: JsonObject): readonly Json[] =>
  asArray(document.credentialSchema).map((schema) => (isJsonObject(schema) ? (schema.id ?? null) : schema))

// Every schema that is named must be one we know: a second one would be somebody else's meaning.
const namesOneOf = (document: JsonObject, known: readonly string[]): boolean => {
  const ids = schemaIds(document)
  return ids.length > 0 && ids.every((id) => known.some((schema) => schema === id))
}

const wrongSchema = (): CheckResult =>
  failed('schema.wrongSchema', {}, [{ path: '/credentialSchema', code: 'schema.wrongSchema' }])

const wrongType = (code: 'schema.ambiguousType' | 'schema.unknownType'): CheckResult =>
  failed(code, {}, [{ path: '/type', code }])

const predecessorsOf = (list: TrustList, { id }: TrustedOrganisation): readonly string[] =>
  list.organisations
    .filter(({ successors }) => successors?.includes(id))
    .flatMap(({ name, odsCode }) => (odsCode === undefined ? [name] : [name, odsCode]))

const issuerOf = (subject: CredentialCase): Pick<RuleInput, 'issuer'> => {
  const opened = openedTrust(subject)
  const organisation = opened && findOrganisation(opened.list, subject.input.issuer)
  if (!organisation) return {}
  const { name, odsCode } = organisation
  const predecessors = predecessorsOf(opened.list, organisation)
  return {
    issuer: { id: subject.input.issuer, name, ...(odsCode === undefined ? {} : { odsCode }), predecessors },
  }
}

const objectIn = (object: JsonObject | undefined, name: string): JsonObject => {
  const value = object?.[name]
  return isJsonObject(value) ? value : {}
}

const ruleInput = (subject: CredentialCase, row: CredentialTypeRow): RuleInput => {
  const { document } = subject.input
  const [person] = subjectsOf(document)
  return {
    claims: objectIn(person, row.claimsKey),
    assurance: objectIn(person, 'assurance'),
    evidence: asArray(document.evidence).filter(isJsonObject),
    issuedOn: britishDate(issuedAt(subject.input, askedMoment(subject.moments))),
    ...issuerOf(subject),
  }
}

// Rules speak of `/claims` and `/assurance`; a report speaks of the document.
const inDocument =
  (row: CredentialTypeRow) =>
  ({ path, rule }: BrokenRule) => ({
    path: path.startsWith('/evidence')
      ? path
      : `/credentialSubject${path.replace(/^\/claims(?=\/|$)/, `/${row.claimsKey}`)}`,
    code: rule.code,
  })

const rulesOf = (subject: CredentialCase, row: CredentialTypeRow): DisclosedRules => {
  const input = ruleInput(subject, row)
  return subject.input.selective
    ? checkDisclosedRules(row, input)
    : { broken: checkRules(row, input, 'both'), notAsked: [] }
}

const byRules = (subject: CredentialCase, row: CredentialTypeRow, schema: Evidence): CheckResult => {
  const { broken, notAsked } = rulesOf(subject, row)
  const evidence = notAsked.length === 0 ? schema : { ...schema, rulesNotAsked: notAsked }
  const warnings = broken.filter(({ rule }) => rule.force === 'warn').map(inDocument(row))
  const withWarnings = warnings.length === 0 ? evidence : { ...evidence, warnings }
  const [first, ...others] = broken.filter(({ rule }) => rule.force === 'refuse').map(inDocument(row))
  return first ? failed(first.code, withWarnings, [first, ...others]) : passed(withWarnings)
}

// A claim that its holder may withhold is not missing.
const mayBeWithheld =
  ({ input }: CredentialCase, { claimsKey, disclosable }: CredentialTypeRow) =>
  ({ code, path }: Fault): boolean =>
    input.selective === true &&
    code === 'schema.required' &&
    disclosable.some((name) => path === `/credentialSubject/${claimsKey}/${name}`)

const shapeOf = (subject: CredentialCase, row: CredentialTypeRow): readonly Fault[] => {
  const isWithheld = mayBeWithheld(subject, row)
  return validateCredential(row.type as CredentialTypeName, subject.input.document).filter(
    (fault) => !isWithheld(fault),
  )
}

const ROUTES: readonly Json[] = ['directToWallet', 'viaPortal', 'viaEsr', 'manualEntry']
const DIGEST = /^[0-9a-f]{64}$/

// How it came, and on which identity that relied: a way of ours and a digest, and nothing else that an issuer wrote.
const sourcesOf = (document: JsonObject): Evidence => {
  const sources = asArray(document.evidence)
    .filter(isJsonObject)
    .filter(({ route = '' }) => ROUTES.includes(route))
    .map(({ route = '', identityCredentialDigest: digest }) =>
      typeof digest === 'string' && DIGEST.test(digest) ? { route, identityCredentialDigest: digest } : { route },
    )
  return sources.length === 0 ? {} : { sources }
}

const byRow = (subject: CredentialCase, row: CredentialTypeRow): CheckResult => {
  const { document } = subject.input
  if (!namesOneOf(document, row.schemas)) return wrongSchema()
  const selective: Evidence = subject.input.selective ? { selective: true } : {}
  const evidence: Evidence = { schema: schemaIds(document), ...selective }
  const faults = shapeOf(subject, row)
  // Only where it has its shape, which says which ways there are.
  return faults.length > 0
    ? failed('schema.invalid', evidence, faults)
    : byRules(subject, row, { ...evidence, ...sourcesOf(document) })
}

// Verifiable Credentials JSON Schema, section 2.1: what kind of schema it is is said, and must be so.
const isOfKind = ({ credentialSchema }: JsonObject, kind: string): boolean =>
  asArray(credentialSchema).every((schema) => isJsonObject(schema) && schema.type === kind)

const byOwnSchema = (document: JsonObject, schema: CredentialSchema): CheckResult => {
  const { id, schemaType = 'JsonSchema' } = schema
  if (!namesOneOf(document, [id]) || !isOfKind(document, schemaType)) return wrongSchema()
  const faults = schema.validate(document)
  if (faults === 'indeterminate') return inconclusive('schema.indeterminate', { schema: [id] })
  return faults.length > 0 ? failed('schema.invalid', { schema: [schema.id] }, faults) : passed({ schema: [schema.id] })
}

const isCatalogued = (type: string): boolean => Object.hasOwn(CREDENTIAL_ROWS, type)

/** Does it have the shape of its one type, and does it keep the rules that a schema cannot say? */
export const checkSchema = (subject: CredentialCase): CheckResult => {
  const { input, row } = subject
  const { schemas } = subject.settings
  if (holdsMoreThan(input.document, LIMITS.credentialValues))
    return failed('schema.invalid', {}, [{ path: '', code: 'schema.length' }])
  const known = input.types.filter((type) => isCatalogued(type) || schemas.has(type))
  const [type] = known
  if (type === undefined) return wrongType('schema.unknownType')
  if (known.length > 1) return wrongType('schema.ambiguousType')
  const own = schemas.get(type)
  if (own) return byOwnSchema(input.document, own)
  return row ? byRow(subject, row) : wrongType('schema.unknownType')
}
