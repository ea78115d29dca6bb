import { type ClaimFault, ClaimsError } from '../../core/errors.js'
import type { CredentialTypeName } from '../../credentials/rows.js'
import type { FactsOf, Invitation, OfferedCredential, WalletExchange } from '../../exchange/wallet-exchange.js'
import type { Issuer } from '../../issuer/issuer.js'
import type { StatusReason } from '../../ports/issuance-register.js'
import type { SystemRecord } from '../../systems/record-system.js'
import type { Actor } from '../actor.js'
import type { Ledger } from '../ledger.js'
import { asBody, contentOf, isLive, type KeptCredential, type PassportBody } from './passport.js'
import { assuranceBy, type OutboundRoute, routeRule } from './routes.js'

/** What credentials are offered and withdrawn with. */
export interface ProvidingOptions {
  readonly exchange: WalletExchange
  readonly issuer: Pick<Issuer, 'revoke'>
  readonly ledger: Ledger
  readonly route: OutboundRoute
  /** The employer's name, as the provider of what goes by way of its portal. */
  readonly employer: string
}

/** Offers, looks up and withdraws the credentials of one matched passport. */
export interface Providing {
  /** Each content of each record has one offer, whatever crashes: its name says which. What breaks a rule has none. */
  offer(
    id: string,
    body: PassportBody,
    record: SystemRecord,
    actor: Actor,
  ): Promise<Invitation | { readonly faults: readonly ClaimFault[] }>
  /** What wallets did meanwhile. */
  refreshed(id: string, body: PassportBody): Promise<PassportBody>
  /** Nobody has it any more: an open offer leads nowhere, and what was taken is revoked. */
  withdraw(id: string, one: KeptCredential, reason: StatusReason): Promise<void>
}

const OVER = ['expired', 'failed', 'rejected']
const GONE = ['refused', 'deleted', 'withdrawn']

/** Where one stands, by everything that happened in its exchange. */
const lookUp = async (exchange: WalletExchange, one: KeptCredential): Promise<KeptCredential> => {
  if (!isLive(one)) return one
  let found = one
  for await (const { event, state } of exchange.follow(one.exchangeId, { signal: AbortSignal.timeout(1) })) {
    const { item } = event
    const { credentialId } = item ?? {}
    const isTaken = item?.state === 'accepted' || (item?.state === 'issued' && state === 'completed')
    if (isTaken && credentialId !== undefined) found = { ...found, state: 'held', credentialId }
    if (item && GONE.includes(item.state)) found = { ...found, state: 'notTaken' }
    else if (OVER.includes(state) && found.state === 'offered') found = { ...found, state: 'notTaken' }
  }
  return found
}

// Where faults are, as the record itself has it.
const OFFERED = /^\/credentials\/0\/facts/

// What a record says is its system's doing, and is told; anything else is the world's.
const refusal = (error: unknown): { readonly faults: readonly ClaimFault[] } => {
  if (!(error instanceof ClaimsError)) throw error
  return { faults: error.faults.map((fault) => ({ ...fault, path: fault.path.replace(OFFERED, '') })) }
}

/** Makes what offers and withdraws. @throws TypeError */
export const createProviding = ({ exchange, issuer, ledger, route, employer }: ProvidingOptions): Providing => {
  const rule = routeRule(route)
  const setProvided = (
    id: string,
    make: (provided: readonly KeptCredential[]) => readonly KeptCredential[],
  ): Promise<PassportBody> =>
    ledger.change<PassportBody, PassportBody>(id, (body) => {
      const next = asBody({ ...body, provided: make(body.provided) })
      return { body: next, answer: next }
    })

  const factsOf = (
    { person }: PassportBody,
    { claims, assurance }: SystemRecord,
    actor: Actor,
  ): FactsOf<CredentialTypeName> => {
    const { uniqueIdentifier, identityCredentialDigest } = person
    const digest = identityCredentialDigest === undefined ? {} : { identityCredentialDigest }
    const evidence = { type: ['SourceEvidence'], route: rule.route, checkedByRole: actor.role, ...digest }
    return {
      uniqueIdentifier,
      claims,
      assurance: assuranceBy(rule, employer, assurance),
      evidence: [evidence],
    } as FactsOf<CredentialTypeName>
  }

  return {
    offer: async (id, body, record, actor) => {
      const content = contentOf(record)
      const credential = { type: record.type, facts: factsOf(body, record, actor) } as unknown as OfferedCredential
      const past = body.provided.filter((one) => one.recordId === record.id && !isLive(one)).length
      const { holder } = body.person
      const request = {
        credentials: [credential],
        idempotencyKey: `${id} ${record.id} ${content} ${past}`,
        ...(holder === undefined ? {} : { holder }),
      }
      const invitation = await exchange.offer(request).catch(refusal)
      if ('faults' in invitation) return invitation
      const { exchangeId } = invitation
      const one: KeptCredential = { recordId: record.id, type: record.type, state: 'offered', exchangeId, content }
      await setProvided(id, (all) => [...all.filter((other) => other.exchangeId !== exchangeId), one])
      return invitation
    },
    refreshed: async (id, body) => {
      const looked = new Map<string, KeptCredential>()
      for (const one of body.provided.filter(isLive)) looked.set(one.exchangeId, await lookUp(exchange, one))
      if (looked.size === 0) return body
      // What became revoked meanwhile stays so.
      return setProvided(id, (all) => all.map((one) => (isLive(one) ? (looked.get(one.exchangeId) ?? one) : one)))
    },
    withdraw: async (id, one, reason) => {
      if (one.state === 'offered') await exchange.cancel(one.exchangeId)
      // It may have been taken while it was cancelled.
      const { credentialId } = await lookUp(exchange, one)
      if (credentialId !== undefined) await issuer.revoke(credentialId, reason)
      await setProvided(id, (all) =>
        all.map((each) => (each.exchangeId === one.exchangeId ? { ...each, state: 'revoked' } : each)),
      )
    },
  }
}
