import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compile, makeConsumer } from '../support/consumer.js'
import { importsIn, ROOT } from '../support/source-graph.js'

const MINUTE = 60_000
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
const doors: readonly string[] = Object.keys(manifest.exports).filter((door) => !/\*|\.json$/.test(door))
const nameOf = (door: string): string => door.replace(/^\./, 'staff-passport')

const BODY = `
const main = async (): Promise<string> => {
  const { trustList, anchor, organisations, holder, statusLists } = await createDemoAuthority()
  const { title, ...example } = CREDENTIAL_TYPES.RightToWork.examples[0]
  const claims = example.claims as unknown as ClaimsByType['RightToWork']
  const { credential } = await organisations.northfield.issuer.issue('RightToWork', {
    subject: holder.did, uniqueIdentifier: example.uniqueIdentifier, claims, assurance: example.assurance as unknown as Assurance,
  })
  const verifier = createVerifier({ policy: POLICIES.nhs, trustList, anchor, statusLists: await statusLists() })
  const result = await verifier.verifyCredential(credential)
  const type: string | undefined = result.verdict === 'accepted' ? result.credential.type : explain(result.report)
  return \`\${result.verdict} \${type}\`
}
main().then((text) => console.log(text))
`

const IMPORTS = `import { type Assurance, CREDENTIAL_TYPES, type ClaimsByType } from 'staff-passport'
import { createDemoAuthority } from 'staff-passport/testing'
import { POLICIES, createVerifier, explain } from 'staff-passport/verify'
`

// The same program for either module system; TypeScript turns the imports of a .cts file into require().
const PROGRAMS = { 'module.mts': IMPORTS + BODY, 'common.cts': IMPORTS + BODY }

// Everything that every door exports, so that no door is broken unseen; and one error is one class, whatever the door.
const EVERY_DOOR = `
import { PassportError } from 'staff-passport'
${doors.map((door, index) => `import * as door${index} from '${nameOf(door)}'`).join('\n')}
import { PassportError as Verifying } from 'staff-passport/verify'
if (PassportError !== Verifying) throw new Error('two classes for one error')
console.log([${doors.map((_, index) => `Object.keys(door${index}).length`).join(', ')}].join(' '))
`

let folder: string
let packed: string
let consumer: string

const run = (file: string): string =>
  execFileSync(process.execPath, ['--no-warnings', join(consumer, file)], { cwd: consumer, encoding: 'utf8' }).trim()

// Whatever this Node can require(): our CommonJS must not lean on it, for bundlers and older tools cannot.
const runWithoutRequiringModules = (file: string): string =>
  execFileSync(process.execPath, ['--no-experimental-require-module', join(consumer, file)], {
    cwd: consumer,
    encoding: 'utf8',
  }).trim()

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'staff-passport-pack-'))
  const pack = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder]
  const [{ filename }] = JSON.parse(execFileSync('npm', pack, { cwd: ROOT, encoding: 'utf8' }))
  execFileSync('tar', ['-xzf', join(folder, filename), '-C', folder])
  packed = join(folder, 'package')
  consumer = makeConsumer(packed)
  // The package finds its dependencies as it would when installed.
  symlinkSync(join(consumer, 'node_modules'), join(packed, 'node_modules'), 'dir')
  for (const [name, text] of Object.entries(PROGRAMS)) writeFileSync(join(consumer, name), text)
  for (const name of ['doors.mts', 'doors.cts']) writeFileSync(join(consumer, name), EVERY_DOOR)
}, MINUTE)

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
  rmSync(consumer, { recursive: true, force: true })
})

const declarations = (): readonly string[] =>
  readdirSync(join(packed, 'dist'), { recursive: true, encoding: 'utf8' }).filter((name) => /\.d\.c?ts$/.test(name))

const filesOf = (value: unknown): readonly string[] =>
  typeof value === 'string' ? [value] : Object.values(value ?? {}).flatMap(filesOf)

describe('the package', () => {
  it('exports the doors that the docs list, and no others', () => {
    for (const page of ['README.md', 'docs/README.md']) {
      const text = readFileSync(join(ROOT, page), 'utf8')
      const listed = [...text.matchAll(/^\| `(staff-passport(?:\/[a-z0-9/-]+)?)` \|/gm)].map(([, door]) => door)
      expect([...listed].sort(), page).toEqual(doors.map(nameOf).sort())
    }
  })

  it('holds every file that its manifest names', () => {
    const named = filesOf([manifest.exports, manifest.imports, manifest.bin, manifest.main, manifest.types])
    const files = named.filter((name) => !name.includes('*'))
    expect(files.length).toBeGreaterThan(20)
    for (const file of files) expect(() => readFileSync(join(packed, file)), file).not.toThrow()
    expect(readFileSync(join(packed, 'schemas', 'report.v1.json'), 'utf8')).toContain('$schema')
  })

  it('holds no sources, tests or plans', () => {
    const top = readdirSync(packed).filter((name) => name !== 'node_modules')
    const expected = [
      'CHANGELOG.md',
      'LICENSE',
      'NOTICE.md',
      'README.md',
      'SECURITY.md',
      'dist',
      'package.json',
      'schemas',
    ]
    expect(top.sort()).toEqual(expected.sort())
  })

  it("declares everything without any other package's types", () => {
    const borrowed = declarations().flatMap((name) =>
      importsIn(name, readFileSync(join(packed, 'dist', name), 'utf8'))
        .filter((written) => !written.name.startsWith('.'))
        .map((written) => `${name}: ${written.name}`),
    )
    expect(declarations().length).toBeGreaterThan(8)
    expect(borrowed).toEqual([])
  })

  it('installs without compiling or running anything', () => {
    const scripts = Object.keys(manifest.scripts)
    expect(scripts.filter((name) => /install/.test(name))).toEqual([])
  })

  it.each([
    ['with the types of Node', { lib: ['lib.es2023.d.ts'], types: ['node'] }],
    ['with those of a browser', { lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'], types: [] }],
  ])(
    'type-checks from ESM and CommonJS under node16, libraries too, %s',
    (_, options) => {
      const files = [...Object.keys(PROGRAMS), 'doors.mts', 'doors.cts'].map((name) => join(consumer, name))
      expect([...compile(files, options)]).toEqual([])
    },
    MINUTE,
  )

  it('issues and verifies from ESM', () => expect(run('module.mjs')).toBe('accepted RightToWork'), MINUTE)

  it(
    'issues and verifies from CommonJS, requiring no ES module',
    () => expect(runWithoutRequiringModules('common.cjs')).toBe('accepted RightToWork'),
    MINUTE,
  )

  it(
    'opens every door from ESM and CommonJS, with one class for one error',
    () => {
      const counts = run('doors.mjs')
      expect(counts).toMatch(/^[1-9]\d*( [1-9]\d*)+$/)
      expect(runWithoutRequiringModules('doors.cjs').split(' ').length).toBe(counts.split(' ').length)
    },
    MINUTE,
  )

  it('keeps signing and storage out of what its verify door loads', () => {
    const loaded = new Set(['verify.js'])
    for (const name of loaded) {
      for (const written of importsIn(name, readFileSync(join(packed, 'dist', name), 'utf8')))
        if (written.need === 'static' && written.name.startsWith('./')) loaded.add(written.name.slice(2))
    }
    const text = [...loaded].map((name) => readFileSync(join(packed, 'dist', name), 'utf8')).join('\n')
    expect(text).toContain('createVerifier')
    expect(text).not.toMatch(/\b(?:createLocalSigner|signCompactJws|sealKeyFile|createIssuer|createMemoryStore)\b/)
    expect(text).not.toMatch(/from ["']node:/)
  })

  it(
    'bundles its verify door for a browser: no Node built-in, linked data apart',
    async () => {
      const { metafile } = await build({
        stdin: { contents: "export * from 'staff-passport/verify'", resolveDir: consumer },
        bundle: true,
        splitting: true,
        metafile: true,
        write: false,
        platform: 'browser',
        format: 'esm',
        outdir: 'out',
        logLevel: 'silent',
      })
      const outputs = Object.values(metafile.outputs)
      expect(outputs.flatMap(({ imports }) => imports.filter(({ external }) => external))).toEqual([])
      const loaded = new Set(Object.keys(metafile.outputs).filter((name) => name.includes('stdin')))
      for (const name of loaded) {
        const { imports = [] } = metafile.outputs[name] ?? {}
        for (const { path, kind } of imports) if (kind === 'import-statement') loaded.add(path)
      }
      const inputs = [...loaded].flatMap((name) => Object.keys(metafile.outputs[name]?.inputs ?? {}))
      expect(inputs.some((input) => input.endsWith('dist/runtime/browser.js'))).toBe(true)
      expect(inputs.filter((input) => /jsonld|rdf-canonize|@digitalbazaar/.test(input))).toEqual([])
    },
    MINUTE,
  )

  it('is small', () => {
    const [{ size, unpackedSize }] = JSON.parse(
      execFileSync('npm', ['pack', '--ignore-scripts', '--dry-run', '--json'], { cwd: ROOT, encoding: 'utf8' }),
    )
    expect(size).toBeLessThan(1_500_000)
    expect(unpackedSize).toBeLessThan(8_000_000)
  })
})
