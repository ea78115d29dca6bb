import { spawnSync } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import type { Contender } from '../measure.js'
import type { Plan } from '../plan.js'
import { LIMIT, US } from '../report.js'

const FOLDER = process.env.BENCH_FOLDER ?? ''
const DOOR = process.env.BENCH_DOOR ?? ''

const VC = [
  '@digitalbazaar/vc',
  '@digitalbazaar/data-integrity',
  '@digitalbazaar/eddsa-rdfc-2022-cryptosuite',
  '@digitalbazaar/ed25519-multikey',
]

const starting = (name: string, modules: readonly string[]): Contender => {
  const code = modules.map((module) => `import ${JSON.stringify(module)}`).join('\n')
  return {
    name,
    run: () => spawnSync(process.execPath, ['--input-type=module', '-e', code], { cwd: FOLDER }).status === 0,
  }
}

const prepare = async (): Promise<readonly Contender[]> => [
  starting(LIMIT, []),
  starting(US, [pathToFileURL(DOOR).href]),
  starting('jose', ['jose']),
  starting('@digitalbazaar/vc', VC),
  starting('@sd-jwt/sd-jwt-vc', ['@sd-jwt/sd-jwt-vc']),
]

/** Starting Node and importing the verify door, beside starting Node with nothing to import. */
export const COLD: readonly Plan[] = [{ work: 'cold import', payloads: ['S'], prepare, peer: 'jose', rounds: 25 }]
