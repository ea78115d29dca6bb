import type { Clock } from '../../core/clock.js'
import type { JsonObject } from '../../core/json.js'
import { VCDM_2_CONTEXT } from '../../formats/contexts.js'
import { checkShape, identifierOf } from '../../formats/shape.js'
import { PRESENTATION_FORMATS } from '../../formats/sign.js'
import type { SignatureAlgorithm, Signer } from '../../ports/signer.js'
import type { Answer, Route } from '../answer.js'
import { needed, takeMembers, takeObject, takeOptions, takeText } from '../members.js'
import { problem, RequestProblem, refuse, refuseWith } from '../problem.js'
import { problemType, REQUEST_PROBLEMS } from '../problem-types.js'
import type { ReadBody } from '../read-json.js'
import { ENVELOPED_SUITE } from './suites.js'

/** Somebody for whom this server presents. */
export interface Holder {
  readonly did: string
  readonly signer: Signer
}

/** What presenting needs. */
export interface HoldingOptions {
  /** The holder's keys: the first that can sign what is asked for does. */
  readonly holders: readonly Holder[]
  readonly clock: Clock
}

type Format = keyof typeof PRESENTATION_FORMATS

const ANY: readonly SignatureAlgorithm[] = ['EdDSA', 'ES256', 'ES384', 'ES512']

const SUITES = new Map<string, { readonly format: Format; readonly algorithms: readonly SignatureAlgorithm[] }>([
  ['eddsa-rdfc-2022', { format: 'data-integrity', algorithms: ['EdDSA'] }],
  ['vp+jwt', { format: 'vp+jwt', algorithms: ANY }],
  [ENVELOPED_SUITE, { format: 'vp+jwt', algorithms: ANY }],
])

const TEN_MINUTES = 600_000

const envelope = (token: string): JsonObject => ({
  '@context': [VCDM_2_CONTEXT],
  id: `data:application/vp+jwt,${token}`,
  type: 'EnvelopedVerifiablePresentation',
})

const checkDocument = (presentation: JsonObject): void => {
  const problems = checkShape(presentation, 'presentation').map(({ path, code }) => {
    const more = { code, pointer: `/presentation${path}` }
    return problem(problemType(code), 'The presentation does not fit the data model.', more)
  })
  if (problems.length > 0) throw new RequestProblem(400, problems)
}

const heldBy = (presentation: JsonObject, did: string): JsonObject => {
  const { holder } = presentation
  if (holder === undefined) return { ...presentation, holder: did }
  if (identifierOf(holder) === did) return presentation
  return refuse(REQUEST_PROBLEMS.malformed, 'The holder must be the one of this server.', {
    pointer: '/presentation/holder',
  })
}

const BODY = { presentation: takeObject, options: takeObject }
const OPTIONS = { challenge: takeText, domain: takeText }

const notSecured = (): never =>
  refuse(REQUEST_PROBLEMS.proofGeneration, 'The presentation cannot be secured.', { pointer: '/presentation' })

const present =
  ({ holders, clock }: HoldingOptions, readBody: ReadBody): Answer =>
  async ({ request, parameters }) => {
    const suite = SUITES.get(parameters.suite ?? '')
    const holder = holders.find(({ signer }) => suite?.algorithms.includes(signer.algorithm))
    if (!suite || !holder) return refuseWith(404, 'There is no such holder.')
    const body = await readBody(request)
    const document = needed(takeMembers(body, '', BODY).presentation, '/presentation')
    const { challenge, domain } = takeOptions(body, OPTIONS)
    checkDocument(document)
    const created = clock.now()
    const signed = await PRESENTATION_FORMATS[suite.format](heldBy(document, holder.did), holder.signer, {
      challenge: needed(challenge, '/options/challenge'),
      audience: needed(domain, '/options/domain'),
      created,
      expires: new Date(created.getTime() + TEN_MINUTES),
    }).catch(notSecured)
    const enveloped = parameters.suite === ENVELOPED_SUITE && typeof signed === 'string'
    return { status: 201, body: { verifiablePresentation: enveloped ? envelope(signed) : signed } }
  }

/**
 * Presenting, as a holder whose key this server has.
 * @see VCALM, section "Presenting"
 */
export const presentingRoutes = (holding: HoldingOptions | undefined, readBody: ReadBody): readonly Route[] =>
  holding
    ? [
        {
          method: 'POST',
          path: '/holders/:suite/presentations',
          guarded: true,
          answer: present(holding, readBody),
        },
      ]
    : []
