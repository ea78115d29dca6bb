import type { JsonObject } from '../../core/json.js'
import { STATUS_REASONS, type StatusReason } from '../../ports/issuance-register.js'
import type { StatusPurpose } from '../../ports/status-list-store.js'
import type { Answer, Call, Route } from '../answer.js'
import { needed, takeFlag, takeMembers, takeObject, takeOptions, takePointers, takeText } from '../members.js'
import { refuse, refuseWith } from '../problem.js'
import { REQUEST_PROBLEMS } from '../problem-types.js'
import type { ReadBody } from '../read-json.js'
import { findEndpoint, type IssuingEndpoint, type VcApiIssuing } from './issuing.js'

const BODY = { credential: takeObject, options: takeObject }
const OPTIONS = { credentialId: takeText, mandatoryPointers: takePointers }

const endpointOf = ({ endpoints }: VcApiIssuing, { parameters }: Call): IssuingEndpoint =>
  findEndpoint(endpoints, parameters.suite ?? '', parameters.curve) ?? refuseWith(404, 'There is no such issuer.')

const issue =
  (issuing: VcApiIssuing, readBody: ReadBody): Answer =>
  async (call) => {
    const endpoint = endpointOf(issuing, call)
    const body = await readBody(call.request)
    const credential = needed(takeMembers(body, '', BODY).credential, '/credential')
    const issued = await issuing.issue(endpoint, credential, takeOptions(body, OPTIONS))
    return { status: 201, body: { verifiableCredential: issued } }
  }

const STATUS_BODY = {
  credentialId: takeText,
  credentialStatus: takeObject,
  status: takeFlag,
  reason: takeText,
  indexAllocator: takeText,
}
const PURPOSES: readonly StatusPurpose[] = ['revocation', 'suspension']

const purposeOf = ({ statusPurpose }: JsonObject): StatusPurpose =>
  PURPOSES.find((known) => known === statusPurpose) ??
  refuse(REQUEST_PROBLEMS.malformed, `This must be ${PURPOSES.join(' or ')}.`, {
    pointer: '/credentialStatus/statusPurpose',
  })

const reasonOf = (reason: string | undefined): { readonly reason?: StatusReason } => {
  if (reason === undefined) return {}
  const known = STATUS_REASONS.find((name) => name === reason)
  return known
    ? { reason: known }
    : refuse(REQUEST_PROBLEMS.malformed, `This must be one of ${STATUS_REASONS.join(', ')}.`, { pointer: '/reason' })
}

const changeStatus =
  (issuing: VcApiIssuing, readBody: ReadBody): Answer =>
  async (call) => {
    endpointOf(issuing, call)
    const taken = takeMembers(await readBody(call.request), '', STATUS_BODY)
    await issuing.changeStatus({
      credentialId: needed(taken.credentialId, '/credentialId'),
      purpose: purposeOf(needed(taken.credentialStatus, '/credentialStatus')),
      set: needed(taken.status, '/status'),
      ...reasonOf(taken.reason),
    })
    return { status: 200, body: {} }
  }

/**
 * Issuing, and changing the status of what was issued.
 * @see VCALM, section "Issuing"
 */
export const issuingRoutes = (issuing: VcApiIssuing, readBody: ReadBody): readonly Route[] =>
  ['/issuers/:suite', '/issuers/:suite/:curve'].flatMap((path): readonly Route[] => [
    { method: 'POST', path: `${path}/credentials/issue`, guarded: true, answer: issue(issuing, readBody) },
    { method: 'POST', path: `${path}/credentials/status`, guarded: true, answer: changeStatus(issuing, readBody) },
  ])
