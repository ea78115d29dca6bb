import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { CHECK_CODES, ERROR_CODES } from '../../src/core/codes.js'
import { publishedList } from '../support/vectors.js'
import { CODES, TOKENS_OF_LATER_GROUPS } from './codes.js'
import { DEFERRED, DEFERRED_GROUPS } from './deferred.js'
import { ROWS } from './rows.js'

const folder = new URL('./', import.meta.url)

const titles = readdirSync(folder)
  .filter((name) => name.startsWith('group-') && name.endsWith('.test.ts'))
  .map((name) => readFileSync(new URL(name, folder), 'utf8'))
  .join('\n')

// A row counts as tested where a title, or a table of titles, begins with its id.
const hasTest = (id: string): boolean => new RegExp(`['"\`\\[]${id}\\b`).test(titles)

const catalogue = publishedList('design/ADVERSARIAL.md')

describe('the adversarial catalogue', () => {
  it.each(Object.entries(ROWS))('group %s: every row is a test, or deferred with a reason', (_group, ids) => {
    expect(ids.filter((id) => !hasTest(id) && DEFERRED[id] === undefined)).toEqual([])
  })

  it('no row is both a test and deferred', () => {
    expect(Object.keys(DEFERRED).filter(hasTest)).toEqual([])
  })

  it('every code that a token stands for is one of ours', () => {
    const known = new Set<string>([...Object.keys(CHECK_CODES), ...Object.keys(ERROR_CODES)])
    expect(
      Object.values(CODES)
        .flat()
        .filter((code) => !known.has(code)),
    ).toEqual([])
  })

  it.runIf(catalogue)('has no row and no token that we do not know', () => {
    const text = catalogue ?? ''
    const rows = [...text.matchAll(/^\| ([A-Z]+-\d+) \|/gm)].map(([, id]) => id ?? '')
    const groups = [...text.matchAll(/^## ([A-Z])\. /gm)].map(([, group]) => group ?? '')
    const ours = Object.values(ROWS).flat()
    const sections = text.split(/^## /m)
    const later = sections.filter((section) => DEFERRED_GROUPS[section.slice(0, 1)] !== undefined).join('\n')
    expect(rows.filter((id) => !ours.includes(id) && !later.includes(`| ${id} |`))).toEqual([])
    expect(groups.filter((group) => !ROWS[group] && !DEFERRED_GROUPS[group])).toEqual([])
    const tokens = new Set(
      [...text.matchAll(/`((?:SP|STATUS|INVALID|PROOF|PARSING|MALFORMED|RANGE|DATA|CRYPTOGRAPHIC)_[A-Z_]+)`/g)].map(
        ([, token]) => token ?? '',
      ),
    )
    const unmapped = [...tokens].filter((token) => !Object.hasOwn(CODES, token) && !TOKENS_OF_LATER_GROUPS[token])
    expect(unmapped).toEqual([])
  })
})
