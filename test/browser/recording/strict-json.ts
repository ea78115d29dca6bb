import { parseStrictJson as parse } from '../../../src/codec/strict-json.js'
import { recorded } from './functions.js'

export * from '../../../src/codec/strict-json.js'

/** Strict JSON, written down. */
export const parseStrictJson = recorded('parseStrictJson', parse)
