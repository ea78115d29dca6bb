import { formatDateTime } from '../../../codec/date-time.js'
import { parseStrictJson } from '../../../codec/strict-json.js'
import { asArray, isJsonObject, type JsonObject } from '../../../core/json.js'
import { readCompactJws } from '../../../crypto/compact-jws.js'
import { importPublicKey } from '../../../crypto/keys.js'
import { tell } from './callbacks.js'
import type { PendingRequest, Tenant } from './tenant.js'

/** A credential in a wallet. */
export interface HeldCredential {
  readonly id: string
  readonly token: string
}

/** Who shows it. */
export interface Showing {
  readonly did: string
  readonly held: readonly HeldCredential[]
  readonly likeness: number
  /** Ends the request. */
  readonly once: (request: PendingRequest) => void
}

/** A request for one credential, of the shape that was checked when it was made. */
interface Wanted {
  readonly type: string
  readonly acceptedIssuers?: readonly string[]
  readonly configuration?: {
    readonly validation: {
      readonly allowRevoked?: boolean
      readonly validateLinkedDomain?: boolean
      readonly faceCheck?: { readonly sourcePhotoClaimName: string; readonly matchConfidenceThreshold?: number }
    }
  }
  readonly constraints?: readonly {
    readonly claimName: string
    readonly values?: readonly string[]
    readonly contains?: string
    readonly startsWith?: string
  }[]
}

interface Opened {
  readonly id: string
  readonly issuer: string
  readonly type: readonly string[]
  readonly claims: JsonObject
  readonly begins: number
  readonly ends: number
}

const SECOND = 1000
const USUAL_THRESHOLD = 70

const open = async ({ signer }: Tenant, { id, token }: HeldCredential): Promise<Opened | undefined> => {
  const jws = readCompactJws(token)
  const key = await importPublicKey(signer.publicKeyJwk)
  if (!jws.ok || !(await key.verify(jws.signingInput, jws.signature))) return undefined
  const parsed = parseStrictJson(jws.payload)
  const payload = parsed.ok && isJsonObject(parsed.value) ? parsed.value : {}
  const vc = payload.vc as JsonObject
  const { id: _holder, ...claims } = vc.credentialSubject as JsonObject
  const times = { begins: Number(payload.nbf) * SECOND, ends: Number(payload.exp) * SECOND }
  return { id, issuer: String(payload.iss), type: asArray(vc.type) as readonly string[], claims, ...times }
}

const meets = (claims: JsonObject, constraint: NonNullable<Wanted['constraints']>[number]): boolean => {
  const said = String(claims[constraint.claimName] ?? '').toLowerCase()
  const { values, contains, startsWith } = constraint
  if (values) return values.some((value) => value.toLowerCase() === said)
  return contains === undefined
    ? said.startsWith((startsWith ?? '').toLowerCase())
    : said.includes(contains.toLowerCase())
}

const answers = ({ type, acceptedIssuers = [], constraints = [] }: Wanted, one: Opened): boolean =>
  one.type.includes(type) &&
  (acceptedIssuers.length === 0 || acceptedIssuers.includes(one.issuer)) &&
  constraints.every((constraint) => meets(one.claims, constraint))

const isRevoked = ({ credentials }: Tenant, { id }: Opened): boolean =>
  credentials.find((one) => one.id === id)?.status !== 'valid'

const isRefused = (tenant: Tenant, { configuration }: Wanted, one: Opened, likeness: number): boolean => {
  const { allowRevoked = false, faceCheck } = configuration?.validation ?? {}
  const isLike =
    !faceCheck ||
    (typeof one.claims[faceCheck.sourcePhotoClaimName] === 'string' &&
      likeness >= (faceCheck.matchConfidenceThreshold ?? USUAL_THRESHOLD))
  return one.ends <= tenant.clock.now().getTime() || (isRevoked(tenant, one) && !allowRevoked) || !isLike
}

const verified = (tenant: Tenant, { configuration }: Wanted, one: Opened, likeness: number): JsonObject => ({
  issuer: one.issuer,
  type: one.type,
  claims: one.claims,
  credentialState: { revocationStatus: isRevoked(tenant, one) ? 'REVOKED' : 'VALID' },
  domainValidation: { url: 'https://verifiedid.example/' },
  issuanceDate: formatDateTime(one.begins),
  expirationDate: formatDateTime(one.ends),
  ...(configuration?.validation.faceCheck
    ? { faceCheck: { matchConfidenceScore: likeness, sourcePhotoQuality: 'HIGH' } }
    : {}),
})

const REFUSED = { code: 'claimValidationError', message: 'A credential did not pass its validation.' }

/** Shows what is asked for. */
export const present = async (tenant: Tenant, request: PendingRequest, showing: Showing): Promise<void> => {
  const wanted = request.body.requestedCredentials as unknown as readonly Wanted[]
  const held = (await Promise.all(showing.held.map((one) => open(tenant, one)))).filter((one) => one !== undefined)
  // The newest that answers, as a holder would choose.
  const chosen = wanted.map((one) => ({ one, shown: held.findLast((opened) => answers(one, opened)) }))
  const pairs = chosen.flatMap(({ one, shown }) => (shown ? [{ one, shown }] : []))
  if (pairs.length < wanted.length) throw new Error('There is nothing to show')
  showing.once(request)
  if (pairs.some(({ one, shown }) => isRefused(tenant, one, shown, showing.likeness)))
    return tell(tenant, request, 'presentation_error', { error: REFUSED })
  await tell(tenant, request, 'presentation_verified', {
    subject: showing.did,
    verifiedCredentialsData: pairs.map(({ one, shown }) => verified(tenant, one, shown, showing.likeness)),
  })
}
