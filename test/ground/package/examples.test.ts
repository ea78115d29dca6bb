import { execFile } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compile, makeConsumer } from '../support/consumer.js'
import { commentBlocks, pageBlocks, printsAsSaid, programsIn } from '../support/examples.js'

const run = promisify(execFile)
const LANGUAGES = ['ts', 'js']
const MINUTE = 60_000

interface Outcome {
  readonly printed: string
  readonly error?: string
}

const blocks = [...pageBlocks(), ...commentBlocks()]
const programs = programsIn(blocks, LANGUAGES)

// Imports each program in turn, in one process, and says what it printed or threw. A CommonJS program goes on after
// its last line, so it gets a process of its own.
const RUNNER = `
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { format } from 'node:util'
const inItsOwn = (file) => {
  const { stdout, stderr, status } = spawnSync(process.execPath, [fileURLToPath(file)], { encoding: 'utf8' })
  return { printed: stdout, ...(status === 0 ? {} : { error: stderr }) }
}
const outcomes = []
for (const file of process.argv.slice(2)) {
  const lines = []
  console.log = (...values) => { lines.push(format(...values)) }
  if (file.endsWith('.cjs')) { outcomes.push(inItsOwn(file)); continue }
  const error = await import(file).then(() => undefined, (thrown) => format(thrown))
  outcomes.push({ printed: lines.join('\\n'), ...(error === undefined ? {} : { error }) })
}
process.stdout.write(JSON.stringify(outcomes), () => process.exit())
`

const extensionOf = (language: string, code: string): string =>
  language === 'ts' ? 'mts' : /\brequire\(/.test(code) ? 'cjs' : 'mjs'

const compiledName = (file: string): string => file.replace(/\.mts$/, '.mjs')

let folder: string
let complaints: ReadonlyMap<string, readonly string[]>
let outcomes: readonly Outcome[]
let files: readonly string[]

beforeAll(async () => {
  folder = makeConsumer()
  files = programs.map(({ language, code }, index) => {
    const file = join(folder, `example-${index}.${extensionOf(language, code)}`)
    // Makes it a module, whatever it holds.
    writeFileSync(file, language === 'ts' ? `${code}\nexport {}\n` : `${code}\n`)
    return file
  })
  complaints = compile(files.filter((file) => file.endsWith('.mts')))
  writeFileSync(join(folder, 'run.mjs'), RUNNER)
  const urls = files.map((file) => pathToFileURL(compiledName(file)).href)
  const { stdout } = await run(process.execPath, [join(folder, 'run.mjs'), ...urls], { cwd: folder, maxBuffer: 1e8 })
  outcomes = JSON.parse(stdout)
}, 3 * MINUTE)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('examples', () => {
  it('are there', () => expect(programs.length).toBeGreaterThan(10))

  it('are in a language that is checked, or say why they are not run', () => {
    const known = [...LANGUAGES, 'sh', 'json', 'text', 'mermaid']
    const unknown = blocks.filter(({ language }) => !known.includes(language))
    expect(unknown.map(({ file, line, language }) => `${file}:${line} ${language}`)).toEqual([])
  })

  it('type-check against declarations that type-check themselves', () => {
    const elsewhere = [...complaints].filter(([file]) => !files.includes(file))
    expect(elsewhere).toEqual([])
  })

  it.each(programs.map((program, index) => [program.title, program, index] as const))('%s', (_, program, index) => {
    expect(complaints.get(files[index] ?? '') ?? []).toEqual([])
    const outcome = outcomes[index]
    expect(outcome?.error).toBeUndefined()
    if (program.output === undefined) return
    const { printed = '' } = outcome ?? {}
    expect(printsAsSaid(program.output, printed), `The page says:\n${program.output}\n\nIt prints:\n${printed}`).toBe(
      true,
    )
  })

  it('of JSON are JSON', () => {
    for (const { code, file, line } of blocks.filter(({ language }) => language === 'json'))
      expect(() => JSON.parse(code), `${file}:${line}`).not.toThrow()
  })
})
