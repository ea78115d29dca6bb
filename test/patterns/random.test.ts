import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { createMemoryStore } from '../../src/adapters/memory/memory-store.js'
import type { FactsOf, Invitation, OfferedCredential, WalletExchange } from '../../src/exchange/wallet-exchange.js'
import { createInbound } from '../../src/patterns/inbound/create-inbound.js'
import { createLedger } from '../../src/patterns/ledger.js'
import { createOutbound } from '../../src/patterns/outbound/create-outbound.js'
import { tellChanges } from '../../src/patterns/tell-changes.js'
import type { RecordSystem } from '../../src/systems/record-system.js'
import { simulateRecords } from '../../src/testing/simulators/systems/products.js'
import type { AcceptedPresentation } from '../../src/verifier/result.js'
import { createDemoAuthority, offered, openEmployer, openWallet, untilEnd } from '../exchange/support/world.js'
import { factsOf } from '../systems/support.js'

const HR = { role: 'HR adviser' }
// Twins by name and birth date: nothing but what people choose tells them apart.
const NAMES = { firstName: 'Ŵyn', lastName: 'O’Example-Testwell', birthDate: '1990-02-28' }
const STEPS = 400

const randomOf = (seed: number) => {
  let state = seed
  const next = () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
  return { next, pick: <Item>(all: readonly Item[]): Item => all[Math.floor(next() * all.length)] as Item }
}

it.each([1, 2, 3].map(() => Math.floor(Math.random() * 1e9)))(
  'whatever is done for two people, in whatever order, legal or not, with crashes (seed %i): nothing is valid that is not so, nobody’s, there twice, or with the wrong person',
  async (seed) => {
    const { next, pick } = randomOf(seed)
    const authority = await createDemoAuthority()
    const a = await openEmployer(authority)
    const { signer } = await authority.newHolder('ES256')
    const b = await openEmployer(authority, {
      name: 'southmere',
      openid4vp: { client: { prefix: 'decentralized_identifier', signer } },
    })
    const { issuer, store } = authority.organisations.northfield
    const [esr, lms] = [simulateRecords('ESR'), simulateRecords('Think LMS')]

    const newPerson = async (number: number) => {
      const uniqueIdentifier = crypto.randomUUID()
      const wallet = await openWallet(authority, [a.origin, b.origin])
      const facts = { ...(offered('Identity').facts as unknown as FactsOf<'Identity'>), uniqueIdentifier }
      const credential = { type: 'Identity', facts } as OfferedCredential
      const { uri, transactionCode = '' } = await a.exchange.offer({ credentials: [credential] })
      await (await wallet.openOffer(uri)).accept({ transactionCode })
      return {
        passportId: `passport-${number}`,
        uniqueIdentifier,
        wallet,
        here: esr.users.enterPerson({ ...NAMES, reference: `A${number}` }),
        there: lms.users.enterPerson({ ...NAMES, reference: `B${number}` }),
        records: new Map<string, number>(),
        invitations: [] as Invitation[],
      }
    }
    type Someone = Awaited<ReturnType<typeof newPerson>>
    const people = [await newPerson(0), await newPerson(1)]
    const twinOf = (person: Someone): Someone => people.find((one) => one !== person) as Someone
    let shown: { readonly of: Someone; readonly presentation: AcceptedPresentation } | undefined

    // A crash around a call: before it was done, or after, when nobody hears of it.
    const crash = { chance: 0 }
    const around =
      <Given extends unknown[], Answer>(work: (...given: Given) => Promise<Answer>) =>
      async (...given: Given): Promise<Answer> => {
        if (next() < crash.chance) throw new Error('crash')
        const answer = await work(...given)
        if (next() < crash.chance) throw new Error('crash')
        return answer
      }
    const brittle = (system: RecordSystem): RecordSystem => ({
      ...system,
      read: around(system.read),
      add: around(system.add),
    })
    const exchange: WalletExchange = {
      ...a.exchange,
      offer: around(a.exchange.offer),
      cancel: around(a.exchange.cancel),
    }
    // The ledger's own store crashes, too.
    const kept = (owner: string) => {
      const { exchanges } = createMemoryStore()
      return { store: { ...exchanges, put: around(exchanges.put) }, owner, sealingKey: randomBytes(32) }
    }
    const [ofA, ofB, ofEsr] = [kept('northfield'), kept('southmere'), kept('esr')]
    const outbound = () =>
      createOutbound({
        system: brittle(esr.system),
        exchange,
        issuer: { revoke: around(issuer.revoke) },
        ledger: createLedger(ofA),
        route: 'viaPortal',
        employer: 'Northfield NHS Trust (fictional)',
        isOn: () => true,
      })
    const inbound = () => createInbound({ system: brittle(lms.system), ledger: createLedger(ofB), isOn: () => true })
    const passportOf = ({ passportId, uniqueIdentifier }: Someone) => ({ passportId, uniqueIdentifier })
    for (const person of people) await outbound().match(passportOf(person), person.here, HR)

    // Each person's training is of years of their own: what goes to the wrong one is seen.
    const claimsOf = (person: Someone, turn: number) => ({
      ...(factsOf('CoreSkill').claims as object),
      lastDateAwarded: `20${person === people[0] ? 24 : 25}-0${1 + (turn % 8)}-05`,
      dateTo: `20${person === people[0] ? 34 : 35}-0${1 + (turn % 8)}-05`,
    })
    const owner = (passportId: string) => people.find((one) => one.passportId === passportId)
    const update = async () => {
      for (const { passportId, invitation } of await outbound().update())
        if (invitation) owner(passportId)?.invitations.push(invitation)
    }
    const acts: readonly ((person: Someone) => Promise<unknown>)[] = [
      async (person) => {
        const { credentialId: _, ...facts } = factsOf('CoreSkill')
        if (person.records.size >= 3) return
        const entered = { ...facts, claims: claimsOf(person, 0) }
        person.records.set(esr.users.enterRecord(person.here, entered as never), 0)
      },
      async (person) => {
        const id = pick([...person.records.keys()])
        if (id === undefined) return
        const turn = (person.records.get(id) ?? 0) + (next() < 0.7 ? 1 : 0)
        person.records.set(id, turn)
        esr.users.changeRecord(id, claimsOf(person, turn))
      },
      async ({ records }) => {
        const id = pick([...records.keys()])
        if (id === undefined || next() < 0.7) return
        records.delete(id)
        esr.users.deleteRecord(id)
      },
      async (person) => {
        person.invitations.push(...(await outbound().provide(person.passportId, ['CoreSkill'], HR)).invitations)
      },
      update,
      // Told instead of asked for, and told again.
      () =>
        tellChanges({
          system: esr.system,
          ledger: createLedger(ofEsr),
          send: async (change) => {
            for (const { passportId, invitation } of await outbound().notice(change))
              if (invitation) owner(passportId)?.invitations.push(invitation)
          },
        }),
      async ({ invitations, wallet }) => {
        const invitation = pick(invitations)
        if (!invitation) return
        const { uri, transactionCode = '' } = invitation
        await (await wallet.openOffer(uri)).accept({ transactionCode })
      },
      async (person) => {
        const { wallet, passportId } = person
        await wallet.refresh()
        const credentials = [{ type: 'Identity' }, { type: 'CoreSkill', several: true, optional: true }] as const
        const asked = await b.exchange.request({ credentials, purpose: 'To start', device: 'cross' })
        await (await wallet.openRequest(asked.uri)).share()
        const end = (await untilEnd(b.exchange, asked.exchangeId, { browserSecret: asked.browserSecret ?? '' })).at(-1)
        const presentation = end?.outcome?.presentation
        if (!presentation) return
        shown = { of: person, presentation }
        await inbound().accept(passportId, presentation, HR)
      },
      (person) => inbound().match(person.passportId, person.there, HR),
      ({ passportId }) => inbound().send(passportId, HR),
      // What is not right, and must come to nothing: another's record, another's passport, another's credentials.
      async (person) => {
        if (next() < 0.5) await outbound().match(passportOf(person), twinOf(person).here, HR)
      },
      async (person) => {
        const twin = twinOf(person)
        if ((await inbound().current(twin.passportId))?.personId === twin.there)
          await inbound().match(person.passportId, twin.there, HR)
      },
      async (person) => {
        if (shown?.of === twinOf(person) && (await inbound().current(person.passportId)))
          await inbound().accept(person.passportId, shown.presentation, HR)
      },
    ]
    for (let step = 0; step < STEPS; step++) {
      crash.chance = 0.12
      await pick(acts)(pick(people)).catch(() => undefined)
    }
    crash.chance = 0
    await update()
    expect(await outbound().update()).toEqual([])

    const allHeld: string[] = []
    for (const person of people) {
      // Every credential that is valid is of a record as it stands now, and one record has one.
      const now = await outbound().current(person.passportId)
      expect(now?.personId).toBe(person.here)
      const held = (now?.provided ?? []).filter(({ state }) => state === 'held')
      expect(new Set(held.map(({ recordId }) => recordId)).size).toBe(held.length)
      expect(held.filter(({ recordId }) => !person.records.has(recordId))).toEqual([])
      allHeld.push(...held.flatMap(({ credentialId = '' }) => credentialId))

      // What trust B's system has of them was sent once for each credential that was accepted, and is theirs.
      const got = (await lms.system.read(person.there, ['CoreSkill'])) ?? []
      const year = person === people[0] ? '2024' : '2025'
      expect(
        got.filter(({ claims }) => !String((claims as { lastDateAwarded: string }).lastDateAwarded).startsWith(year)),
      ).toEqual([])
      const items = (await inbound().current(person.passportId))?.items ?? []
      const sent = items.filter(({ state }) => state === 'sent')
      const sending = items.filter(({ state }) => state === 'sending')
      expect(new Set(sent.map(({ recordId }) => recordId)).size).toBe(sent.length)
      expect(got.length).toBeGreaterThanOrEqual(sent.length)
      expect(got.length).toBeLessThanOrEqual(sent.length + sending.length)
    }
    const valid: string[] = []
    for await (const { credentialId, type, statusChanges } of store.register.find({ state: 'issued' }))
      if (type === 'CoreSkill' && statusChanges.length === 0) valid.push(credentialId)
    expect(valid.sort()).toEqual(allHeld.sort())
    expect([...a.errors, ...b.errors]).toEqual([])
    await Promise.all([a.close(), b.close()])
  },
  60_000,
)
