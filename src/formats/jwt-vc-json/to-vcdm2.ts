import { formatDateTime, parseDateTime } from '../../codec/date-time.js'
import type { CheckCode } from '../../core/codes.js'
import { asArray, isJsonObject, type Json, type JsonObject } from '../../core/json.js'
import { identifierOf } from '../shape.js'
import { toContexts2 } from './contexts.js'

/** A document in the shape of VCDM 2.0, or what stands against it. Paths are those of the token's payload. */
export type Mapped =
  | { readonly ok: true; readonly document: JsonObject; readonly credentials?: readonly (JsonObject | string)[] }
  | { readonly ok: false; readonly code: CheckCode; readonly path: string }

class Conflict extends Error {
  readonly code: CheckCode
  readonly path: string
  constructor(code: CheckCode, path: string) {
    super(code)
    this.code = code
    this.path = path
  }
}

const member = (name: string, value: Json | undefined): JsonObject => (value === undefined ? {} : { [name]: value })

/** An identifier that the document states, that a claim states, or that both state alike. */
const identifier = (stated: Json | undefined, claimed: Json | undefined, claim: string): Json | undefined => {
  if (stated !== undefined && claimed !== undefined && stated !== claimed)
    throw new Conflict('format.claimConflict', `/${claim}`)
  return stated ?? claimed
}

// `issuer` and `holder`: a URL, or an object that may leave its id to the claim.
const party = (stated: Json | undefined, iss: Json | undefined): Json | undefined => {
  if (!isJsonObject(stated)) return identifier(stated, iss, 'iss')
  const id = identifier(identifierOf(stated), iss, 'iss')
  return { ...member('id', id), ...stated }
}

// A claim names one subject: of several it would name none.
const subjects = (stated: Json | undefined, sub: Json | undefined): Json | undefined => {
  const [only, ...others] = asArray(stated)
  if (sub === undefined || only === undefined || !isJsonObject(only)) return stated
  if (others.length > 0) throw new Conflict('format.claimConflict', '/sub')
  const named = { ...member('id', identifier(only.id, sub, 'sub')), ...only }
  return Array.isArray(stated) ? [named] : named
}

const SECOND = 1000

const momentOf = (stated: Json | undefined, path: string): number | undefined => {
  if (stated === undefined) return undefined
  const moment = typeof stated === 'string' ? parseDateTime(stated) : undefined
  if (moment === undefined) throw new Conflict('format.invalidDateTime', path)
  return moment
}

// A claim counts seconds: within the second that the document states, both say the same.
const time = (inner: JsonObject, name: string, seconds: Json | undefined, claim: string): string | undefined => {
  const stated = momentOf(inner[name], `/vc/${name}`)
  const claimed = typeof seconds === 'number' ? seconds * SECOND : undefined
  if (stated !== undefined && claimed !== undefined && Math.floor(stated / SECOND) !== Math.floor(claimed / SECOND))
    throw new Conflict('format.claimConflict', `/${claim}`)
  const moment = stated ?? claimed
  return moment === undefined ? undefined : formatDateTime(moment)
}

// What only the later model has, or what secures a document that is not a token.
const FORBIDDEN: Readonly<Record<'vc' | 'vp', readonly string[]>> = {
  vc: ['validFrom', 'validUntil', 'proof'],
  vp: ['proof'],
}

const refuseForbidden = (inner: JsonObject, claim: 'vc' | 'vp'): void => {
  const found = FORBIDDEN[claim].find((name) => Object.hasOwn(inner, name))
  if (found) throw new Conflict('format.malformed', `/${claim}/${found}`)
}

const contexts = (inner: JsonObject, claim: 'vc' | 'vp'): readonly Json[] => {
  const list = toContexts2(inner['@context'])
  if (!list) throw new Conflict('format.contextNotAllowed', `/${claim}/@context`)
  return list
}

const mapping = (map: () => Mapped): Mapped => {
  try {
    return map()
  } catch (error) {
    if (error instanceof Conflict) return { ok: false, code: error.code, path: error.path }
    throw error
  }
}

/**
 * A credential of VCDM 1.1, from the `vc` claim and those beside it. Its beginning is `issuanceDate` or `nbf`, or where
 * an issuer writes neither, as Microsoft Entra Verified ID does, the moment of issue.
 * @see Verifiable Credentials Data Model 1.1, section 6.3.1 (JWT decoding)
 */
export const mapCredential = (vc: JsonObject, payload: JsonObject): Mapped =>
  mapping(() => {
    refuseForbidden(vc, 'vc')
    const { iss, sub, jti, nbf, iat, exp } = payload
    const { issuanceDate: _from, expirationDate: _until, ...rest } = vc
    const from = time(vc, 'issuanceDate', nbf, 'nbf') ?? time({}, '', iat, 'iat')
    return {
      ok: true,
      document: {
        ...rest,
        // A single status there is a list of one here.
        ...(isJsonObject(vc.credentialStatus) ? { credentialStatus: [vc.credentialStatus] } : {}),
        '@context': contexts(vc, 'vc'),
        ...member('id', identifier(vc.id, jti, 'jti')),
        ...member('issuer', party(vc.issuer, iss)),
        ...member('validFrom', from),
        ...member('validUntil', time(vc, 'expirationDate', exp, 'exp')),
        ...member('credentialSubject', subjects(vc.credentialSubject, sub)),
      },
    }
  })

const isCredential = (value: Json): value is JsonObject | string => typeof value === 'string' || isJsonObject(value)

const credentialsIn = (vp: JsonObject): readonly (JsonObject | string)[] => {
  const list = asArray(vp.verifiableCredential)
  const bad = list.findIndex((credential) => !isCredential(credential))
  if (bad >= 0) throw new Conflict('format.malformed', `/vp/verifiableCredential/${bad}`)
  return list.filter(isCredential)
}

/** A presentation of VCDM 1.1, from the `vp` claim and those beside it. The tokens in it stand beside the document. */
export const mapPresentation = (vp: JsonObject, { iss, jti }: JsonObject): Mapped =>
  mapping(() => {
    refuseForbidden(vp, 'vp')
    const { verifiableCredential: _, ...rest } = vp
    const credentials = credentialsIn(vp)
    const embedded = credentials.filter(isJsonObject)
    return {
      ok: true,
      credentials,
      document: {
        ...rest,
        '@context': contexts(vp, 'vp'),
        ...member('id', identifier(vp.id, jti, 'jti')),
        ...member('holder', party(vp.holder, iss)),
        ...(embedded.length === 0 ? {} : { verifiableCredential: embedded }),
      },
    }
  })
