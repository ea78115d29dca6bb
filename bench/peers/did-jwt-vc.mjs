// did-jwt-vc, the peer for VCDM 1.1. It asks a resolver for the issuer's document, which is at hand.
import { verifyCredential } from 'did-jwt-vc'

/** Their verifier for one issuer (`{ did, keyId, publicKeyJwk }`). */
export const createPeer = ({ key }) => {
  const method = { id: key.keyId, type: 'JsonWebKey2020', controller: key.did, publicKeyJwk: key.publicKeyJwk }
  const didDocument = {
    '@context': 'https://www.w3.org/ns/did/v1',
    id: key.did,
    verificationMethod: [method],
    assertionMethod: [key.keyId],
    authentication: [key.keyId],
  }
  const resolved = { didResolutionMetadata: {}, didDocument, didDocumentMetadata: {} }
  const resolver = { resolve: async () => resolved }
  return { verify: async (token) => (await verifyCredential(token, resolver)).verified === true }
}
