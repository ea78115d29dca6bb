import { PUBLISHED_USE_CASES } from '../../src/systems/use-cases.js'
import { types } from './load.js'

type Json = Readonly<Record<string, unknown>>

const text = { type: 'string', minLength: 1 }
const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` })
const body = (schema: Json): Json => ({ required: true, content: { 'application/json': { schema } } })
const answer = (description: string, schema?: Json): Json =>
  schema ? { description, content: { 'application/json': { schema } } } : { description }
const refusal = (description: string): Json => answer(description, ref('Problem'))
const list = (name: string, of: string): Json => ({
  type: 'object',
  required: [name],
  properties: { [name]: { type: 'array', items: ref(of) } },
})

const organisation = { name: 'organisation', in: 'path', required: true, schema: text, description: 'ODS code.' }
const employee = {
  name: 'employee',
  in: 'path',
  required: true,
  schema: text,
  description: 'The system’s own identifier.',
}

const LET_IN = {
  401: refusal('No access token, or one that does not hold.'),
  403: refusal('The client does not speak for this organisation.'),
}

const typeNames = types.map(({ type }) => type)

const record = (more: Json, required: readonly string[]): Json => ({
  type: 'object',
  required: ['type', 'claims', 'assurance', ...required],
  properties: {
    type: { enum: typeNames },
    claims: { type: 'object', description: 'As the schema of the type says, under $defs/claims.' },
    assurance: { $ref: 'https://w3id.org/staff-passport/schemas/common/v1#/$defs/assurance' },
    ...more,
  },
})

const SCHEMAS = {
  Search: {
    oneOf: [
      {
        type: 'object',
        required: ['firstName', 'lastName', 'birthDate'],
        additionalProperties: false,
        properties: { firstName: text, lastName: text, birthDate: { type: 'string', format: 'date' } },
      },
      { type: 'object', required: ['reference'], additionalProperties: false, properties: { reference: text } },
    ],
  },
  Employee: {
    type: 'object',
    required: ['id', 'firstName', 'lastName', 'birthDate'],
    properties: {
      id: text,
      firstName: text,
      lastName: text,
      birthDate: { type: 'string', format: 'date' },
      reference: text,
      jobTitle: text,
      jobRole: text,
      stage: text,
    },
  },
  Record: record({ id: text, modifiedAt: { type: 'string', format: 'date-time' } }, ['id', 'modifiedAt']),
  NewRecord: record({ credentialId: text }, ['credentialId']),
  Readiness: {
    type: 'object',
    required: ['integrationOn', 'lifecycle', 'idCheckAsked', 'permitCheckAsked'],
    properties: {
      integrationOn: { type: 'boolean' },
      lifecycle: { enum: ['tooEarly', 'eligible', 'tooLate'] },
      dbsLevel: { enum: ['Basic', 'Standard', 'Enhanced'] },
      idCheckAsked: { type: 'boolean' },
      permitCheckAsked: { type: 'boolean' },
      immigrationStatus: text,
    },
  },
  Change: {
    type: 'object',
    description: 'That something changed, and nothing of what: events carry no employee data.',
    required: ['cursor', 'personId', 'type', 'recordId', 'kind', 'at'],
    properties: {
      cursor: text,
      personId: text,
      type: { enum: typeNames },
      recordId: text,
      kind: { enum: ['changed', 'deleted'] },
      at: { type: 'string', format: 'date-time' },
    },
  },
  Event: {
    type: 'object',
    description: 'That something changed, and nothing of what: a member that is not here is refused.',
    required: ['id', 'employeeId', 'type', 'recordId', 'kind', 'at'],
    additionalProperties: false,
    properties: {
      id: { ...text, description: 'The same event has the same when it is told again.' },
      employeeId: text,
      type: { enum: typeNames },
      recordId: text,
      kind: { enum: ['changed', 'deleted'] },
      at: { type: 'string', format: 'date-time' },
    },
  },
  Problem: {
    type: 'object',
    description: 'RFC 9457. Repeats nothing that was sent.',
    required: ['type', 'title', 'status', 'problemDetails'],
    properties: {
      type: text,
      title: text,
      status: { type: 'integer' },
      detail: { type: 'string' },
      code: text,
      pointer: { type: 'string' },
      problemDetails: { type: 'array', items: { type: 'object' } },
    },
  },
}

const below = '/organisations/{organisation}'

const PATHS = {
  '/status': {
    get: {
      operationId: 'getApiStatus',
      summary: 'Get API status',
      'x-origin': 'published',
      security: [],
      responses: {
        200: answer('It is up.', { type: 'object', required: ['status'], properties: { status: { const: 'up' } } }),
      },
    },
  },
  '/token': {
    post: {
      operationId: 'getToken',
      summary: 'Get an access token (OAuth 2.0 client credentials)',
      'x-origin': 'ours',
      security: [],
      requestBody: {
        required: true,
        content: {
          'application/x-www-form-urlencoded': {
            schema: {
              type: 'object',
              required: ['grant_type'],
              properties: { grant_type: { const: 'client_credentials' }, client_id: text, client_secret: text },
            },
          },
        },
      },
      responses: {
        200: answer('A token.', {
          type: 'object',
          required: ['access_token', 'token_type', 'expires_in'],
          properties: { access_token: text, token_type: { const: 'Bearer' }, expires_in: { type: 'integer' } },
        }),
        400: answer('Another grant.'),
        401: answer('Another secret.'),
      },
    },
  },
  [`${below}/employees/search`]: {
    post: {
      operationId: 'findEmployees',
      summary: 'Find employees',
      description:
        'In a body, because addresses are logged. Exact names and birth date, or a reference; never by likeness.',
      'x-origin': 'published; the path and the body are ours',
      parameters: [organisation],
      requestBody: body(ref('Search')),
      responses: {
        200: answer('Who was found.', list('employees', 'Employee')),
        400: refusal('It is no search.'),
        ...LET_IN,
      },
    },
  },
  [`${below}/employees/{employee}/records`]: {
    get: {
      operationId: 'getEmployeeRecords',
      summary: 'Get employee records',
      'x-origin': 'published',
      parameters: [
        organisation,
        employee,
        { name: 'types', in: 'query', required: true, schema: text, description: 'Names of types, with commas.' },
      ],
      responses: {
        200: answer('The records of these types.', list('records', 'Record')),
        400: refusal('A name of no type.'),
        404: refusal('There is no such employee.'),
        ...LET_IN,
      },
    },
    post: {
      operationId: 'addEmployeeRecord',
      summary: 'Add an employee record',
      'x-origin': 'published; the body is ours',
      parameters: [
        organisation,
        employee,
        {
          name: 'Idempotency-Key',
          in: 'header',
          required: true,
          schema: { type: 'string', pattern: '^[!-~]{1,200}$' },
        },
      ],
      requestBody: body(ref('NewRecord')),
      responses: {
        201: answer('It was added, or was there under this key.', {
          type: 'object',
          required: ['recordId'],
          properties: { recordId: text },
        }),
        400: refusal('It breaks a rule of its type.'),
        404: refusal('There is no such employee.'),
        409: refusal('The employee has it already, or is not in a state to take it.'),
        ...LET_IN,
        403: refusal(
          'The client does not speak for this organisation, or the system takes no records of this type (code notReceived).',
        ),
      },
    },
  },
  [`${below}/employees/{employee}/readiness`]: {
    get: {
      operationId: 'getApplicantReadiness',
      summary: 'How an application stands (recruitment systems)',
      'x-origin': 'ours',
      parameters: [organisation, employee],
      responses: {
        200: answer('What is set, and what is missing.', ref('Readiness')),
        404: refusal('There is no such application.'),
        ...LET_IN,
      },
    },
  },
  [`${below}/changes`]: {
    get: {
      operationId: 'getChanges',
      summary: 'What changed after a cursor',
      'x-origin': 'ours, after the published event notifications',
      parameters: [organisation, { name: 'after', in: 'query', required: false, schema: text }],
      responses: {
        200: answer('Oldest first, a thousand at most.', list('changes', 'Change')),
        404: refusal('This system tells of no changes.'),
        ...LET_IN,
      },
    },
  },
  [`${below}/events`]: {
    post: {
      operationId: 'sendEvent',
      summary: 'Tell the portal that something changed',
      description:
        'The portal offers this, with the token endpoint and the status; systems call it. The rest is offered by systems.',
      'x-origin': 'published; the path and the body are ours',
      'x-offered-by': 'portal',
      parameters: [organisation],
      requestBody: body(ref('Event')),
      responses: {
        204: answer('It was dealt with.'),
        400: refusal('It is no event, or says more than events may.'),
        503: answer('It could not be dealt with: tell it again later.', {
          type: 'object',
          properties: { detail: { type: 'string' } },
        }),
        ...LET_IN,
      },
    },
  },
}

const document = {
  openapi: '3.1.1',
  info: {
    title: 'Digital Staff Passport API',
    version: '1.0.0',
    description:
      'The interface that an employer’s system offers. The published standard is retired, and only part of it survives: each operation says under x-origin what is published and what was designed here. No live service speaks it.',
  },
  'x-use-cases': PUBLISHED_USE_CASES,
  servers: [{ url: 'https://system.trust.example/dsp' }],
  security: [{ client: [] }],
  paths: PATHS,
  components: {
    securitySchemes: {
      client: { type: 'oauth2', flows: { clientCredentials: { tokenUrl: '/token', scopes: {} } } },
    },
    schemas: SCHEMAS,
  },
}

/** The Digital Staff Passport API, as an OpenAPI document. */
export const openapiFiles = (): Readonly<Record<string, string>> => ({
  'docs/digital-staff-passport-api.openapi.json': `${JSON.stringify(document, null, 2)}\n`,
})
