import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDirectToWallet } from '../../src/patterns/direct-to-wallet.js'
import { identityShown } from '../../src/patterns/identity-shown.js'
import { createOutbound } from '../../src/patterns/outbound/create-outbound.js'
import { sideBySide } from '../../src/systems/side-by-side.js'
import { explain } from '../../src/verifier/explain.js'
import { openWallet } from '../exchange/support/world.js'
import { factsOf } from '../systems/support.js'
import { HR, NORTHFIELD, openTrusts, type Person, type Trusts } from './support/trusts.js'

let world: Trusts
beforeAll(async () => {
  world = await openTrusts()
})
afterAll(() => world.close())

let counter = 0

const entered = ({ claims, assurance }: ReturnType<typeof factsOf>) =>
  ({ type: 'CoreSkill', claims, assurance }) as never

/** Somebody who is in a learning system, with a core skill; and somebody of the same names. */
const open = async () => {
  const person = await world.newPerson()
  const lms = await world.records('Kallidus Learn')
  const { firstName, lastName, birthDate } = person
  const enter = () => {
    const id = lms.users.enterPerson({ firstName, lastName, birthDate })
    return { id, record: lms.users.enterRecord(id, entered(factsOf('CoreSkill'))) }
  }
  const ledger = world.ledgerOf(`matches ${counter++}`)
  const { a, issuer } = world
  const pattern = createOutbound({
    system: lms.system,
    exchange: a.exchange,
    issuer,
    ledger,
    route: 'viaPortal',
    employer: NORTHFIELD,
    isOn: () => true,
  })
  const { passportId, uniqueIdentifier } = person
  const passport = { passportId, uniqueIdentifier }
  const provide = async (taking = true) => {
    const { invitations } = await pattern.provide(passportId, ['CoreSkill'], HR)
    if (taking) for (const one of invitations) await world.take(person.wallet, one)
    return invitations
  }
  return { person, lms, known: enter(), twin: enter(), pattern, passport, provide }
}

const verdict = async (person: Person) => (await world.show(person, ['Identity', 'CoreSkill'])) !== undefined

describe('a passport goes with one record, and a record with one passport', () => {
  it('another record is a conflict, and so is another passport', async () => {
    const { pattern, passport, known, twin } = await open()
    await pattern.match(passport, known.id, HR)
    await expect(pattern.match(passport, twin.id, HR)).rejects.toMatchObject({ code: 'matching.taken' })
    const other = { ...passport, passportId: 'another passport' }
    await expect(pattern.match(other, known.id, HR)).rejects.toMatchObject({ code: 'matching.taken' })
    // Who was refused is not stuck: the right record is still to be had.
    expect(await pattern.match(other, twin.id, HR)).toMatchObject({ personId: twin.id })
    expect(await pattern.match(passport, known.id, HR)).toMatchObject({
      personId: known.id,
      history: [{ what: 'matched' }],
    })
  })

  it('two people who press at once: one of them is told', async () => {
    const { pattern, passport, known } = await open()
    const other = { ...passport, passportId: 'another passport' }
    const done = await Promise.allSettled([
      pattern.match(passport, known.id, HR),
      pattern.match(other, known.id, HR),
      pattern.match(passport, known.id, HR),
    ])
    const refused = done.filter(({ status }) => status === 'rejected')
    expect(refused.length).toBeGreaterThan(0)
    expect(refused.length).toBeLessThan(3)
  })

  it('side by side, for whoever has to say: a difference is shown, and forbids nothing', () => {
    const passport = { firstName: 'Ŵyn', lastName: 'Example', birthDate: '1990-02-28' }
    const person = { id: '1', firstName: 'Wyn', lastName: 'Married-Name', birthDate: '1990-02-28' }
    expect(sideBySide(passport, person)).toEqual([
      { detail: 'firstName', passport: 'Ŵyn', system: 'Wyn', outcome: 'same' },
      { detail: 'lastName', passport: 'Example', system: 'Married-Name', outcome: 'different' },
      { detail: 'birthDate', passport: '1990-02-28', system: '1990-02-28', outcome: 'equal' },
    ])
  })
})

describe('a match that is taken back', () => {
  it('because the number changed: open offers lead nowhere, what was taken stays, another record can be chosen', async () => {
    const { pattern, passport, known, twin, provide, person } = await open()
    await pattern.match(passport, known.id, HR)
    const [open_] = await provide(false)
    const ended = await pattern.unmatch(passport.passportId, HR)
    expect(ended).toMatchObject({
      provided: [{ state: 'revoked' }],
      history: [{}, { what: 'unmatched', role: HR.role }],
    })
    if (open_) await expect(world.take(person.wallet, open_)).rejects.toThrow()
    expect(await pattern.current(passport.passportId)).toBeUndefined()
    expect(await pattern.unmatch(passport.passportId, HR)).toBeUndefined()
    await pattern.match(passport, twin.id, HR)
    await provide()
    expect(await verdict(person)).toBe(true)
    await pattern.unmatch(passport.passportId, HR)
    expect(await verdict(person)).toBe(true)
  })

  it('because it was another person: what they have is revoked, too', async () => {
    const { pattern, passport, known, provide, person, lms } = await open()
    await pattern.match(passport, known.id, HR)
    await provide()
    expect(await verdict(person)).toBe(true)
    const ended = await pattern.unmatch(passport.passportId, HR, { wrongPerson: true })
    expect(ended?.provided.map(({ state }) => state)).toEqual(['revoked'])
    expect(await verdict(person)).toBe(false)
    // What happens to the record now is nobody's business any more.
    lms.users.deleteRecord(known.record)
    expect(await pattern.update()).toEqual([])
  })
})

describe('a new telephone', () => {
  it('has everything provided anew, and the old one can show nothing any more', async () => {
    const { person, lms, known } = await open()
    const outbound = createOutbound({
      system: lms.system,
      exchange: world.a.exchange,
      issuer: world.issuer,
      ledger: world.ledgerOf(`telephones ${counter++}`),
      route: 'directToWallet',
      employer: NORTHFIELD,
      isOn: () => true,
    })
    const downloads = createDirectToWallet({ outbound, names: 'equal' })
    const account = { ...person, id: known.id }
    const getAll = async (owner: Person) => {
      const shown = await world.show(owner, ['Identity'], world.a)
      if (!shown) throw new Error('It was not accepted')
      const download = await downloads.download(account, shown, ['CoreSkill'])
      if (download.outcome !== 'offered') throw new Error(download.reason)
      for (const one of download.invitations) await world.take(owner.wallet, one)
      return download.invitations.length
    }
    expect(await getAll(person)).toBe(1)
    expect(await getAll(person)).toBe(0)
    expect(await verdict(person)).toBe(true)

    const wallet = await openWallet(world.authority, [world.a.origin, world.b.origin])
    const again: Person = { ...person, wallet }
    await world.giveIdentity(again)
    expect(await getAll(again)).toBe(1)
    expect(await verdict(again)).toBe(true)
    expect(await verdict(person)).toBe(false)
    expect((await outbound.current(person.uniqueIdentifier))?.provided.map(({ state }) => state)).toEqual([
      'revoked',
      'held',
    ])
  })

  it('what is offered to one wallet no other can take', async () => {
    const { person, lms, known } = await open()
    const outbound = createOutbound({
      system: lms.system,
      exchange: world.a.exchange,
      issuer: world.issuer,
      ledger: world.ledgerOf(`bound ${counter++}`),
      route: 'directToWallet',
      employer: NORTHFIELD,
      isOn: () => true,
    })
    const shown = await world.show(person, ['Identity'], world.a)
    if (!shown) throw new Error('It was not accepted')
    const download = await createDirectToWallet({ outbound, names: 'equal' }).download(
      { ...person, id: known.id },
      shown,
      ['CoreSkill'],
    )
    const [offer] = download.outcome === 'offered' ? download.invitations : []
    const thief = await openWallet(world.authority, [world.a.origin])
    if (offer) await expect(world.take(thief, offer)).rejects.toThrow()
    // Whoever had the link and the code spent them: cancelled, it is offered anew.
    await world.a.exchange.cancel(offer?.exchangeId ?? '')
    const { invitations } = await outbound.provide(person.uniqueIdentifier, ['CoreSkill'], HR)
    expect(invitations.map(({ exchangeId }) => exchangeId)).not.toContain(offer?.exchangeId)
    for (const one of invitations) await world.take(person.wallet, one)
    expect(await verdict(person)).toBe(true)
  })
})

describe('a download', () => {
  it('is refused without an identity, and with the identity of another', async () => {
    const { person, pattern, known } = await open()
    const downloads = createDirectToWallet({ outbound: pattern, names: 'similar' })
    const shown = await world.show(person, ['Identity'], world.a)
    if (!shown) throw new Error('It was not accepted')
    const { firstName, lastName, birthDate } = person
    const account = { id: known.id, firstName, lastName, birthDate }
    expect(await downloads.download(account, { ...shown, credentials: [] }, ['CoreSkill'])).toMatchObject({
      outcome: 'refused',
      reason: 'identityMissing',
    })
    for (const other of [{ birthDate: '1990-02-27' }, { lastName: 'Somebody-Else' }])
      expect(await downloads.download({ ...account, ...other }, shown, ['CoreSkill'])).toMatchObject({
        outcome: 'refused',
        reason: 'notThisPerson',
      })
    expect(await pattern.current(person.uniqueIdentifier)).toBeUndefined()
  })

  it('keeps as evidence which identity it relied on: the reports lead from one to the other', async () => {
    const { person, pattern, known } = await open()
    const first = await world.outcomeOf(person, ['Identity'], world.a)
    const shown = first?.presentation
    if (!shown) throw new Error('It was not accepted')
    const identity = identityShown(shown)
    expect(identity?.identityCredentialDigest).toBe(first?.report.presentation.credentials[0]?.input.sha256)
    const download = await createDirectToWallet({ outbound: pattern, names: 'equal' }).download(
      { ...person, id: known.id },
      shown,
      ['CoreSkill'],
    )
    for (const one of download.outcome === 'offered' ? download.invitations : []) await world.take(person.wallet, one)
    const second = await world.outcomeOf(person, ['Identity', 'CoreSkill'])
    const skill = second?.presentation?.credentials.find(({ type }) => type === 'CoreSkill')
    const report = second?.report.presentation.credentials.find(({ input }) => input.type === 'CoreSkill')
    expect(report?.checks.schema).toMatchObject({
      evidence: { sources: [{ route: 'viaPortal', identityCredentialDigest: identity?.identityCredentialDigest }] },
    })
    expect(report && explain(report)).toContain(
      `Came:      provided by the employer from its own system, relying on the identity credential ${identity?.identityCredentialDigest.slice(0, 12)}`,
    )
    expect(skill?.document.evidence).toMatchObject([
      { checkedByRole: 'Holder', identityCredentialDigest: identity?.identityCredentialDigest },
    ])
  })
})
