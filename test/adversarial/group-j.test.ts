import { beforeAll, describe, expect, it } from 'vitest'
import { fixedClock } from '../../src/core/clock.js'
import type { Json, JsonObject } from '../../src/core/json.js'
import { createVerifier } from '../../src/verifier/create-verifier.js'
import { edited, FORMATS, payloadOf, secure, withToken } from '../verifier/support/sign.js'
import { createWorld, northfieldSecuring, type World } from '../verifier/support/world.js'
import { expectAccepted, expectRefused, spyFetch } from './harness.js'

let world: World
beforeAll(async () => {
  world = await createWorld()
})

const golden = (): JsonObject => world.golden['data-integrity'].document
const at = (moment: string) => createVerifier({ ...world.options, clock: fixedClock(moment) })

const withDates = (format: (typeof FORMATS)[number], dates: JsonObject) => {
  const document = edited(golden() as Json, (draft) => Object.assign(draft, dates)) as JsonObject
  return secure(format, document, northfieldSecuring(world))
}

const IMPOSSIBLE = [
  '2025-02-30T00:00:00Z',
  '2025-13-01T00:00:00Z',
  '2026-01-01T24:00:00Z',
  '2026-01-01T23:59:60Z',
  '2026-01-01T00:00:00',
  '2026-01-01',
  '2026-01-01T00:00:00+99:00',
  '10000-01-01T00:00:00Z',
  '2026-1-1T00:00:00Z',
  ' 2026-01-01T00:00:00Z',
  'never',
  '',
]

describe('group J: schema and meaning', () => {
  it.each(FORMATS)('SCH-01 a schema at an attacker’s address is never fetched (%s)', async (format) => {
    const fetch = spyFetch()
    const document = edited(golden() as Json, (draft) => {
      draft.credentialSchema = { id: 'https://attacker.example/schema.json', type: 'JsonSchema' }
    }) as JsonObject
    const verifier = createVerifier({ ...world.options, fetch: fetch.fetch })
    const input = await secure(format, document, northfieldSecuring(world))
    await expectRefused('SP_SCHEMA', () => verifier.verifyCredential(input), { fetch, code: 'schema.wrongSchema' })
  })

  describe.each(FORMATS)('%s', (format) => {
    it.each(IMPOSSIBLE)('SCH-03 %j as validFrom', async (validFrom) => {
      await expectRefused('MALFORMED_VALUE_ERROR', async () =>
        at('2026-03-02T12:00:00Z').verifyCredential(await withDates(format, { validFrom })),
      )
    })

    it.each(IMPOSSIBLE)('SCH-03 %j as validUntil', async (validUntil) => {
      await expectRefused('MALFORMED_VALUE_ERROR', async () =>
        at('2026-03-02T12:00:00Z').verifyCredential(await withDates(format, { validUntil })),
      )
    })

    const validFrom = '2026-03-02T10:00:00Z'
    const validUntil = '2026-03-02T13:00:00Z'

    // The end is exclusive; a minute of skew is allowed on either side.
    it.each([
      ['SCH-04', '2026-03-02T10:00:00.000Z'],
      ['SCH-04', '2026-03-02T10:00:00.001Z'],
      ['SCH-04', '2026-03-02T12:59:59.999Z'],
      ['SCH-06', '2026-03-02T09:59:30Z'],
      ['SCH-06', '2026-03-02T13:00:30Z'],
    ])('%s accepted at %s', async (_, moment) => {
      await expectAccepted(async () => at(moment).verifyCredential(await withDates(format, { validFrom, validUntil })))
    })

    it.each([
      ['SCH-06', '2026-03-02T09:50:00Z', 'SP_NOT_YET_VALID'],
      ['SCH-06', '2026-03-02T09:58:59Z', 'SP_NOT_YET_VALID'],
      ['SCH-06', '2026-03-02T13:01:00Z', 'SP_EXPIRED'],
      ['SCH-06', '2026-03-02T13:10:00Z', 'SP_EXPIRED'],
    ] as const)('%s refused at %s', async (_, moment, token) => {
      await expectRefused(token, async () =>
        at(moment).verifyCredential(await withDates(format, { validFrom, validUntil })),
      )
    })

    it.each([
      ['2026-03-02T10:00:00Z', true],
      ['2026-03-02T09:59:59Z', false],
      ['2026-03-02T12:59:59Z', true],
      ['2026-03-02T13:00:00Z', false],
    ])('SCH-04 asked about the past moment %s there is no skew', async (moment, inside) => {
      const input = await withDates(format, { validFrom, validUntil })
      const { report } = await at('2026-03-05T00:00:00Z').verifyCredential(input, { at: moment })
      expect(report.checks.validityPeriod.outcome).toBe(inside ? 'passed' : 'failed')
    })

    it('SCH-04 an end before the beginning', async () => {
      const dates = { validFrom: validUntil, validUntil: validFrom }
      await expectRefused(
        'SP_EXPIRED',
        async () => at('2026-03-02T12:00:00Z').verifyCredential(await withDates(format, dates)),
        { code: 'validityPeriod.endBeforeStart' },
      )
    })
  })

  it.each(['1e400', '"never"', '-1', '9007199254740993', '1.5e300', 'null', 'true', '[]'])(
    'SCH-05 exp: %s',
    async (exp) => {
      const payload = JSON.stringify(payloadOf(golden(), northfieldSecuring(world))).replace('{', `{"exp":${exp},`)
      await expectRefused('MALFORMED_VALUE_ERROR', async () =>
        at('2026-03-02T12:00:00Z').verifyCredential(await withToken(payload, northfieldSecuring(world))),
      )
    },
  )

  it('SCH-05 without exp, the document’s own end counts', async () => {
    const document = { ...golden(), validUntil: '2026-03-02T11:00:00Z' }
    const input = await withToken(
      payloadOf(document, northfieldSecuring(world, { claims: { exp: undefined } })),
      northfieldSecuring(world),
    )
    await expectRefused('SP_EXPIRED', () => at('2026-03-02T12:00:00Z').verifyCredential(input))
  })

  it('SCH-05 an exp that has passed counts, whatever the document says', async () => {
    const payload = payloadOf(golden(), northfieldSecuring(world, { claims: { exp: 1_772_442_000 } }))
    await expectRefused('SP_EXPIRED', async () =>
      at('2026-03-02T12:00:00Z').verifyCredential(await withToken(payload, northfieldSecuring(world))),
    )
  })
})
