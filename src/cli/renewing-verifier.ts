import type { Verifier } from '../verifier/create-verifier.js'
import type { VerifierParts } from '../verifier/verify-together.js'

/** A verifier that is whichever this function gives at the moment: for servers whose verifiers are made anew. */
export const renewingVerifier = (current: () => Verifier): Verifier => {
  const parts = (): VerifierParts => current() as VerifierParts
  const verifier: VerifierParts = {
    policy: current().policy,
    question: (options) => parts().question(options),
    verify: (...given) => parts().verify(...given),
    verifyCredential: (...given) => parts().verifyCredential(...given),
    verifyPresentation: (...given) => parts().verifyPresentation(...given),
  }
  return verifier
}
