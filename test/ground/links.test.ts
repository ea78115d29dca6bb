import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { PAGES } from './support/examples.js'
import { ROOT } from './support/source-graph.js'

const LINK = /\[[^\]]*\]\(([^)\s]+)\)/g

const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-')

const anchorsIn = (file: string): readonly string[] =>
  [...readFileSync(file, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchorOf(heading ?? ''))

const leadsSomewhere = (page: string, link: string): boolean => {
  const [path = '', anchor] = link.split('#')
  const file = path === '' ? join(ROOT, page) : join(ROOT, dirname(page), path)
  if (!existsSync(file)) return false
  return anchor === undefined || (statSync(file).isFile() && anchorsIn(file).includes(anchor))
}

const linksOf = (page: string): readonly string[] =>
  [...readFileSync(join(ROOT, page), 'utf8').matchAll(LINK)]
    .map(([, link]) => link ?? '')
    .filter((link) => !/^[a-z]+:/.test(link))

describe('links between pages', () => {
  it.each([...PAGES, 'CHANGELOG.md'])('%s', (page) => {
    expect(linksOf(page).filter((link) => !leadsSomewhere(page, link))).toEqual([])
  })

  it('are there', () => expect(PAGES.flatMap(linksOf).length).toBeGreaterThan(20))

  it('lead to every page of the docs from its index', () => {
    const reached = linksOf('docs/README.md').map((link) => join('docs', link))
    expect(
      PAGES.filter((page) => page.startsWith('docs/') && page !== 'docs/README.md' && !reached.includes(page)),
    ).toEqual([])
  })
})
