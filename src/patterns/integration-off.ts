import { PassportError } from '../core/errors.js'

/** Says that this employer has the integration switched off on its own side: whoever presses the button is told what to do. */
export function integrationOff(): PassportError {
  return new PassportError(
    'system.integrationOff',
    'The Digital Staff Passport integration is not switched on for this employer: switch it on in its settings, and try again',
  )
}
