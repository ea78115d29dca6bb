import { describe, it } from 'vitest'
import { createMemorySessions } from '../../../src/adapters/identity/sessions.js'
import type { IdentityProvider } from '../../../src/systems/identity-provider.js'
import {
  type IdentityProviderUnderTest,
  identityProviderContract,
} from '../../../src/testing/contracts/identity-provider.js'
import { identitySessionStoreContract } from '../../../src/testing/contracts/identity-session-store.js'
import { openOpenId, openYoti } from './support.js'

describe.each(['YOTI', 'Post Office EasyID'])('%s, over HTTP', (name) => {
  const open = async () => {
    const { simulator, provider } = await openYoti({ name })
    return { provider, ...simulator.people, close: simulator.close }
  }
  it.each(identityProviderContract(open))('$name', ({ run }) => run())
})

describe.each([true, false])('Digidentity, over HTTP (pushed: %s)', (pushes) => {
  const open = async (): Promise<IdentityProviderUnderTest> => {
    const { simulator, provider } = await openOpenId({}, { pushes })
    // What a browser's own session remembers: which check it began.
    const began = new Map<string, string>()
    const remembering: IdentityProvider = {
      ...provider,
      begin: async (request) => {
        const session = await provider.begin(request)
        began.set(session.url, session.id)
        return session
      },
    }
    const back = async (url: string, callback: string) =>
      void (await provider.completed(callback, began.get(url) ?? ''))
    return {
      provider: remembering,
      pass: async (url) => back(url, await simulator.people.pass(url)),
      decline: async (url) => back(url, await simulator.people.decline(url)),
      close: simulator.close,
    }
  }
  it.each(identityProviderContract(open))('$name', ({ run }) => run())
})

describe('checks kept in memory', () => {
  it.each(identitySessionStoreContract(async () => createMemorySessions()))('$name', ({ run }) => run())
})
