import { LAYOUTS } from '../../../../src/adapters/esr/generic-outbound/generated/layouts.js'
import type { ColumnName, RecordType, RecordValues } from '../../../../src/adapters/esr/generic-outbound/layout.js'
import { parseLine } from '../../../../src/adapters/esr/generic-outbound/parse-line.js'
import {
  type GenericOutboundOptions,
  readGenericOutbound,
} from '../../../../src/adapters/esr/generic-outbound/read-generic-outbound.js'
import type { End, GenericOutboundRow, LineFault } from '../../../../src/adapters/esr/generic-outbound/rows.js'

/** Cells by column, as they stand in the file. */
export type Cells<Type extends RecordType> = { readonly [Column in ColumnName<Type>]?: string }

export const FILE_NAME = 'GO_218_GDW_GOF_20260601_00000001.DAT'
export const HEADER = `HDR~${FILE_NAME}~20260601 012345~218~00000000 000000~20260601 000000~01`

/** A line that adds or replaces. */
export const upsertLine = <Type extends RecordType>(type: Type, cells: Cells<Type>): string => {
  const values: Readonly<Record<string, string | undefined>> = cells
  return LAYOUTS[type].columns.map((name, at) => (at === 0 ? `${type}A` : (values[name] ?? ''))).join('~')
}

/** A line that deletes. */
export const deleteLine = (type: RecordType, id: string): string => `${type}D~${id}`

/** A line of the list of organisations' codes. */
export const codeLine = (code: string, enabled = 'Y'): string =>
  `LOV~LKUP~NHS_NACS_CODE~${code}~${code} SOMEWHERE NHS TRUST~~~~~${enabled}~~~20201014 095943`

export const fileOf = (...lines: readonly string[]): string => [HEADER, ...lines, ''].join('\n')

/** Bytes, in chunks of the sizes given, again and again. */
export async function* inChunks(bytes: Uint8Array, sizes: readonly number[] = [bytes.length]) {
  let at = 0
  for (let turn = 0; at < bytes.length; turn++) {
    const size = Math.max(1, sizes[turn % sizes.length] ?? 1)
    yield bytes.subarray(at, at + size)
    at += size
  }
}

/** Everything that comes out of a file. */
export const rowsOf = async (
  content: string | Uint8Array,
  options: GenericOutboundOptions = {},
  sizes?: readonly number[],
): Promise<readonly GenericOutboundRow[]> => {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  const rows: GenericOutboundRow[] = []
  for await (const row of readGenericOutbound(inChunks(bytes, sizes), options)) rows.push(row)
  return rows
}

export const faultsOf = (rows: readonly GenericOutboundRow[]): readonly LineFault[] =>
  rows.filter((row) => row.kind === 'fault')

export const endOf = (rows: readonly GenericOutboundRow[]): End => {
  const end = rows.at(-1)
  if (end?.kind !== 'end') throw new Error('A file has an end')
  return end
}

/** The values of one line of a record. */
export const valuesOf = <Type extends RecordType>(_: Type, line: string): RecordValues<Type> => {
  const parsed = parseLine(1, line, () => true)
  if (typeof parsed !== 'object' || !('kind' in parsed) || parsed.kind !== 'upsert') throw new Error('not a record')
  return parsed.values as RecordValues<Type>
}
