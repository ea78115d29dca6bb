import { britishDate, parseDateTime } from '../../codec/date-time.js'
import { checkClaims } from '../../credentials/check-claims.js'
import { type IdentityProvider, type IdentityRequest, VOUCHED_TYPES } from '../../systems/identity-provider.js'
import { type Case, ensure } from './case.js'

/** An identity provider to test, in a test installation, with somebody who goes through it. */
export interface IdentityProviderUnderTest {
  readonly provider: IdentityProvider
  /** Somebody plainly fictional goes through a check and is verified. */
  pass(sessionUrl: string): Promise<void>
  /** Somebody gives up. */
  decline(sessionUrl: string): Promise<void>
  close(): Promise<void>
}

/** Opens an identity provider to test. Each case opens it anew. */
export type OpenIdentityProvider = () => Promise<IdentityProviderUnderTest>

type Promised = readonly [name: string, run: (opened: IdentityProviderUnderTest) => Promise<void>]

const UNKNOWN = '00000000-0000-4000-8000-000000000000'

const request = ({ capabilities }: IdentityProvider, key: string): IdentityRequest => ({
  idempotencyKey: key,
  types: capabilities.vouchesFor,
  confidence: 'M',
  returnUrl: 'https://portal.northfield.example/verified',
})

const refused = async (work: () => Promise<unknown>): Promise<boolean> =>
  work().then(
    () => false,
    (error: unknown) => error instanceof TypeError,
  )

const PROMISES: readonly Promised[] = [
  [
    'says which version of the port it implements, what it is, and what it vouches for',
    async ({ provider }) => {
      ensure(provider.portVersion === 1, 'portVersion must be 1')
      ensure(provider.name !== '', 'name must be a text')
      const { vouchesFor, profiles } = provider.capabilities
      ensure(
        vouchesFor.length > 0 && vouchesFor.every((type) => VOUCHED_TYPES.includes(type)),
        'types that can be vouched for',
      )
      ensure(
        profiles.every((profile) => /^[LMHV][1-3][A-Z]$/.test(profile)),
        'profiles of GPG 45, such as M1A',
      )
    },
  ],
  [
    'begins a check where the person can go, and waits for them',
    async ({ provider }) => {
      const session = await provider.begin(request(provider, 'contract-1'))
      ensure(URL.canParse(session.url), 'url must be an address')
      ensure((parseDateTime(session.expiresAt) ?? 0) > Date.now(), 'expiresAt must be a moment to come')
      ensure((await provider.outcome(session.id))?.state === 'pending', 'nobody was there yet')
    },
  ],
  [
    'gives one session for one key',
    async ({ provider }) => {
      const first = await provider.begin(request(provider, 'contract-2'))
      const again = await provider.begin(request(provider, 'contract-2'))
      ensure(first.id === again.id, 'the same key must be the same session')
      const other = await provider.begin(request(provider, 'contract-3'))
      ensure(other.id !== first.id, 'another key must be another session')
    },
  ],
  [
    'speaks the catalogue of whoever it verified, with a profile that it reaches, and stays with it',
    async ({ provider, pass }) => {
      const session = await provider.begin(request(provider, 'contract-4'))
      await pass(session.url)
      const outcome = await provider.outcome(session.id)
      ensure(outcome?.state === 'verified', 'whoever passes must be verified')
      ensure(provider.capabilities.profiles.includes(outcome.profile), 'a profile that it says it reaches')
      for (const { type, claims, assurance } of outcome.records) {
        const content = { uniqueIdentifier: UNKNOWN, claims, assurance } as never
        const { faults } = checkClaims(type, content, { issuedOn: britishDate(Date.now()) })
        ensure(faults.length === 0, `${type} breaks rules: ${faults.map(({ path, code }) => `${path} ${code}`).join()}`)
      }
      ensure(JSON.stringify(await provider.outcome(session.id)) === JSON.stringify(outcome), 'the same, each time')
    },
  ],
  [
    'vouches for right to work of British and Irish passport holders alone',
    async ({ provider, pass }) => {
      const session = await provider.begin(request(provider, 'contract-5'))
      await pass(session.url)
      const outcome = await provider.outcome(session.id)
      if (outcome?.state !== 'verified') return
      for (const { type, claims } of outcome.records)
        if (type === 'RightToWork')
          ensure(['British', 'Irish'].includes((claims as { nationality: string }).nationality), 'British or Irish')
    },
  ],
  [
    'says that somebody gave up',
    async ({ provider, decline }) => {
      const session = await provider.begin(request(provider, 'contract-6'))
      await decline(session.url)
      const outcome = await provider.outcome(session.id)
      ensure(outcome?.state === 'failed' && outcome.reason === 'declined', 'it must say declined')
    },
  ],
  [
    'refuses what it does not vouch for, and knows no session that it did not begin',
    async ({ provider }) => {
      const types = ['OccupationalHealth'] as never
      ensure(
        await refused(() => provider.begin({ ...request(provider, 'contract-7'), types })),
        'a TypeError for other types',
      )
      ensure((await provider.outcome('no such session')) === undefined, 'undefined for no such session')
    },
  ],
]

/** What every `IdentityProvider` promises, as cases for any test runner. */
export const identityProviderContract = (open: OpenIdentityProvider): readonly Case[] =>
  PROMISES.map(([name, run]) => ({
    name,
    run: async () => {
      const opened = await open()
      try {
        await run(opened)
      } finally {
        await opened.close()
      }
    },
  }))
