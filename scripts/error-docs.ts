import { writeFileSync } from 'node:fs'
import { errorPage } from './error-page.js'

writeFileSync(new URL('../docs/errors.md', import.meta.url), `${errorPage()}\n`)
