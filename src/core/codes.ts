/** What a code means and what to do about it, in words for people. */
export interface CodeText {
  readonly meaning: string
  readonly mend: string
}

/**
 * Every code a report can hold, but for those of the catalogue's own rules, which live beside their type
 * (`credentials/types/`). Codes are stable: archived reports outlive this code.
 */
export const CHECK_CODES = {
  'format.tooLarge': {
    meaning: 'The input is larger than the limit.',
    mend: 'Ask the sender for the credential alone.',
  },
  'format.notUtf8': {
    meaning: 'The input is not valid UTF-8, or begins with a byte order mark.',
    mend: 'Send it as plain UTF-8.',
  },
  'format.notJson': {
    meaning: 'The input is not JSON where JSON is needed.',
    mend: 'Check that the file arrived whole.',
  },
  'format.duplicateMember': {
    meaning: 'A JSON object names the same member twice, so readers could disagree about it.',
    mend: 'Refuse it; ask the issuer to issue again.',
  },
  'format.forbiddenMember': {
    meaning:
      'A JSON object has a member that some readers see and others do not: __proto__, a JSON-LD keyword such as @nest, or a term written as a full address.',
    mend: 'Refuse it; ask the issuer to issue again.',
  },
  'format.tooDeep': {
    meaning: 'The JSON is nested too deeply or holds too many values.',
    mend: 'Refuse it; no staff credential needs this.',
  },
  'format.unsafeNumber': {
    meaning: 'A number cannot be represented exactly, so readers could disagree about it.',
    mend: 'Ask the issuer to write it as text.',
  },
  'format.loneSurrogate': { meaning: 'A string holds half of a character.', mend: 'Ask the issuer to issue again.' },
  'format.notCanonical': {
    meaning: 'A base64url part is not written in its one canonical form.',
    mend: 'Refuse it; the same token must not have two spellings.',
  },
  'format.malformed': {
    meaning: 'The input does not have the shape of a credential or presentation.',
    mend: 'Check that it is the credential itself, whole and unchanged.',
  },
  'format.unknown': {
    meaning: 'The input is in none of the formats this verifier reads.',
    mend: 'Ask for a Data Integrity or vc+jwt credential.',
  },
  'format.typeMismatch': {
    meaning: 'The input is of another kind than was asked for: its media type or its own type says so.',
    mend: 'Give a credential where one is asked for, a presentation where one is.',
  },
  'format.algorithmNotAllowed': {
    meaning: 'The input names a signature algorithm or cryptosuite that is not on the allow-list.',
    mend: 'Ask the issuer to sign with Ed25519 or ES256.',
  },
  'format.criticalHeader': {
    meaning: 'The header lists a critical extension that this verifier does not understand.',
    mend: 'Refuse it, as RFC 7515 requires.',
  },
  'format.keyInHeader': {
    meaning:
      "The header carries or points to a key. Keys come from the trust list or the issuer's DID, never from the token.",
    mend: 'Refuse it.',
  },
  'format.contextNotAllowed': {
    meaning: 'The JSON-LD contexts are not the exact list that this type of credential has.',
    mend: 'Refuse it; a changed context changes what the words mean.',
  },
  'format.proofMissing': { meaning: 'There is no proof.', mend: 'Ask for the signed credential.' },
  'format.invalidDateTime': {
    meaning: 'A date or time is impossible, or has no zone.',
    mend: 'Ask the issuer to issue again.',
  },
  'format.invalidIdentifier': {
    meaning: 'An identifier is missing or is not a URL or DID.',
    mend: 'Ask the issuer to issue again.',
  },
  'format.notAllowedByPolicy': {
    meaning: 'The policy does not take this format.',
    mend: 'Ask for it in a format that the policy takes, or verify by another policy.',
  },
  'format.audienceMismatch': {
    meaning: 'The token names an audience, and whoever verifies it here is not in it.',
    mend: 'Refuse it; ask for a credential that is made for everybody, or state your own identifier.',
  },
  'format.claimConflict': { meaning: 'The token states the same fact twice, and differently.', mend: 'Refuse it.' },

  'signature.invalid': {
    meaning: 'A signature does not match: the content was changed, or somebody else signed it.',
    mend: 'Refuse it; ask the holder for the original.',
  },
  'signature.keyNotFound': {
    meaning: 'The issuer has no key of that name.',
    mend: 'Check that the trust list is current.',
  },
  'signature.keyUnavailable': {
    meaning: "The issuer's key could not be looked up.",
    mend: 'Try again, or list the key in the trust list.',
  },
  'signature.keyBindingMismatch': {
    meaning: 'The proof of the holder’s key was made for other claims, or for another credential.',
    mend: 'Ask the holder to present again.',
  },
  'signature.certificateMalformed': {
    meaning: 'A certificate of the token is not one, or holds a kind of key that we do not use.',
    mend: 'Tell the issuer.',
  },
  'signature.certificateUntrusted': {
    meaning: 'The certificates do not lead to a trusted authority, are not in force, or are not for signatures.',
    mend: 'Refuse it, unless you have reason to add the authority to your anchors.',
  },
  'signature.certificateNotIssuers': {
    meaning: 'The certificate names somebody else than the issuer of the credential.',
    mend: 'Refuse it.',
  },
  'signature.keyRejected': {
    meaning:
      'The key is unfit: of small order, off its curve, malformed, or compromised with no proof that the credential is older.',
    mend: 'Refuse it; tell the keeper of the trust list.',
  },
  'signature.keyPurpose': {
    meaning: 'The key is not meant for this: its owner does not list it under the relationship needed.',
    mend: 'Refuse it.',
  },
  'signature.keyOutsideWindow': {
    meaning: 'The credential says it was issued when its key was not in use.',
    mend: 'Ask the issuer to issue again with its present key.',
  },
  'signature.keyMismatch': { meaning: 'The key is for another algorithm than the proof names.', mend: 'Refuse it.' },
  'signature.algorithmUnavailable': { meaning: 'This platform cannot compute the algorithm.', mend: 'Verify on Node.' },
  'signature.proofMalformed': {
    meaning: 'A proof is incomplete, wrongly encoded, or for another purpose.',
    mend: 'Refuse it.',
  },
  'signature.baseProof': {
    meaning:
      'The proof is the base proof that an issuer made for the holder, with which every claim could be shown on.',
    mend: 'Do not keep it; ask the holder for a credential derived from it, with the claims that you need.',
  },
  'signature.proofExpired': {
    meaning: 'A proof has expired, or was made in the future.',
    mend: 'Ask for a fresh one.',
  },
  'signature.undefinedTerm': {
    meaning: 'The document uses a word that its contexts do not define, so the signature does not cover it.',
    mend: 'Refuse it.',
  },
  'signature.resourceMismatch': {
    meaning: 'A resource at hand is not the one that the credential names: it has another digest.',
    mend: 'Get the resource again; if it is still another, do not use the two together.',
  },
  'signature.chainBroken': { meaning: 'A proof refers to an earlier proof that is not there.', mend: 'Refuse it.' },
  'signature.tooComplex': {
    meaning: 'Checking the signature would take more work than the limit.',
    mend: 'Refuse it; no staff credential needs this.',
  },
  'signature.didInvalid': {
    meaning: "The issuer's DID is not well formed, or its method or its kind of key is not supported.",
    mend: 'Refuse it.',
  },
  'signature.didDocumentInvalid': {
    meaning: "The DID document is not well formed, or is somebody else's.",
    mend: 'Tell the issuer.',
  },

  'issuerTrust.unknownIssuer': {
    meaning: 'The trust list does not name this issuer. A valid signature alone proves nothing about who signed.',
    mend: 'If the issuer should be trusted, ask the keeper of the trust list.',
  },
  'issuerTrust.typeNotAllowed': {
    meaning: 'The trust list does not let this issuer issue this type.',
    mend: 'Ask for the credential from a body that may issue it.',
  },
  'issuerTrust.notAllowedAtTime': {
    meaning: 'The issuer was not allowed to issue this type when the credential was issued.',
    mend: "Ask for a credential from the issuer's successor.",
  },
  'issuerTrust.organisationNotOpen': {
    meaning: 'The organisation had not opened, or had closed, when the credential was issued.',
    mend: 'Ask for a credential from its successor.',
  },
  'issuerTrust.listMissing': {
    meaning: 'There is no trust list to ask.',
    mend: 'Give the verifier a signed trust list and its anchor.',
  },
  'issuerTrust.listMalformed': { meaning: 'The trust list cannot be read.', mend: 'Get it again from its keeper.' },
  'issuerTrust.listNotSignedByAnchor': {
    meaning: 'The trust list is not signed by the anchor you were given out of band.',
    mend: 'Check the anchor with the keeper of the list; do not use this list.',
  },
  'issuerTrust.listExpired': { meaning: 'The trust list has expired.', mend: 'Get the current one from its keeper.' },
  'issuerTrust.listNotYetValid': {
    meaning: 'The trust list was issued after the moment asked about, or in the future.',
    mend: 'Check the clock, or supply the list of that time.',
  },
  'issuerTrust.listRolledBack': {
    meaning: 'The trust list is older than one already seen.',
    mend: 'Get the current one; somebody may be holding back the new one.',
  },
  'issuerTrust.listEquivocates': {
    meaning: 'The trust list has the version of one already seen, and says something else.',
    mend: 'Ask its keeper which of the two is real: each version must be one list, the same for everybody.',
  },
  'issuerTrust.listIssuedEarlier': {
    meaning: 'The trust list has a higher version than one already seen, and was issued before it.',
    mend: 'Ask its keeper: a later version is issued later.',
  },
  'issuerTrust.nameDiffers': {
    meaning: 'The credential gives its issuer another name than the trust list does. A warning, never a failure.',
    mend: 'Go by the name of the trust list.',
  },

  'schema.indeterminate': {
    meaning: 'The schema is of a version that we do not know, so nothing can be said.',
    mend: 'Give the verifier the schema in a version that it knows.',
  },
  'schema.unknownType': {
    meaning: 'The credential is of no type in the catalogue.',
    mend: 'Refuse it, or supply its schema.',
  },
  'schema.ambiguousType': {
    meaning: 'The credential claims to be of more than one type of the catalogue.',
    mend: 'Refuse it.',
  },
  'schema.wrongSchema': {
    meaning: 'The credential names another schema than its type has.',
    mend: 'Ask the issuer to issue again.',
  },
  'schema.invalid': {
    meaning: 'The claims do not have the shape their schema asks for.',
    mend: 'Ask the issuer to issue again; the faults say where.',
  },
  'schema.required': { meaning: 'Something that must be there is missing.', mend: 'Add it.' },
  'schema.type': { meaning: 'A value is of the wrong JSON type.', mend: 'Write it as the schema says.' },
  'schema.pattern': {
    meaning: 'A text does not have the pattern it must have.',
    mend: 'Write it as the schema describes.',
  },
  'schema.format': { meaning: 'A date, time, address or identifier is not a real one.', mend: 'Correct it.' },
  'schema.enum': { meaning: 'A value is not one of the allowed ones.', mend: 'Use one that the schema lists.' },
  'schema.const': { meaning: 'A value is not the one it must be.', mend: 'Use the value that the schema states.' },
  'schema.length': { meaning: 'A text or list is too short or too long.', mend: 'Keep to the length in the schema.' },
  'schema.range': { meaning: 'A number is too small or too large.', mend: 'Keep to the range in the schema.' },
  'schema.unknownProperty': { meaning: 'There is a property that the type does not have.', mend: 'Remove it.' },
  'schema.repeated': { meaning: 'A list holds the same value twice.', mend: 'Say it once.' },
  'schema.shape': { meaning: 'The value has none of the allowed shapes.', mend: 'See the schema for the shapes.' },

  'validityPeriod.notYetValid': { meaning: 'The credential is not valid yet.', mend: 'Wait for its first day.' },
  'validityPeriod.expired': { meaning: 'The credential has expired.', mend: 'Ask the issuer for a new one.' },
  'validityPeriod.endBeforeStart': {
    meaning: 'The credential ends before it begins.',
    mend: 'Ask the issuer to issue again.',
  },
  'validityPeriod.missing': {
    meaning: 'The credential does not say when it begins.',
    mend: 'Ask the issuer to issue again.',
  },
  'validityPeriod.malformed': { meaning: 'A validity date is not one.', mend: 'Ask the issuer to issue again.' },

  'status.revoked': {
    meaning: 'The issuer has revoked the credential, for ever.',
    mend: 'Refuse it; ask the holder for a new one.',
  },
  'status.notValid': {
    meaning: 'The list gives the credential a status that is not valid, in a meaning of the issuer’s own.',
    mend: 'Ask the issuer what it means.',
  },
  'status.suspended': {
    meaning: 'The issuer has suspended the credential for now.',
    mend: 'Ask the issuer, or wait until it is reinstated.',
  },
  'status.missing': {
    meaning: 'This type must carry a status, and this credential does not.',
    mend: 'Ask the issuer to issue again.',
  },
  'status.entryMalformed': { meaning: 'The status entry is not well formed.', mend: 'Ask the issuer to issue again.' },
  'status.indexMalformed': { meaning: 'The status index is not written as a plain whole number.', mend: 'Refuse it.' },
  'status.indexOutOfRange': { meaning: 'The status index lies outside the list.', mend: 'Refuse it.' },
  'status.purposeMismatch': { meaning: 'The status list is for another purpose.', mend: 'Tell the issuer.' },
  'status.listUnavailable': {
    meaning: 'The status list could not be fetched, so we could not find out.',
    mend: 'Try again, or supply the list.',
  },
  'status.listMalformed': { meaning: 'The status list is not well formed.', mend: 'Tell the issuer.' },
  'status.listTooLarge': { meaning: 'The status list is, or inflates to, more than the limit.', mend: 'Refuse it.' },
  'status.listTooShort': {
    meaning: 'The status list has fewer than 131,072 entries, too few to hide anybody among.',
    mend: 'Tell the issuer.',
  },
  'status.listSignatureInvalid': {
    meaning: 'The status list is not properly signed.',
    mend: 'Refuse it; tell the issuer.',
  },
  'status.listIssuerNotAllowed': {
    meaning: 'The status list is signed by somebody who may not speak for this issuer.',
    mend: 'Refuse it.',
  },
  'status.listExpired': {
    meaning: 'The status list is out of date, or does not say how long it holds.',
    mend: 'Get a current one.',
  },
  'status.listNotYetValid': { meaning: 'The status list is not valid yet.', mend: 'Check the clock.' },
  'status.listRolledBack': {
    meaning: 'The status list is older than one already seen.',
    mend: 'Somebody may be holding back the new one; get it from the issuer.',
  },
  'status.revocationWithdrawn': {
    meaning:
      'An earlier list of the issuer said that the credential is revoked, and this one says that it is not. Revocation is final.',
    mend: 'Refuse it, and tell the issuer; what is taken back must be issued anew.',
  },
  'status.tooManyEntries': {
    meaning: 'The credential has more status entries than the limit, and each may be a list to fetch.',
    mend: 'Ask the issuer to issue again, with one entry for each purpose.',
  },
  'status.unknownAtTime': {
    meaning: 'The list says how things stand now, not how they stood at the moment asked about.',
    mend: 'Supply a list that was valid then.',
  },

  'holderBinding.presentationMalformed': {
    meaning: 'The presentation does not have the shape of one.',
    mend: 'Ask the holder to present again.',
  },
  'holderBinding.presentationMissing': {
    meaning: 'A presentation was asked for, and this is a credential on its own: nobody has proved to hold it.',
    mend: 'Ask the holder to present it in answer to your challenge, with the key binding of its format.',
  },
  'holderBinding.challengeNotStated': {
    meaning:
      'This is a presentation, and nobody said which challenge and audience it has to answer: it may be a replay.',
    mend: 'State expectedChallenge and expectedAudience, as you gave them to the wallet.',
  },
  'holderBinding.signatureInvalid': {
    meaning: 'The presentation was changed, or its presenter does not have the key.',
    mend: 'Refuse it.',
  },
  'holderBinding.keyUnavailable': {
    meaning: "The presenter's key could not be looked up.",
    mend: 'Use a wallet with a did:key or did:jwk.',
  },
  'holderBinding.challengeMismatch': {
    meaning: 'The presentation answers another challenge, or none: it may be a replay.',
    mend: 'Ask the holder to present again, to a new challenge.',
  },
  'holderBinding.audienceMismatch': { meaning: 'The presentation was made for another verifier.', mend: 'Refuse it.' },
  'holderBinding.notTheSubject': {
    meaning: 'The presenter is not the person the credential is about.',
    mend: 'Refuse it.',
  },
  'holderBinding.subjectMissing': {
    meaning: 'The credential does not say which key its subject holds.',
    mend: "Ask the issuer to issue again, to the holder's key.",
  },
  'holderBinding.stale': {
    meaning: 'The presentation has expired, or is dated in the future.',
    mend: 'Ask the holder to present again.',
  },
  'holderBinding.identityMissing': {
    meaning: 'The presentation has no identity credential to bind the others to a person.',
    mend: 'Ask the holder to add it.',
  },
  'holderBinding.identityMismatch': {
    meaning:
      'A credential is about somebody else than the identity credential: the unique identifier or the birth date differs.',
    mend: 'Refuse it; ask how it came to be there.',
  },
  'holderBinding.nameDiffers': {
    meaning:
      'A credential gives the person another name than the identity credential does. A warning, never a failure.',
    mend: 'Look at both: married and registered names are real.',
  },
  'holderBinding.identityNotAccepted': {
    meaning: 'The identity credential itself was not accepted, so it cannot vouch for the others.',
    mend: 'See its own report.',
  },

  'policy.checkRequired': {
    meaning: 'The policy asks for a check that does not apply to this input.',
    mend: 'Ask for a credential to which it applies, or choose another policy.',
  },
} as const satisfies Record<string, CodeText>

/** A code that a check can give. */
export type CheckCode = keyof typeof CHECK_CODES

/** Every code of a thrown {@link PassportError}, and of a `ClaimsError`. */
export const ERROR_CODES = {
  'claims.invalid': {
    meaning: 'The claims break a rule of their type; the faults say which.',
    mend: 'Correct the source record and issue again.',
  },
  'store.locked': { meaning: 'Another process holds the store.', mend: 'Wait and try again.' },
  'store.corrupt': {
    meaning: 'The store holds something that it cannot have written.',
    mend: 'Restore it from a backup; do not go on issuing.',
  },
  'store.unavailable': {
    meaning: 'The store cannot be opened, read or written.',
    mend: 'Check the path, the disk and the permissions.',
  },
  'store.full': {
    meaning: 'There is no room left on the disk.',
    mend: 'Make room, and try again; nothing is half written.',
  },
  'store.tablesDisagree': {
    meaning: 'What the store finds things by does not say what its register says.',
    mend: 'Run verify-register --repair, which makes it anew from the register; find out who or what changed the file.',
  },
  'store.rolledBack': {
    meaning: 'The store is older than the anchor of its register: an older copy was put back, or its end was cut off.',
    mend: 'Put the newest copy back; if it is lost, see verify-register --accept. A new store needs an anchor of its own: --register-anchor.',
  },
  'store.anchorMismatch': {
    meaning: 'The register does not end where its anchor says, or the anchor is another store’s.',
    mend: 'Name its own anchor with --register-anchor; if it is its own, put back a good copy, or see verify-register --accept.',
  },
  'store.anchorUnusable': {
    meaning: 'The anchor of the register is not there, is damaged, or cannot be read or written.',
    mend: 'Say where it is with --register-anchor; if it is lost, see verify-register --accept.',
  },
  'store.closed': { meaning: 'The store was closed.', mend: 'Open it again.' },
  'store.alreadyIssued': {
    meaning: 'A credential was already issued under this idempotency key.',
    mend: 'Use the one that was issued, or revoke it and issue under another key.',
  },
  'store.inProgress': {
    meaning: 'A credential is being issued under this idempotency key at this moment, or its issuing was cut off.',
    mend: 'Wait; or call resume() and issue again.',
  },
  'store.intentAbandoned': {
    meaning: 'The intent was abandoned while the credential was being signed; the credential was discarded.',
    mend: 'Issue again.',
  },
  'store.unknownCredential': {
    meaning: 'The register holds no such issued credential.',
    mend: 'Check the credential and the store.',
  },
  'store.revocationIsFinal': { meaning: 'A revoked credential stays revoked.', mend: 'Issue a new one.' },
  'store.clockSetBack': {
    meaning:
      'The clock of this machine is behind what the register recorded before: a change would be dated before its cause.',
    mend: 'Set the clock right, and do it again; nothing was changed.',
  },
  'store.listExhausted': {
    meaning: 'No free status index could be found.',
    mend: 'Report this; lists are opened before they fill.',
  },
  'fetch.blocked': {
    meaning: 'The address is not one we may fetch: not https, private, loopback, or a redirect elsewhere.',
    mend: 'Use a public https address, or allow the host by name.',
  },
  'fetch.failed': { meaning: 'The request failed, or the answer was not a success.', mend: 'Try again later.' },
  'fetch.timeout': { meaning: 'The answer took too long.', mend: 'Try again later.' },
  'fetch.tooLarge': { meaning: 'The answer is larger than the limit.', mend: 'Tell the sender.' },
  'exchange.unknown': {
    meaning: 'There is no such exchange, or it is another employer’s.',
    mend: 'Check the identifier; begin a new exchange.',
  },
  'exchange.ended': {
    meaning: 'The exchange is over: completed, rejected, expired, cancelled or failed.',
    mend: 'Begin a new one.',
  },
  'exchange.conflict': {
    meaning: 'The exchange is being changed by others at this moment.',
    mend: 'Try again.',
  },
  'exchange.expired': {
    meaning: 'The time for the offer or the request is over.',
    mend: 'Ask whoever made it for a new one.',
  },
  'exchange.malformed': {
    meaning: 'The other party’s message is not what its protocol says.',
    mend: 'Tell the other party; nothing was given away.',
  },
  'exchange.unsupported': {
    meaning: 'The other party asks for something that is not supported, such as Presentation Exchange or mso_mdoc.',
    mend: 'Ask for another format or query.',
  },
  'exchange.refused': {
    meaning: 'The other party refused.',
    mend: 'See its own code in the message, mend what it names, and begin again.',
  },
  'exchange.untrusted': {
    meaning: 'The other party could not prove who it is.',
    mend: 'Do not go on; check where the offer or request came from.',
  },
  'exchange.notAsked': {
    meaning: 'The wallet answers a question that was not asked, or one question more than once.',
    mend: 'Refuse it; ask the holder to share again, with a wallet that keeps to the request.',
  },
  'exchange.tooMuchShown': {
    meaning: 'The wallet shows claims that were not asked for.',
    mend: 'Keep none of it; ask the holder to share again, with a wallet that keeps to the request.',
  },
  'exchange.formatNotAsked': {
    meaning: 'A credential came in another format than the question asks for.',
    mend: 'Ask the holder to share again.',
  },
  'exchange.issuerNotAsked': {
    meaning: 'A credential is from another issuer than the request accepts.',
    mend: 'Ask the holder for the credential of an issuer that you accept.',
  },
  'exchange.notAnswered': {
    meaning: 'What the wallet shows does not answer the request: a credential or a claim that it needs is missing.',
    mend: 'Ask the holder to get what is missing, and to share again.',
  },
  'exchange.unsatisfiable': {
    meaning: 'The wallet holds no credential that answers the request.',
    mend: 'Get the credential from its issuer first.',
  },
  'matching.ambiguous': {
    meaning: 'Several records could be this person’s, such as twins or people of one name.',
    mend: 'Ask somebody who knows them; nothing is matched by itself.',
  },
  'matching.taken': {
    meaning: 'The passport goes with another record, or the record with another passport.',
    mend: 'Look which is right; take the other match back first (unmatch, or disconnect).',
  },
  'matching.unknown': {
    meaning: 'The passport was not matched with a record of this system, or nothing of it was accepted.',
    mend: 'Accept what its holder showed, and say which record is theirs.',
  },
  'matching.otherPerson': {
    meaning: 'The credentials are of another person than the one whose passport it is.',
    mend: 'Do not go on; ask the holder to show their own, or open a passport for them.',
  },
  'system.unavailable': {
    meaning: 'The employer’s system could not be asked, or did not answer in time.',
    mend: 'Try again; what was sent under the same name is not sent twice.',
  },
  'system.refused': {
    meaning: 'The employer’s system does not let this organisation in, or not to this.',
    mend: 'Check the client, its secret, and which organisations it may speak for.',
  },
  'system.integrationOff': {
    meaning: 'The Digital Staff Passport integration is not switched on for this employer, on the passport’s own side.',
    mend: 'Switch it on in the settings of the employer’s portal, and do it again; nothing was sent or offered.',
  },
  'system.malformed': {
    meaning: 'The employer’s system answered something that its interface does not have.',
    mend: 'Tell whoever runs it; check-api shows where it differs.',
  },
  'key.rejected': {
    meaning: 'The key is unfit: of small order, off its curve, malformed, or for no algorithm we use.',
    mend: 'Make a new key.',
  },
  'key.algorithmUnavailable': {
    meaning: 'This platform cannot compute the algorithm of the key, which is sound.',
    mend: 'Use Node, or a newer browser.',
  },
  'key.passphraseWrong': {
    meaning: 'The passphrase does not open the key file, or the file was changed.',
    mend: 'Check the passphrase.',
  },
  'key.fileMalformed': { meaning: 'The file is not a key file.', mend: 'Point to a file made by keygen.' },
  'key.signingFailed': { meaning: 'The signer did not give a valid signature.', mend: 'Check the key service.' },
  'import.encoding': {
    meaning: 'The byte order mark of the file names another encoding than was stated.',
    mend: 'State the encoding of the file, for a CSV file in the map; or save the file as UTF-8.',
  },
  'import.heading': {
    meaning: 'The file has no heading, lacks a column that the map names, or gives one name to two columns.',
    mend: 'Compare the first row of the file with the columns of the map.',
  },
  'import.stopped': {
    meaning: 'After the row named, nobody can tell where a row begins. No row after it was read.',
    mend: 'Mend that row and run again; what was issued is not issued twice.',
  },
  'import.columns': {
    meaning: 'The row has more or fewer cells than the heading, or than its record type has.',
    mend: 'In a CSV file, put quotes around cells that hold a comma, or complete the row. Have an ESR file sent again.',
  },
  'import.quoting': {
    meaning: 'The quotes of the row do not match.',
    mend: 'Write a quote within a cell twice, and put quotes around the cell.',
  },
  'import.cellTooLarge': { meaning: 'A cell, or the row, is larger than the limit.', mend: 'Shorten it.' },
  'import.characters': {
    meaning: 'A cell holds a control character, or bytes that its encoding does not have.',
    mend: 'Remove the character; where every accent is affected, state the encoding of the file, for a CSV file in the map.',
  },
  'import.noKey': {
    meaning: 'A column that names the row is empty.',
    mend: 'Complete it: without it the same row could be issued twice.',
  },
  'import.duplicateKey': {
    meaning: 'An earlier row of the file has the same row key.',
    mend: 'Remove one of the rows, or name a row key in the map that tells them apart.',
  },
  'import.date': {
    meaning: 'The cell is not a day of the calendar, written in the format that the map states or that ESR has.',
    mend: 'Correct the date at its source, or state its format in the map.',
  },
  'import.yesNo': { meaning: 'The cell is neither yes nor no.', mend: 'Write Yes or No.' },
  'import.number': {
    meaning: 'The cell is not a number written with digits alone; a leading zero makes it a text.',
    mend: 'Write it without separators, or map it as text.',
  },
  'import.lookup': {
    meaning:
      'The table of the map has no entry for the cell, or ESR a value that has no counterpart in the credential.',
    mend: 'Correct the cell, or add it to the table.',
  },
  'import.gap': {
    meaning: 'An item of a list is empty where a later one is not.',
    mend: 'Fill the items of the list from the first on.',
  },
  'import.recordType': {
    meaning: 'The line of an ESR file is of a record type that is not known.',
    mend: 'Ask ESR which layout the file has. What is known is in docs/esr-files.md.',
  },
  'import.header': {
    meaning: 'The header of an ESR file is missing, comes twice, or is not one.',
    mend: 'Have the file sent again.',
  },
  'import.headerDisagrees': {
    meaning: 'The header of an ESR file names another file, or another organisation, than its name does.',
    mend: 'Find out whose file it is before you use it.',
  },
  'import.noLineEnd': {
    meaning: 'The last line of an ESR file has no end: the file may have been cut off.',
    mend: 'Compare its size with what was sent.',
  },
  'import.order': {
    meaning: 'ESR files are not given in the order in which they were made, or are of several organisations.',
    mend: 'Give those of one organisation, by their number, the full one first.',
  },
  'import.filesMissing': {
    meaning: 'The numbers of ESR files leave some out: changes may be missing.',
    mend: 'Find the files between, or have a full one sent.',
  },
  'import.unreadable': {
    meaning: 'The file cannot be opened or read, or changed while it was in use.',
    mend: 'Check that it is there, that it may be read, and that nobody writes to it.',
  },
  'import.severalPeople': {
    meaning: 'More than one person has the assignment number on that day.',
    mend: 'Correct the assignments in ESR; ask by person until then.',
  },
  'import.competenceName': {
    meaning: 'The name of a competence is not made as ESR makes them: owner, framework and title between bars.',
    mend: 'Issue it by hand, if it is statutory or mandatory training.',
  },
  'import.competenceFramework': {
    meaning: 'The competence belongs to a framework that is no training, such as the Knowledge and Skills Framework.',
    mend: 'Do not issue it as a core skill.',
  },
  'import.competenceUnknown': {
    meaning: 'The framework of the 24 core skills has no subject of this name, at this level.',
    mend: 'Compare the name with the published subjects; say which one it is, or issue it by hand.',
  },
  'import.competenceNotAchieved': {
    meaning: 'The record does not say that the person has achieved the competence.',
    mend: 'Do not issue it. Where the person has, correct the record in ESR.',
  },
  'import.missing': {
    meaning: 'The record lacks what the credential must say.',
    mend: 'Complete the record in ESR, or issue by hand.',
  },
  'system.workerFailed': {
    meaning: 'A worker thread ended before its work did.',
    mend: 'Run again; what was issued is not issued twice.',
  },
} as const satisfies Record<string, CodeText>

/** The code of a thrown error. */
export type ErrorCode = keyof typeof ERROR_CODES
