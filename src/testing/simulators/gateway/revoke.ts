import { isJsonObject, type JsonObject } from '../../../core/json.js'
import type { ServiceAnswer, ServiceCall } from '../loopback.js'
import { oauthError } from './authorize.js'
import type { GatewayState } from './state.js'

const NO_CONTENT = 204
const TEXTS = [
  'client_id',
  'client_secret',
  'OrganisationId',
  'CredentialTemplateName',
  'SerialNumber',
  'RevocationReason',
] as const

type Demand = Readonly<Record<(typeof TEXTS)[number], string>>

const jsonOf = (body: string): JsonObject | undefined => {
  try {
    const value: unknown = JSON.parse(body)
    return isJsonObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

const read = (body: string): Demand | string => {
  const json = jsonOf(body) ?? {}
  const missing = TEXTS.find((name) => typeof json[name] !== 'string' || json[name] === '')
  const more = Object.keys(json).find((name) => !TEXTS.includes(name as (typeof TEXTS)[number]))
  return missing ?? more ?? (json as unknown as Demand)
}

/** `POST /Revocation/revokecredential`: the issuer of a credential revokes it; it may say so again. */
export const revokeCredential = (gateway: GatewayState, { body }: ServiceCall): ServiceAnswer => {
  const demand = read(body)
  if (typeof demand === 'string') return oauthError(400, 'invalid_request', demand)
  const { client_id, client_secret, OrganisationId, CredentialTemplateName, SerialNumber, RevocationReason } = demand
  const client = gateway.clients.find(
    ({ clientId, clientSecret }) => clientId === client_id && clientSecret === client_secret,
  )
  if (client?.organisationId !== OrganisationId) return oauthError(401, 'invalid_client', client_id)
  const issued = gateway.issued.get(SerialNumber)
  if (issued?.clientId !== client_id || issued.template !== CredentialTemplateName) return oauthError(404, 'not_found')
  if (!gateway.revocations.has(SerialNumber))
    gateway.revocations.set(SerialNumber, {
      clientId: client_id,
      template: CredentialTemplateName,
      reason: RevocationReason,
    })
  return { status: NO_CONTENT }
}
