import type { Clock } from '../../../core/clock.js'
import type { SystemCapabilities } from '../../../systems/record-system.js'
import { createMemoryRecords, type SimulatedRecords } from './memory-records.js'

const BY_BOTH = { findsByName: true, findsByReference: true, notifies: true } as const

/** What each published system can do, as far as is known; what is not is as its guide suggests. */
export const PRODUCTS = {
  ESR: {
    provides: ['EmploymentAssignment', 'ProfessionalRegistration', 'CoreSkill', 'PersonalDetails', 'EmploymentHistory'],
    receives: ['CoreSkill', 'DisclosureAndBarringService', 'ProfessionalRegistration', 'RightToWork', 'Immunisation'],
    ...BY_BOTH,
  },
  'Chambury Learning Solutions': { provides: ['CoreSkill'], receives: ['CoreSkill'], ...BY_BOTH },
  'Think LMS': { provides: ['CoreSkill'], receives: ['CoreSkill'], ...BY_BOTH },
  'Kallidus Learn': { provides: ['CoreSkill'], receives: ['CoreSkill'], ...BY_BOTH },
  'eLearning for Healthcare': { provides: ['CoreSkill'], receives: [], ...BY_BOTH },
  TIS: { provides: ['TrainingProgramme', 'TrainingPlacement'], receives: [], ...BY_BOTH },
  Cority: {
    provides: ['OccupationalHealth', 'Immunisation', 'Tuberculosis', 'Varicella'],
    receives: ['OccupationalHealth', 'Immunisation'],
    ...BY_BOTH,
  },
  'DBS registered body': {
    provides: ['DisclosureAndBarringService'],
    receives: ['DbsSupportingInformation'],
    ...BY_BOTH,
  },
} as const satisfies Readonly<Record<string, SystemCapabilities>>

/** A system that can be simulated. */
export type ProductName = keyof typeof PRODUCTS

/** Simulates a system in memory, with the people who use it: for tests and demonstrations. */
export const simulateRecords = (name: ProductName, clock?: Clock): SimulatedRecords =>
  createMemoryRecords({ name, capabilities: PRODUCTS[name], ...(clock ? { clock } : {}) })
