import { type ClaimFault, ClaimsError } from '../core/errors.js'
import type { CredentialTypeName } from '../credentials/rows.js'
import type { IssueRequest, Issuer } from '../issuer/issuer.js'
import type { StatusReason } from '../ports/issuance-register.js'
import type { FactsOf, Invitation, OfferedCredential, WalletExchange } from './wallet-exchange.js'

/** A credential that was in a wallet that is gone: which it was, and what it said. */
export interface LostCredential {
  /** As your register knows it. */
  readonly credentialId: string
  /** What it said, to the letter: its facts with the `validFrom` that it had, and its `validUntil` where it had one. */
  readonly credential: OfferedCredential
}

/** Whom to give the credentials to again. */
export interface ReplacementOptions {
  /**
   * The holder of the new wallet, as the presentation named it that showed who they are. Leave it out only where the
   * exchange cannot keep an offer for one key (`capabilities.holder`): then link and code are all that is asked for.
   */
  readonly holder?: string
  /** The unique identifier that they have shown: what was lost must have been theirs. */
  readonly uniqueIdentifier: string
  /** A name of your own for this replacement. It must not identify the person. */
  readonly idempotencyKey: string
  /** By default `LostPhone`. */
  readonly reason?: StatusReason
  readonly validForSeconds?: number
}

/** What the credentials are given again with. */
export interface ReplacementParts {
  readonly exchange: WalletExchange
  readonly issuer: Pick<Issuer, 'check' | 'revoke'>
}

type Facts = FactsOf<CredentialTypeName>

const checkLost = ({ facts }: OfferedCredential, { uniqueIdentifier }: ReplacementOptions): void => {
  const { validFrom, uniqueIdentifier: of } = (facts ?? {}) as Partial<Facts>
  if (validFrom === undefined)
    throw new TypeError('A replacement needs the facts of what it replaces, with its validFrom')
  if (of?.toLowerCase() !== uniqueIdentifier.toLowerCase())
    throw new TypeError('A replacement is for the person whose credential it replaces')
}

/** Everything that an offer would refuse, before anything is revoked. */
const checkOffers = (
  { exchange, issuer }: ReplacementParts,
  lost: readonly LostCredential[],
  holder?: string,
): void => {
  if (holder !== undefined && !exchange.capabilities.holder)
    throw new TypeError('This exchange cannot keep an offer for one holder: leave holder out')
  const faults = lost.flatMap(({ credential: { type, facts } }, index) => {
    const { uniqueIdentifier } = facts as Facts
    const request = { ...facts, subject: `urn:uuid:${uniqueIdentifier}` } as IssueRequest<CredentialTypeName>
    const { faults: found } = issuer.check(type, request)
    return found.map((fault): ClaimFault => ({ ...fault, path: `/credentials/${index}/facts${fault.path}` }))
  })
  if (faults.length > 0) throw new ClaimsError(faults)
}

const inOffers = (lost: readonly LostCredential[], most: number): readonly (readonly OfferedCredential[])[] =>
  Array.from({ length: Math.ceil(lost.length / most) }, (_, at) =>
    lost.slice(at * most, (at + 1) * most).map(({ credential }) => credential),
  )

/**
 * Gives somebody whose telephone is lost, or new, their credentials again: revokes what the old wallet holds, and offers the
 * same facts with the same dates to the new one, and to no other. Verify who they are first, by a presentation from the new
 * wallet or otherwise. Revoked first: whoever has the old telephone fails from now on, whatever becomes of the rest. After a
 * crash call it again, with the same `idempotencyKey`.
 * @returns an invitation for each offer that is needed
 * @throws TypeError when a credential is not the person's, or comes without the facts and dates that it had
 * @throws ClaimsError when one could not be issued again; nothing was revoked. Leave out what has ended
 * @throws PassportError `store.unknownCredential`; what an offer throws
 */
export const replaceWallet = async (
  { exchange, issuer }: ReplacementParts,
  lost: readonly LostCredential[],
  options: ReplacementOptions,
): Promise<readonly Invitation[]> => {
  const { holder, idempotencyKey, reason = 'LostPhone', validForSeconds } = options
  for (const { credential } of lost) checkLost(credential, options)
  checkOffers({ exchange, issuer }, lost, holder)
  for (const { credentialId } of lost) await issuer.revoke(credentialId, reason)
  const invitations: Invitation[] = []
  for (const [at, credentials] of inOffers(lost, exchange.capabilities.mostCredentials).entries())
    invitations.push(
      await exchange.offer({
        credentials,
        ...(holder === undefined ? {} : { holder }),
        idempotencyKey: `${idempotencyKey} ${at + 1}`,
        ...(validForSeconds === undefined ? {} : { validForSeconds }),
      }),
    )
  return invitations
}
