import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { PAGES } from './support/examples.js'
import { ROOT } from './support/source-graph.js'

const CAST = /\bas (?:unknown as|never|any)\b|@ts-(?:ignore|expect-error|nocheck)/g

function castsIn(file: string, code: string): readonly string[] {
  return [...code.matchAll(CAST)].map(([cast]) => `${file}: ${cast}`)
}

/** The code of a page alone: its sentences may say what they like. */
function codeOf(page: string): string {
  return [...readFileSync(join(ROOT, page), 'utf8').matchAll(/^```(?:ts|js)\n([\s\S]*?)^```$/gm)]
    .map(([, code]) => code)
    .join('\n')
}

describe('API-2: what a reader pastes has no cast', () => {
  it('no page', () => expect(PAGES.flatMap((page) => castsIn(page, codeOf(page)))).toEqual([]))

  it('no example', () => {
    const files = readdirSync(join(ROOT, 'examples')).filter((name) => name.endsWith('.ts'))
    expect(files.length).toBeGreaterThan(5)
    expect(files.flatMap((name) => castsIn(name, readFileSync(join(ROOT, 'examples', name), 'utf8')))).toEqual([])
  })
})
