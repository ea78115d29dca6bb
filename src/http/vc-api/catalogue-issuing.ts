import type { Clock } from '../../core/clock.js'
import { ERROR_CODES } from '../../core/codes.js'
import { ClaimsError } from '../../core/errors.js'
import type { JsonObject } from '../../core/json.js'
import type { CredentialTypeRow } from '../../credentials/define.js'
import type { Issuer } from '../../issuer/issuer.js'
import type { SignatureAlgorithm } from '../../ports/signer.js'
import type { PublishedList } from '../../status/publish.js'
import { problem, RequestProblem, refuse, refuseWith } from '../problem.js'
import { problemType, REQUEST_PROBLEMS } from '../problem-types.js'
import { catalogueRequest, pointerInCredential } from './catalogue-request.js'
import type { IssuingEndpoint, IssuingOptions, StatusRequest, VcApiIssuing } from './issuing.js'
import { storeProblem } from './store-problem.js'
import { curveOf, formatOfSuite, handOver, SUITES } from './suites.js'

/** What issuing from the catalogue needs. */
export interface CatalogueIssuingOptions {
  readonly issuer: Issuer
  /** Of the issuer's key. */
  readonly algorithm: SignatureAlgorithm
  readonly clock: Clock
}

const claimProblems = ({ faults }: ClaimsError, row: CredentialTypeRow): RequestProblem =>
  new RequestProblem(
    400,
    faults.map(({ path, code, sentence, mend }) =>
      problem(problemType(code), `${sentence} ${mend}`, { code, pointer: pointerInCredential(path, row) }),
    ),
  )

const checkOptions = ({ mandatoryPointers }: IssuingOptions): void => {
  if (mandatoryPointers !== undefined)
    refuse(REQUEST_PROBLEMS.unknownOption, 'What is always disclosed is decided by the type.', {
      pointer: '/options/mandatoryPointers',
    })
}

const issue = async (
  { issuer, algorithm }: CatalogueIssuingOptions,
  { suite }: IssuingEndpoint,
  credential: JsonObject,
  options: IssuingOptions,
): Promise<JsonObject | string> => {
  checkOptions(options)
  const { type, row, request } = catalogueRequest(credential, issuer.id)
  const format = formatOfSuite(suite, algorithm)
  const idempotencyKey = options.credentialId
  try {
    const issued = await issuer.issue(type, request, {
      ...(format === undefined ? {} : { format }),
      ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    })
    return handOver(suite, issued.credential)
  } catch (error) {
    if (error instanceof ClaimsError) throw claimProblems(error, row)
    return storeProblem(error)
  }
}

const changeStatus = async (issuer: Issuer, { credentialId, purpose, set, reason }: StatusRequest): Promise<void> => {
  if (purpose === 'revocation' && !set) refuseWith(409, ERROR_CODES['store.revocationIsFinal'].meaning)
  try {
    if (purpose === 'revocation') await issuer.revoke(credentialId, reason ?? 'NoLongerValid')
    else if (set) await issuer.suspend(credentialId, reason ?? 'SuspectNoLongerValid')
    else await issuer.reinstate(credentialId)
  } catch (error) {
    if (error instanceof TypeError) refuse(REQUEST_PROBLEMS.malformed, 'The credential has no such status.')
    storeProblem(error)
  }
}

const MINUTE = 60_000

type Lists = ReadonlyMap<string, PublishedList>

const drawLists = async ({ issuer }: CatalogueIssuingOptions): Promise<Lists> => {
  const lists = new Map<string, PublishedList>()
  for await (const published of issuer.publishStatus()) lists.set(published.list, published)
  return lists
}

/**
 * The lists, drawn and signed once a minute, because that takes a while; at once after a change; and, for a name that is
 * not among them, when something was issued since, which may have opened a list.
 */
const createListCache = (options: CatalogueIssuingOptions) => {
  let drawn: { readonly at: number; readonly lists: Promise<Lists> } | undefined
  let hasIssued = false
  const forget = (): void => {
    drawn = undefined
  }
  const current = async (now: number): Promise<Lists> => {
    if (drawn === undefined || now - drawn.at > MINUTE) {
      hasIssued = false
      drawn = { at: now, lists: drawLists(options) }
    }
    return drawn.lists.catch((error: unknown) => {
      forget()
      return storeProblem(error)
    })
  }
  return {
    forget,
    noteIssued: (): void => {
      hasIssued = true
    },
    get: async (name: string): Promise<PublishedList | undefined> => {
      const now = options.clock.now().getTime()
      const found = (await current(now)).get(name)
      if (found || !hasIssued) return found
      forget()
      return (await current(now)).get(name)
    },
  }
}

/**
 * Issues types of the catalogue, and nothing else, under one issuer's key: checked, recorded, with status, as that
 * issuer does everywhere.
 */
export const createCatalogueIssuing = (options: CatalogueIssuingOptions): VcApiIssuing => {
  const { issuer, algorithm } = options
  const lists = createListCache(options)
  const curve = curveOf(algorithm)
  return {
    conformance: false,
    endpoints: SUITES.filter((suite) => formatOfSuite(suite, algorithm) !== undefined).map((suite) => ({
      suite,
      curve,
      id: issuer.id,
    })),
    issue: async (endpoint, credential, asked) => {
      const issued = await issue(options, endpoint, credential, asked)
      lists.noteIssued()
      return issued
    },
    changeStatus: async (request) => {
      await changeStatus(issuer, request)
      lists.forget()
    },
    statusList: lists.get,
  }
}
