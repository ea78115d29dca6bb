import { defineType, type Rule } from '../define.js'
import { namesOf } from '../rules/issuer.js'
import { folded, textOf } from '../rules/read.js'
import { TRAINING_ROW } from '../rules/training.js'

const BODY: readonly (readonly ['claims' | 'assurance', string])[] = [
  ['claims', 'employingBody'],
  ['assurance', 'origin'],
  ['assurance', 'provider'],
]

// Whether an issuer is a training body is the trust list's to say; that nobody named it is only odd.
const TRAINING_BODY_NAMED: Rule = {
  code: 'schema.trainingBodyNotNamed',
  when: 'both',
  force: 'warn',
  sentence: 'Neither the employing body nor the origin or provider is the issuer, or one that it succeeded.',
  mend: 'Name the training body as the provider in the assurance block, or let the employing body issue it.',
  check: (input) => {
    const names = namesOf(input)
    const stated = BODY.map(([part, name]) => folded(textOf(input[part], name) ?? ''))
    return !names || stated.some((name) => names.includes(name)) ? [] : [{ path: '/assurance/provider' }]
  },
}

/** A placement within a training programme. */
export const trainingPlacement = defineType({
  ...TRAINING_ROW,
  type: 'TrainingPlacement',
  label: 'Training placement',
  claimsKey: 'trainingPlacement',
  schemas: ['https://w3id.org/staff-passport/schemas/training-placement/v1'],
  disclosable: ['nationalPostNumber'],
  gateway: { template: 'TrainingPlacement', prefix: 'TPL' },
  rules: [...TRAINING_ROW.rules, TRAINING_BODY_NAMED],
})
