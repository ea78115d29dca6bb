import { POLICIES, parsePolicy, policyDigest } from '../../src/doors/verify.js'

const annualAudit = parsePolicy({
  ...POLICIES.nhs,
  name: 'annual audit of mandatory training',
  skip: { holderBinding: 'The audit reads archived credentials; nobody presents them.' },
  suitability: { CoreSkill: { refreshPeriods: { 'Fire safety': 12 } } },
})
console.log(annualAudit.name, policyDigest(annualAudit))
