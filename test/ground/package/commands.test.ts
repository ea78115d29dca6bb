import { execFile } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Block, PAGES, type Program, pageBlocks, printsAsSaid, programsIn } from '../support/examples.js'
import { ROOT } from '../support/source-graph.js'

const MINUTE = 60_000
const COMMAND = /^(?:npx )?staff-passport /m
const EXITS = /^(.*?)\s+# exits (\d+)$/

const blocks = pageBlocks()
const programs = programsIn(blocks, ['sh'])

interface Outcome {
  readonly code: number
  readonly printed: string
  readonly noted: string
}

let folder: string
const outcomes = new Map<string, Outcome>()

const program = (name: string, text: string): void => {
  const file = join(folder, 'bin', name)
  writeFileSync(file, `#!/bin/sh\n${text}\n`)
  chmodSync(file, 0o755)
}

// What the page says a command exits with, asked of it; everything else must succeed.
const scriptOf = (code: string): string =>
  code
    .replaceAll('\\\n', ' ')
    .split('\n')
    .map((line) => {
      const [, command, exits] = EXITS.exec(line) ?? []
      return exits === undefined ? line : `status=0; ${command} || status=$?; [ $status -eq ${exits} ]`
    })
    .join('\n')

const execute = (code: string, cwd: string): Promise<Outcome> =>
  new Promise((resolve) => {
    const path = `${join(folder, 'bin')}:${process.env.PATH}`
    const env = { PATH: path, HOME: cwd, NO_COLOR: '1' }
    execFile('bash', ['--norc', '-euo', 'pipefail', '-c', scriptOf(code)], { cwd, env }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, printed: stdout, noted: stderr }),
    )
  })

// The blocks of one page are one session, in a folder of its own.
const runPage = async (page: string, index: number): Promise<void> => {
  const cwd = join(folder, `page-${index}`)
  mkdirSync(cwd)
  for (const { title, code } of programs.filter(({ file }) => file === page)) {
    outcomes.set(title, await execute(code, cwd))
  }
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'staff-passport-commands-'))
  mkdirSync(join(folder, 'bin'))
  const cli = `exec '${process.execPath}' '${join(ROOT, 'dist', 'cli.js')}' "$@"`
  program('staff-passport', cli)
  program('npx', `[ "$1" = staff-passport ] || exit 127\nshift\n${cli}`)
  await Promise.all(PAGES.map(runPage))
}, 3 * MINUTE)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const at = ({ file, line }: Block): string => `${file}:${line}`

describe('commands in the docs', () => {
  it('are there', () => expect(programs.length).toBeGreaterThan(3))

  it('use this program, or say why they are not run', () => {
    const others = programs.filter(({ code }) => !COMMAND.test(code))
    expect(others.map(({ title }) => title)).toEqual([])
    const excused = blocks.filter(({ remark }) => remark?.startsWith('not run:'))
    expect(excused.filter(({ remark }) => (remark ?? '').length < 20).map(at)).toEqual([])
  })

  it.each(programs.map((each) => [each.title, each] as const))('%s', (title, { output }: Program) => {
    const { code, printed, noted } = outcomes.get(title) ?? { code: -1, printed: '', noted: '' }
    expect(code, `${printed}\n${noted}`).toBe(0)
    if (output !== undefined)
      expect(printsAsSaid(output, printed), `The page says:\n${output}\n\nIt prints:\n${printed}`).toBe(true)
  })
})
