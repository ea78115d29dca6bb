import { NO_TRANSPORT_FAULTS, type TransportFaults } from '../loopback.js'

/** What goes wrong, each with the number of calls that it still happens to. Set them at any time. */
export interface EntraFaults extends TransportFaults {
  /** A callback comes twice. */
  duplicateCallback: number
  /** `request_retrieved` comes after what follows it. */
  reorderCallbacks: number
  /** A holder who accepts gets no credential. */
  issuanceError: number
}

/** Nothing goes wrong. */
export const NO_FAULTS: Readonly<EntraFaults> = {
  ...NO_TRANSPORT_FAULTS,
  duplicateCallback: 0,
  reorderCallbacks: 0,
  issuanceError: 0,
}
