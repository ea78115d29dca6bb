import { describe, expect, it } from 'vitest'
import { pageBlocks } from './support/examples.js'

const diagrams = pageBlocks().filter(({ language }) => language === 'mermaid')
const KINDS = /^(?:flowchart (?:LR|TB)|sequenceDiagram|stateDiagram-v2)\n/

describe('diagrams of the pages', () => {
  it('are there', () => expect(diagrams.length).toBeGreaterThan(5))

  it.each(diagrams.map((diagram) => [`${diagram.file}:${diagram.line}`, diagram.code] as const))('%s', (_, code) => {
    expect(code).toMatch(KINDS)
    // Mermaid ends a statement at a semicolon, also in the midst of a message, and draws nothing.
    expect(code).not.toContain(';')
  })
})
