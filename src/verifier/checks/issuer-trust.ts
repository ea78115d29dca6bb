import { type CheckResult, failed } from '../../core/outcome.js'
import { ISSUER_ROLES } from '../../credentials/define.js'
import { mayIssue } from '../../trust/trust.js'
import { askedMoment, type CredentialCase } from '../case.js'
import { issuedAt } from '../issuance-times.js'

/** Does whoever keeps the trust list let this issuer issue this type, then? */
export const checkIssuerTrust = (subject: CredentialCase): CheckResult => {
  const { input, moments, row, settings, trustAnswer } = subject
  if (!trustAnswer) return failed('issuerTrust.listMissing')
  if (!trustAnswer.ok) return failed(trustAnswer.code, trustAnswer.evidence)
  return mayIssue(trustAnswer, {
    issuer: input.issuer,
    type: row?.type ?? input.types.find((type) => settings.schemas.has(type)),
    allowedRoles: row?.issuedBy ?? ISSUER_ROLES,
    issuedAt: issuedAt(input, askedMoment(moments)),
  })
}
