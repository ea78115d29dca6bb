import { readFileSync, writeFileSync } from 'node:fs'
import { errorPage } from './error-page.js'

const PAGE = new URL('../docs/errors.md', import.meta.url)
const text = `${errorPage()}\n`

if (!process.argv.includes('--check')) writeFileSync(PAGE, text)
else if (readFileSync(PAGE, 'utf8') !== text) {
  console.error('docs/errors.md is stale: npm run generate')
  process.exitCode = 1
}
