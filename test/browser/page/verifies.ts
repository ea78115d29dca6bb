/** What a page needs that verifies: no more is bundled than it names. */
export { createGuardedFetch, createVerifier, POLICIES } from '../../../src/doors/verify.js'
