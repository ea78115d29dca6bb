import { britishDate, isDate } from '../../codec/date-time.js'
import type { JsonObject } from '../../core/json.js'
import { LIMITS } from '../../core/limits.js'
import { checkShownClaims } from '../../credentials/check-claims.js'
import { type CredentialTypeName, isCredentialTypeName } from '../../credentials/rows.js'
import type { Added, NewRecord, PersonSearch, RecordSystem, SystemChange } from '../../systems/record-system.js'
import type { RecruitmentSystem } from '../../systems/recruitment-system.js'
import type { Answer, Call, Reply, Route } from '../answer.js'
import { needed, takeMembers, takeObject, takeText } from '../members.js'
import { plainProblem, problem, RequestProblem, refuse, refuseWith } from '../problem.js'
import { problemType, REQUEST_PROBLEMS } from '../problem-types.js'
import { readJsonBody } from '../read-json.js'
import { type RoutingOptions, routeRequests } from '../route-requests.js'
import { type Access, type AccessOptions, createAccess } from './access.js'

/** A system of an employer, of either kind. */
export type ServedSystem = RecordSystem | RecruitmentSystem

/** What the interface of a system is made of. */
export interface SystemApiOptions extends AccessOptions, Pick<RoutingOptions, 'hosts' | 'log' | 'onError'> {
  /** Each organisation's own instance: nobody's data is ever another's. */
  readonly organisations: Readonly<Record<string, ServedSystem>>
}

const malformed = (pointer: string, must: string): never =>
  refuse(REQUEST_PROBLEMS.malformed, `This must be ${must}.`, { pointer })

const SEARCH = { firstName: takeText, lastName: takeText, birthDate: takeText, reference: takeText }

const readSearch = (body: JsonObject): PersonSearch => {
  const { reference, firstName, lastName, birthDate } = takeMembers(body, '', SEARCH)
  if (reference !== undefined) return { reference }
  const date = needed(birthDate, '/birthDate')
  if (!isDate(date)) return malformed('/birthDate', 'a date (YYYY-MM-DD)')
  return { firstName: needed(firstName, '/firstName'), lastName: needed(lastName, '/lastName'), birthDate: date }
}

const typesIn = ({ url }: Request): readonly CredentialTypeName[] => {
  const names = (new URL(url).searchParams.get('types') ?? '').split(',').filter(Boolean)
  return names.map((name) => (isCredentialTypeName(name) ? name : malformed('/types', 'names of types, with commas')))
}

const RECORD = { type: takeText, claims: takeObject, assurance: takeObject, credentialId: takeText }

const readRecord = (body: JsonObject): NewRecord => {
  const { type, claims, assurance, credentialId } = takeMembers(body, '', RECORD)
  const name = needed(type, '/type')
  if (!isCredentialTypeName(name)) return malformed('/type', 'the name of a type')
  const given = { claims: needed(claims, '/claims'), assurance: needed(assurance, '/assurance') }
  return { type: name, ...given, credentialId: needed(credentialId, '/credentialId') } as unknown as NewRecord
}

// What is added has to be what the type says, whoever sends it; what its holder withheld is not asked for.
const checkRecord = ({ type, claims, assurance }: NewRecord): void => {
  const faults = checkShownClaims(type, { claims, assurance }, britishDate(Date.now()))
  if (faults.length === 0) return
  const problems = faults.map(({ path, code, sentence, mend }) =>
    problem(problemType(code), `${sentence} ${mend}`, { code, pointer: path }),
  )
  throw new RequestProblem(400, problems)
}

const NOT_ADDED: Readonly<Record<Extract<Added, { outcome: 'notAdded' }>['reason'], readonly [number, string]>> = {
  noSuchPerson: [404, 'There is no such employee.'],
  notReceived: [403, 'This system takes no records of this type.'],
  alreadyThere: [409, 'The employee has this record already.'],
  notReady: [409, 'The employee’s record is not in a state to take this.'],
  refused: [409, 'The system did not take this record.'],
}

const asReply = (added: Added): Reply => {
  if (added.outcome === 'added') return { status: 201, body: { recordId: added.recordId } }
  const [status, sentence] = NOT_ADDED[added.reason]
  throw new RequestProblem(status, [plainProblem(status, sentence, { code: added.reason })])
}

const asJson = (value: unknown): JsonObject => JSON.parse(JSON.stringify(value)) as JsonObject

const gone = (): never => refuseWith(404, 'There is no such employee.')

type Work = (system: ServedSystem, call: Call) => Promise<Reply>

const readBody = (request: Request) => readJsonBody(request, LIMITS.inputBytes)

const search: Work = async (system, { request }) => ({
  status: 200,
  body: asJson({ employees: await system.find(readSearch(await readBody(request))) }),
})

const records: Work = async (system, { request, parameters: { employee = '' } }) => ({
  status: 200,
  body: asJson({ records: (await system.read(employee, typesIn(request))) ?? gone() }),
})

const KEY = /^[\x21-\x7e]{1,200}$/

const add: Work = async (system, { request, parameters: { employee = '' } }) => {
  const key = request.headers.get('idempotency-key') ?? ''
  if (!KEY.test(key)) return malformed('/idempotency-key', 'a header of 1 to 200 letters, without spaces')
  const record = readRecord(await readBody(request))
  checkRecord(record)
  return asReply(await system.add(employee, record, key))
}

const readiness: Work = async (system, { parameters: { employee = '' } }) => {
  if (!('readiness' in system)) return refuseWith(404, 'This system recruits nobody.')
  return { status: 200, body: asJson((await system.readiness(employee)) ?? gone()) }
}

const MOST_CHANGES = 1_000

const changes: Work = async (system, { request }) => {
  if (!('changes' in system)) return refuseWith(404, 'This system tells of no changes.')
  const after = new URL(request.url).searchParams.get('after') ?? undefined
  const found: SystemChange[] = []
  for await (const change of system.changes(after)) {
    found.push(change)
    if (found.length === MOST_CHANGES) break
  }
  return { status: 200, body: asJson({ changes: found }) }
}

/** The endpoints below an organisation. */
export const ENDPOINTS: readonly (readonly [Route['method'], string, Work])[] = [
  ['POST', '/organisations/:organisation/employees/search', search],
  ['GET', '/organisations/:organisation/employees/:employee/records', records],
  ['POST', '/organisations/:organisation/employees/:employee/records', add],
  ['GET', '/organisations/:organisation/employees/:employee/readiness', readiness],
  ['GET', '/organisations/:organisation/changes', changes],
]

const forOrganisation =
  ({ organisations }: SystemApiOptions, access: Access, work: Work): Answer =>
  async (call) => {
    const { organisation = '' } = call.parameters
    access.check(call.request, organisation)
    const system = Object.hasOwn(organisations, organisation) ? organisations[organisation] : undefined
    return system ? work(system, call) : refuseWith(403, 'This client does not speak for this organisation.')
  }

const STATUS: Answer = async () => ({ status: 200, body: { status: 'up' } })

/**
 * The system's side of the Digital Staff Passport API: makes it of any system that implements its port. Published are the
 * operations and their refusals (401, 403, 409); the rest is designed here. It answers every request, never throws, and logs
 * nothing that a sender wrote.
 * @throws TypeError when a client's secret is too short
 */
export const createSystemApi = (options: SystemApiOptions): ((request: Request) => Promise<Response>) => {
  const { hosts, log, onError } = options
  const access = createAccess(options)
  const routes: readonly Route[] = [
    { method: 'GET', path: '/status', guarded: false, answer: STATUS },
    { method: 'POST', path: '/token', guarded: false, answer: ({ request }) => access.giveToken(request) },
    ...ENDPOINTS.map(([method, path, work]) => ({
      method,
      path,
      guarded: false,
      answer: forOrganisation(options, access, work),
    })),
  ]
  const routing = { ...(hosts ? { hosts } : {}), ...(log ? { log } : {}), ...(onError ? { onError } : {}) }
  return routeRequests(routes, { guard: () => undefined, ...routing })
}
