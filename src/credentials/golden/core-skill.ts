import { CSTF } from '../core-skills-framework.js'
import type { GoldenExamples } from '../define.js'
import { byTrust, EXAMPLE_PERSON } from '../fictional.js'
import type { CoreSkillClaims } from '../generated/claims.js'

const cstf = byTrust({ assurancePolicy: 'Core Skills Training Framework (CSTF)', assuranceOutcome: 'CSTF applied' })

const sourced = { ...cstf, pedigree: 'Sourced' } as const

type Rest = Partial<CoreSkillClaims> & Pick<CoreSkillClaims, 'statMandSubject' | 'competencyName'>

const skill = (more: Rest): CoreSkillClaims => ({
  competencyFramework: CSTF,
  attainmentStatus: 'ACHIEVED',
  lastDateAwarded: '2025-09-01',
  proficiencyLevel: '0 - Not Assessed',
  employer: 'Northfield NHS Trust (fictional)',
  ...more,
})

/** Worked examples of a core skill credential. The first is what `example` prints. */
export const coreSkillExamples: GoldenExamples<'CoreSkill', 5> = [
  {
    title: 'fire safety, from ESR',
    uniqueIdentifier: EXAMPLE_PERSON,
    assurance: sourced,
    claims: skill({
      statMandSubject: 'Fire safety',
      level: '1',
      competencyName: 'NHS|CSTF|Fire Safety - 2 Years|',
      renewalPeriod: '2',
      units: 'Year',
      dateTo: '2027-09-01',
    }),
    evidence: [{ type: ['SourceEvidence'], route: 'viaEsr' }],
  },
  {
    title: 'adult basic life support, level 2',
    uniqueIdentifier: EXAMPLE_PERSON,
    assurance: cstf,
    claims: skill({
      statMandSubject: 'Resuscitation adult basic life support',
      level: '2',
      competencyName: 'Adult Basic Life Support',
      renewalPeriod: '1',
      units: 'Year',
    }),
  },
  {
    title: 'safeguarding, from an e-learning system',
    uniqueIdentifier: EXAMPLE_PERSON,
    assurance: { ...cstf, origin: 'elfh Hub', verificationMethod: 'elearning completion' },
    claims: skill({
      statMandSubject: 'Safeguarding children',
      level: '3',
      attainmentStatus: 'Completed',
      competencyName: 'Safeguarding Children Level 3',
      learningMethod: 'e-learning',
      renewalPeriod: '36',
      units: 'Month',
    }),
    evidence: [{ type: ['SourceEvidence'], route: 'directToWallet' }],
  },
  {
    title: 'a local subject without renewal',
    uniqueIdentifier: EXAMPLE_PERSON,
    assurance: byTrust(),
    claims: skill({
      competencyFramework: 'LOCAL',
      statMandSubject: 'Trust induction',
      competencyName: '218|LOCAL|Trust Induction|',
    }),
  },
  {
    title: 'another framework, Oliver McGowan',
    uniqueIdentifier: EXAMPLE_PERSON,
    assurance: byTrust(),
    claims: skill({
      competencyFramework: 'Oliver McGowan Mandatory Training',
      statMandSubject: 'Learning disability and autism',
      level: 'Tier 2',
      competencyName: 'Oliver McGowan Tier 2',
    }),
  },
]
