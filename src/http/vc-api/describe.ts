import type { JsonObject } from '../../core/json.js'
import { CRYPTOSUITE_NAMES as CRYPTOSUITES } from '../../formats/data-integrity/suites.js'
import type { Route } from '../answer.js'
import type { IssuingEndpoint } from './issuing.js'
import type { VcApiOptions } from './options.js'
import { ENVELOPED_SUITE, STATUS_SUITE } from './suites.js'

const pathOf = ({ suite, curve }: IssuingEndpoint): string => `${suite}/${curve}`

// What the suites look for: each takes every endpoint with its tag, or the one that has it.
const TAGS_OF_KEY_ED25519: Readonly<Record<string, readonly string[]>> = {
  'eddsa-rdfc-2022': ['vc2.0', 'vc-api'],
  [STATUS_SUITE]: ['BitstringStatusList'],
  [ENVELOPED_SUITE]: ['EnvelopedCredential'],
}

function issuerTags({ suite, curve }: IssuingEndpoint): JsonObject[string] {
  return [suite, ...(curve === 'Ed25519' ? (TAGS_OF_KEY_ED25519[suite] ?? []) : [])]
}

const PROOF_TAGS = ['vc2.0', 'vc-api', 'EnvelopedCredential', 'BitstringStatusList', ...CRYPTOSUITES]

// Of all policies, one looks at what any issuer signed.
function verifierTags(preset: string): JsonObject[string] {
  return [preset, ...(preset === 'w3c-proof-only' ? PROOF_TAGS : [])]
}

// The names of members are those of the manifests that W3C's test suites read.
const describe = ({ issuing, holding, verifiers }: VcApiOptions, origin: string): JsonObject => {
  const endpoints = issuing?.endpoints ?? []
  const ids = holding?.holders.map(({ did }) => did) ?? []
  return {
    name: 'staff-passport',
    implementation: issuing?.conformance ? 'staff-passport (throwaway keys)' : 'staff-passport',
    issuers: endpoints.map((endpoint) => ({
      id: endpoint.id,
      endpoint: `${origin}/issuers/${pathOf(endpoint)}/credentials/issue`,
      supports: { vc: ['2.0'], keyTypes: [endpoint.curve] },
      supportedEcdsaKeyTypes: [endpoint.curve],
      tags: issuerTags(endpoint),
    })),
    verifiers: [...verifiers.keys()].map((preset) => ({
      id: `${origin}/verifiers/${preset}`,
      endpoint: `${origin}/verifiers/${preset}/credentials/verify`,
      tags: verifierTags(preset),
    })),
    vpVerifiers: [...verifiers.keys()].map((preset) => ({
      id: `${origin}/verifiers/${preset}`,
      endpoint: `${origin}/verifiers/${preset}/presentations/verify`,
      tags: verifierTags(preset),
    })),
    holders: ids.map((id) => ({ id })),
  }
}

/** What this server offers, as a manifest that W3C's test suites can be given. */
export const describeRoutes = (options: VcApiOptions): readonly Route[] => [
  {
    method: 'GET',
    path: '/',
    guarded: false,
    answer: async ({ request }) => ({ status: 200, body: describe(options, new URL(request.url).origin) }),
  },
]
