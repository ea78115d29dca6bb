import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { errorPage, everyCode } from '../../scripts/error-page.js'
import { CHECK_CODES, ERROR_CODES } from '../../src/core/codes.js'
import { CHECK_NAMES } from '../../src/core/outcome.js'
import { ROOT, sourceFiles } from './support/source-graph.js'

const ERROR_AREAS = ['claims', 'store', 'fetch', 'exchange', 'adapter', 'key', 'import', 'system', 'matching']
const CODE = new RegExp(`^(?:${[...CHECK_NAMES, 'policy', ...ERROR_AREAS].join('|')})\\.[a-z][A-Za-z0-9]*$`)
const LIST = 'src/core/codes.ts'

const codesIn = (file: string): readonly string[] => {
  const source = ts.createSourceFile(file, readFileSync(join(ROOT, file), 'utf8'), ts.ScriptTarget.Latest, true)
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) && CODE.test(node.text)) found.push(node.text)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

const isGenerated = (file: string): boolean => file.includes('/generated/')

describe('codes', () => {
  const used = new Map(
    sourceFiles()
      .filter((file) => file !== LIST && !isGenerated(file))
      .map((file) => [file, codesIn(file)] as const),
  )
  const known = new Set(everyCode().map(({ code }) => code))

  it('lists every code that the source gives', () => {
    const unlisted = [...used].flatMap(([file, codes]) =>
      codes.filter((code) => !known.has(code)).map((code) => `${file}: ${code}`),
    )
    expect(unlisted).toEqual([])
  })

  it('lists no code that the source never gives', () => {
    const given = new Set([...used.values()].flat())
    expect([...Object.keys(CHECK_CODES), ...Object.keys(ERROR_CODES)].filter((code) => !given.has(code))).toEqual([])
  })

  it('begins every code with its check or its area', () => {
    expect(Object.keys(CHECK_CODES).filter((code) => !CODE.test(code))).toEqual([])
    expect(Object.keys(ERROR_CODES).filter((code) => !ERROR_AREAS.some((area) => code.startsWith(`${area}.`)))).toEqual(
      [],
    )
  })

  it('uses no code for two meanings', () => {
    const meanings = new Map<string, Set<string>>()
    for (const { code, meaning, mend } of everyCode())
      meanings.set(code, (meanings.get(code) ?? new Set()).add(`${meaning} ${mend}`))
    expect([...meanings].filter(([, texts]) => texts.size > 1).map(([code]) => code)).toEqual([])
  })

  it('documents every code, and nothing else', () => {
    const page = readFileSync(join(ROOT, 'docs/errors.md'), 'utf8')
    const documented = [...page.matchAll(/^\| `([^`]+)` \|/gm)].map(([, code]) => code)
    expect([...documented].sort()).toEqual([...known].sort())
    expect(page, 'run npm run generate').toBe(`${errorPage()}\n`)
  })
})
