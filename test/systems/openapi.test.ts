import { readFileSync } from 'node:fs'
import Ajv from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { EVENTS_PATH } from '../../src/http/systems/create-events-api.js'
import { ENDPOINTS } from '../../src/http/systems/create-system-api.js'
import { simulateRecords } from '../../src/testing/simulators/systems/products.js'
import { simulateTrac } from '../../src/testing/simulators/systems/trac.js'
import { CLIENT, factsOf, SECRET, serveSystem } from './support.js'

const read = (path: string) => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'))
const document = read('docs/digital-staff-passport-api.openapi.json')

type Operation = {
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>
  >
}

const ajv = new Ajv.default({ strict: false })
addFormats.default(ajv)
ajv.addSchema(read('schemas/common.v1.json'))
ajv.addSchema(document, 'api')

const asPattern = (path: string): string => path.replace(/:(\w+)/g, '{$1}')

describe('the OpenAPI document', () => {
  it('has every endpoint, and no other', () => {
    const served = [
      ...ENDPOINTS.map(([method, path]) => `${method} ${asPattern(path)}`),
      `POST ${asPattern(EVENTS_PATH)}`,
      'GET /status',
      'POST /token',
    ]
    const documented = Object.entries(document.paths as Record<string, object>).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    )
    expect(documented.sort()).toEqual(served.sort())
  })

  it('says of each operation whether it is published or ours', () => {
    for (const operations of Object.values(document.paths as Record<string, Record<string, { 'x-origin'?: string }>>))
      for (const operation of Object.values(operations)) expect(operation['x-origin']).toMatch(/published|ours/)
  })
})

/** Whether an answer is as the document says, for its status. */
const isDocumented = (path: string, method: string, status: number, body: unknown): string => {
  const operation = document.paths[path]?.[method] as Operation | undefined
  const response = operation?.responses[String(status)]
  if (!response) return `${method} ${path}: ${status} is not documented`
  const pointer = `api#/paths/${path.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('{', '%7B').replaceAll('}', '%7D')}/${method}/responses/${status}/content/application~1json/schema`
  if (!response.content) return ''
  const validate = ajv.getSchema(pointer) ?? ajv.compile({ $ref: pointer })
  return validate(body) ? '' : `${method} ${path} ${status}: ${ajv.errorsText(validate.errors)}`
}

describe('what is answered is as the document says', () => {
  it('and what is not is noticed', () => {
    expect(isDocumented('/status', 'get', 200, { status: 'up' })).toBe('')
    expect(isDocumented('/status', 'get', 200, { status: 'down' })).not.toBe('')
    expect(isDocumented('/status', 'get', 418, {})).not.toBe('')
    const path = '/organisations/{organisation}/employees/search'
    expect(isDocumented(path, 'post', 200, { employees: [{ id: '1' }] })).not.toBe('')
  })

  it('by ESR and by Trac, whatever is asked', async () => {
    const { system, users } = simulateRecords('ESR')
    const person = users.enterPerson({ firstName: 'Pat', lastName: 'Example', birthDate: '1980-01-02' })
    users.enterRecord(person, factsOf('CoreSkill'))
    const trac = simulateTrac()
    const applicant = trac.recruiters.apply({
      firstName: 'Pat',
      lastName: 'Example',
      birthDate: '1980-01-02',
      jobRole: 'Nurse',
      stage: 'Offer: Conditional',
    })
    const faults: string[] = []
    const statuses = new Set<number>()
    for (const [served, id] of [
      [await serveSystem(system), person],
      [await serveSystem(trac.system), applicant],
    ] as const) {
      const call = async (method: string, path: string, parts: Record<string, string>, init: RequestInit = {}) => {
        const address = path.replace(/\{(\w+)\}/g, (_, name) => parts[name] ?? '') + (parts.query ?? '')
        const response = await fetch(served.origin + address, { method: method.toUpperCase(), ...init })
        const text = await response.text()
        const body = text ? JSON.parse(text) : undefined
        statuses.add(response.status)
        faults.push(isDocumented(path, method, response.status, body))
        return body
      }
      await call('get', '/status', {})
      const form = (secret: string, grant = 'client_credentials') => ({
        body: new URLSearchParams({ grant_type: grant, client_id: CLIENT, client_secret: secret }),
      })
      await call('post', '/token', {}, form(`${SECRET}x`))
      await call('post', '/token', {}, form(SECRET, 'password'))
      const { access_token: token } = await call('post', '/token', {}, form(SECRET))
      const json = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
      const base = '/organisations/{organisation}'
      const search = JSON.stringify({ firstName: 'Pat', lastName: 'Example', birthDate: '1980-01-02' })
      for (const organisation of ['RZ1', 'RZ2']) {
        await call('post', `${base}/employees/search`, { organisation }, { headers: json, body: search })
        await call('post', `${base}/employees/search`, { organisation }, { headers: json, body: '{}' })
        for (const employee of [id, 'nobody']) {
          const where = { organisation, employee }
          const records = `${base}/employees/{employee}/records`
          await call(
            'get',
            records,
            { ...where, query: '?types=CoreSkill,DisclosureAndBarringService' },
            { headers: json },
          )
          await call('get', records, { ...where, query: '?types=Nobody' }, { headers: json })
          const add = (record: object, key?: string) =>
            call('post', records, where, {
              headers: { ...json, ...(key ? { 'idempotency-key': key } : {}) },
              body: JSON.stringify(record),
            })
          await add(factsOf('CoreSkill'), 'key-1')
          await add(factsOf('RightToWork'), 'key-2')
          await add(factsOf('AccessKey'), 'key-3')
          await add({}, 'key-4')
          await add(factsOf('CoreSkill'))
          await call('get', `${base}/employees/{employee}/readiness`, where, { headers: json })
        }
        await call('get', `${base}/changes`, { organisation }, { headers: json })
        await call('get', `${base}/changes`, { organisation })
      }
      await served.close()
    }
    expect(faults.filter(Boolean)).toEqual([])
    expect([...statuses].sort()).toEqual([200, 201, 400, 401, 403, 404, 409])
  })
})
