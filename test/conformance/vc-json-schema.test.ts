import { beforeAll, describe, expect, it } from 'vitest'
import { createCredentialSchema } from '../../src/adapters/ajv/credential-schema.js'
import type { JsonObject } from '../../src/core/json.js'
import { generateKey } from '../../src/crypto/keys.js'
import { createLocalSigner } from '../../src/crypto/local-signer.js'
import { didKey } from '../../src/dids/did-key.js'
import { signJwtCredential } from '../../src/formats/vc-jwt/sign.js'
import type { Signer } from '../../src/ports/signer.js'
import { createVerifier } from '../../src/verifier/create-verifier.js'
import { POLICIES } from '../../src/verifier/policy.js'
import { exampleContexts } from '../support/contexts.js'
import { keepScore } from '../support/score.js'
import { hasVectors, vectorJson } from '../support/vectors.js'

const FOLDER = 'w3c-vc-json-schema'
const DRAFTS = ['Draft-7', '2019-09', '2020-12'] as const

interface Case {
  readonly number: number
  readonly cred_number: number
  readonly schema_number: number
  readonly description: string
  readonly expected_result: 'success' | 'failure' | 'indeterminate'
}
type Row = readonly [kind: string, draft: string, number: number, description: string, one: Case]

const kinds: Readonly<Record<string, Readonly<Record<string, readonly Case[]>>>> = hasVectors
  ? vectorJson(`${FOLDER}/cases.json`)
  : {}
const ROWS: readonly Row[] = Object.entries(kinds).flatMap(([kind, sections]) =>
  DRAFTS.flatMap((draft) =>
    Object.values(sections)
      .flat()
      .map((one): Row => [kind, draft, one.number, one.description, one]),
  ),
)

const { schema: _, ...skip } = POLICIES['w3c-proof-only'].skip
// The credentials of the suite state no period of validity, and are by nobody in particular.
const policy = { ...POLICIES['w3c-proof-only'], name: 'schema', skip }

describe.runIf(hasVectors)('Verifiable Credentials JSON Schema', () => {
  const score = keepScore(FOLDER, { cases: ROWS.length })
  let signer: Signer
  beforeAll(async () => {
    const key = await generateKey('ES256')
    signer = await createLocalSigner(key, didKey(key).keyId)
  })

  const file = (kind: string, draft: string, name: string): JsonObject =>
    vectorJson(`${FOLDER}/input/${kind.toLowerCase()}/${draft}/${name}.json`)

  /** What a verifier makes of the credential once its user has given it the schema. */
  const outcome = async (document: JsonObject, schema: JsonObject): Promise<Case['expected_result']> => {
    const type = (document.type as readonly string[])[1] ?? ''
    let compiled: ReturnType<typeof createCredentialSchema>
    try {
      compiled = createCredentialSchema({ type, schema })
    } catch (error) {
      expect(error).toBeInstanceOf(TypeError)
      return 'failure'
    }
    const verifier = createVerifier({ policy, schemas: [compiled], contexts: exampleContexts() })
    const token = await signJwtCredential(document, signer, { created: new Date() })
    const { report } = await verifier.verifyCredential(token)
    expect(report.checks.signature.outcome).toBe('passed')
    const verdicts = { passed: 'success', failed: 'failure', inconclusive: 'indeterminate' } as const
    return verdicts[report.checks.schema.outcome as keyof typeof verdicts]
  }

  it.each(ROWS)('%s, %s, case %i: %s', async (kind, draft, _number, _description, one) => {
    const document = file(kind, draft, `${one.cred_number}-credential`)
    const schema = file(kind, draft, `${one.schema_number}-schema`)
    expect(await outcome(document, schema)).toBe(one.expected_result)
    score.held('cases')
  })

  it('a path shows no name that the schema does not know', async () => {
    const schema = createCredentialSchema({
      type: 'X',
      schema: {
        $id: 'https://example.com/x.json',
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        properties: { known: { additionalProperties: { type: 'string' } } },
      },
    })
    expect(schema.validate({ known: { 'Somebody’s secret': 1 } })).toEqual([{ path: '/known/*', code: 'schema.type' }])
  })
})
