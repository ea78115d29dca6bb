import { digestText, randomBytes } from '#runtime'
import { encodeBase64 } from '../../../codec/base64.js'
import { formatDateTime } from '../../../codec/date-time.js'
import { toHex } from '../../../codec/hex.js'
import { isJsonObject, type JsonObject } from '../../../core/json.js'
import { signJwtVcJson } from '../../../formats/jwt-vc-json/sign.js'
import { happens } from '../loopback.js'
import { tell } from './callbacks.js'
import type { HeldCredential } from './present.js'
import { indexHash, type PendingRequest, type SimulatedContract, type Tenant } from './tenant.js'

const CONTEXT = 'https://www.w3.org/ns/credentials/v2'
const SECOND = 1000
const LIST_LENGTH = 131_072
const ID_BYTES = 16

/** Who takes it. */
export interface Taking {
  readonly did: string
  readonly pin: string | undefined
  /** Ends the request. */
  readonly once: (request: PendingRequest) => void
}

const isRightPin = (pin: JsonObject, given: string): boolean => {
  const { value, salt } = pin
  return value === (salt === undefined ? given : encodeBase64(digestText('SHA-256', String(salt) + given)))
}

// As rules say it: from what was sent, by its name there, to what the credential says.
const outputOf = ({ rules }: SimulatedContract, claims: JsonObject): JsonObject =>
  Object.fromEntries(
    rules.attestations.idTokenHints
      .flatMap(({ mapping }) => mapping)
      .flatMap(({ inputClaim, outputClaim }) => {
        const value = claims[inputClaim]
        return value === undefined ? [] : [[outputClaim, value]]
      }),
  )

const indexedIn = ({ id, rules }: SimulatedContract, output: JsonObject): { readonly indexHash?: string } => {
  const indexed = rules.attestations.idTokenHints.flatMap(({ mapping }) => mapping).find((one) => one.indexed)
  const value = indexed && output[indexed.outputClaim]
  return typeof value === 'string' ? { indexHash: indexHash(id, value) } : {}
}

const statusAt = (did: string, index: number): JsonObject => ({
  id: `urn:uuid:${crypto.randomUUID()}?bit-index=${index}`,
  type: 'RevocationList2021Status',
  statusListIndex: index,
  statusListCredential: `${did}?service=IdentityHub&queries=W3sibWV0aG9kIjoiQ29sbGVjdGlvbnNRdWVyeSJ9XQ`,
})

const sign = async (tenant: Tenant, request: PendingRequest, contract: SimulatedContract, holder: string) => {
  const { did, signer, clock, credentials } = tenant
  const now = clock.now()
  const { type, claims, expirationDate } = request.body
  const output = outputOf(contract, isJsonObject(claims) ? claims : {})
  const id = `urn:pic:${toHex(randomBytes(ID_BYTES))}`
  const end = now.getTime() + contract.rules.validityInterval * SECOND
  const document = {
    '@context': [CONTEXT],
    id,
    type: ['VerifiableCredential', String(type)],
    issuer: did,
    validUntil: typeof expirationDate === 'string' ? expirationDate : formatDateTime(end),
    credentialSubject: { id: holder, ...output },
    credentialStatus: statusAt(did, credentials.length % LIST_LENGTH),
  }
  const token = await signJwtVcJson(document, signer, { created: now })
  const issuedAt = now.getTime()
  credentials.push({ id, contractId: contract.id, ...indexedIn(contract, output), issuedAt, status: 'valid' })
  return { id, token }
}

/** Issues what is offered to a holder who has the code. */
export const issue = async (
  tenant: Tenant,
  request: PendingRequest,
  { did, pin, once }: Taking,
): Promise<HeldCredential | undefined> => {
  const { pin: asked, manifest } = request.body
  if (isJsonObject(asked) && !isRightPin(asked, pin ?? '')) throw new Error('The code is wrong')
  once(request)
  const contract = tenant.contracts.find(({ manifestUrl }) => manifestUrl === manifest)
  if (!contract || happens(tenant.faults, 'issuanceError')) {
    const error = { code: 'IssuanceFlowFailed', message: 'issuance_service_error' }
    await tell(tenant, request, 'issuance_error', { error })
    return undefined
  }
  const credential = await sign(tenant, request, contract, did)
  await tell(tenant, request, 'issuance_successful')
  return credential
}
