import { type BatchMap, parseBatchMap } from '../../../src/bulk/csv/batch-map.js'
import { mapRow } from '../../../src/bulk/csv/map-row.js'
import { readCsv } from '../../../src/bulk/csv/read-csv.js'
import type { BatchRow, RowFault } from '../../../src/bulk/rows.js'

/** Bytes in chunks of a size. */
async function* inChunks(bytes: Uint8Array, size = 65_536): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const bytesOf = (content: string | Uint8Array): Uint8Array =>
  typeof content === 'string' ? new TextEncoder().encode(content) : content

/** What came of reading a file: its rows, and the error that ended them. */
export interface ReadFile {
  readonly map: BatchMap
  readonly rows: readonly BatchRow[]
  readonly error?: unknown
}

/** Reads a whole file, by a map that needs its row key alone or by another. */
export const readFile = async (
  content: string | Uint8Array,
  map: object = { rowKey: 'Key', fields: { '/subject': { column: 'Key' } } },
  chunk?: number,
): Promise<ReadFile> => {
  const file = await readCsv('RightToWork', parseBatchMap(map), inChunks(bytesOf(content), chunk))
  const rows: BatchRow[] = []
  try {
    for await (const row of file.rows) rows.push(row)
  } catch (error) {
    return { map: file.map, rows, error }
  }
  return { map: file.map, rows }
}

/** The faults of a row, from its reading or its mapping. */
export const faultsOf = (map: BatchMap, row: BatchRow | undefined): readonly RowFault[] => {
  if (row?.faults) return row.faults
  const mapped = mapRow(map, row?.cells ?? [])
  return 'faults' in mapped ? mapped.faults : []
}

/** What one cell becomes, mapped to `/claims/x` in some way. */
export const cellAs = async (cell: string, how: object): Promise<unknown> => {
  const quoted = `"${cell.replaceAll('"', '""')}"`
  const field = { column: 'X', ...how }
  const { map, rows } = await readFile(`Key,X\n1,${quoted}\n`, { rowKey: 'Key', fields: { '/claims/x': field } })
  const mapped = mapRow(map, rows[0]?.cells ?? [])
  if ('faults' in mapped) return mapped.faults.map(({ code }) => code)[0]
  return (mapped.request as unknown as { claims?: { x?: unknown } }).claims?.x
}
