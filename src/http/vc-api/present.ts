import type { Clock } from '../../core/clock.js'
import { asArray, isJsonObject, type JsonObject } from '../../core/json.js'
import { VCDM_2_CONTEXT } from '../../formats/contexts.js'
import { signDataIntegrityPresentation } from '../../formats/data-integrity/sign.js'
import {
  CRYPTOSUITES,
  type CryptosuiteName,
  type CryptosuiteRow,
  type WholeCryptosuiteName,
} from '../../formats/data-integrity/suites.js'
import type { ContextDocument } from '../../formats/input.js'
import { signJwtVpJson } from '../../formats/jwt-vc-json/sign.js'
import { discloseSdJwt } from '../../formats/sd-jwt/disclose.js'
import { identifierOf } from '../../formats/shape.js'
import { signJwtPresentation } from '../../formats/vc-jwt/sign.js'
import type { SignatureAlgorithm, Signer } from '../../ports/signer.js'
import type { Answer, Route } from '../answer.js'
import { needed, takeMembers, takeObject, takeOptions, takePointers, takeText } from '../members.js'
import { refuse, refuseWith } from '../problem.js'
import { REQUEST_PROBLEMS } from '../problem-types.js'
import type { ReadBody } from '../read-json.js'
import { checkDocument, notSecured } from './check-document.js'
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
  readonly contexts: readonly ContextDocument[]
  readonly clock: Clock
}

interface Signing {
  readonly challenge: string
  readonly audience: string
  readonly created: Date
  readonly expires: Date
  readonly extraContexts: readonly ContextDocument[]
  readonly selectivePointers: readonly string[]
}

interface PresentationSuite {
  readonly name: string
  readonly algorithms: readonly SignatureAlgorithm[]
  sign(document: JsonObject, signer: Signer, options: Signing): Promise<JsonObject | string>
}

const ANY: readonly SignatureAlgorithm[] = ['EdDSA', 'ES256', 'ES384', 'ES512']

const envelope = (token: string): JsonObject => ({
  '@context': [VCDM_2_CONTEXT],
  id: `data:application/vp+jwt,${token}`,
  type: 'EnvelopedVerifiablePresentation',
})

// A selective suite is for credentials: whoever presents withholds nothing from themselves.
const WHOLE = (Object.keys(CRYPTOSUITES) as CryptosuiteName[]).filter(
  (name): name is WholeCryptosuiteName => CRYPTOSUITES[name].transformation !== 'selective',
)

const ofProofs = (name: WholeCryptosuiteName): PresentationSuite => {
  const { algorithms }: CryptosuiteRow = CRYPTOSUITES[name]
  return {
    name,
    algorithms,
    sign: (document, signer, options) => signDataIntegrityPresentation(document, signer, options, name),
  }
}

const SD_JWT = /^data:application\/[vd]c\+sd-jwt,/

// RFC 9901, section 4: what is presented is one SD-JWT, with a proof of its holder's key at its end.
const signSdJwt: PresentationSuite['sign'] = async (document, signer, options) => {
  const [credential, ...others] = asArray(document.verifiableCredential)
  const url = isJsonObject(credential) ? String(credential.id) : ''
  if (others.length > 0 || !SD_JWT.test(url)) throw new TypeError('One SD-JWT is presented, in its envelope')
  const { challenge: nonce, audience, created, selectivePointers: disclose } = options
  return discloseSdJwt(url.replace(SD_JWT, ''), { disclose, keyBinding: { signer, nonce, audience, created } })
}

const SUITES: readonly PresentationSuite[] = [
  ...WHOLE.map(ofProofs),
  { name: 'vp+jwt', algorithms: ANY, sign: signJwtPresentation },
  { name: 'sd-jwt+kb', algorithms: ANY, sign: signSdJwt },
  { name: 'jwt_vp_json', algorithms: ['EdDSA', 'ES256'], sign: signJwtVpJson },
  {
    name: ENVELOPED_SUITE,
    algorithms: ANY,
    sign: async (document, signer, options) => envelope(await signJwtPresentation(document, signer, options)),
  },
]

const TEN_MINUTES = 600_000

const heldBy = (presentation: JsonObject, did: string): JsonObject => {
  const { holder } = presentation
  if (holder === undefined) return { ...presentation, holder: did }
  if (identifierOf(holder) === did) return presentation
  const pointer = '/presentation/holder'
  return refuse(REQUEST_PROBLEMS.malformed, 'The holder must be the one of this server.', { pointer })
}

const BODY = { presentation: takeObject, options: takeObject }
const OPTIONS = { challenge: takeText, domain: takeText, selectivePointers: takePointers }

const present =
  ({ holders, contexts, clock }: HoldingOptions, readBody: ReadBody): Answer =>
  async ({ request, parameters }) => {
    const suite = SUITES.find(({ name }) => name === parameters.suite)
    const holder = holders.find(({ signer }) => suite?.algorithms.includes(signer.algorithm))
    if (!suite || !holder) return refuseWith(404, 'There is no such holder.')
    const body = await readBody(request)
    const document = needed(takeMembers(body, '', BODY).presentation, '/presentation')
    const { challenge, domain, selectivePointers = [] } = takeOptions(body, OPTIONS)
    checkDocument(document, 'presentation')
    const created = clock.now()
    const signing: Signing = {
      challenge: needed(challenge, '/options/challenge'),
      audience: needed(domain, '/options/domain'),
      created,
      expires: new Date(created.getTime() + TEN_MINUTES),
      extraContexts: contexts,
      selectivePointers,
    }
    const signed = await suite
      .sign(heldBy(document, holder.did), holder.signer, signing)
      .catch(() => notSecured('/presentation'))
    return { status: 201, body: { verifiablePresentation: signed } }
  }

/**
 * Presenting, as a holder whose key this server has.
 * @see VCALM, section "Presenting"
 */
export const presentingRoutes = (holding: HoldingOptions, readBody: ReadBody): readonly Route[] => [
  { method: 'POST', path: '/holders/:suite/presentations', guarded: true, answer: present(holding, readBody) },
]
