import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

/** The project's folder. */
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

/** How one file needs another: `type` vanishes when compiled, `dynamic` waits until it is asked for. */
export type Need = 'static' | 'dynamic' | 'type'

/** One import, export from, or import(). */
export interface Edge {
  readonly from: string
  /** A source file relative to the project's folder, or the name of a package as it is written. */
  readonly to: string
  readonly need: Need
}

const slashes = (path: string): string => path.replaceAll('\\', '/')

/** Every source file of `src/`, relative to the project's folder. */
export const sourceFiles = (): readonly string[] =>
  readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .map((file) => `src/${slashes(file)}`)
    .filter((file) => /\.(?:ts|js)$/.test(file))
    .sort()

const needOf = (clause: ts.ImportClause | undefined): Need => {
  if (clause?.isTypeOnly) return 'type'
  const named = clause?.name === undefined ? clause?.namedBindings : undefined
  const onlyTypes = named && ts.isNamedImports(named) && named.elements.every(({ isTypeOnly }) => isTypeOnly)
  return onlyTypes ? 'type' : 'static'
}

const importOf = (node: ts.Node): { readonly name: ts.Node; readonly need: Need } | undefined => {
  if (ts.isImportDeclaration(node)) return { name: node.moduleSpecifier, need: needOf(node.importClause) }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier)
    return { name: node.moduleSpecifier, need: node.isTypeOnly ? 'type' : 'static' }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword && node.arguments[0])
    return { name: node.arguments[0], need: 'dynamic' }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
    return { name: node.argument.literal, need: 'type' }
  return undefined
}

/** Every import that a source text writes. */
export const importsIn = (file: string, text: string): readonly { readonly name: string; readonly need: Need }[] => {
  const found: { readonly name: string; readonly need: Need }[] = []
  const visit = (node: ts.Node): void => {
    const written = importOf(node)
    if (written && ts.isStringLiteralLike(written.name)) found.push({ name: written.name.text, need: written.need })
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true))
  return found
}

const targetOf = (from: string, name: string, known: ReadonlySet<string>): string => {
  if (!name.startsWith('.')) return name
  const path = slashes(relative(ROOT, resolve(ROOT, dirname(from), name)))
  const candidates = [path.replace(/\.js$/, '.ts'), path, path.replace(/\.js$/, '.d.ts')]
  return candidates.find((candidate) => known.has(candidate)) ?? path
}

/** Every import in `src/`. */
export const sourceGraph = (): readonly Edge[] => {
  const files = sourceFiles()
  const known = new Set(files)
  return files.flatMap((from) =>
    importsIn(from, readFileSync(join(ROOT, from), 'utf8')).map(({ name, need }) => ({
      from,
      to: targetOf(from, name, known),
      need,
    })),
  )
}

/** What is loaded at once when a file is: itself, and everything that it needs statically. */
export const loadedWith = (start: string, edges: readonly Edge[]): ReadonlySet<string> => {
  const loaded = new Set([start])
  for (const file of loaded) {
    for (const { from, to, need } of edges) if (from === file && need === 'static') loaded.add(to)
  }
  return loaded
}
