/** What goes wrong, each with the number of calls that it still happens to. Set them at any time. */
export interface EntraFaults {
  /** Answers after a while. */
  slow: number
  status500: number
  /** With `Retry-After`. */
  status429: number
  /** The connection ends before anything is done. */
  dropConnection: number
  /** The connection ends after everything was done. */
  dropAnswer: number
  /** A callback comes twice. */
  duplicateCallback: number
  /** `request_retrieved` comes after what follows it. */
  reorderCallbacks: number
  /** A holder who accepts gets no credential. */
  issuanceError: number
}

/** Nothing goes wrong. */
export const NO_FAULTS: Readonly<EntraFaults> = {
  slow: 0,
  status500: 0,
  status429: 0,
  dropConnection: 0,
  dropAnswer: 0,
  duplicateCallback: 0,
  reorderCallbacks: 0,
  issuanceError: 0,
}

/** Whether a fault happens now; once less from then on. */
export const happens = (faults: EntraFaults, name: keyof EntraFaults): boolean => {
  if (faults[name] <= 0) return false
  faults[name] -= 1
  return true
}
