import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from './support/source-graph.js'

interface Locked {
  readonly version?: string
  readonly resolved?: string
  readonly dev?: boolean
  readonly hasInstallScript?: boolean
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const text = readFileSync(join(ROOT, 'package-lock.json'), 'utf8')
const packages: Readonly<Record<string, Locked>> = JSON.parse(text).packages
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))

describe('the lock file', () => {
  it('pins exactly what the manifest asks for', () => {
    const asked: Readonly<Record<string, string>> = { ...manifest.dependencies, ...manifest.devDependencies }
    expect(Object.values(asked).filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([])
    for (const [name, version] of Object.entries(asked))
      expect(packages[`node_modules/${name}`]?.version, name).toBe(version)
  })

  it('names the binaries of every platform, or npm ci refuses it: node scripts/complete-lock.mjs', () => {
    const places = Object.keys(packages)
    const named = Object.values(packages).flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies))
    expect(named.length).toBeGreaterThan(20)
    expect(named.filter((name) => !places.some((place) => place.endsWith(`node_modules/${name}`)))).toEqual([])
  })

  it('names no registry', () => expect(text).not.toContain('"resolved"'))

  it('installs nothing for users that runs a script or compiles', () => {
    const running = Object.entries(packages).filter(([, { dev, hasInstallScript }]) => hasInstallScript && !dev)
    expect(running.map(([place]) => place)).toEqual([])
  })
})
