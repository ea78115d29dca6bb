import type { GoldenExamples } from '../define.js'
import { byTrust, EXAMPLE_PERSON } from '../fictional.js'

/** Worked examples of an access key credential. The first is what `example` prints. */
export const accessKeyExamples: GoldenExamples<'AccessKey', 1> = [
  {
    title: 'for a trust’s portal',
    uniqueIdentifier: EXAMPLE_PERSON,
    assurance: byTrust(),
    claims: {
      employer: 'Northfield NHS Trust (fictional)',
      employerOds: 'RZ1',
      portal: 'https://passport.northfield.example',
      accountReference: '5f0c2b1e-1111-4c1f-9b61-4f2d8b7f6a10',
      givenOn: '2026-01-05',
    },
  },
]
