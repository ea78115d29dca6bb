import type { JsonObject } from '../../core/json.js'
import type { IssuedCredential } from '../../issuer/issuer.js'
import { createPresentation } from '../../wallet/present.js'
import type { Draft } from './hr-extract.js'
import { issueDraft, type KeyHolder, type World } from './world.js'

/** What the attacks are made from. */
export interface Booty {
  readonly world: World
  readonly uniqueIdentifier: string
  readonly drafts: readonly Draft[]
  readonly passport: readonly IssuedCredential[]
  readonly challenge: string
  readonly audience: string
}

/** Something that must be refused, and the code that says why. */
export interface Attack {
  readonly what: string
  readonly expected: string
  /** Prepares the presentation that tries it. */
  readonly present: (booty: Booty) => Promise<JsonObject | string>
}

const of = (booty: Booty, type: string): IssuedCredential => {
  const found = booty.passport.find((issued) => issued.type === type)
  if (!found) throw new TypeError(`The passport holds no ${type}`)
  return found
}

const draftOf = (booty: Booty, type: string): Draft => {
  const found = booty.drafts.find((draft) => draft.type === type)
  if (!found) throw new TypeError(`The extract gives no ${type}`)
  return found
}

const presentWith = (booty: Booty, credential: JsonObject | string, holder: KeyHolder = booty.world.doctor) =>
  createPresentation({
    credentials: [of(booty, 'Identity').credential, credential],
    holder: holder.did,
    signer: holder.signer,
    challenge: booty.challenge,
    audience: booty.audience,
  })

const withOtherLevel = (credential: JsonObject | string): JsonObject => {
  const copy = structuredClone(credential) as {
    credentialSubject: { coreSkill: { statMandSubject: string } }
  } & JsonObject
  copy.credentialSubject.coreSkill.statMandSubject = 'Resuscitation adult immediate life support'
  return copy
}

/** Six attempts, each refused for its own reason. */
export const ATTACKS: readonly Attack[] = [
  {
    what: 'a disclosure that was revoked',
    expected: 'status.revoked',
    present: async (booty) => {
      const { id, credential } = of(booty, 'DisclosureAndBarringService')
      await booty.world.northfield.issuer.revoke(id, 'NoLongerValid')
      return presentWith(booty, credential)
    },
  },
  {
    what: 'a registration that is suspended',
    expected: 'status.suspended',
    present: async (booty) => {
      const { id, credential } = of(booty, 'ProfessionalRegistration')
      await booty.world.northfield.issuer.suspend(id, 'SuspectNoLongerValid')
      return presentWith(booty, credential)
    },
  },
  {
    what: 'a core skill with its subject changed',
    expected: 'signature.invalid',
    present: async (booty) => presentWith(booty, withOtherLevel(of(booty, 'CoreSkill').credential)),
  },
  {
    what: 'the doctor’s credentials, presented by a stranger',
    expected: 'holderBinding.notTheSubject',
    present: (booty) => presentWith(booty, of(booty, 'EmploymentAssignment').credential, booty.world.stranger),
  },
  {
    what: 'a skill of another person, slipped in',
    expected: 'holderBinding.identityMismatch',
    present: async (booty) => {
      const { northfield, doctor } = booty.world
      const other = await issueDraft(northfield, draftOf(booty, 'CoreSkill'), doctor.did, crypto.randomUUID())
      return presentWith(booty, other.credential)
    },
  },
  {
    what: 'a disclosure from a trust that may not issue one',
    expected: 'issuerTrust.typeNotAllowed',
    present: async (booty) => {
      const { southmere, doctor } = booty.world
      const draft = draftOf(booty, 'DisclosureAndBarringService')
      const issued = await issueDraft(southmere, draft, doctor.did, booty.uniqueIdentifier)
      return presentWith(booty, issued.credential)
    },
  },
]
