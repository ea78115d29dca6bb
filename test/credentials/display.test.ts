import { describe, expect, it } from 'vitest'
import { displayOf } from '../../src/credentials/display.js'
import { SCHEMAS } from '../../src/credentials/generated/schemas.js'
import { CREDENTIAL_ROWS, type CredentialTypeName } from '../../src/credentials/rows.js'

const TYPES = Object.keys(CREDENTIAL_ROWS) as CredentialTypeName[]

// Names that are the same in both languages.
const SAME = ['UUID', 'VPD']

const channel = (hex: string, at: number): number => {
  const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
}

// WCAG 2.2, relative luminance and contrast ratio.
const luminance = (hex: string): number =>
  0.2126 * channel(hex, 1) + 0.7152 * channel(hex, 3) + 0.0722 * channel(hex, 5)
const contrast = (a: string, b: string): number => {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

describe.each(TYPES)('%s, as wallets show it', (type) => {
  const { name, description, claims, card } = displayOf(type)

  it('is named and described in both languages', () => {
    for (const text of [name, description, ...claims.map(({ label }) => label)]) {
      expect(text.en).not.toBe('')
      expect(text.cy).not.toBe('')
      if (!SAME.includes(text.en)) expect(text.cy).not.toBe(text.en)
    }
  })

  it('names every claim of its schema, and no other', () => {
    const properties = SCHEMAS[`${type}/claims`]?.properties ?? {}
    expect(claims.map(({ path }) => path)).toEqual(
      Object.keys(properties).map((claim) => [CREDENTIAL_ROWS[type].claimsKey, claim]),
    )
  })

  it('can be read on its card', () =>
    expect(contrast(card.backgroundColour, card.textColour)).toBeGreaterThanOrEqual(4.5))
})
