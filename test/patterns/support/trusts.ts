import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import {
  createRecordSystemClient,
  createRecruitmentSystemClient,
} from '../../../src/adapters/dsp-api/create-system-client.js'
import { createMemoryStore } from '../../../src/adapters/memory/memory-store.js'
import type { CredentialTypeName } from '../../../src/credentials/rows.js'
import { createEsrApplicantsClient, createEsrClient } from '../../../src/doors/esr.js'
import type {
  FactsOf,
  Invitation,
  OfferedCredential,
  PresentationOutcome,
  RequestedCredential,
} from '../../../src/exchange/wallet-exchange.js'
import { createEventsApi, type SystemEvent } from '../../../src/http/systems/create-events-api.js'
import { createSystemApi, type ServedSystem } from '../../../src/http/systems/create-system-api.js'
import { createLedger, type Ledger } from '../../../src/patterns/ledger.js'
import { createGuardedRequest } from '../../../src/runtime/guarded-fetch-node.js'
import type { RecordSystem } from '../../../src/systems/record-system.js'
import { listenWith } from '../../../src/testing/simulators/loopback.js'
import { simulateEsr } from '../../../src/testing/simulators/systems/esr/simulate-esr.js'
import { type ProductName, simulateRecords } from '../../../src/testing/simulators/systems/products.js'
import { simulateTrac } from '../../../src/testing/simulators/systems/trac.js'
import type { AcceptedPresentation } from '../../../src/verifier/result.js'
import type { Wallet } from '../../../src/wallet/create-wallet.js'
import { createDemoAuthority, offered, openEmployer, openWallet, untilEnd } from '../../exchange/support/world.js'
import { createNetwork } from './network.js'

export const HR = { role: 'HR adviser' }
export const NORTHFIELD = 'Northfield NHS Trust (fictional)'
export const FIRE = 'NHS|CSTF|Fire Safety - No Specified Renewal|'

const SECRET = 'a-secret-of-at-least-32-characters'

/** Somebody invented, with a wallet. */
export interface Person {
  readonly firstName: string
  readonly lastName: string
  readonly birthDate: string
  readonly uniqueIdentifier: string
  /** Of this person alone, such as an assignment number. */
  readonly number: string
  readonly wallet: Wallet
  readonly passportId: string
}

const letters = (): string => Array.from({ length: 8 }, () => 'abcdefghijklmnopqrstuvwxyz'[randomInt(26)]).join('')

/** Trust A and trust B, their portals, and every system around them, each behind its interface. */
export const openTrusts = async () => {
  const authority = await createDemoAuthority()
  const network = createNetwork()
  const a = await openEmployer(authority)
  const { signer } = await authority.newHolder('ES256')
  const client = { prefix: 'decentralized_identifier', signer } as const
  const b = await openEmployer(authority, { name: 'southmere', openid4vp: { client } })
  const closing: (() => Promise<unknown>)[] = [a.close, b.close]
  const reach = (origin: string) => ({
    send: network.through(createGuardedRequest({ allowHosts: [origin], timeout: 5_000 })),
    wait: async () => undefined,
  })

  /** A system behind the Digital Staff Passport API. */
  const serve = async (system: ServedSystem) => {
    const clients = [{ clientId: 'portal', clientSecret: SECRET, organisations: ['RZ1'] }]
    const api = createSystemApi({ organisations: { RZ1: system }, clients, tokenKey: randomBytes(32) })
    const { origin, close } = await listenWith(api)
    closing.push(close)
    const options = { url: origin, clientId: 'portal', clientSecret: SECRET, organisation: 'RZ1', ...reach(origin) }
    const { name, capabilities } = system
    return { options, description: { name, capabilities } }
  }
  const records = async (product: ProductName) => {
    const { system, users } = simulateRecords(product)
    const { options, description } = await serve(system)
    return { system: createRecordSystemClient(options, description), users, own: system }
  }
  const openTrac = async () => {
    const { system, recruiters } = simulateTrac()
    const { options, description } = await serve(system)
    return { system: createRecruitmentSystemClient(options, description), recruiters, own: system }
  }

  const esr = await simulateEsr([
    { odsCode: 'RZ1', vpd: '218' },
    { odsCode: 'RZ2', vpd: '219' },
  ])
  closing.push(esr.close)
  const esrOf = (odsCode: string): RecordSystem =>
    createEsrClient({
      ...esr.access(odsCode),
      ...reach(esr.origin),
      employer: { name: NORTHFIELD, odsCode },
      assurance: {
        origin: 'Substantive NHS Employing Organisation',
        assurancePolicy: 'Local contractual arrangement',
        assuranceOutcome: 'Onboarding complete',
        provider: NORTHFIELD,
        verifier: 'Provider',
        verificationMethod: 'Record Verification',
        pedigree: 'Authoritative',
      },
    })
  const applicantsOf = (odsCode: string) => createEsrApplicantsClient({ ...esr.access(odsCode), ...reach(esr.origin) })

  /** The portal's ear for events. */
  const openEvents = async (listener: (event: SystemEvent) => Promise<void>) => {
    const clients = [{ clientId: 'esr', clientSecret: SECRET, organisations: ['RZ1'] }]
    const errors: unknown[] = []
    const onError = (error: unknown) => errors.push(error)
    const { origin, close } = await listenWith(
      createEventsApi({ organisations: { RZ1: listener }, clients, tokenKey: randomBytes(32), onError }),
    )
    closing.push(close)
    return { url: origin, clientId: 'esr', clientSecret: SECRET, organisation: 'RZ1', errors, ...reach(origin) }
  }

  const take = async (wallet: Wallet, { uri, transactionCode = '' }: Invitation) => {
    const taken = await (await wallet.openOffer(uri)).accept({ transactionCode })
    if (taken.some((one) => !one.ok)) throw new Error('It was not taken')
  }

  const factsFor = (type: CredentialTypeName, { uniqueIdentifier, ...person }: Omit<Person, 'wallet'>) => {
    const facts = offered(type).facts as unknown as FactsOf<'Identity'>
    const { firstName: legalFirstName, lastName: legalSurname, birthDate } = person
    const named = { legalFirstName, legalSurname, birthDate, firstName: legalFirstName, lastName: legalSurname }
    const own = Object.entries({ ...named, dateOfBirth: birthDate }).filter(([name]) => name in facts.claims)
    return { ...facts, uniqueIdentifier, claims: { ...facts.claims, ...Object.fromEntries(own) } }
  }

  const give = async (person: Person, type: CredentialTypeName) => {
    const credential = { type, facts: factsFor(type, person) } as unknown as OfferedCredential
    await take(person.wallet, await a.exchange.offer({ credentials: [credential] }))
  }

  /** Somebody with these credentials in their wallet; among them their identity. */
  const newPerson = async (types: readonly CredentialTypeName[] = []): Promise<Person> => {
    const suffix = letters()
    const person = {
      firstName: 'Ŵyn',
      lastName: `O’Example-Testwell-${suffix}`,
      birthDate: '1990-02-28',
      uniqueIdentifier: randomUUID(),
      number: String(randomInt(10_000_000, 99_999_999)),
      passportId: `passport-${suffix}`,
      wallet: await openWallet(authority, [a.origin, b.origin]),
    }
    for (const type of ['Identity', ...types] as const) await give(person, type)
    return person
  }

  /** What comes of showing a trust what it asks for. */
  const outcomeOf = async (
    { wallet }: Pick<Person, 'wallet'>,
    wanted: readonly (CredentialTypeName | RequestedCredential)[],
    to: typeof a = b,
  ): Promise<PresentationOutcome | undefined> => {
    const credentials = wanted.map((one) =>
      typeof one === 'string' ? { type: one, ...(one === 'CoreSkill' ? { several: true } : {}) } : one,
    )
    const asked = await to.exchange.request({ credentials, purpose: 'Before you start', device: 'cross' })
    await (await wallet.openRequest(asked.uri)).share().catch(() => undefined)
    const proof = { browserSecret: asked.browserSecret ?? '' }
    return (await untilEnd(to.exchange, asked.exchangeId, proof)).at(-1)?.outcome
  }
  /** What somebody's wallet shows to a trust, if that accepts it. */
  const show = async (...given: Parameters<typeof outcomeOf>): Promise<AcceptedPresentation | undefined> =>
    (await outcomeOf(...given))?.presentation

  const ledgers = new Map<string, () => Ledger>()
  const ledgerOf = (owner: string): Ledger => {
    const kept = { store: createMemoryStore().exchanges, owner, sealingKey: randomBytes(32) }
    const open = ledgers.get(owner) ?? (() => createLedger(kept))
    ledgers.set(owner, open)
    return open()
  }

  const { issuer, store } = authority.organisations.northfield
  /** How many credentials of a type anybody could show now. */
  const valid = async (type: CredentialTypeName): Promise<number> => {
    let count = 0
    for await (const entry of store.register.find({ state: 'issued' }))
      if (entry.type === type && entry.statusChanges.length === 0) count += 1
    return count
  }

  return {
    authority,
    network,
    reach,
    closing,
    a,
    b,
    issuer,
    register: store.register,
    esr,
    esrOf,
    applicantsOf,
    records,
    openTrac,
    openEvents,
    take,
    newPerson,
    giveIdentity: (person: Person) => give(person, 'Identity'),
    show,
    outcomeOf,
    ledgerOf,
    valid,
    close: async () => {
      for (const close of closing) await close()
    },
  }
}

export type Trusts = Awaited<ReturnType<typeof openTrusts>>
