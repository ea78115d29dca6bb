import { describe, expect, it } from 'vitest'
import { createIdentityRecords } from '../../../src/systems/identity-records.js'
import type { SystemPerson } from '../../../src/systems/record-system.js'
import { recordSystemContract } from '../../../src/testing/contracts/record-system.js'
import { simulateIdentityProvider } from '../../../src/testing/simulators/systems/identity-provider.js'
import { asking, openYoti } from './support.js'

const overHttp = async () => {
  const { simulator, provider } = await openYoti()
  const system = createIdentityRecords(provider)
  const verified = async (idempotencyKey: string): Promise<SystemPerson> => {
    const { id, url } = await provider.begin(asking({ idempotencyKey, confidence: 'H' }))
    await simulator.people.pass(url)
    const [person] = await system.find({ reference: id })
    if (!person) throw new Error('Nobody was verified')
    return person
  }
  return { system, known: await verified('one'), alike: await verified('other'), close: simulator.close }
}

describe('what an identity provider verified, as a system', () => {
  it.each(recordSystemContract(overHttp))('$name', ({ run }) => run())

  it('is nothing until somebody was verified, and nothing of whoever gave up', async () => {
    const { provider, people } = simulateIdentityProvider('Digidentity')
    const system = createIdentityRecords(provider)
    const { id, url } = await provider.begin(asking())
    expect([await system.find({ reference: id }), await system.read(id, ['Identity'])]).toEqual([[], []])
    people.decline(url)
    expect([await system.find({ reference: id }), await system.read(id, ['Identity'])]).toEqual([[], []])
    expect(await system.read('no such check', ['Identity'])).toBeUndefined()
  })
})
