import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { pictures } from '../../scripts/generate/pictures.js'
import { qrCode } from '../../src/exchange/qr-code.js'
import { readQrCode } from '../support/read-qr-code.js'
import { ROOT } from './support/source-graph.js'

describe('QR codes of the pages', () => {
  it('are each shown with the link that they hold', () => {
    const shown = pictures().map(({ file }) => file.replace('docs/pictures/', ''))
    expect(shown.toSorted()).toEqual(readdirSync(join(ROOT, 'docs/pictures')).toSorted())
    expect(shown.length).toBeGreaterThan(0)
  })

  it.each(pictures())('$file', ({ file, link }) => {
    expect(readQrCode(readFileSync(join(ROOT, file), 'utf8'))).toBe(link)
  })

  it.each([1, 14, 40, 100, 200, 333, 500, 700, 880])('of %i characters are read back', (length) => {
    const link = `openid4vp://?${'Ŵx'.repeat(length)}`.slice(0, length)
    expect(readQrCode(qrCode(link))).toBe(link)
  })

  it('with a module in the wrong place are read as something else', () => {
    const link = 'openid4vp://?client_id=decentralized_identifier%3Adid%3Aweb%3Asouthmere.example'
    const squares = [...qrCode(link).matchAll(/M\d+,\d+h8v8h-8z/g)].map(([square]) => square)
    const read = (without: string): string => {
      try {
        return readQrCode(qrCode(link).replace(without, ''))
      } catch {
        return 'nothing'
      }
    }
    expect(squares.filter((square) => read(square) !== link).length).toBeGreaterThan(squares.length / 3)
  })
})
