import { gzip } from '#runtime'
import { setBit } from '../../../src/codec/bitstring.js'
import { encodeMultibase } from '../../../src/codec/multibase.js'
import { encodeList } from '../../../src/status/encoded-list.js'
import type { MutationCase } from './case.js'
import { resecured } from './format-cases.js'
import { type Draft, edited, type Securing, withProof } from './sign.js'
import { documentOf, NOW, northfieldSecuring, strangerSigner, type World } from './world.js'

const resecuredCase = (
  check: MutationCase['check'],
  title: string,
  code: string,
  change: (draft: Draft) => void,
  more: Partial<MutationCase> & { readonly securing?: Partial<Securing> } = {},
): MutationCase => {
  const { securing, ...rest } = more
  return {
    title,
    check,
    code,
    make: async (world, format) => ({ input: await resecured(world, format, change, securing) }),
    ...rest,
  }
}

/** Types, schemas and rules. */
export const SCHEMA_CASES: readonly MutationCase[] = [
  resecuredCase(
    'schema',
    'a credential of no type',
    'schema.unknownType',
    (draft) => {
      draft.type = ['VerifiableCredential']
    },
    { also: { issuerTrust: 'issuerTrust.typeNotAllowed' } },
  ),
  resecuredCase(
    'schema',
    'a credential of two types',
    'schema.ambiguousType',
    (draft) => {
      draft.type = ['VerifiableCredential', 'EmploymentAssignment', 'CoreSkill']
    },
    { also: { issuerTrust: 'issuerTrust.typeNotAllowed' } },
  ),
  resecuredCase('schema', 'another schema', 'schema.wrongSchema', (draft) => {
    draft.credentialSchema.id = 'https://evil.example/schema.json'
  }),
  resecuredCase('schema', 'a second schema', 'schema.wrongSchema', (draft) => {
    draft.credentialSchema = [draft.credentialSchema, { id: 'https://evil.example/schema.json', type: 'JsonSchema' }]
  }),
  resecuredCase('schema', 'a claim that is a list', 'schema.invalid', (draft) => {
    draft.credentialSubject.employmentAssignment.jobTitle = ['Doctor']
  }),
  resecuredCase('schema', 'a rule of its type that is broken', 'schema.employerNotTheIssuer', (draft) => {
    draft.credentialSubject.employmentAssignment.employingOrganisation = 'Southmere NHS Trust (fictional)'
    draft.credentialSubject.employmentAssignment.employingOrganisationOds = 'RZ2'
  }),
  resecuredCase('schema', 'a rule of every type that is broken', 'schema.refreshedInFuture', (draft) => {
    draft.credentialSubject.assurance.lastRefresh = '2026-03-03'
  }),
  resecuredCase('schema', 'a claim that is missing', 'schema.invalid', (draft) => {
    delete draft.credentialSubject.employmentAssignment.employingOrganisation
  }),
]

/** Dates. The clock stands at noon on 2 March 2026. */
export const VALIDITY_CASES: readonly MutationCase[] = [
  resecuredCase('validityPeriod', 'a first moment to come', 'validityPeriod.notYetValid', (draft) => {
    draft.validFrom = '2026-03-02T12:01:01Z'
  }),
  resecuredCase('validityPeriod', 'yesterday as the end', 'validityPeriod.expired', (draft) => {
    draft.validFrom = '2026-01-01T00:00:00Z'
    draft.validUntil = '2026-03-01T12:00:00Z'
  }),
  resecuredCase('validityPeriod', 'a last moment a minute ago', 'validityPeriod.expired', (draft) => {
    draft.validUntil = '2026-03-02T11:59:00Z'
  }),
  resecuredCase('validityPeriod', 'an end before the beginning', 'validityPeriod.endBeforeStart', (draft) => {
    draft.validUntil = '2026-03-01T00:00:00Z'
  }),
  resecuredCase(
    'validityPeriod',
    'no beginning',
    'validityPeriod.missing',
    (draft) => {
      delete draft.validFrom
    },
    { also: { schema: 'schema.invalid' } },
  ),
  resecuredCase('validityPeriod', 'a token that has ended', 'validityPeriod.expired', () => {}, {
    formats: ['vc+jwt'],
    securing: { claims: { exp: Date.parse('2026-03-02T11:00:00Z') / 1000 } },
  }),
  resecuredCase('validityPeriod', 'a token that has not begun', 'validityPeriod.notYetValid', () => {}, {
    formats: ['vc+jwt'],
    securing: { claims: { nbf: Date.parse('2026-03-02T13:00:00Z') / 1000 } },
  }),
  resecuredCase('validityPeriod', 'a token from the future', 'validityPeriod.notYetValid', () => {}, {
    formats: ['vc+jwt'],
    securing: { claims: { iat: Date.parse('2026-03-02T13:00:00Z') / 1000 } },
  }),
]

const shortList = encodeMultibase('u', await gzip(new Uint8Array(16_383)))

interface ListChange {
  readonly document?: (draft: Draft) => void
  readonly securing?: Partial<Securing>
  /** Which purpose's list; `revocation` unless said. */
  readonly purpose?: string
}

const entryOf = (world: World, purpose: string): Draft =>
  (world.golden['data-integrity'].document.credentialStatus as Draft).find(
    (entry: Draft) => entry.statusPurpose === purpose,
  )

/** The world's status lists with one of Northfield's changed and signed again. */
export const listsWith = async (
  world: World,
  { document, securing, purpose = 'revocation' }: ListChange,
): Promise<unknown[]> => {
  const url = entryOf(world, purpose).statusListCredential
  return Promise.all(
    world.statusLists.map(async (list) => {
      const original = documentOf(list)
      if (original.id !== url) return list
      const changed = edited(original, (draft) => document?.(draft))
      return withProof(changed, northfieldSecuring(world, securing))
    }),
  )
}

const listCase = (title: string, code: string, change: ListChange, more: Partial<MutationCase> = {}): MutationCase => ({
  title,
  check: 'status',
  code,
  make: async (world) => ({ verifier: { statusLists: await listsWith(world, change) } }),
  ...more,
})

const bitsCase = (title: string, code: string, purpose: string): MutationCase => ({
  title,
  check: 'status',
  code,
  make: async (world, format) => {
    const entry = (world.golden[format].document.credentialStatus as Draft).find(
      (one: Draft) => one.statusPurpose === purpose,
    )
    const bits = new Uint8Array(16_384)
    setBit(bits, Number(entry.statusListIndex))
    const encodedList = await encodeList(bits)
    const document = (draft: Draft): void => {
      draft.credentialSubject.encodedList = encodedList
    }
    return { verifier: { statusLists: await listsWith(world, { document, purpose }) } }
  },
})

const entryCase = (title: string, code: string, change: (entry: Draft) => void): MutationCase =>
  resecuredCase('status', title, code, (draft) => change(draft.credentialStatus[0]), { also: {} })

/** Status entries and the lists behind them. */
export const STATUS_CASES: readonly MutationCase[] = [
  bitsCase('a set revocation bit', 'status.revoked', 'revocation'),
  bitsCase('a set suspension bit', 'status.suspended', 'suspension'),
  listCase('a list for another purpose', 'status.purposeMismatch', {
    document: (draft) => {
      draft.credentialSubject.statusPurpose = 'suspension'
    },
  }),
  {
    title: 'no list to be had',
    check: 'status',
    code: 'status.listUnavailable',
    outcome: 'inconclusive',
    make: () => ({ verifier: { statusLists: [] } }),
  },
  listCase('a list that is not gzip', 'status.listMalformed', {
    document: (draft) => {
      draft.credentialSubject.encodedList = 'uAAAA'
    },
  }),
  listCase('a list that has ended', 'status.listExpired', {
    document: (draft) => {
      draft.validUntil = '2026-03-02T11:00:00Z'
    },
  }),
  listCase('a list that never ends', 'status.listExpired', {
    document: (draft) => {
      delete draft.validUntil
    },
  }),
  listCase('a list that has not begun', 'status.listNotYetValid', {
    document: (draft) => {
      draft.validFrom = '2026-03-02T12:02:00Z'
    },
  }),
  {
    title: 'a list signed by somebody else in the issuer’s name',
    check: 'status',
    code: 'status.listSignatureInvalid',
    make: async (world) => {
      const signer = await strangerSigner(world.authority.organisations.northfield.signer.keyId)
      return { verifier: { statusLists: await listsWith(world, { securing: { signer } }) } }
    },
  },
  {
    title: 'a list by another trusted organisation',
    check: 'status',
    code: 'status.listIssuerNotAllowed',
    make: async (world) => {
      const { did, signer } = world.authority.organisations.trainingBody
      const document = (draft: Draft): void => {
        draft.issuer = did
      }
      return { verifier: { statusLists: await listsWith(world, { document, securing: { signer } }) } }
    },
  },
  {
    title: 'a list older than one seen before',
    check: 'status',
    code: 'status.listRolledBack',
    make: () => ({
      verifier: {
        versionMemory: {
          newest: async (name: string) => (name.startsWith('status-list:') ? Date.parse(NOW) : undefined),
          remember: async () => {},
          pin: async (_: string, digest: string) => digest,
        },
      },
    }),
  },
  {
    title: 'a list that inflates beyond the limit',
    check: 'status',
    code: 'status.listTooLarge',
    make: async (world) => {
      const encodedList = await encodeList(new Uint8Array(9_000_000))
      const document = (draft: Draft): void => {
        draft.credentialSubject.encodedList = encodedList
      }
      return { verifier: { statusLists: await listsWith(world, { document }) } }
    },
  },
  {
    title: 'a suspension list that was made after the moment asked about',
    check: 'status',
    code: 'status.unknownAtTime',
    outcome: 'inconclusive',
    make: async (world) => ({
      verifier: {
        statusLists: await listsWith(world, {
          purpose: 'suspension',
          document: (draft) => {
            draft.validFrom = '2026-03-02T11:00:00Z'
          },
        }),
      },
      ask: { at: '2026-03-02T10:00:00Z' },
    }),
  },
  listCase('a list too short to hide among', 'status.listTooShort', {
    document: (draft) => {
      draft.credentialSubject.encodedList = shortList
    },
  }),
  resecuredCase('status', 'no status where the type needs one', 'status.missing', (draft) => {
    delete draft.credentialStatus
  }),
  resecuredCase('status', 'no suspension entry where the type needs one', 'status.missing', (draft) => {
    draft.credentialStatus = draft.credentialStatus.filter((entry: Draft) => entry.statusPurpose === 'revocation')
  }),
  entryCase('an entry of another kind', 'status.entryMalformed', (entry) => {
    entry.statusPurpose = 'colour'
  }),
  entryCase('an index in another spelling', 'status.indexMalformed', (entry) => {
    entry.statusListIndex = '0x5'
  }),
  entryCase('an index beyond the list', 'status.indexOutOfRange', (entry) => {
    entry.statusListIndex = '99999999'
  }),
]
