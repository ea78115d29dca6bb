import type { Lookup } from '../generic-outbound/rows.js'

/** Which ESR instance is which organisation's. */
export interface OrganisationCodes {
  readonly odsOf: Map<string, string>
  readonly vpdOf: Map<string, string>
}

const LIST = 'NHS_NACS_CODE'
// NACS codes are what ODS codes were called before.
const CODE = /^(\d{3})-([A-Z0-9]{3,10})$/

/** Takes up a line of the list of organisations' codes, such as `123-RCX`; one that is not in use is taken away. */
export const addLookup = ({ odsOf, vpdOf }: OrganisationCodes, { list, code, enabled }: Lookup): void => {
  const [, vpd, ods] = list === LIST ? (CODE.exec(code) ?? []) : []
  if (vpd === undefined || ods === undefined) return
  if (enabled) {
    odsOf.set(vpd, ods)
    vpdOf.set(ods, vpd)
  } else if (odsOf.get(vpd) === ods) {
    odsOf.delete(vpd)
    vpdOf.delete(ods)
  }
}
