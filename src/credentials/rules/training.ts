import { endOfDay } from '../../codec/date-time.js'
import type { JsonObject } from '../../core/json.js'
import type { CredentialTypeRow } from '../define.js'
import { notAfter } from './dates.js'
import { textOf } from './read.js'

/** What the two rows of postgraduate training share. */
export const TRAINING_ROW = {
  issuedBy: ['trainingBody', 'nationalBody', 'employer'],
  specialCategory: false,
  statusPurposes: ['revocation', 'suspension'],
  requiredWhenSharing: false,
  origin: 'published',
  retention: 'As long as the person trains with you.',
  doesNotProve: ['That nothing has changed since: see its status.', 'Competence: only assessment does.'],
  validUntil: (claims: JsonObject): string | undefined => {
    const end = textOf(claims, 'endDate')
    return end === undefined ? undefined : endOfDay(end)
  },
  rules: [
    notAfter('startDate', 'endDate', {
      code: 'schema.trainingEndsBeforeItBegins',
      sentence: 'The training ends before it begins.',
      mend: 'Correct the dates.',
    }),
  ],
} as const satisfies Partial<CredentialTypeRow>
