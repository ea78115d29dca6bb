import { readInput as read } from '../../../src/formats/read.js'
import { recorded } from './functions.js'

export * from '../../../src/formats/read.js'

/** The front door, written down. */
export const readInput = recorded('readInput', read)
