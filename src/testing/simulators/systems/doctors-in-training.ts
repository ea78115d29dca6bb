import {
  type EmploymentCheck,
  type EsrApplicant,
  type EsrApplicantSearch,
  type EsrApplicants,
  faultsOfCheck,
  isApplicantOf,
  type Recruit,
  type TrainingRecruitment,
} from '../../../systems/doctors-in-training.js'

/** A simulated recruitment of doctors in training, and what recruiters enter. */
export interface SimulatedTrainingRecruitment {
  readonly recruitment: TrainingRecruitment
  /** @returns the application id */
  enter(recruit: Omit<Recruit, 'applicationId'>, checks: readonly EmploymentCheck[]): string
  change(applicationId: string, recruit: Partial<Omit<Recruit, 'applicationId'>>): void
}

/** Simulates the recruitment of doctors in training, in memory. */
export const simulateTrainingRecruitment = (): SimulatedTrainingRecruitment => {
  const kept = new Map<string, { recruit: Recruit; readonly checks: readonly EmploymentCheck[] }>()
  return {
    recruitment: {
      portVersion: 1,
      recruit: async (id) => structuredClone(kept.get(id)?.recruit),
      checks: async (id) => structuredClone(kept.get(id)?.checks ?? []),
      recruited: async function* () {
        for (const [id, { recruit }] of kept) if (recruit.isRecruited && recruit.checksComplete) yield id
      },
    },
    enter: (recruit, checks) => {
      const applicationId = String(20_000_001 + kept.size)
      kept.set(applicationId, { recruit: { ...recruit, applicationId }, checks: structuredClone(checks) })
      return applicationId
    },
    change: (id, recruit) => {
      const found = kept.get(id)
      if (found) found.recruit = { ...found.recruit, ...recruit }
    },
  }
}

/** Simulated applicants in ESR, and what TIS and ESR's users do. */
export interface SimulatedEsrApplicants {
  readonly esr: EsrApplicants
  /** TIS creates an applicant. @returns their id */
  create(applicant: EsrApplicantSearch): string
  /** What ESR holds of an applicant's checks. */
  look(applicantId: string): readonly EmploymentCheck[]
}

interface Kept extends EsrApplicant, EsrApplicantSearch {
  readonly checks: Map<string, EmploymentCheck>
}

/** Simulates applicants in ESR, in memory. */
export const simulateEsrApplicants = (): SimulatedEsrApplicants => {
  const applicants = new Map<string, Kept>()
  return {
    esr: {
      portVersion: 1,
      find: async (search) =>
        [...applicants.values()]
          .filter((one) => isApplicantOf(one, search))
          .map(({ id, leadEmployer, gmcNumber }) => ({ id, leadEmployer, ...(gmcNumber ? { gmcNumber } : {}) })),
      wasTransferred: async (id) => (applicants.get(id)?.checks.size ?? 0) > 0,
      add: async (id, check, key) => {
        const found = applicants.get(id)
        if (!found) throw new Error('There is no such applicant')
        if (faultsOfCheck(check).length > 0) throw new Error('ESR does not take this')
        if (!found.checks.has(key)) found.checks.set(key, structuredClone(check))
      },
    },
    create: (applicant) => {
      const id = `applicant-${applicants.size + 1}`
      applicants.set(id, { ...applicant, id, checks: new Map() })
      return id
    },
    look: (id) => structuredClone([...(applicants.get(id)?.checks.values() ?? [])]),
  }
}
