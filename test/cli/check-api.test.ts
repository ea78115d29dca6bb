import { writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { simulateRecords } from '../../src/testing/simulators/systems/products.js'
import { simulateTrac, type TracStage } from '../../src/testing/simulators/systems/trac.js'
import { CLIENT, factsOf, SECRET, serveSystem } from '../systems/support.js'
import { cli, workspace } from './support.js'

let space: Awaited<ReturnType<typeof workspace>>
beforeAll(async () => {
  space = await workspace()
  await writeFile(space.path('secret'), `${SECRET}\n`, { mode: 0o600 })
})
afterAll(() => space.remove())

/** A vendor's implementation, with two people who share names and a date of birth. */
const vendor = async () => {
  const { system, users } = simulateRecords('Think LMS')
  const person = { firstName: 'Pat', lastName: 'Example', birthDate: '1980-01-02' }
  const enter = (reference: string) => ({ ...person, reference, id: users.enterPerson({ ...person, reference }) })
  const [known, alike] = [enter('A1'), enter('A2')]
  users.enterRecord(known.id, factsOf('CoreSkill'))
  const { name, capabilities } = system
  const people = { name, capabilities, known, alike, newRecord: factsOf('CoreSkill') }
  await writeFile(space.path('people.json'), JSON.stringify(people))
  return serveSystem(system)
}

const check = (url: string, ...more: string[]) =>
  cli([
    'check-api',
    url,
    '--client-id',
    CLIENT,
    '--client-secret-file',
    space.path('secret'),
    '--organisation',
    'RZ1',
    '--other-organisation',
    'RZ2',
    '--people',
    space.path('people.json'),
    ...more,
  ])

it('says of each promise that it holds', async () => {
  const served = await vendor()
  const { exitCode, out, err } = await check(served.origin)
  await served.close()
  expect([exitCode, err]).toEqual([0, ''])
  expect(out.split('\n').filter((line) => line.startsWith('holds')).length).toBeGreaterThan(20)
  expect(out + err).not.toContain(SECRET)
  expect(out).not.toContain('Example')
})

it('says it again in an installation that was checked before', async () => {
  const served = await vendor()
  await check(served.origin)
  const { exitCode, out } = await check(served.origin)
  await served.close()
  expect([exitCode, out.split('\n').at(-1)]).toEqual([0, '23 of 23 promises hold.'])
})

it('says it of a recruitment system, too', async () => {
  const { system, recruiters } = simulateTrac()
  const person = { firstName: 'Pat', lastName: 'Example', birthDate: '1980-01-02', jobRole: 'Nurse' }
  const apply = (stage: TracStage) => recruiters.apply({ ...person, stage })
  const [id, tooEarly, unprepared] = [apply('Offer: Conditional'), apply('Interview'), apply('Offer: Conditional')]
  recruiters.switchIntegration(true)
  recruiters.chooseDbsLevel(id, 'Enhanced')
  recruiters.pressIdCheck(id)
  const ready = { ...person, id, reference: id, stage: 'Offer: Conditional' }
  const { name, capabilities } = system
  const people = { name, capabilities, ready, tooEarly, unprepared, newRecord: factsOf('DbsSupportingInformation') }
  await writeFile(space.path('people.json'), JSON.stringify(people))
  const served = await serveSystem(system)
  const { exitCode, out } = await check(served.origin)
  await served.close()
  expect([exitCode, out.split('\n').at(-1)]).toEqual([0, '15 of 15 promises hold.'])
})

it('says what is broken', async () => {
  const served = await vendor()
  const { exitCode, out } = await check(served.origin, '--other-organisation', 'RZ1', '--json')
  await served.close()
  expect(exitCode).toBe(1)
  const broken = JSON.parse(out).filter(({ holds }: { holds: boolean }) => !holds)
  expect(broken).toMatchObject([
    { name: expect.stringContaining('403'), broken: expect.stringContaining('403, not 200') },
  ])
})

it('says so when nobody answers, and when the file of people is none', async () => {
  const served = await vendor()
  await served.close()
  expect(await check(served.origin)).toMatchObject({ exitCode: 69, err: expect.stringContaining('Nobody answers') })
  await writeFile(space.path('people.json'), '{}')
  expect(await check(served.origin)).toMatchObject({ exitCode: 66, err: expect.stringContaining('known and alike') })
})
