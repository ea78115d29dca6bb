import { it } from 'vitest'
it('b0', async () => { await import('./zz0.js') })
it('b1', async () => { await import('./zz1.js') })
it('b2', async () => { await import('./zz2.js') })
it('b3', async () => { await import('./zz3.js') })
it('b4', async () => { await import('./zz4.js') })
