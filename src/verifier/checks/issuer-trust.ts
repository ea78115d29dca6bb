import { asArray, isJsonObject, type Json } from '../../core/json.js'
import { type CheckResult, failed, passed } from '../../core/outcome.js'
import { ISSUER_ROLES } from '../../credentials/define.js'
import { findOrganisation, mayIssue } from '../../trust/trust.js'
import { asRead, type TrustedOrganisation } from '../../trust/trust-list.js'
import { askedMoment, type CredentialCase } from '../case.js'
import { issuedAt } from '../issuance-times.js'

/** Does whoever keeps the trust list let this issuer issue this type, then? */
export const checkIssuerTrust = (subject: CredentialCase): CheckResult => {
  const { input, moments, row, settings, trustAnswer } = subject
  if (!trustAnswer) return failed('issuerTrust.listMissing')
  if (!trustAnswer.ok) return failed(trustAnswer.code, trustAnswer.evidence)
  const answer = mayIssue(trustAnswer, {
    issuer: input.issuer,
    type: row?.type ?? input.types.find((type) => settings.schemas.has(type)),
    allowedRoles: row?.issuedBy ?? ISSUER_ROLES,
    issuedAt: issuedAt(input, askedMoment(moments)),
  })
  const isOtherName =
    answer.outcome === 'passed' && !isNameOf(input.document.issuer, findOrganisation(trustAnswer.list, input.issuer))
  const warnings = [{ path: '/issuer/name', code: 'issuerTrust.nameDiffers' }]
  return isOtherName ? passed({ ...answer.evidence, warnings }) : answer
}

/** Whether every name that a document gives its issuer is the one that the trust list has; people read the name, not the id. */
function isNameOf(issuer: Json | undefined, organisation: TrustedOrganisation | undefined): boolean {
  const name = isJsonObject(issuer) ? issuer.name : undefined
  const stated = asArray(name).map((one) => (isJsonObject(one) ? one['@value'] : one))
  return (
    name === undefined ||
    stated.every((one) => typeof one === 'string' && asRead(one) === asRead(organisation?.name ?? ''))
  )
}
