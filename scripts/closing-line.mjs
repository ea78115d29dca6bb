// Reads what vitest's JSON reporter wrote, prints how many tests passed, failed and were skipped, and fails unless all passed.
import { readFileSync } from 'node:fs'

const [file = ''] = process.argv.slice(2)
const { testResults, success } = JSON.parse(readFileSync(file, 'utf8'))
const statuses = testResults.flatMap(({ assertionResults }) => assertionResults.map(({ status }) => status))
const count = (...names) => statuses.filter((status) => names.includes(status)).length
// A file that could not even be loaded counts as one failure: it has no tests to fail.
const unloaded = testResults.filter(
  ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
).length

const passed = count('passed')
const failed = count('failed') + unloaded
const skipped = statuses.length - passed - count('failed')
console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`)
process.exitCode = success && passed > 0 && failed === 0 && skipped === 0 ? 0 : 1
