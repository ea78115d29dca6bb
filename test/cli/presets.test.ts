import { writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/core/json.js'
import { makeCertificate, toPem } from '../support/certificates.js'
import { createWorld, type World } from '../verifier/support/world.js'
import { cli, type Ran, workspace } from './support.js'

let world: World
let folder: Awaited<ReturnType<typeof workspace>>
beforeAll(async () => {
  world = await createWorld()
  folder = await workspace()
  await writeFile(folder.path('trust.jwt'), String(world.options.trustList))
  await writeFile(folder.path('root.pem'), toPem(await makeCertificate({ name: 'root', authority: true })))
  await writeFile(folder.path('stray.pem'), 'not a certificate')
})
afterAll(() => folder.remove())

const verify = (policy: string, ...more: readonly string[]): Promise<Ran> => {
  const trust = ['--trust', folder.path('trust.jwt'), '--trust-anchor', String(world.options.anchor), '--offline']
  const credential = String(world.golden['vc+jwt'].credential)
  return cli(['verify', '-', '--policy', policy, ...trust, '--json', ...more], credential)
}

const formatOf = (ran: Ran): unknown => {
  const [{ report }] = JSON.parse(ran.out) as readonly [{ readonly report: { readonly checks: JsonObject } }]
  return report.checks.format
}

describe('verify --policy', () => {
  it('entra, of a token of VCDM 2.0: not that format', async () => {
    const ran = await verify('entra')
    expect(ran.exitCode).toBe(1)
    expect(formatOf(ran)).toMatchObject({ code: 'format.notAllowedByPolicy' })
  })

  it('haip, with an anchor for certificates: not that format either', async () => {
    const ran = await verify('haip', '--certificate-anchor', folder.path('root.pem'))
    expect(ran.exitCode).toBe(1)
    expect(formatOf(ran)).toMatchObject({ code: 'format.notAllowedByPolicy' })
  })

  it.each<readonly [string, string, readonly string[], number]>([
    ['haip without an anchor', 'haip', [], 64],
    ['another with one', 'nhs', ['--certificate-anchor', 'root.pem'], 64],
    ['an anchor that is no certificate', 'haip', ['--certificate-anchor', 'stray.pem'], 64],
    ['an anchor that is not there', 'haip', ['--certificate-anchor', 'nowhere.pem'], 66],
  ])('%s', async (_title, policy, [option, file], exitCode) => {
    const more = option === undefined ? [] : [option, folder.path(file ?? '')]
    const ran = await verify(policy, ...more)
    expect(ran.exitCode).toBe(exitCode)
    expect(ran.out).toBe('')
  })
})
