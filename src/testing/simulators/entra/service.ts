import { randomUUID } from 'node:crypto'
import { encodeBase64url } from '#runtime'
import { encodeUtf8 } from '../../../codec/utf8.js'
import { asJsonObject, isJsonObject, type Json, type JsonObject } from '../../../core/json.js'
import type { EntraContract } from '../../../exchange/entra/contracts.js'
import type { ServiceAnswer, ServiceCall } from '../loopback.js'
import { contractShape, issuanceShape, presentationShape } from './request-shapes.js'
import type { Shape } from './shape.js'
import { type PendingRequest, randomName, type SimulatedContract, type Tenant } from './tenant.js'

const CODES: Readonly<Record<number, string>> = {
  400: 'badRequest',
  401: 'unauthorized',
  404: 'notFound',
  409: 'conflict',
  429: 'tooManyRequests',
  500: 'internalServerError',
}
const REQUEST_SCOPE = '3db474b9-6a0c-4840-96ac-1fceb342124f/.default'
const ADMIN_SCOPE = '6a8b4b39-c021-437c-b060-5a14a3fd65f3/.default'
const TOKEN_SECONDS = 3599
const REQUEST_MILLISECONDS = 300_000
const SECOND = 1000

/** An error as the service writes it; its message repeats what it is about, as such messages do. */
export const refusal = (
  status: number,
  inner: { readonly code: string; readonly target?: string; readonly about?: unknown },
  headers: Readonly<Record<string, string>> = {},
): ServiceAnswer => {
  const { code, target, about } = inner
  const message = about === undefined ? 'It could not be done.' : `This is not valid: ${JSON.stringify(about)}`
  const innererror = { code, message, ...(target === undefined ? {} : { target }) }
  return {
    status,
    headers,
    body: {
      requestId: randomUUID(),
      date: new Date().toUTCString(),
      mscv: `${randomName().slice(0, 16)}.1`,
      error: { code: CODES[status] ?? 'badRequest', message: 'The request is invalid.', innererror },
    },
  }
}

const badField = (target: string, about?: unknown): ServiceAnswer =>
  refusal(400, { code: 'badOrMissingField', target, about })

const missing = (target: string): ServiceAnswer => refusal(404, { code: 'notFound', target })

const jsonOf = ({ body }: ServiceCall): Json | undefined => {
  try {
    return JSON.parse(body) as Json
  } catch {
    return undefined
  }
}

const giveToken = (tenant: Tenant, { body }: ServiceCall): ServiceAnswer => {
  const form = Object.fromEntries(new URLSearchParams(body))
  if (form.grant_type !== 'client_credentials') return { status: 400, body: { error: 'unsupported_grant_type' } }
  if (form.client_id !== tenant.clientId || form.client_secret !== tenant.clientSecret)
    return { status: 401, body: { error: 'invalid_client', error_description: `AADSTS7000215: ${form.client_id}` } }
  const { scope = '' } = form
  if (scope !== REQUEST_SCOPE && scope !== ADMIN_SCOPE) return { status: 400, body: { error: 'invalid_scope' } }
  const token = randomName()
  tenant.tokens.set(token, { scope, until: tenant.clock.now().getTime() + TOKEN_SECONDS * SECOND })
  return { status: 200, body: { token_type: 'Bearer', expires_in: TOKEN_SECONDS, access_token: token } }
}

const isAllowed = (tenant: Tenant, { authorization }: ServiceCall, scope: string): boolean => {
  const token = tenant.tokens.get(authorization.replace(/^Bearer /, ''))
  return token !== undefined && token.scope === scope && token.until > tenant.clock.now().getTime()
}

type Check = (tenant: Tenant, body: JsonObject) => ServiceAnswer | undefined

const hintsOf = ({ rules }: SimulatedContract) => rules.attestations.idTokenHints.flatMap(({ mapping }) => mapping)

const checkIssuance: Check = ({ contracts }, { type, manifest, claims, expirationDate }) => {
  const contract = contracts.find(({ manifestUrl }) => manifestUrl === manifest)
  if (!contract) return badField('manifest', manifest)
  if (!contract.rules.vc.type.includes(String(type))) return badField('type', type)
  if (expirationDate !== undefined && !contract.allowOverrideValidityOnIssuance) return badField('expirationDate')
  const given = isJsonObject(claims) ? claims : {}
  const lacking = hintsOf(contract).find(({ required, inputClaim }) => required && given[inputClaim] === undefined)
  return lacking ? badField(`claims.${lacking.inputClaim}`, claims) : undefined
}

const makeRequest = (
  tenant: Tenant,
  call: ServiceCall,
  kind: PendingRequest['kind'],
  shape: Shape,
  check: Check,
): ServiceAnswer => {
  const body = jsonOf(call)
  const fault = shape(body, '')
  if (fault !== undefined || !isJsonObject(body)) return badField(fault ?? '', body)
  if (body.authority !== tenant.did) return badField('authority', body.authority)
  const refused = check(tenant, body)
  if (refused) return refused
  const id = randomUUID()
  const expiresAt = tenant.clock.now().getTime() + REQUEST_MILLISECONDS
  tenant.pending.set(id, { id, kind, body, expiresAt, isOver: false, held: [] })
  const address = `${tenant.origin}/v1.0/${tenant.tenant}/verifiableCredentials/request/${id}`
  const url = `openid-vc://?request_uri=${address}`
  return { status: 201, body: { requestId: id, url, expiry: Math.floor(expiresAt / SECOND) } }
}

const createContract = (tenant: Tenant, call: ServiceCall): ServiceAnswer => {
  const body = jsonOf(call)
  const fault = contractShape(body, '')
  if (fault !== undefined || !isJsonObject(body)) return badField(fault ?? '', body)
  if (tenant.contracts.some(({ name }) => name === body.name)) return refusal(409, { code: 'conflict', target: 'name' })
  const id = encodeBase64url(encodeUtf8(tenant.authorityId + String(body.name)))
  const manifestUrl = `${tenant.origin}/v1.0/tenants/${tenant.tenant}/verifiableCredentials/contracts/${id}/manifest`
  const contract = { ...(body as unknown as EntraContract), id, manifestUrl }
  tenant.contracts.push(contract)
  return { status: 201, body: asJsonObject({ ...contract, status: 'Enabled' }) }
}

const FILTER = /^indexclaimhash eq ([A-Za-z0-9+/]{43}=)$/

const findCredentials = ({ credentials }: Tenant, contractId: string, { url }: ServiceCall): ServiceAnswer => {
  const [, hash] = FILTER.exec(url.searchParams.get('filter') ?? '') ?? []
  if (hash === undefined) return badField('filter')
  const found = credentials.filter((one) => one.contractId === contractId && one.indexHash === hash)
  return { status: 200, body: { value: found.map(({ indexHash: _hash, ...shown }) => shown) } }
}

const revoke = ({ credentials }: Tenant, contractId: string, id: string): ServiceAnswer => {
  const found = credentials.find((one) => one.contractId === contractId && one.id === id)
  if (!found) return missing('credentialId')
  found.status = 'issuerRevoked'
  return { status: 204 }
}

type Administer = (tenant: Tenant, call: ServiceCall, names: readonly string[]) => ServiceAnswer

/** The administration, by method and path below the authority; a `*` stands for a name. */
const ADMINISTRATION: Readonly<Record<string, Administer>> = {
  'GET contracts': ({ contracts }) => ({
    status: 200,
    body: { value: contracts.map((contract) => asJsonObject(contract)) },
  }),
  'POST contracts': (tenant, call) => createContract(tenant, call),
  'GET contracts/*/credentials': (tenant, call, [contract = '']) => findCredentials(tenant, contract, call),
  'POST contracts/*/credentials/*/revoke': (tenant, _, [contract = '', id = '']) => revoke(tenant, contract, id),
}

const administer = (tenant: Tenant, call: ServiceCall, path: string): ServiceAnswer => {
  if (!isAllowed(tenant, call, ADMIN_SCOPE)) return refusal(401, { code: 'tokenError' })
  const [authority = '', ...rest] = path.split('/').map(decodeURIComponent)
  if (authority !== tenant.authorityId) return missing('authorityId')
  const pattern = rest.map((part, index) => (index % 2 === 1 ? '*' : part)).join('/')
  const route = ADMINISTRATION[`${call.method} ${pattern}`]
  return route
    ? route(
        tenant,
        call,
        rest.filter((_, index) => index % 2 === 1),
      )
    : missing('path')
}

const BASE = '/v1.0/verifiableCredentials/'

/** Answers a call, as strictly as the real service. */
export const answerCall = (tenant: Tenant, call: ServiceCall): ServiceAnswer => {
  const { pathname } = call.url
  if (pathname === `/${tenant.tenant}/oauth2/v2.0/token`) return giveToken(tenant, call)
  const path = pathname.startsWith(BASE) ? pathname.slice(BASE.length) : ''
  if (path.startsWith('authorities/')) return administer(tenant, call, path.slice('authorities/'.length))
  if (!isAllowed(tenant, call, REQUEST_SCOPE)) return refusal(401, { code: 'tokenError' })
  if (path === 'createIssuanceRequest') return makeRequest(tenant, call, 'issuance', issuanceShape, checkIssuance)
  const anything: Check = () => undefined
  if (path === 'createPresentationRequest')
    return makeRequest(tenant, call, 'presentation', presentationShape, anything)
  return missing('path')
}
