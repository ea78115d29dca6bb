import type { JsonObject } from '../../core/json.js'
import type { Route } from '../answer.js'
import type { IssuingEndpoint } from './issuing.js'
import type { VcApiOptions } from './options.js'

const pathOf = ({ suite, curve }: IssuingEndpoint): string => `${suite}/${curve}`

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
      tags: [endpoint.suite],
    })),
    verifiers: [...verifiers.keys()].map((preset) => ({
      id: `${origin}/verifiers/${preset}`,
      endpoint: `${origin}/verifiers/${preset}/credentials/verify`,
      tags: [preset],
    })),
    vpVerifiers: [...verifiers.keys()].map((preset) => ({
      id: `${origin}/verifiers/${preset}`,
      endpoint: `${origin}/verifiers/${preset}/presentations/verify`,
      tags: [preset],
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
