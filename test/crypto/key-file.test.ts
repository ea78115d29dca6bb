import { beforeAll, describe, expect, it } from 'vitest'
import { openKeyFile, sealKeyFile } from '../../src/crypto/key-file.js'
import { generateKey } from '../../src/crypto/keys.js'
import { didKey } from '../../src/dids/did-key.js'

const FEW = { iterations: 1_000 }
let sealed: string
let content: Parameters<typeof sealKeyFile>[0]

beforeAll(async () => {
  const privateKeyJwk = await generateKey('ES256')
  content = { ...didKey(privateKeyJwk), privateKeyJwk, createdAt: '2026-01-05T09:00:00Z' }
  sealed = await sealKeyFile(content, 'correct horse', FEW)
})

describe('key files', () => {
  it('open under their passphrase', async () => expect(await openKeyFile(sealed, 'correct horse')).toEqual(content))

  it('show nothing of the private key', () => expect(sealed).not.toContain(content.privateKeyJwk.d))

  it('do not open under another passphrase', async () => {
    await expect(openKeyFile(sealed, 'wrong horse')).rejects.toMatchObject({ code: 'key.passphraseWrong' })
  })

  it.each([1, 2, 3, 4])('do not open when part %i was changed', async (part) => {
    const parts = sealed.split('.')
    const text = parts[part] ?? ''
    parts[part] = (text.startsWith('A') ? 'B' : 'A') + text.slice(1)
    await expect(openKeyFile(parts.join('.'), 'correct horse')).rejects.toMatchObject({ code: 'key.passphraseWrong' })
  })

  it.each(['', 'key', '{}', 'a.b.c.d.e', 'x'.repeat(20_000)])('%# that is none says so', async (text) => {
    await expect(openKeyFile(text, 'correct horse')).rejects.toMatchObject({ code: 'key.fileMalformed' })
  })

  it('are not sealed under an empty passphrase', async () => {
    await expect(sealKeyFile(content, '', FEW)).rejects.toThrow(TypeError)
  })

  it('cost work to guess: at least 600,000 iterations unless told otherwise', async () => {
    const header = JSON.parse(
      Buffer.from((await sealKeyFile(content, 'p')).split('.')[0] ?? '', 'base64url').toString(),
    )
    expect(header.p2c).toBeGreaterThanOrEqual(600_000)
  })
})
