import type { ErrorCode } from '../../../core/codes.js'
import type { RecordType, RecordValues } from './layout.js'

/** A record that is new, or that replaces the one of the same id (and start). */
export interface UpsertOf<Type extends RecordType> {
  readonly kind: 'upsert'
  /** Of the file, from 1. */
  readonly line: number
  readonly type: Type
  readonly id: string
  readonly values: RecordValues<Type>
}

/** A record of any type; `type` tells which. */
export type Upsert = { readonly [Type in RecordType]: UpsertOf<Type> }[RecordType]

/** A record, with all its versions, that is there no longer. */
export interface Delete {
  readonly kind: 'delete'
  readonly line: number
  readonly type: RecordType
  readonly id: string
}

/** The first line of a file. The meaning of its columns is inferred from a sample. */
export interface Header {
  readonly kind: 'header'
  readonly line: number
  readonly fileName: string
  /** The number of the organisation's ESR instance. */
  readonly vpd: string
  /** `YYYY-MM-DDTHH:MM:SS`, without a zone: ESR states none. */
  readonly created: string
}

/** A line of a look-up list, such as that of organisations' codes. */
export interface Lookup {
  readonly kind: 'lookup'
  readonly line: number
  /** The list, such as `NHS_NACS_CODE`. */
  readonly list: string
  readonly code: string
  readonly meaning: string
  readonly enabled: boolean
}

/** What is wrong with a line, or with the file. Never holds what stood in a cell. */
export interface LineFault {
  readonly kind: 'fault'
  readonly line: number
  readonly code: ErrorCode
  readonly type?: RecordType
  /** The column, as the layouts name it. */
  readonly column?: string
}

/** How many records of one type came. */
export interface RecordCount {
  readonly upserts: number
  readonly deletes: number
}

/** The last row of every file: what was declared, and what came. */
export interface End {
  readonly kind: 'end'
  readonly line: number
  /** What the file says of itself; these files declare no counts and no checksum. */
  readonly declared: Pick<Header, 'fileName' | 'vpd' | 'created'> | undefined
  readonly came: {
    readonly lines: number
    readonly bytes: number
    readonly records: Readonly<Partial<Record<RecordType, RecordCount>>>
    readonly lookups: number
    /** Records of types that were not asked for. */
    readonly skipped: number
    /** Lines that were not kept. */
    readonly badLines: number
    readonly faults: number
  }
}

/** What comes out of a file, in the order of its lines. */
export type GenericOutboundRow = Header | Upsert | Delete | Lookup | LineFault | End
