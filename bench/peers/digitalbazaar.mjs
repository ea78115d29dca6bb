// The linked-data stack of Digital Bazaar, with every cryptosuite that we have, its own keys and its own signers.
import { contexts as credentialsContexts } from '@digitalbazaar/credentials-context'
import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { contexts as dataIntegrityContexts } from '@digitalbazaar/data-integrity-context'
import * as ecdsaJcs from '@digitalbazaar/ecdsa-jcs-2019-cryptosuite'
import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey'
import { cryptosuite as ecdsaRdfc } from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite'
import * as ecdsaSd from '@digitalbazaar/ecdsa-sd-2023-cryptosuite'
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey'
import * as eddsaJcs from '@digitalbazaar/eddsa-jcs-2022-cryptosuite'
import { cryptosuite as eddsaRdfc } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import * as vc from '@digitalbazaar/vc'
import { checkStatus, decodeList } from '@digitalbazaar/vc-bitstring-status-list'

// What a derived document always says, beside the claims that it was asked for.
const MANDATORY = ['/issuer', '/validFrom', '/credentialSubject/id']
const DISCLOSED = ['/credentialSubject/assurance']

const SIGN = {
  'eddsa-rdfc-2022': () => eddsaRdfc,
  'eddsa-jcs-2022': () => eddsaJcs.createSignCryptosuite(),
  'ecdsa-rdfc-2019': () => ecdsaRdfc,
  'ecdsa-jcs-2019': () => ecdsaJcs.createSignCryptosuite(),
  'ecdsa-sd-2023': () => ecdsaSd.createSignCryptosuite({ mandatoryPointers: MANDATORY }),
}

const VERIFY = {
  'eddsa-rdfc-2022': () => eddsaRdfc,
  'eddsa-jcs-2022': () => eddsaJcs.createVerifyCryptosuite(),
  'ecdsa-rdfc-2019': () => ecdsaRdfc,
  'ecdsa-jcs-2019': () => ecdsaJcs.createVerifyCryptosuite(),
  'ecdsa-sd-2023': () => ecdsaSd.createVerifyCryptosuite(),
}

const MULTIKEY = { EdDSA: Ed25519Multikey, ES256: EcdsaMultikey, ES384: EcdsaMultikey }

const known = (documents) => async (url) => {
  const document = documents.get(url)
  if (!document) throw new Error(`not at hand: ${url}`)
  return { contextUrl: null, documentUrl: url, document }
}

const isStatusOf = async () => ({ verified: true })

/**
 * Their stack for one key (`{ did, keyId, algorithm, privateKeyJwk }`), with contexts and status lists at hand by their
 * address. The key's document is at hand, too: nobody resolves anything while it is timed.
 */
export const createPeer = async ({ key, contexts, statusLists = new Map() }) => {
  const pair = await MULTIKEY[key.algorithm].fromJwk({
    jwk: key.privateKeyJwk,
    secretKey: true,
    id: key.keyId,
    controller: key.did,
  })
  const method = await pair.export({ publicKey: true, includeContext: true })
  const controller = {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id: key.did,
    verificationMethod: [method],
    assertionMethod: [key.keyId],
    authentication: [key.keyId],
  }
  const documentLoader = known(
    new Map([
      ...credentialsContexts,
      ...dataIntegrityContexts,
      ...contexts,
      ...statusLists,
      [key.keyId, method],
      [key.did, controller],
    ]),
  )
  const verifier = (suite) => new DataIntegrityProof({ cryptosuite: VERIFY[suite]() })
  const verify = async (suite, text, options) => {
    const { verified } = await vc.verifyCredential({
      credential: JSON.parse(text),
      suite: verifier(suite),
      documentLoader,
      checkStatus: isStatusOf,
      ...options,
    })
    return verified
  }
  return {
    /** A signed document. */
    sign: (suite, document) =>
      vc.issue({
        credential: structuredClone(document),
        suite: new DataIntegrityProof({ signer: pair.signer(), cryptosuite: SIGN[suite]() }),
        documentLoader,
      }),
    /** A holder's document, with the claims that were asked for. */
    derive: (document) =>
      vc.derive({
        verifiableCredential: document,
        suite: new DataIntegrityProof({
          cryptosuite: ecdsaSd.createDiscloseCryptosuite({ selectivePointers: DISCLOSED }),
        }),
        documentLoader,
      }),
    /** Whether the text of a document is signed with the key. */
    verify: (suite, text) => verify(suite, text, {}),
    /** The same, and its places in the status lists are looked up; the lists are verified each time. */
    verifyWithStatus: (suite, text) =>
      verify(suite, text, {
        checkStatus: (options) => checkStatus({ ...options, suite: verifier(suite), documentLoader }),
      }),
  }
}

/** Whether the list says at this place that it is set. */
export const readStatus = async (encodedList, index) => (await decodeList({ encodedList })).getStatus(index)
