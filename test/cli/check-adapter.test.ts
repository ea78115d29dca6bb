import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { cli, workspace } from './support.js'

let space: Awaited<ReturnType<typeof workspace>>
beforeAll(async () => {
  space = await workspace()
})
afterAll(() => space.remove())

const source = (path: string): string => JSON.stringify(fileURLToPath(new URL(`../../src/${path}`, import.meta.url)))

/** An adapter as somebody writes it, over a simulated learning system; whole, or with something planted in it. */
const adapter = async (name: string, planted = ''): Promise<string> => {
  const path = space.path(`${name}.ts`)
  await writeFile(
    path,
    `import { simulateRecords } from ${source('testing/simulators/systems/products.ts')}
import { CREDENTIAL_TYPES } from ${source('credentials/catalogue.ts')}
export const openRecordSystem = async () => {
  const { system, users } = simulateRecords('Think LMS')
  const person = { firstName: 'Pat', lastName: 'Example', birthDate: '1980-01-02' }
  const enter = (reference) => ({ ...person, reference, id: users.enterPerson({ ...person, reference }) })
  const [known, alike] = [enter('1'), enter('2')]
  const { claims, assurance } = CREDENTIAL_TYPES.CoreSkill.examples[0]
  const record = users.enterRecord(known.id, { type: 'CoreSkill', claims, assurance })
  const newRecord = { type: 'CoreSkill', claims, assurance, credentialId: 'urn:uuid:1' }
  const change = async () => users.changeRecord(record, claims)
  return { system: { ...system, ${planted} }, known, alike, newRecord, change, close: async () => {} }
}
`,
  )
  return path
}

it('says of each promise that it holds', async () => {
  const { exitCode, out } = await cli(['check-adapter', await adapter('whole')])
  expect(exitCode).toBe(0)
  expect(out.split('\n').filter((line) => line.startsWith('holds')).length).toBeGreaterThan(12)
  expect(out).not.toContain('broken')
})

it('says which promise is broken, and how', async () => {
  const path = await adapter('planted', 'add: async (id, record, key) => system.add(id, record, key + Math.random()),')
  const { exitCode, out, err } = await cli(['check-adapter', path])
  expect(exitCode).toBe(1)
  expect(out).toMatch(/broken {2}adds a record once.*the same key must be the same record/)
  expect(err).toMatch(/^1 of \d+ promises are broken$/m)
  const json = JSON.parse((await cli(['check-adapter', '--json', path])).out)
  expect(json.filter(({ holds }: { holds: boolean }) => !holds)).toHaveLength(1)
})

it('says what a module has to be', async () => {
  await writeFile(space.path('empty.mjs'), 'export const nothing = 1\n')
  const { exitCode, err } = await cli(['check-adapter', space.path('empty.mjs')])
  expect([exitCode, err]).toEqual([64, expect.stringContaining('must export')])
})

it('says when there is none', async () => {
  const { exitCode, err } = await cli(['check-adapter', space.path('nowhere.mjs')])
  expect([exitCode, err]).toEqual([66, expect.stringContaining('Cannot load')])
})
