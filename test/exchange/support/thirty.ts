import { credentialsForNewEmployer } from '../../../src/exchange/new-employer.js'
import type { OfferedCredential, RequestedCredential } from '../../../src/exchange/wallet-exchange.js'
import { offered } from './world.js'

// The published core skills, by subject and level.
const SKILLS: readonly (readonly [subject: string, level: string])[] = [
  ['Conflict resolution', '1'],
  ['Equality diversity and human rights', '1'],
  ['Fire safety', '1'],
  ['Health safety and welfare', '1'],
  ['Infection prevention and control', '1'],
  ['Infection prevention and control', '2'],
  ['Information governance and data security', '1'],
  ['Moving and handling', '1'],
  ['Moving and handling', '2'],
  ['Preventing radicalisation basic prevent awareness', '1'],
  ['Preventing radicalisation prevent awareness', '1'],
  ['Resuscitation', '1'],
  ['Resuscitation adult basic life support', '2'],
  ['Resuscitation adult immediate life support', '3'],
  ['Resuscitation newborn basic life support', '2'],
  ['Resuscitation newborn immediate life support', '3'],
  ['Resuscitation paediatric basic life support', '2'],
  ['Resuscitation paediatric immediate life support', '3'],
  ['Safeguarding adults', '1'],
  ['Safeguarding adults', '2'],
  ['Safeguarding adults', '3'],
  ['Safeguarding children', '1'],
  ['Safeguarding children', '2'],
  ['Safeguarding children', '3'],
]

const CHECKS = [
  'Identity',
  'RightToWork',
  'ProfessionalRegistration',
  'EmploymentHistory',
  'DisclosureAndBarringService',
  'OccupationalHealth',
] as const

const skill = (subject: string, level: string): OfferedCredential => {
  const one = offered('CoreSkill') as unknown as { facts: { claims: object } }
  const claims = { ...one.facts.claims, statMandSubject: subject, level }
  return { ...one, facts: { ...one.facts, claims } } as unknown as OfferedCredential
}

/** Thirty credentials: what an employer has to say of somebody who leaves. */
export const THIRTY: readonly OfferedCredential[] = [
  ...CHECKS.map((type) => offered(type)),
  ...SKILLS.map(([subject, level]) => skill(subject, level)),
]

/** What the next employer asks for. */
export const NEEDED: readonly RequestedCredential[] = credentialsForNewEmployer({
  regulated: true,
  dbsEligible: true,
  patientContact: false,
})
