import { digestText, encodeBase64url } from '#runtime'
import { canonicalizeJson } from '../codec/jcs.js'
import { PassportError } from '../core/errors.js'
import type { JsonObject } from '../core/json.js'
import type { CredentialTypeName } from '../credentials/rows.js'
import type { FactsOf, Invitation, OfferedCredential, WalletExchange } from '../exchange/wallet-exchange.js'
import type { Issuer } from '../issuer/issuer.js'
import type { PersonSearch, RecordSystem, SystemPerson, SystemRecord } from '../systems/record-system.js'
import type { Actor } from './connection.js'
import type { Ledger } from './ledger.js'

/** How a record comes to a credential, and what that says of it: a table, so that nobody has to remember. */
export const OUTBOUND_ROUTES = {
  /** The first pattern: the holder fetches it from the system itself. */
  directToWallet: { route: 'directToWallet', pedigree: 'Authoritative' },
  /** The second: HR provides it from the system. */
  viaPortal: { route: 'viaPortal', pedigree: 'Authoritative' },
  /** The third, not preferred: it came to ESR from elsewhere. */
  viaEsr: { route: 'viaEsr', pedigree: 'Sourced' },
} as const
/** A way out. */
export type OutboundRoute = keyof typeof OUTBOUND_ROUTES

/** A record that was provided as a credential. */
export interface Provided {
  readonly recordId: string
  readonly type: CredentialTypeName
  readonly state: 'offered' | 'held' | 'notTaken' | 'revoked'
  readonly exchangeId: string
  /** As your register knows it, once the wallet has it. */
  readonly credentialId?: string
}

/** A passport that was matched with a person of a system. */
export interface Outbound {
  readonly id: string
  readonly passportId: string
  readonly personId: string
  readonly provided: readonly Provided[]
  /** Who did what, by their role, and when (RFC 3339, UTC); oldest first. */
  readonly history: readonly { readonly at: string; readonly what: string; readonly role?: string }[]
}

/** The person whose credentials they are to be. */
export interface OutboundPerson {
  /** Your own identifier of their passport. */
  readonly passportId: string
  /** Of their identity credential. */
  readonly uniqueIdentifier: string
  /** SHA-256 of the identity credential that was relied on, in hexadecimal: kept as evidence. */
  readonly identityCredentialDigest?: string
}

/** What credentials are provided with. */
export interface OutboundOptions {
  readonly system: RecordSystem
  readonly exchange: WalletExchange
  readonly issuer: Pick<Issuer, 'revoke'>
  readonly ledger: Ledger
  readonly route: OutboundRoute
  /** Whether this employer has the integration switched on: it is piloted employer by employer. */
  readonly isOn: () => boolean
}

/** What an update did. */
export interface Updated {
  readonly passportId: string
  readonly recordId: string
  readonly what: 'revoked' | 'reissued'
  /** For the holder, where there is something new to take. */
  readonly invitation?: Invitation
}

/** Provides what a system has as credentials, and keeps them up to date. */
export interface OutboundPattern {
  /** People in the system who could be them. Nobody is chosen here. */
  candidates(search: PersonSearch): Promise<readonly SystemPerson[]>
  /** Says which record is the person's: a person does. @throws PassportError `exchange.conflict` when another was chosen before */
  match(person: OutboundPerson, personId: string, actor: Actor): Promise<Outbound>
  /** Offers what the system has of these types and the wallet has not: one invitation for each offer that is needed. */
  provide(passportId: string, types: readonly CredentialTypeName[], actor: Actor): Promise<readonly Invitation[]>
  /** How it stands; what wallets took meanwhile is looked up. */
  current(passportId: string): Promise<Outbound | undefined>
  /**
   * Goes through what changed in the system since the last time: of people who were matched, what a wallet would now show
   * otherwise is revoked and offered anew, and what is gone is revoked. Of anybody else nothing is read.
   */
  update(): Promise<readonly Updated[]>
}

interface Kept extends Provided {
  /** A digest of what the wallet shows. */
  readonly content: string
}
type Body = JsonObject &
  Omit<Outbound, 'id' | 'provided'> & { readonly person: OutboundPerson; readonly provided: readonly Kept[] }
type CursorBody = JsonObject & { readonly cursor: string }

const asBody = (body: object): Body => body as Body

const contentOf = ({ type, claims, assurance }: SystemRecord): string => {
  // When it was last looked at is no change of what it says.
  const { lastRefresh: _, ...rest } = assurance
  return encodeBase64url(
    digestText('SHA-256', canonicalizeJson({ type, claims, assurance: rest } as unknown as JsonObject)),
  )
}

const shown = ({ person: _, provided, ...body }: Body, id: string): Outbound => ({
  id,
  ...body,
  provided: provided.map(({ content: _content, ...one }) => one),
})

const LIVE: readonly Provided['state'][] = ['offered', 'held']

/** The first three patterns: outbound, direct to wallet, via the portal, or by way of ESR. @throws TypeError */
export const createOutbound = (options: OutboundOptions): OutboundPattern => {
  const { system, exchange, issuer, ledger, isOn } = options
  if (system?.portVersion !== 1) throw new TypeError('system must implement RecordSystem, version 1')
  const { route, pedigree } = OUTBOUND_ROUTES[options.route] ?? unknownRoute()
  const named = (passportId: string): string => `outbound ${system.name} ${passportId}`
  const ofPerson = (personId: string): string => `outbound person ${system.name} ${personId}`
  const entryOf = async (passportId: string) => {
    const entry = await ledger.byName<Body>(named(passportId))
    if (!entry) throw new PassportError('exchange.unknown', 'This passport was not matched')
    return entry
  }
  const setProvided = (id: string, make: (provided: readonly Kept[]) => readonly Kept[]): Promise<Body> =>
    ledger.change<Body, Body>(id, (body) => {
      const next = asBody({ ...body, provided: make(body.provided) })
      return { body: next, answer: next }
    })

  const factsOf = (
    { person }: Body,
    { claims, assurance }: SystemRecord,
    actor: Actor,
  ): FactsOf<CredentialTypeName> => {
    const { uniqueIdentifier, identityCredentialDigest } = person
    const digest = identityCredentialDigest === undefined ? {} : { identityCredentialDigest }
    const evidence = { type: ['SourceEvidence'], route, checkedByRole: actor.role, ...digest }
    return {
      uniqueIdentifier,
      claims,
      assurance: { ...assurance, pedigree },
      evidence: [evidence],
    } as FactsOf<CredentialTypeName>
  }

  // Each content of each record has one offer, whatever crashes: its name says which.
  const offer = async (id: string, body: Body, record: SystemRecord, actor: Actor): Promise<Invitation> => {
    const content = contentOf(record)
    const credential = { type: record.type, facts: factsOf(body, record, actor) } as unknown as OfferedCredential
    const isPast = (one: Kept): boolean => one.recordId === record.id && !LIVE.includes(one.state)
    const idempotencyKey = `${id} ${record.id} ${content} ${body.provided.filter(isPast).length}`
    const invitation = await exchange.offer({ credentials: [credential], idempotencyKey })
    const one: Kept = {
      recordId: record.id,
      type: record.type,
      state: 'offered',
      exchangeId: invitation.exchangeId,
      content,
    }
    await setProvided(id, (all) => [...all.filter(({ exchangeId }) => exchangeId !== one.exchangeId), one])
    return invitation
  }

  const lookUp = async (one: Kept): Promise<Kept> => {
    if (one.state !== 'offered') return one
    const signal = AbortSignal.timeout(1)
    let found = one
    for await (const { event, state } of exchange.follow(one.exchangeId, { signal })) {
      const { item } = event
      if (item?.state === 'accepted' && item.credentialId !== undefined)
        found = { ...found, state: 'held', credentialId: item.credentialId }
      const isOver = state === 'expired' || state === 'failed' || state === 'rejected'
      if (isOver && found.state === 'offered') found = { ...found, state: 'notTaken' }
    }
    return found
  }

  const refreshed = async (id: string, body: Body): Promise<Body> => {
    const looked = new Map<string, Kept>()
    for (const one of body.provided) looked.set(one.exchangeId, await lookUp(one))
    return setProvided(id, (all) => all.map((one) => looked.get(one.exchangeId) ?? one))
  }

  const withdraw = async (id: string, one: Kept): Promise<void> => {
    if (one.state === 'offered') await exchange.cancel(one.exchangeId)
    if (one.credentialId !== undefined) await issuer.revoke(one.credentialId, 'NoLongerValid')
    await setProvided(id, (all) =>
      all.map((each) => (each.exchangeId === one.exchangeId ? { ...each, state: 'revoked' } : each)),
    )
  }

  const updateRecord = async (
    entry: { readonly id: string; readonly body: Body },
    recordId: string,
  ): Promise<readonly Updated[]> => {
    const body = await refreshed(entry.id, entry.body)
    const all = body.provided.filter((one) => one.recordId === recordId)
    const live = all.filter(({ state }) => LIVE.includes(state))
    // Revoked, and nothing new in its place: a crash came in between.
    const isCutOff = live.length === 0 && all.at(-1)?.state === 'revoked'
    if (live.length === 0 && !isCutOff) return []
    const types = [...new Set(all.map(({ type }) => type))]
    const record = (await system.read(body.personId, types))?.find(({ id }) => id === recordId)
    const content = record && contentOf(record)
    const outdated = live.filter((one) => one.content !== content)
    for (const one of outdated) await withdraw(entry.id, one)
    if (outdated.length === 0 && !(isCutOff && record)) return []
    const { passportId } = body
    if (!record) return [{ passportId, recordId, what: 'revoked' }]
    const { body: now } = await entryOf(passportId)
    return [
      {
        passportId,
        recordId,
        what: 'reissued',
        invitation: await offer(entry.id, now, record, { role: 'Automated update' }),
      },
    ]
  }

  return {
    candidates: (search) => system.find(search),
    current: async (passportId) => {
      const entry = await ledger.byName<Body>(named(passportId))
      return entry && shown(await refreshed(entry.id, entry.body), entry.id)
    },
    match: async (person, personId, { role }) => {
      const { passportId } = person
      const history = [{ at: ledger.now(), what: 'matched', role }]
      const begun = await ledger.begin(
        named(passportId),
        asBody({ passportId, personId, person, provided: [], history }),
      )
      if (begun.body.personId !== personId)
        throw new PassportError('exchange.conflict', 'Another record was chosen for this passport before')
      await ledger.begin(ofPerson(personId), { passportId })
      return shown(begun.body, begun.id)
    },
    provide: async (passportId, types, actor) => {
      if (!isOn()) throw new TypeError('The integration is not switched on for this employer')
      const { id, body: before } = await entryOf(passportId)
      const body = await refreshed(id, before)
      const records = (await system.read(body.personId, types)) ?? []
      const isThere = (record: SystemRecord): boolean =>
        body.provided.some(
          (one) => one.recordId === record.id && one.state === 'held' && one.content === contentOf(record),
        )
      const invitations: Invitation[] = []
      for (const record of records.filter((one) => !isThere(one)))
        invitations.push(await offer(id, body, record, actor))
      return invitations
    },
    update: async () => {
      const cursor = await ledger.begin<CursorBody>(`outbound cursor ${system.name}`, { cursor: '' })
      const updated: Updated[] = []
      for await (const change of system.changes(cursor.body.cursor === '' ? undefined : cursor.body.cursor)) {
        const person = await ledger.byName<JsonObject & { readonly passportId: string }>(ofPerson(change.personId))
        const entry = person && (await ledger.byName<Body>(named(person.body.passportId)))
        if (entry) updated.push(...(await updateRecord(entry, change.recordId)))
        await ledger.change<CursorBody, undefined>(cursor.id, () => ({
          body: { cursor: change.cursor },
          answer: undefined,
        }))
      }
      return updated
    },
  }
}

const unknownRoute = (): never => {
  throw new TypeError('route must be directToWallet, viaPortal or viaEsr')
}
