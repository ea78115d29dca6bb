import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorkers } from '../../src/adapters/workers/worker-pool.js'
import { verifyBatch } from '../../src/bulk/verify-batch.js'
import { currentExample } from '../../src/credentials/examples.js'
import { rightToWorkExamples } from '../../src/credentials/golden/right-to-work.js'
import type { Workers } from '../../src/ports/workers.js'
import { collect } from '../../src/testing/contracts/case.js'
import { createDemoAuthority, type DemoAuthority } from '../../src/testing/demo-authority.js'
import { createVerifier } from '../../src/verifier/create-verifier.js'
import { POLICIES } from '../../src/verifier/policy.js'
import { createPresentation } from '../../src/wallet/present.js'
import { buildOnce } from './support/build.js'

let workers: Workers
let demo: DemoAuthority
let inputs: readonly (string | Uint8Array)[]
let presentation: string

const asText = (value: object | string): string => (typeof value === 'string' ? value : JSON.stringify(value, null, 2))

beforeAll(async () => {
  workers = createWorkers(2, { module: (await buildOnce()).worker })
  demo = await createDemoAuthority()
  const example = currentExample(
    rightToWorkExamples[2] ?? rightToWorkExamples[0],
    new Date().toISOString().slice(0, 10),
  )
  const request = { ...example, subject: demo.holder.did } as never
  const texts: string[] = []
  for (let count = 0; count < 12; count++)
    texts.push(asText((await demo.organisations.northfield.issuer.issue('RightToWork', request)).credential))
  const [first = ''] = texts
  await demo.organisations.northfield.issuer.revoke(JSON.parse(first).id, 'LeavingOrganisation')
  const signing = { holder: demo.holder.did, signer: demo.holder.signer, challenge: 'c', audience: 'did:example:me' }
  presentation = asText(await createPresentation({ credentials: [JSON.parse(texts[1] ?? '')], ...signing }))
  inputs = [
    ...texts,
    new TextEncoder().encode(texts[3]),
    (texts[4] ?? '').replace('Ŵ', 'W').replace('British', 'Irish'),
    'not a credential',
    '',
    new Uint8Array([0xff, 0xfe, 0x00]),
  ]
}, 60_000)
afterAll(() => workers.close())

const withoutTime = (report: string): unknown => {
  const { checkedAt: _, ...rest } = JSON.parse(report)
  return rest
}

describe('verifying many', () => {
  it.each([
    ['in this thread', () => ({})],
    ['in two threads', () => ({ workers })],
  ])('reports as one by one, in order, %s', async (_, where) => {
    const options = { policy: POLICIES.nhs, trustList: demo.trustList, anchor: demo.anchor }
    const statusLists = await demo.statusLists()
    const clock = { now: () => new Date(Date.now() - 1) }
    const verifier = createVerifier({ ...options, statusLists })
    const many = await collect(verifyBatch({ ...options, statusLists, clock }, inputs, { ...where(), batchSize: 4 }))
    expect(many.map(({ number }) => number)).toEqual(inputs.map((_, at) => at + 1))
    expect(new Set(many.map(({ verdict }) => verdict)).size).toBeGreaterThan(1)
    for (const [at, input] of inputs.entries()) {
      const { report } = await verifier.verify(input)
      expect(withoutTime(many[at]?.report ?? '')).toEqual(withoutTime(JSON.stringify(report)))
      expect(many[at]).toMatchObject({ verdict: report.verdict, reasons: report.reasons })
    }
  })

  it('counts as it goes, and stops by signal', async () => {
    const controller = new AbortController()
    const seen: unknown[] = []
    const run = collect(
      verifyBatch({ policy: POLICIES.nhs, trustList: demo.trustList, anchor: demo.anchor }, inputs, {
        workers,
        batchSize: 5,
        signal: controller.signal,
        onProgress: (progress) => {
          seen.push(progress)
          if (seen.length === 2) controller.abort(new Error('enough'))
        },
      }),
    )
    await expect(run).rejects.toThrow('enough')
    expect(seen[1]).toMatchObject({ inputs: 10 })
  })

  it('takes presentations where it is said what they must answer, and rejects them where it is not', async () => {
    const options = { policy: POLICIES.nhs, trustList: demo.trustList, anchor: demo.anchor }
    const [unasked] = await collect(verifyBatch(options, [presentation], { workers }))
    expect(unasked?.reasons).toContainEqual(expect.objectContaining({ code: 'holderBinding.challengeNotStated' }))
    const ask = { workers, expectedChallenge: 'c', expectedAudience: 'did:example:me' }
    const [asked] = await collect(verifyBatch(options, [presentation], ask))
    expect(JSON.parse(asked?.report ?? '{}')).toMatchObject({
      kind: 'presentation',
      holderBinding: { outcome: 'passed' },
    })
  })

  it('says at once what is wrong with the call', async () => {
    const trust = { trustList: demo.trustList, anchor: demo.anchor }
    const WRONG = [
      [{ policy: POLICIES.nhs }, {}],
      [{ policy: { ...POLICIES.nhs, skip: 'all' } as never, ...trust }, {}],
      [{ policy: POLICIES.nhs, ...trust }, { batchSize: 0 }],
    ] as const
    for (const [options, run] of WRONG)
      await expect(collect(verifyBatch(options, inputs, run))).rejects.toThrow(TypeError)
  })
})
