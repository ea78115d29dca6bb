import type { Verifier } from '../verifier/create-verifier.js'

/** A verifier that is whichever this function gives at the moment: for servers whose verifiers are made anew. */
export function renewingVerifier(current: () => Verifier): Verifier {
  return {
    policy: current().policy,
    verify: (...given) => current().verify(...given),
    verifyCredential: (...given) => current().verifyCredential(...given),
    verifyPresentation: (...given) => current().verifyPresentation(...given),
  }
}
