import type { JsonObject } from '../../core/json.js'
import type { Signer } from '../../ports/signer.js'
import type { ContextDocument } from '../input.js'

/** When a credential's proof is made. */
export interface CredentialProofOptions {
  readonly created: Date
  readonly extraContexts?: readonly ContextDocument[]
}

/** What a presentation's proof is made for. */
export interface PresentationProofOptions extends CredentialProofOptions {
  readonly challenge: string
  readonly audience: string
}

// The stack is heavy, and a process that never signs linked data need not load it.
const load = async () => {
  const [vc, { DataIntegrityProof }, { cryptosuite }, { createDocumentLoader }] = await Promise.all([
    import('@digitalbazaar/vc'),
    import('@digitalbazaar/data-integrity'),
    import('@digitalbazaar/eddsa-rdfc-2022-cryptosuite'),
    import('./canonicalize.js'),
  ])
  return { vc, DataIntegrityProof, cryptosuite, createDocumentLoader }
}

type Stack = Awaited<ReturnType<typeof load>>

const suiteFor = ({ DataIntegrityProof, cryptosuite }: Stack, signer: Signer, created: Date) =>
  new DataIntegrityProof({
    signer: { id: signer.keyId, algorithm: 'Ed25519', sign: ({ data }) => signer.sign(data) },
    date: created.toISOString(),
    cryptosuite,
  })

const requireEd25519 = (signer: Signer): void => {
  if (signer.algorithm !== 'EdDSA') throw new TypeError('eddsa-rdfc-2022 needs an Ed25519 key')
}

/**
 * Secures a credential with an `eddsa-rdfc-2022` proof.
 * @throws TypeError when the key is not Ed25519
 * @see Data Integrity EdDSA Cryptosuites 1.0, section 3.2
 */
export const signDataIntegrity = async (
  document: JsonObject,
  signer: Signer,
  options: CredentialProofOptions,
): Promise<JsonObject> => {
  requireEd25519(signer)
  const stack = await load()
  return stack.vc.issue({
    credential: structuredClone(document),
    suite: suiteFor(stack, signer, options.created),
    documentLoader: stack.createDocumentLoader(options.extraContexts),
    now: options.created,
  })
}

/**
 * Secures a presentation with an `eddsa-rdfc-2022` proof for authentication.
 * @throws TypeError when the key is not Ed25519
 */
export const signDataIntegrityPresentation = async (
  document: JsonObject,
  signer: Signer,
  options: PresentationProofOptions,
): Promise<JsonObject> => {
  requireEd25519(signer)
  const stack = await load()
  return stack.vc.signPresentation({
    presentation: structuredClone(document),
    suite: suiteFor(stack, signer, options.created),
    documentLoader: stack.createDocumentLoader(options.extraContexts),
    challenge: options.challenge,
    domain: options.audience,
    now: options.created,
  })
}
