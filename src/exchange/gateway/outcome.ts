import { PassportError } from '../../core/errors.js'
import type { CredentialTypeName } from '../../credentials/rows.js'
import type { ExchangeReason } from '../exchange.js'
import type { PresentedClaims } from './claim-names.js'
import { type Flow, flowById, type Issuance, isIssuance, type Verification, type VerifiedSession } from './flow.js'
import type { GatewaySettings } from './settings.js'

interface Ended {
  readonly exchangeId: string
  readonly returnTo?: string
}

/** How a flow ended without what was asked for. */
export interface UnsuccessfulOutcome extends Ended {
  readonly state: 'rejected' | 'expired' | 'failed'
  readonly reason: ExchangeReason
}

/** What came of a verification. */
export type VerificationOutcome =
  | UnsuccessfulOutcome
  | (Ended & {
      readonly state: 'completed'
      /** Where it was begun for a person: that they have shown who they are. Keep its id in their browser session. */
      readonly session?: VerifiedSession
      /** Where a credential was asked for: what it says. */
      readonly presented?: PresentedClaims
    })

/** What came of an issuance. */
export type IssuanceOutcome =
  | UnsuccessfulOutcome
  | (Ended & {
      readonly state: 'completed'
      readonly type: CredentialTypeName
      /** The gateway's number of the credential. */
      readonly serialNumber: string
      /** RFC 3339, UTC. */
      readonly issuedAt: string
    })

const endedOf = ({ id, detail }: Flow): Ended => ({
  exchangeId: id,
  ...(detail.returnTo === undefined ? {} : { returnTo: detail.returnTo }),
})

const unsuccessful = (flow: Flow): UnsuccessfulOutcome => {
  const { state } = flow
  if (state !== 'rejected' && state !== 'expired' && state !== 'failed')
    throw new PassportError('exchange.conflict', 'The callback is being seen to at this moment', { retryable: true })
  // Published: whoever comes back too late hears that the secret for their code is gone, whoever noticed first.
  const isLate = state === 'expired' && !isIssuance(flow)
  return { ...endedOf(flow), state, reason: isLate ? 'no_code_verifier' : (flow.reason ?? 'exchange.expired') }
}

const verificationOf = (flow: Verification): VerificationOutcome => {
  if (flow.state !== 'completed') return unsuccessful(flow)
  const { session, presented } = flow.detail
  if (!session) return { ...endedOf(flow), state: 'completed', ...(presented ? { presented } : {}) }
  const { personId: _personId, ...shown } = session
  return { ...endedOf(flow), state: 'completed', session: shown }
}

const issuanceOf = (flow: Issuance): IssuanceOutcome => {
  if (flow.state !== 'completed') return unsuccessful(flow)
  const { type, serialNumber = '', issuedAt = '' } = flow.detail
  return { ...endedOf(flow), state: 'completed', type, serialNumber, issuedAt }
}

const flowNow = async ({ book }: GatewaySettings, id: string): Promise<Flow> => {
  const flow = await flowById(book, id)
  if (!flow) throw new PassportError('exchange.unknown', 'There is no such exchange')
  return flow
}

/** What came of a verification that ended. */
export const verificationOutcome = async (settings: GatewaySettings, id: string): Promise<VerificationOutcome> =>
  verificationOf((await flowNow(settings, id)) as Verification)

/** What came of an issuance that ended. */
export const issuanceOutcome = async (settings: GatewaySettings, id: string): Promise<IssuanceOutcome> =>
  issuanceOf((await flowNow(settings, id)) as Issuance)
