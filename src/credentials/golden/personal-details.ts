import type { GoldenExamples } from '../define.js'
import { byTrust, EXAMPLE_NAMES, EXAMPLE_PERSON } from '../fictional.js'

/** Worked examples of a personal details credential. The first is what `example` prints. */
export const personalDetailsExamples: GoldenExamples<'PersonalDetails', 1> = [
  {
    title: 'with a preferred name',
    uniqueIdentifier: EXAMPLE_PERSON,
    assurance: byTrust(),
    claims: {
      ...EXAMPLE_NAMES,
      title: 'Dr',
      preferredName: 'Wyn',
      workEmail: 'wyn.testwell@northfield.example',
      mobile: '+44 7700 900000',
      employeeId: '30679710',
    },
  },
]
