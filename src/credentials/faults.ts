import type { CheckCode } from '../core/codes.js'
import type { Fault } from '../core/outcome.js'
import type { ValidationError, Validator } from './compile-schema.js'

const KEYWORDS: Readonly<Record<string, CheckCode>> = {
  required: 'schema.required',
  type: 'schema.type',
  pattern: 'schema.pattern',
  format: 'schema.format',
  enum: 'schema.enum',
  const: 'schema.const',
  minLength: 'schema.length',
  maxLength: 'schema.length',
  minItems: 'schema.length',
  maxItems: 'schema.length',
  minimum: 'schema.range',
  maximum: 'schema.range',
  additionalProperties: 'schema.unknownProperty',
  uniqueItems: 'schema.repeated',
}

const FORMATS: Readonly<Record<string, string>> = {
  date: 'Write a real date as 2026-01-31.',
  'date-time': 'Write a moment with its zone as 2026-01-31T09:00:00Z.',
  'date-or-date-time': 'Write a real date as 2026-01-31, or a moment with its zone.',
  'jpeg-image': 'Give a JPEG of less than 500 kB as data:image/jpeg;base64,…',
}

type Params = ValidationError['params']

// Mends speak of the schema alone; nothing that was written in the claims appears in them.
const MENDS: Readonly<Record<string, (params: Params) => string>> = {
  required: (params) => `Add ${String(params.missingProperty)}.`,
  type: (params) => `Write it as ${String(params.type)}.`,
  pattern: (params) => `Write it to match ${String(params.pattern)}.`,
  format: (params) => FORMATS[String(params.format)] ?? 'Correct it.',
  enum: (params) => `Use one of: ${(params.allowedValues as readonly unknown[]).join(', ')}.`,
  const: (params) => `Write ${JSON.stringify(params.allowedValue)}.`,
  minLength: (params) => `Write at least ${String(params.limit)} characters.`,
  maxLength: (params) => `Write at most ${String(params.limit)} characters.`,
  minItems: (params) => `List at least ${String(params.limit)}.`,
  maxItems: (params) => `List at most ${String(params.limit)}.`,
  minimum: (params) => `Use at least ${String(params.limit)}.`,
  maximum: (params) => `Use at most ${String(params.limit)}.`,
  additionalProperties: () => 'Remove the property; the type does not have it.',
  uniqueItems: () => 'Say it once.',
}

/** A fault of shape, with what mends it. */
export interface ShapeFault extends Fault {
  readonly code: CheckCode
  readonly mend: string
}

// A property that is missing is named by our schema; one that is too many is named by the input, so it is not shown.
const pathOf = ({ instancePath, keyword, params }: ValidationError): string => {
  if (keyword === 'required') return `${instancePath}/${String(params.missingProperty)}`
  return keyword === 'additionalProperties' ? `${instancePath}/*` : instancePath
}

const toFault = (error: ValidationError): ShapeFault => ({
  path: pathOf(error),
  code: KEYWORDS[error.keyword] ?? 'schema.shape',
  mend: MENDS[error.keyword]?.(error.params) ?? 'See the schema for the allowed shapes.',
})

// A length that is wrong makes most patterns and formats wrong too; one fault for each place is enough.
const firstForEachPath = (faults: readonly ShapeFault[]): readonly ShapeFault[] => {
  const seen = new Set<string>()
  return faults.filter(({ path, code }) => code === 'schema.unknownProperty' || (!seen.has(path) && seen.add(path)))
}

/** Everything that is wrong with the shape of a value: JSON pointers and codes, never a value. */
export const shapeFaults = (validator: Validator, value: unknown): readonly ShapeFault[] => {
  const errors = validator(value)
  return errors.length === 0 ? [] : firstForEachPath(errors.map(toFault))
}
