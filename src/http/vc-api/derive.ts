import { isJsonObject, type JsonObject } from '../../core/json.js'
import { deriveSelective } from '../../formats/data-integrity/selective/derive.js'
import type { ContextDocument } from '../../formats/input.js'
import { discloseSdJwt } from '../../formats/sd-jwt/disclose.js'
import type { Answer, Reply, Route } from '../answer.js'
import { needed, takeMembers, takeObject, takeOptions, takePointers } from '../members.js'
import { refuse, refuseWith } from '../problem.js'
import { REQUEST_PROBLEMS } from '../problem-types.js'
import type { ReadBody } from '../read-json.js'
import { checkDocument } from './check-document.js'
import { takeSecured } from './take-secured.js'

type Derive = (
  credential: JsonObject | string,
  selectivePointers: readonly string[],
  contexts: readonly ContextDocument[],
) => Promise<JsonObject | string>

const POINTER = '/verifiableCredential'

const notDerived = (): never =>
  refuse(REQUEST_PROBLEMS.proofGeneration, 'Nothing can be derived: no base proof, or a pointer that leads nowhere.', {
    pointer: POINTER,
  })

const fromBaseProof: Derive = async (credential, selectivePointers, extraContexts) => {
  if (!isJsonObject(credential)) return notDerived()
  const { proof: _, ...document } = credential
  checkDocument(document, 'credential')
  return deriveSelective(credential, { selectivePointers, extraContexts }).catch(notDerived)
}

const fromSdJwt: Derive = async (credential, disclose) =>
  typeof credential === 'string' ? discloseSdJwt(credential, { disclose }).catch(notDerived) : notDerived()

const SUITES = new Map<string, Derive>([
  ['ecdsa-sd-2023', fromBaseProof],
  ['vc+sd-jwt', fromSdJwt],
  ['dc+sd-jwt', fromSdJwt],
])

const BODY = { verifiableCredential: takeSecured, options: takeObject }
const OPTIONS = { selectivePointers: takePointers }

// A document is its own answer, as the specification has it; a token needs JSON around it.
const replyWith = (derived: JsonObject | string): Reply => ({
  status: 201,
  body: isJsonObject(derived) ? derived : { verifiableCredential: derived },
})

const derive =
  (contexts: readonly ContextDocument[], readBody: ReadBody): Answer =>
  async ({ request, parameters }) => {
    const deriveWith = SUITES.get(parameters.suite ?? '') ?? refuseWith(404, 'This suite withholds nothing.')
    const body = await readBody(request)
    const credential = needed(takeMembers(body, '', BODY).verifiableCredential, POINTER)
    const { selectivePointers = [] } = takeOptions(body, OPTIONS)
    return replyWith(await deriveWith(credential, selectivePointers, contexts))
  }

/**
 * Deriving a credential that shows less. No key is needed for it: the issuer signed every claim.
 * @see VCALM, section "Derive Credential"
 */
export const derivingRoutes = (contexts: readonly ContextDocument[], readBody: ReadBody): readonly Route[] => [
  { method: 'POST', path: '/holders/:suite/credentials/derive', guarded: false, answer: derive(contexts, readBody) },
]
