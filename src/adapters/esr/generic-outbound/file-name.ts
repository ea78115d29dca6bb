import { parseDate } from './dates.js'

/** What the name of a Generic Outbound file says. */
export interface GenericOutboundFileName {
  /** The number of the organisation's ESR instance, three digits. */
  readonly vpd: string
  /** `GOF`: everything. `GOC`: what changed since the file before. `GDR` is another published kind. */
  readonly kind: 'GOF' | 'GOC' | 'GDR'
  /** `YYYY-MM-DD`. */
  readonly date: string
  /** Files of one organisation are numbered upwards. */
  readonly sequence: number
}

const NAME = /^GO_(\d{3})_GDW_(GOF|GOC|GDR)_(\d{8})_(\d{8})\.DAT$/

/** Reads the name of a file, without folders: `GO_<VPD>_GDW_<kind>_<date>_<number>.DAT`; `undefined` for another name. */
export const parseGenericOutboundFileName = (name: string): GenericOutboundFileName | undefined => {
  const [, vpd = '', kind, digits = '', sequence] = NAME.exec(name) ?? []
  const date = parseDate(digits)
  if (date === undefined) return undefined
  return { vpd, kind: kind as GenericOutboundFileName['kind'], date, sequence: Number(sequence) }
}
