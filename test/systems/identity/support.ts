import { inspect } from 'node:util'
import {
  createOpenIdProvider,
  type OpenIdProviderOptions,
} from '../../../src/adapters/identity/openid/create-openid-provider.js'
import { createYotiProvider, type YotiOptions } from '../../../src/adapters/identity/yoti/create-yoti-provider.js'
import { EXAMPLE_NAMES } from '../../../src/credentials/fictional.js'
import { createGuardedRequest } from '../../../src/runtime/guarded-fetch-node.js'
import type { IdentityOutcome, IdentityRequest } from '../../../src/systems/identity-provider.js'
import {
  createOpenIdSimulator,
  type OpenIdSimulatorOptions,
} from '../../../src/testing/simulators/systems/identity/openid.js'
import type { PassedCheck } from '../../../src/testing/simulators/systems/identity/person.js'
import { createYotiSimulator } from '../../../src/testing/simulators/systems/identity/yoti.js'

export const RETURN_URL = 'https://portal.northfield.example/verified'

/** A question: everything, with medium confidence. */
export const asking = (more: Partial<IdentityRequest> = {}): IdentityRequest => ({
  idempotencyKey: 'check-1',
  types: ['Identity', 'RightToWork', 'DbsSupportingInformation'],
  confidence: 'M',
  returnUrl: RETURN_URL,
  ...more,
})

/** YOTI on loopback, with an application. */
export const openYoti = async (more: Partial<YotiOptions> = {}) => {
  const simulator = await createYotiSimulator(more.clock)
  const pauses: number[] = []
  const options: YotiOptions = {
    ...simulator.register(),
    send: createGuardedRequest({ allowHosts: [simulator.origin], timeout: 2_000 }),
    wait: async (milliseconds) => void pauses.push(milliseconds),
    ...more,
  }
  return { simulator, options, pauses, provider: createYotiProvider(options) }
}

/** An OpenID provider on loopback, with a client, and whoever goes through it to the end. */
export const openOpenId = async (more: Partial<OpenIdProviderOptions> = {}, simulated: OpenIdSimulatorOptions = {}) => {
  const simulator = await createOpenIdSimulator({ ...(more.clock ? { clock: more.clock } : {}), ...simulated })
  const options: OpenIdProviderOptions = {
    name: 'Digidentity',
    ...simulator.register([RETURN_URL]),
    send: createGuardedRequest({ allowHosts: [simulator.origin], timeout: 2_000 }),
    wait: async () => {},
    ...more,
  }
  const provider = createOpenIdProvider(options)
  /** Begins a check and goes through it, as far as the address that the browser is led back to. */
  const walk = async (request = asking(), check: PassedCheck = {}) => {
    const session = await provider.begin(request)
    return { session, callback: await simulator.people.pass(session.url, check) }
  }
  return { simulator, options, provider, walk }
}

/** The error of something that fails; fails where it does not. */
export const errorOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => {
      throw new Error('It did not fail')
    },
    (error: unknown) => error,
  )

/** Everything that a log could show of an error. */
export const shown = (error: unknown): string => inspect(error, { depth: 9, showHidden: true })

const PERSONAL = [
  EXAMPLE_NAMES.legalFirstName,
  EXAMPLE_NAMES.legalSurname,
  EXAMPLE_NAMES.birthDate,
  '999000001',
  'NX1 1AA',
]

/** What of the invented person is in a text. */
export const personalIn = (text: string): readonly string[] => PERSONAL.filter((one) => text.includes(one))

/** The types and, by type, the claims that were vouched for. */
export const vouched = (outcome: IdentityOutcome | undefined) =>
  outcome?.state === 'verified' ? outcome.records.map(({ type }) => type) : outcome
