// Two resolvers of did:key.

import { driver } from '@digitalbazaar/did-method-key'
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey'
import { Resolver } from 'did-resolver'
import { getResolver } from 'key-did-resolver'

const digitalbazaar = driver()
digitalbazaar.use({ multibaseMultikeyHeader: 'z6Mk', fromMultibase: Ed25519Multikey.from })
const ceramic = new Resolver(getResolver())

/** The document of a DID, by @digitalbazaar/did-method-key. */
export const byDigitalbazaar = (did) => digitalbazaar.get({ did })

/** The document of a DID, by key-did-resolver. */
export const byCeramic = async (did) => (await ceramic.resolve(did)).didDocument
