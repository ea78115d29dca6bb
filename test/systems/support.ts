import { randomBytes } from 'node:crypto'
import {
  createRecordSystemClient,
  createRecruitmentSystemClient,
} from '../../src/adapters/dsp-api/create-system-client.js'
import { listen } from '../../src/cli/listen.js'
import { britishDate } from '../../src/codec/date-time.js'
import { CREDENTIAL_TYPES } from '../../src/credentials/catalogue.js'
import { currentExample } from '../../src/credentials/examples.js'
import type { CredentialTypeName } from '../../src/credentials/rows.js'
import { createSystemApi, type ServedSystem } from '../../src/http/systems/create-system-api.js'
import { createGuardedRequest } from '../../src/runtime/guarded-fetch-node.js'
import type { NewRecord, RecordSystem } from '../../src/systems/record-system.js'
import type { RecruitmentSystem } from '../../src/systems/recruitment-system.js'

export const SECRET = 'a-secret-of-at-least-32-characters'
export const CLIENT = 'portal'

/** The facts of a type's example, as they are entered, or sent. */
export const factsOf = (type: CredentialTypeName, example = 0, today = britishDate(Date.now())): NewRecord => {
  const all = CREDENTIAL_TYPES[type].examples
  const { claims, assurance } = currentExample(all[example] ?? all[0], today)
  return { type, claims, assurance, credentialId: `urn:uuid:${crypto.randomUUID()}` } as unknown as NewRecord
}

/** A system behind its interface, on loopback, with whatever goes wrong on the way. */
export const serveSystem = async <System extends ServedSystem>(system: System) => {
  const server = await listen({ port: 0 })
  const errors: unknown[] = []
  const api = createSystemApi({
    organisations: { RZ1: system, RZ2: system },
    clients: [
      { clientId: CLIENT, clientSecret: SECRET, organisations: ['RZ1'] },
      { clientId: 'other', clientSecret: SECRET, organisations: ['RZ2', 'RZ9'] },
    ],
    tokenKey: randomBytes(32),
    onError: (error) => errors.push(error),
  })
  const faults = { status500: 0, status429: 0, dropBefore: 0, dropAfter: 0 }
  const calls: string[] = []
  const once = (name: keyof typeof faults): boolean => faults[name] > 0 && faults[name]-- > 0
  server.serve(async (request) => {
    calls.push(`${request.method} ${new URL(request.url).pathname}`)
    if (once('status500')) return new Response(null, { status: 500 })
    if (once('status429')) return new Response(null, { status: 429, headers: { 'retry-after': '0' } })
    if (once('dropBefore')) return new Response(null, { status: 503 })
    const answer = await api(request)
    // Done, and nobody hears of it.
    return once('dropAfter') ? new Response(null, { status: 504 }) : answer
  })
  const pauses: number[] = []
  const options = {
    url: server.origin,
    clientId: CLIENT,
    clientSecret: SECRET,
    organisation: 'RZ1',
    send: createGuardedRequest({ allowHosts: [server.origin], timeout: 2_000 }),
    wait: async (milliseconds: number) => void pauses.push(milliseconds),
  }
  const { name, capabilities } = system
  const client = (
    'readiness' in system
      ? createRecruitmentSystemClient(options, { name, capabilities })
      : createRecordSystemClient(options, { name, capabilities })
  ) as System extends RecruitmentSystem ? RecruitmentSystem : RecordSystem
  return { origin: server.origin, client, options, faults, calls, pauses, errors, close: server.close }
}
