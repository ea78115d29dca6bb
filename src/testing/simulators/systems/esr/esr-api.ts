import { isSameName } from '../../../../codec/fold-name.js'
import { isJsonObject, type JsonObject } from '../../../../core/json.js'
import { LIMITS } from '../../../../core/limits.js'
import type { Call, Reply, Route } from '../../../../http/answer.js'
import { plainProblem, RequestProblem, refuseWith } from '../../../../http/problem.js'
import { readJsonBody } from '../../../../http/read-json.js'
import { routeRequests } from '../../../../http/route-requests.js'
import type { ApiClient } from '../../../../http/systems/access.js'
import { type Access, createAccess } from '../../../../http/systems/access.js'
import { type EmploymentCheck, faultsOfCheck, isApplicantOf } from '../../../../systems/doctors-in-training.js'
import { type EsrCells, type EsrKind, type EsrState, ID_COLUMNS } from './esr-state.js'

type Work = (state: EsrState, call: Call) => Promise<Reply>

const LISTED: Readonly<Record<string, readonly [kind: EsrKind, name: string]>> = {
  registrations: ['ET', 'registrations'],
  qualifications: ['QL', 'qualifications'],
  disclosures: ['DB', 'disclosures'],
  immunisations: ['IM', 'immunisations'],
}

const assignmentsOf = ({ rows }: EsrState, personId: string): readonly JsonObject[] =>
  rows
    .filter((row) => row.personId === personId && row.kind === 'AS')
    .map(({ cells, post }) => ({
      assignment: cells,
      ...(post?.position ? { position: post.position } : {}),
      ...(post?.organisation ? { organisation: post.organisation } : {}),
    }))

const competencesOf = ({ rows, definitions }: EsrState, personId: string): readonly JsonObject[] =>
  rows
    .filter((row) => row.personId === personId && row.kind === 'CM')
    .map(({ cells }) => {
      const definition = definitions.get(cells['Competency Name'] ?? '')
      return { competence: cells, ...(definition ? { definition } : {}) }
    })

/** What was asked for, and the person, without whom nothing else makes sense. */
const documentOf = (state: EsrState, personId: string, parts: readonly string[]): JsonObject | undefined => {
  const person = state.people.get(personId)
  if (!person) return undefined
  const listed = parts.flatMap((part) => {
    const [kind, name] = LISTED[part] ?? []
    return kind && name ? [[name, state.users.look(personId, kind)]] : []
  })
  return {
    vpd: state.vpd,
    person: person.cells,
    ...(parts.includes('address') && person.address ? { address: person.address } : {}),
    ...(parts.includes('assignments') ? { assignments: assignmentsOf(state, personId) } : {}),
    ...(parts.includes('competences') ? { competences: competencesOf(state, personId) } : {}),
    ...Object.fromEntries(listed),
  } as JsonObject
}

const gone = (): never => refuseWith(404, 'There is nobody of this identifier.')

const readBody = (request: Request) => readJsonBody(request, LIMITS.inputBytes)

const NAMES = { firstName: 'First Name', lastName: 'Last Name', birthDate: 'Date of Birth' } as const

const isFound = (state: EsrState, personId: string, search: JsonObject): boolean => {
  const cells = state.people.get(personId)?.cells ?? {}
  const { assignmentNumber } = search
  if (assignmentNumber !== undefined)
    return state.rows.some(
      (row) => row.personId === personId && row.kind === 'AS' && row.cells['Assignment Number'] === assignmentNumber,
    )
  return Object.entries(NAMES).every(([name, column]) => {
    const [one = '', other] = [cells[column], search[name]]
    return one === other || (name !== 'birthDate' && typeof other === 'string' && isSameName(one, other))
  })
}

const searchPeople: Work = async (state, { request }) => {
  const search = await readBody(request)
  const found = [...state.people.keys()].filter((id) => isFound(state, id, search))
  return { status: 200, body: { people: found.map((id) => documentOf(state, id, ['assignments']) ?? {}) } }
}

const readPerson: Work = async (state, { request, parameters: { person = '' } }) => {
  const parts = (new URL(request.url).searchParams.get('parts') ?? '').split(',')
  return { status: 200, body: documentOf(state, person, parts) ?? gone() }
}

const malformed = (): never => refuseWith(400, 'This is no record that is taken.')

const isKind = (kind: unknown): kind is EsrKind => typeof kind === 'string' && Object.hasOwn(ID_COLUMNS, kind)

const cellsOf = (values: unknown): EsrCells => {
  const isOne =
    isJsonObject(values as JsonObject) && Object.values(values as object).every((one) => typeof one === 'string')
  return isOne ? (values as EsrCells) : malformed()
}

const keyOf = (request: Request): string => request.headers.get('idempotency-key') || malformed()

const addToPerson: Work = async (state, { request, parameters: { person = '' } }) => {
  const { kind, values } = await readBody(request)
  if (!state.people.has(person)) return gone()
  if (!isKind(kind)) return malformed()
  if (kind === 'IllegalWorkingChecklistRecord') checkOf(kind, values)
  const taken = state.take(person, kind, cellsOf(values), keyOf(request))
  if (taken !== 'alreadyThere') return { status: 201, body: { id: taken.id } }
  return { status: 409, body: { code: taken, detail: 'This person has this record already.' } }
}

const checkOf = (type: unknown, content: unknown): EmploymentCheck => {
  const check = { type, content } as EmploymentCheck
  const faults = faultsOfCheck(check)
  if (faults.length === 0) return check
  throw new RequestProblem(
    400,
    faults.map((pointer) => plainProblem(400, 'ESR does not take this.', { pointer })),
  )
}

const searchApplicants: Work = async (state, { request }) => {
  const search = await readBody(request)
  const text = (name: string): string => (typeof search[name] === 'string' ? search[name] : malformed())
  const [firstName, lastName, birthDate] = [text('firstName'), text('lastName'), text('birthDate')]
  const gmc = search.gmcNumber === undefined ? {} : { gmcNumber: text('gmcNumber') }
  const wanted = { firstName, lastName, birthDate, leadEmployer: text('leadEmployer'), ...gmc }
  const found = [...state.applicants.values()].filter((one) => isApplicantOf(one, wanted))
  const applicants = found.map(({ id, leadEmployer, gmcNumber }) => ({
    id,
    leadEmployer,
    ...(gmcNumber ? { gmcNumber } : {}),
  }))
  return { status: 200, body: { applicants } }
}

const readChecks: Work = async ({ applicants }, { parameters: { applicant = '' } }) => {
  const found = applicants.get(applicant) ?? gone()
  return { status: 200, body: { types: [...found.checks.values()].map(({ type }) => type) } }
}

const addCheck: Work = async ({ applicants }, { request, parameters: { applicant = '' } }) => {
  const found = applicants.get(applicant) ?? gone()
  const { kind, values } = await readBody(request)
  const [check, key] = [checkOf(kind, values), keyOf(request)]
  if (!found.checks.has(key)) found.checks.set(key, check)
  return { status: 201, body: { id: key } }
}

const changes: Work = async (state, { request }) => {
  const after = new URL(request.url).searchParams.get('after') ?? ''
  return { status: 200, body: { changes: state.changes.filter(({ cursor }) => String(cursor) > after).slice(0, 100) } }
}

const ENDPOINTS: readonly (readonly [Route['method'], string, Work])[] = [
  ['POST', 'people/search', searchPeople],
  ['GET', 'people/:person/records', readPerson],
  ['POST', 'people/:person/records', addToPerson],
  ['POST', 'applicants/search', searchApplicants],
  ['GET', 'applicants/:applicant/employment-checks', readChecks],
  ['POST', 'applicants/:applicant/employment-checks', addCheck],
  ['GET', 'changes', changes],
]

const answerWith =
  (access: Access, organisations: ReadonlyMap<string, EsrState>, work: Work) =>
  async (call: Call): Promise<Reply> => {
    const { organisation = '' } = call.parameters
    access.check(call.request, organisation)
    const state = organisations.get(organisation)
    return state ? work(state, call) : refuseWith(403, 'This client does not speak for this organisation.')
  }

/** ESR’s interface: each employer has an instance of its own, and a client sees those that it was registered for. */
export const createEsrApi = (
  organisations: ReadonlyMap<string, EsrState>,
  clients: readonly ApiClient[],
  tokenKey: Uint8Array,
): ((request: Request) => Promise<Response>) => {
  const access = createAccess({ clients, tokenKey })
  const token: Route = {
    method: 'POST',
    path: '/token',
    guarded: false,
    answer: ({ request }) => access.giveToken(request),
  }
  const routes = ENDPOINTS.map(
    ([method, path, work]): Route => ({
      method,
      path: `/organisations/:organisation/${path}`,
      guarded: false,
      answer: answerWith(access, organisations, work),
    }),
  )
  return routeRequests([token, ...routes], { guard: () => undefined })
}
