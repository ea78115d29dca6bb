import { PassportError } from '../../core/errors.js'
import { SECRETS, type Verification, type VerificationDetail } from './flow.js'
import type { GatewaySettings } from './settings.js'

/** The session of somebody who has shown who they are. @throws PassportError `exchange.untrusted` */
export const findSession = async (
  { book }: GatewaySettings,
  sessionId: string,
): Promise<NonNullable<VerificationDetail['session']>> => {
  const found = (await book.bySecret(SECRETS.session, sessionId)) as unknown as Verification | undefined
  const session = found?.detail.session
  if (!session || Date.parse(session.expiresAt) <= book.now())
    throw new PassportError('exchange.untrusted', 'Nobody has shown who they are lately: verify their identity first')
  return session
}
