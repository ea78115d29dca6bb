import 'reflect-metadata'
import { createInterface } from 'node:readline'
import {
  Agent,
  ConsoleLogger,
  DidsModule,
  InjectionSymbols,
  Kms,
  LogLevel,
  RecordDuplicateError,
  RecordNotFoundError,
  W3cCredentialsModule,
} from '@credo-ts/core'
import { agentDependencies, NodeInMemoryKeyManagementStorage, NodeKeyManagementService } from '@credo-ts/node'
import { OpenId4VcModule } from '@credo-ts/openid4vc'

class MemoryStorage {
  supportsCursorPagination = false
  records = new Map()
  key(record) {
    return `${record.type} ${record.id}`
  }
  async save(_, record) {
    record.createdAt ??= new Date()
    record.updatedAt = new Date()
    if (this.records.has(this.key(record))) throw new RecordDuplicateError('there', { recordType: record.type })
    this.records.set(this.key(record), record.clone())
  }
  async update(_, record) {
    record.updatedAt = new Date()
    this.records.set(this.key(record), record.clone())
  }
  async delete(_, record) {
    this.records.delete(this.key(record))
  }
  async deleteById(_, { type }, id) {
    this.records.delete(`${type} ${id}`)
  }
  async getById(_, { type }, id) {
    const found = this.records.get(`${type} ${id}`)
    if (!found) throw new RecordNotFoundError('none', { recordType: type })
    return found.clone()
  }
  async getAll(_, { type }) {
    return [...this.records.values()].filter((record) => record.type === type).map((record) => record.clone())
  }
  async findByQuery(context, RecordClass, query) {
    return (await this.getAll(context, RecordClass)).filter((record) => matches(record.getTags(), query))
  }
}
const matches = (tags, { $or, $and, $not, ...simple }) =>
  (!$or || $or.some((query) => matches(tags, query))) &&
  (!$and || $and.every((query) => matches(tags, query))) &&
  (!$not || !matches(tags, $not)) &&
  Object.entries(simple).every(
    ([name, value]) =>
      value === undefined ||
      (Array.isArray(value) ? value.every((one) => tags[name]?.includes(one)) : tags[name] === value),
  )

// Hosts of the tests' own, by where they really are.
const HOSTS = JSON.parse(process.env.CREDO_HOSTS ?? '{}')
const elsewhere = (url) => {
  const found = Object.keys(HOSTS).find((origin) => String(url).startsWith(origin))
  return found ? String(url).replace(found, HOSTS[found]) : url
}

const agent = new Agent({
  config: {
    logger: new ConsoleLogger(process.env.CREDO_DEBUG ? LogLevel.debug : LogLevel.off),
    allowInsecureHttpUrls: true,
    autoUpdateStorageOnStartup: true,
  },
  dependencies: { ...agentDependencies, fetch: (url, options) => fetch(elsewhere(url), options) },
  modules: {
    storage: { register: (manager) => manager.registerInstance(InjectionSymbols.StorageService, new MemoryStorage()) },
    kms: new Kms.KeyManagementModule({
      backends: [new NodeKeyManagementService(new NodeInMemoryKeyManagementStorage())],
    }),
    dids: new DidsModule(),
    w3c: new W3cCredentialsModule({}),
    openid4vc: new OpenId4VcModule({}),
  },
})
await agent.initialize()
const { holder } = agent.openid4vc

const keyFor = async ({ credentialFormat }) => {
  const key = await agent.kms.createKey({ type: { kty: 'EC', crv: 'P-256' } })
  const jwk = Kms.PublicJwk.fromPublicJwk(key.publicJwk)
  if (credentialFormat === 'dc+sd-jwt' || credentialFormat === 'vc+sd-jwt') return { method: 'jwk', keys: [jwk] }
  const { didState } = await agent.dids.create({ method: 'key', options: { keyId: key.keyId } })
  if (didState.state !== 'finished') throw new Error(JSON.stringify(didState))
  return { method: 'did', didUrls: [didState.didDocument.verificationMethod[0].id] }
}

const keep = async ({ record }) => {
  if (record.type === 'SdJwtVcRecord') await agent.sdJwtVc.store({ record })
  else await agent.w3cCredentials.store({ record })
}

const takeOne = async (resolvedCredentialOffer, token, configurationId) => {
  const { credentials } = await holder.requestCredentials({
    resolvedCredentialOffer,
    ...token,
    credentialConfigurationIds: [configurationId],
    credentialBindingResolver: keyFor,
  })
  for (const credential of credentials) {
    await keep(credential)
    if (credential.notificationId)
      await holder.sendNotification({
        metadata: resolvedCredentialOffer.metadata,
        accessToken: token.accessToken,
        dpop: token.dpop,
        notificationId: credential.notificationId,
        notificationEvent: 'credential_accepted',
      })
  }
}

// One at a time: a nonce is good for one request.
const take = async (offer, token) => {
  for (const id of offer.credentialOfferPayload.credential_configuration_ids) await takeOne(offer, token, id)
}

let pending
const COMMANDS = {
  offer: async ({ uri, txCode }) => {
    const offer = await holder.resolveCredentialOffer(uri)
    return take(offer, await holder.requestToken({ resolvedCredentialOffer: offer, txCode }))
  },
  authorize: async ({ uri, clientId, redirectUri, scope }) => {
    const offer = await holder.resolveCredentialOffer(uri)
    const request = await holder.resolveOpenId4VciAuthorizationRequest(offer, { clientId, redirectUri, scope })
    pending = { offer, request, clientId, redirectUri }
    return request.authorizationRequestUrl
  },
  code: async ({ code }) => {
    const { offer, request, clientId, redirectUri } = pending
    const token = await holder.requestToken({
      resolvedCredentialOffer: offer,
      code,
      clientId,
      redirectUri,
      codeVerifier: request.codeVerifier,
      dpop: request.dpop,
    })
    return take(offer, token)
  },
  present: async ({ uri }) => {
    const resolved = await holder.resolveOpenId4VpAuthorizationRequest(uri)
    const { queryResult } = resolved.dcql
    if (!queryResult.can_be_satisfied)
      return { ok: false, why: JSON.stringify(queryResult.credential_matches).slice(0, 2000) }
    const credentials = holder.selectCredentialsForDcqlRequest(queryResult)
    const { serverResponse } = await holder.acceptOpenId4VpAuthorizationRequest({
      authorizationRequestPayload: resolved.authorizationRequestPayload,
      dcql: { credentials },
    })
    return { ok: serverResponse?.status === 200, status: serverResponse?.status, body: serverResponse?.body }
  },
}

for await (const line of createInterface({ input: process.stdin })) {
  const { id, command, ...options } = JSON.parse(line)
  try {
    process.stdout.write(`${JSON.stringify({ id, value: (await COMMANDS[command](options)) ?? null })}\n`)
  } catch (error) {
    process.stdout.write(
      `${JSON.stringify({ id, error: `${error?.stack ?? error}`.slice(0, 3000), body: String(error?.response?.credentialErrorResponseResult ? JSON.stringify(error.response.credentialErrorResponseResult) : ''), cause: String(error?.cause?.stack ?? error?.cause ?? '').slice(0, 1500) })}\n`,
    )
  }
}
