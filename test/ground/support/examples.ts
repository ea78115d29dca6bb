import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, sourceFiles } from './source-graph.js'

/** A fenced block of a page or of a doc comment. */
export interface Block {
  readonly file: string
  /** Of its opening fence, from 1. */
  readonly line: number
  readonly language: string
  readonly code: string
  /** What the HTML comment right above it says: `not run: reason`, `continues`, `output`. */
  readonly remark?: string
}

/** Blocks that are one program: the first, and those that continue it. */
export interface Program {
  readonly title: string
  readonly file: string
  readonly language: string
  readonly code: string
  /** What it prints, where the page says so. */
  readonly output?: string
}

const FENCE = /^\s*```([a-z]*)\s*$/
const REMARK = /^\s*<!--\s*(.*?)\s*-->\s*$/

/** The fenced blocks of a Markdown text. */
const blocksOf = (file: string, text: string, firstLine = 1): readonly Block[] => {
  const blocks: Block[] = []
  let open:
    | { readonly line: number; readonly language: string; readonly code: string[]; readonly remark?: string }
    | undefined
  let remark: string | undefined
  for (const [index, line] of text.split('\n').entries()) {
    const fence = FENCE.exec(line)
    if (open && fence) {
      blocks.push({ file, ...open, code: open.code.join('\n') })
      open = undefined
      remark = undefined
    } else if (open) open.code.push(line)
    else if (fence)
      open = {
        line: firstLine + index,
        language: fence[1] ?? '',
        code: [],
        ...(remark === undefined ? {} : { remark }),
      }
    else if (line.trim() !== '') remark = REMARK.exec(line)?.[1]
  }
  if (open) throw new Error(`${file}:${open.line} opens a block and never closes it`)
  return blocks
}

const pages = (): readonly string[] =>
  readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file.replaceAll('\\', '/')}`)

/** Every page of the project. */
export const PAGES: readonly string[] = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...pages().toSorted()]

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8')

/** Every fenced block of every page. */
export const pageBlocks = (): readonly Block[] => PAGES.flatMap((file) => blocksOf(file, read(file)))

/** Every fenced block in the doc comments of `src/`. */
export const commentBlocks = (): readonly Block[] =>
  sourceFiles().flatMap((file) =>
    [...read(file).matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap(({ 0: comment, index }) => {
      const firstLine = read(file).slice(0, index).split('\n').length
      return blocksOf(file, comment.replace(/^\s*\* ?/gm, ''), firstLine)
    }),
  )

const isRun = ({ remark }: Block): boolean => !remark?.startsWith('not run:')

type Draft = { -readonly [Key in keyof Program]: Program[Key] }

const begin = ({ file, line, language, code }: Block): Draft => ({ title: `${file}:${line}`, file, language, code })

const follow = (last: Draft | undefined, block: Block): Draft | undefined => {
  if (last?.file !== block.file) return undefined
  if (block.remark === 'continues') last.code += `\n${block.code}`
  if (block.remark === 'output') last.output = [last.output, block.code].filter(Boolean).join('\n')
  return last
}

/** Joins blocks of these languages into programs, and gives each what the page says that it prints. */
export const programsIn = (blocks: readonly Block[], languages: readonly string[]): readonly Program[] => {
  const programs: Draft[] = []
  let last: Draft | undefined
  for (const block of blocks.filter(isRun)) {
    const isOurs = languages.includes(block.language)
    if (block.remark === 'output' || (block.remark === 'continues' && isOurs)) last = follow(last, block)
    else if (isOurs) {
      last = begin(block)
      programs.push(last)
    } else last = undefined
  }
  return programs
}

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Whether a program printed what the page says. `…` stands for anything in a line; alone, for any lines. */
export const printsAsSaid = (said: string, printed: string): boolean => {
  const pattern = said
    .trimEnd()
    .split('\n')
    .map((line) =>
      line.trim() === '…' ? '(?:.*\n)*?' : `${line.trimEnd().split('…').map(literally).join('.*')}[ \t]*\n`,
    )
  return new RegExp(`^${pattern.join('')}$`).test(`${printed.trimEnd()}\n`)
}
