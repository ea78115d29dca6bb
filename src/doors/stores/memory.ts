/** A store that forgets: for tests, demonstrations, and trying things out. */

export { createMemoryStore } from '../../adapters/memory/memory-store.js'
export type { Store } from '../../ports/store.js'
