import type { GuardedRequest, OutboundResponse } from '../../ports/guarded-request.js'
import type { SystemPerson } from '../../systems/record-system.js'
import { type Case, ensure } from './case.js'

/** An implementation of the Digital Staff Passport API, and who is in its test installation. */
export interface SystemApiUnderTest {
  /** Its address, without a slash at its end. */
  readonly url: string
  readonly clientId: string
  readonly clientSecret: string
  readonly organisation: string
  /** An organisation that the client does not speak for. */
  readonly otherOrganisation: string
  readonly known: SystemPerson
  readonly send: GuardedRequest
}

type Promised = readonly [name: string, run: (api: SystemApiUnderTest) => Promise<void>]

const MOST_BYTES = 1_000_000
const JSON_TYPE = { 'content-type': 'application/json' }

const post = (
  { send, url }: SystemApiUnderTest,
  path: string,
  body: string,
  headers: Readonly<Record<string, string>>,
) => send(url + path, { method: 'POST', headers, body, maximumBytes: MOST_BYTES })

const jsonOf = ({ body }: OutboundResponse): Readonly<Record<string, unknown>> => {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(body))
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
  } catch {
    return {}
  }
}

const askToken = (api: SystemApiUnderTest, secret: string): Promise<OutboundResponse> => {
  const form = { grant_type: 'client_credentials', client_id: api.clientId, client_secret: secret }
  return post(api, '/token', new URLSearchParams(form).toString(), {
    'content-type': 'application/x-www-form-urlencoded',
  })
}

const tokenOf = async (api: SystemApiUnderTest): Promise<string> =>
  String(jsonOf(await askToken(api, api.clientSecret)).access_token)

const search = (api: SystemApiUnderTest, token: string | undefined, organisation = api.organisation) => {
  const { firstName, lastName, birthDate } = api.known
  const headers = token === undefined ? JSON_TYPE : { ...JSON_TYPE, authorization: `Bearer ${token}` }
  const path = `/organisations/${encodeURIComponent(organisation)}/employees/search`
  return post(api, path, JSON.stringify({ firstName, lastName, birthDate }), headers)
}

const PROMISES: readonly Promised[] = [
  [
    'says that it is up, to anybody (get API status)',
    async ({ send, url }) => {
      const answer = await send(`${url}/status`, { maximumBytes: MOST_BYTES })
      ensure(answer.status === 200, `GET /status must answer 200, not ${answer.status}`)
    },
  ],
  [
    'gives a token for the client’s secret, and for no other',
    async (api) => {
      const right = await askToken(api, api.clientSecret)
      ensure(
        right.status === 200 && typeof jsonOf(right).access_token === 'string',
        'POST /token must give an access token',
      )
      const wrong = await askToken(api, `${api.clientSecret}x`)
      ensure(
        wrong.status === 401 || wrong.status === 400,
        `another secret must be refused, not answered ${wrong.status}`,
      )
    },
  ],
  [
    '401 without a token, and with one that is none',
    async (api) => {
      for (const token of [undefined, 'nonsense'])
        ensure((await search(api, token)).status === 401, 'it must answer 401')
    },
  ],
  [
    '403 for an organisation that the client does not speak for',
    async (api) => {
      const { status } = await search(api, await tokenOf(api), api.otherOrganisation)
      ensure(status === 403, `it must answer 403, not ${status}`)
    },
  ],
  [
    'finds the known employee (find employees)',
    async (api) => {
      const answer = await search(api, await tokenOf(api))
      ensure(answer.status === 200, `it must answer 200, not ${answer.status}`)
      const { employees } = jsonOf(answer)
      ensure(
        Array.isArray(employees) && employees.some(({ id }) => id === api.known.id),
        'the known employee must be there',
      )
    },
  ],
  [
    '404 for the records of somebody who is not there (get employee records)',
    async (api) => {
      const headers = { authorization: `Bearer ${await tokenOf(api)}` }
      const path = `/organisations/${api.organisation}/employees/nobody/records?types=CoreSkill`
      const { status } = await api.send(api.url + path, { headers, maximumBytes: MOST_BYTES })
      ensure(status === 404, `it must answer 404, not ${status}`)
    },
  ],
  [
    'repeats nothing of what was sent when it refuses',
    async (api) => {
      const answer = await search(api, undefined)
      const text = new TextDecoder().decode(answer.body)
      ensure(!text.includes(api.known.lastName) && !text.includes(api.known.birthDate), 'a refusal must name no person')
    },
  ],
]

/** What every implementation of the Digital Staff Passport API promises beyond its port: who is let in, and what is refused how. */
export const systemApiContract = (api: SystemApiUnderTest): readonly Case[] =>
  PROMISES.map(([name, run]) => ({ name, run: () => run(api) }))
