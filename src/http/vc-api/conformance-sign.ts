import { isJsonObject, type JsonObject } from '../../core/json.js'
import { addProof } from '../../formats/data-integrity/sign.js'
import { type CredentialSigning, credentialFormat } from '../../formats/sign.js'
import type { Signer } from '../../ports/signer.js'
import { refuse, refuseWith } from '../problem.js'
import { REQUEST_PROBLEMS } from '../problem-types.js'
import { formatOfSuite } from './suites.js'

/** What is to be signed, and how. */
export interface ConformanceSigning extends Pick<CredentialSigning, 'created' | 'extraContexts'> {
  readonly suite: string
  readonly signer: Signer
  /** What a holder can never withhold. Documents of no catalogue have no row that says it, so whoever asks does. */
  readonly mandatoryPointers?: readonly string[]
}

type Sign = (document: JsonObject, signing: ConformanceSigning) => Promise<JsonObject | string>

const signBaseProof: Sign = (document, { signer, created, extraContexts, mandatoryPointers = [] }) =>
  addProof(document, signer, {
    cryptosuite: 'ecdsa-sd-2023',
    created,
    mandatoryPointers,
    ...(extraContexts ? { extraContexts } : {}),
  })

const signInFormat = (document: JsonObject, signing: ConformanceSigning, disclosable: readonly string[]) => {
  const { suite, signer, created, extraContexts } = signing
  const format = formatOfSuite(suite, signer.algorithm)
  if (format === undefined) return refuseWith(404, 'There is no such issuer.')
  const more = extraContexts ? { extraContexts } : {}
  return credentialFormat(format).sign(document, signer, { created, disclosable, ...more })
}

const SUBJECT = '/credentialSubject'
const NAMES_IT = ['id', 'type']

const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1')

const touches = (a: string, b: string): boolean => a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`)

const claimsIn = ({ credentialSubject }: JsonObject): readonly string[] =>
  isJsonObject(credentialSubject)
    ? Object.keys(credentialSubject)
        .filter((name) => !NAMES_IT.includes(name))
        .map((name) => `${SUBJECT}/${escaped(name)}`)
    : []

const signSdJwt: Sign = (document, signing) => {
  const { mandatoryPointers = [] } = signing
  const disclosable = claimsIn(document).filter((claim) => !mandatoryPointers.some((kept) => touches(claim, kept)))
  return signInFormat(document, signing, disclosable)
}

const signWhole: Sign = (document, signing) =>
  signing.mandatoryPointers === undefined
    ? signInFormat(document, signing, [])
    : refuse(REQUEST_PROBLEMS.unknownOption, 'This suite withholds nothing.', { pointer: '/options/mandatoryPointers' })

const SELECTIVE = new Map<string, Sign>([
  ['ecdsa-sd-2023', signBaseProof],
  ['vc+sd-jwt', signSdJwt],
  ['dc+sd-jwt', signSdJwt],
])

/** Signs a document in a suite; in one that can, everything about its subject may be withheld but what is said not to. */
export const signForConformance: Sign = async (document, signing) =>
  (SELECTIVE.get(signing.suite) ?? signWhole)(document, signing)
