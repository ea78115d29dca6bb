/** The door for thousands at once: issuing and verifying in worker threads, and credentials from CSV files. Node only. */

export { type CredentialFile, openCredentialFile } from '../adapters/file/credential-file.js'
export { createWorkers, type WorkerPoolOptions } from '../adapters/workers/worker-pool.js'
export {
  type BatchMap,
  ENCODINGS,
  type Encoding,
  type FieldSource,
  type MappedField,
  parseBatchMap,
} from '../bulk/csv/batch-map.js'
export { CONVERTERS, type Converted, type ConverterName, DATE_FORMATS } from '../bulk/csv/convert.js'
export { fromCsvCell, toCsvLine } from '../bulk/csv/export-csv.js'
export { type CsvFile, readCsv } from '../bulk/csv/read-csv.js'
export { type BatchIssuer, type IssueBatchOptions, issueBatch } from '../bulk/issue-batch.js'
export type { BatchProgress, BatchRow, RowFault, RowOutcome, RowResult } from '../bulk/rows.js'
export {
  type BatchVerifier,
  type VerifiedItem,
  type VerifyBatchOptions,
  verifyBatch,
} from '../bulk/verify-batch.js'
export type { IssuingKey } from '../bulk/work/issuing-setup.js'
export type { CredentialOutbox, OutboxCredential } from '../ports/credential-outbox.js'
export type { Workers, WorkerTask } from '../ports/workers.js'
export { default as workerTask } from './bulk-worker.js'
