import { readFileSync } from 'node:fs'
import { packageFile } from './files.js'

/** The version of this package. */
export const SOFTWARE: string = JSON.parse(readFileSync(packageFile('package.json'), 'utf8')).version
