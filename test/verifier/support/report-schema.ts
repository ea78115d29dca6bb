import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect } from 'vitest'
import { parseDateTime } from '../../../src/codec/date-time.js'
import type { Report } from '../../../src/verifier/report.js'

const schema = JSON.parse(readFileSync(new URL('../../../schemas/report.v1.json', import.meta.url), 'utf8'))

const validate = new Ajv2020({
  allErrors: true,
  strict: true,
  strictTypes: false,
  strictRequired: false,
  formats: { 'date-time': (text: string) => parseDateTime(text) !== undefined },
}).compile(schema)

/** Every report is plain JSON of the published shape. */
export const expectReportShape = (report: Report): void => {
  const json = JSON.parse(JSON.stringify(report))
  expect(json).toEqual(report)
  validate(json)
  expect(validate.errors ?? []).toEqual([])
}
