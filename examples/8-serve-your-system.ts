// A learning system's vendor offers the Digital Staff Passport API, and proves it the way that portals will.
import { randomBytes } from 'node:crypto'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { CREDENTIAL_TYPES } from 'staff-passport'
import { createGuardedRequest } from 'staff-passport/exchange'
import { createSystemApi } from 'staff-passport/http'
import { createRecordSystemClient } from 'staff-passport/systems'
import { recordSystemContract, simulateRecords, systemApiContract } from 'staff-passport/testing'

// Yours: an implementation of RecordSystem. The two people share their names and birth date, and are invented.
const { system, users } = simulateRecords('Kallidus Learn')
const names = { firstName: 'Pat', lastName: 'Example', birthDate: '1980-01-02' }
const enter = (reference: string) => ({ ...names, reference, id: users.enterPerson({ ...names, reference }) })
const [known, alike] = [enter('A1'), enter('A2')]
const [{ claims, assurance }] = CREDENTIAL_TYPES.CoreSkill.examples
const skill = { type: 'CoreSkill', claims, assurance } as const
const recordId = users.enterRecord(known.id, skill)

const clientSecret = randomBytes(32).toString('base64url')
const api = createSystemApi({
  organisations: { RZ1: system },
  clients: [{ clientId: 'portal-of-RZ1', clientSecret, organisations: ['RZ1'] }],
  tokenKey: randomBytes(32),
})
const app = new Hono()
app.mount('/dsp', api)
const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1', overrideGlobalObjects: false })
await new Promise((resolve) => server.once('listening', resolve))
const address = server.address()
const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}` // yours: https, by name

const send = createGuardedRequest({ allowHosts: [origin] })
const access = { url: `${origin}/dsp`, clientId: 'portal-of-RZ1', clientSecret, organisation: 'RZ1', send }
const { name, capabilities } = system
const credentialId = 'urn:uuid:00000000-0000-4000-8000-000000000001'
const open = async () => ({
  system: createRecordSystemClient(access, { name, capabilities }),
  known,
  alike,
  newRecord: { ...skill, credentialId },
  change: async () => users.changeRecord(recordId, claims),
  close: async () => {},
})
const cases = [...systemApiContract({ ...access, otherOrganisation: 'RZ2', known }), ...recordSystemContract(open)]
let holds = 0
for (const { run } of cases) await run().then(() => holds++)
console.log(`through Hono: ${holds} of ${cases.length} promises hold`)
server.close()
