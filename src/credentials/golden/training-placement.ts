import type { GoldenExamples } from '../define.js'
import { byTrainingBody, EXAMPLE_PERSON } from '../fictional.js'

const EXAMPLE = {
  specialty: 'Geriatric medicine',
  grade: 'ST4',
  employingBody: 'Northfield NHS Trust (fictional)',
  site: 'Northfield General Hospital (fictional)',
  startDate: '2025-08-06',
  endDate: '2026-08-04',
}

const byRegionNine = { ...byTrainingBody(), provider: 'Region Nine Postgraduate Training (fictional)' }

/** Worked examples of a training placement credential. The first is what `example` prints. */
export const trainingPlacementExamples: GoldenExamples<'TrainingPlacement', 2> = [
  {
    title: 'a year in one place',
    uniqueIdentifier: EXAMPLE_PERSON,
    assurance: byRegionNine,
    claims: { ...EXAMPLE, nationalPostNumber: 'EX/RZ100/900/STR/001' },
  },
  {
    title: 'a placement without a post number',
    uniqueIdentifier: EXAMPLE_PERSON,
    assurance: byRegionNine,
    claims: EXAMPLE,
  },
]
