import { createCaller, type SystemClientOptions } from '../../systems/call-system.js'
import type { SystemChange } from '../../systems/record-system.js'

/** Tells a portal of a change. @throws PassportError when nobody knows whether it heard: tell it again */
export type SendEvent = (change: SystemChange) => Promise<void>

/**
 * A system's side of event notifications: tells a portal that something changed, and nothing of what. The portal then asks for the
 * employee's records, if the employee is of interest.
 * @see createEventsApi of `staff-passport/http`, which is the other side
 */
export const createEventSender = (options: SystemClientOptions): SendEvent => {
  const call = createCaller(options)
  return async ({ cursor, personId, type, recordId, kind, at }) => {
    await call({
      path: '/events',
      method: 'POST',
      body: { id: cursor, employeeId: personId, type, recordId, kind, at },
    })
  }
}
