import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { contextTableModule } from './generate/canon.js'
import { claimsModule } from './generate/claims.js'
import { buildContext, contextModule } from './generate/context.js'
import { employmentChecksModule } from './generate/employment-checks.js'
import { esrLayoutFiles } from './generate/esr-layouts.js'
import { ROOT } from './generate/load.js'
import { schemasModule } from './generate/schemas.js'

/** Everything that follows from the schemas and the published lists, by file. */
export const generate = async (): Promise<Readonly<Record<string, string>>> => ({
  'schemas/context.v1.jsonld': `${JSON.stringify(buildContext(), null, 2)}\n`,
  'src/credentials/generated/context.ts': contextModule(),
  'src/formats/data-integrity/generated/context-table.ts': await contextTableModule(),
  'src/credentials/generated/claims.ts': await claimsModule(),
  'src/credentials/generated/schemas.ts': schemasModule(),
  'src/systems/generated/employment-checks.ts': await employmentChecksModule(),
  ...esrLayoutFiles(),
})

/** What follows from the catalogue, which itself needs what follows from the schemas. */
export const generateDocs = async (): Promise<Readonly<Record<string, string>>> => {
  const { credentialTypesPage } = await import('./generate/docs.js')
  const { typeMetadataFiles } = await import('./generate/type-metadata.js')
  const { displayModule } = await import('./generate/display.js')
  const { openapiFiles } = await import('./generate/openapi.js')
  const { pictureFiles } = await import('./generate/pictures.js')
  const { refuseUnusedWelsh } = await import('./generate/welsh.js')
  const files = {
    'docs/credential-types.md': credentialTypesPage(),
    'src/credentials/generated/display.ts': displayModule(),
    ...typeMetadataFiles(),
    ...openapiFiles(),
    ...pictureFiles(),
  }
  refuseUnusedWelsh()
  return files
}

const stale = (files: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(files)
    .filter(([file, text]) => !existsSync(join(ROOT, file)) || readFileSync(join(ROOT, file), 'utf8') !== text)
    .map(([file]) => file)

const write = (files: Readonly<Record<string, string>>): void => {
  for (const file of stale(files)) {
    mkdirSync(dirname(join(ROOT, file)), { recursive: true })
    writeFileSync(join(ROOT, file), files[file] ?? '')
    console.log(`wrote ${file}`)
  }
}

const check = async (): Promise<void> => {
  const files = [...stale(await generate()), ...stale(await generateDocs())]
  for (const file of files) console.error(`${file} is out of date; run npm run generate`)
  process.exitCode = files.length > 0 ? 1 : 0
}

const main = async (): Promise<void> => {
  if (process.argv.includes('--check')) return check()
  write(await generate())
  write(await generateDocs())
}

if (process.argv[1]?.endsWith('generate.ts')) await main()
