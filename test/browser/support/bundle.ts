import { join } from 'node:path'
import { type BuildResult, build, type Plugin } from 'esbuild'
import { ROOT } from '../../ground/support/source-graph.js'

/** A bundle as a web application would make it: its files by name, and what each holds. */
export interface Bundle {
  /** The file to load first. */
  readonly entry: string
  readonly files: ReadonlyMap<string, Uint8Array>
  /** The files that are loaded with the entry; the others wait until they are asked for. */
  readonly together: readonly string[]
}

const nameOf = (path: string): string => path.split('/').at(-1) ?? ''

type Made = BuildResult<{ metafile: true; write: false }>

const loadedTogether = ({ outputs }: Made['metafile'], entry: string): readonly string[] => {
  const found = new Set([entry])
  for (const file of found) {
    const imports = outputs[file]?.imports ?? []
    for (const { path, kind, external } of imports) if (kind === 'import-statement' && !external) found.add(path)
  }
  return [...found].map(nameOf)
}

/** Bundles a source file of the project for browsers, with what is loaded later in files of its own. */
export const bundleFor = async (source: string, plugins: readonly Plugin[] = []): Promise<Bundle> => {
  const made: Made = await build({
    absWorkingDir: ROOT,
    entryPoints: [source],
    outdir: 'bundle',
    entryNames: '[name]',
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    conditions: ['browser'],
    target: 'es2022',
    metafile: true,
    write: false,
    logLevel: 'error',
    legalComments: 'none',
    alias: { '#runtime': join(ROOT, 'src/runtime/browser.ts') },
    plugins: [...plugins],
  })
  const { outputs } = made.metafile
  const entry = Object.keys(outputs).find((file) => outputs[file]?.entryPoint === source) ?? ''
  const files = new Map(made.outputFiles.map(({ path, contents }) => [nameOf(path), contents]))
  return { entry: nameOf(entry), files, together: loadedTogether(made.metafile, entry) }
}
