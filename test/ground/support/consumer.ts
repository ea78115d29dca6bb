import { mkdirSync, mkdtempSync, readdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ts from 'typescript'
import { ROOT } from './source-graph.js'

const isScope = (name: string): boolean => name.startsWith('@')

const linkAll = (from: string, to: string): void => {
  mkdirSync(to, { recursive: true })
  for (const name of readdirSync(from).filter((entry) => !entry.startsWith('.'))) {
    if (isScope(name)) linkAll(join(from, name), join(to, name))
    else symlinkSync(join(from, name), join(to, name))
  }
}

/** A temporary folder of somebody who installed this package and has its dependencies at hand. */
export const makeConsumer = (packageFolder = ROOT): string => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'staff-passport-consumer-')))
  linkAll(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  // A package of its own, whatever lies in the folders above.
  writeFileSync(join(folder, 'package.json'), '{ "name": "consumer", "private": true }\n')
  symlinkSync(packageFolder, join(folder, 'node_modules', 'staff-passport'), 'dir')
  return folder
}

/** As strict as a careful consumer is: the declarations of every library are checked, too. */
const CONSUMER_OPTIONS: ts.CompilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  module: ts.ModuleKind.Node16,
  moduleResolution: ts.ModuleResolutionKind.Node16,
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts'],
  types: ['node'],
}

/** Type-checks and compiles files in place. Gives the complaints, by file. */
export const compile = (
  files: readonly string[],
  options: ts.CompilerOptions = {},
): ReadonlyMap<string, readonly string[]> => {
  const program = ts.createProgram([...files], { ...CONSUMER_OPTIONS, ...options })
  const { diagnostics } = program.emit()
  const complaints = new Map<string, string[]>()
  for (const { file, start, messageText } of [...ts.getPreEmitDiagnostics(program), ...diagnostics]) {
    const name = file?.fileName ?? ''
    const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line + 1 : 0
    const text = `line ${line}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
    complaints.set(name, [...(complaints.get(name) ?? []), text])
  }
  return complaints
}
