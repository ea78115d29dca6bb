// Generated from the contexts by scripts/generate.ts. Do not edit.
import type { ContextTable } from '../rdfc/context-table.js'

/** The contexts that come with us, as the JSON-LD processor understood them. */
export const CONTEXT_TABLE: ContextTable = {
 "layers": [
  {
   "terms": {
    "id": "@id",
    "type": "@type",
    "confidenceMethod": [
     "https://www.w3.org/2018/credentials#confidenceMethod",
     "@id",
     1,
     -1
    ],
    "credentialSchema": [
     "https://www.w3.org/2018/credentials#credentialSchema",
     "@id",
     1,
     -1
    ],
    "credentialStatus": [
     "https://www.w3.org/2018/credentials#credentialStatus",
     "@id",
     1,
     -1
    ],
    "credentialSubject": [
     "https://www.w3.org/2018/credentials#credentialSubject",
     "@id",
     1,
     -1
    ],
    "description": "https://schema.org/description",
    "evidence": [
     "https://www.w3.org/2018/credentials#evidence",
     "@id",
     1,
     -1
    ],
    "issuer": [
     "https://www.w3.org/2018/credentials#issuer",
     "@id",
     1,
     -1
    ],
    "name": "https://schema.org/name",
    "proof": [
     "https://w3id.org/security#proof",
     "@id",
     5,
     -1
    ],
    "refreshService": [
     "https://www.w3.org/2018/credentials#refreshService",
     "@id",
     1,
     -1
    ],
    "relatedResource": [
     "https://www.w3.org/2018/credentials#relatedResource",
     "@id",
     1,
     -1
    ],
    "renderMethod": [
     "https://www.w3.org/2018/credentials#renderMethod",
     "@id",
     1,
     -1
    ],
    "termsOfUse": [
     "https://www.w3.org/2018/credentials#termsOfUse",
     "@id",
     1,
     -1
    ],
    "validFrom": [
     "https://www.w3.org/2018/credentials#validFrom",
     "http://www.w3.org/2001/XMLSchema#dateTime",
     1,
     -1
    ],
    "validUntil": [
     "https://www.w3.org/2018/credentials#validUntil",
     "http://www.w3.org/2001/XMLSchema#dateTime",
     1,
     -1
    ]
   }
  },
  {
   "terms": {
    "id": "@id",
    "type": "@type",
    "holder": [
     "https://www.w3.org/2018/credentials#holder",
     "@id",
     1,
     -1
    ],
    "proof": [
     "https://w3id.org/security#proof",
     "@id",
     5,
     -1
    ],
    "termsOfUse": [
     "https://www.w3.org/2018/credentials#termsOfUse",
     "@id",
     1,
     -1
    ],
    "verifiableCredential": [
     "https://www.w3.org/2018/credentials#verifiableCredential",
     "@id",
     5,
     -2
    ]
   }
  },
  {
   "terms": {
    "id": "@id",
    "type": "@type",
    "jsonSchema": [
     "",
     "",
     9,
     -1
    ]
   }
  },
  {
   "terms": {
    "id": "@id",
    "type": "@type",
    "encodedList": [
     "https://www.w3.org/ns/credentials/status#encodedList",
     "https://w3id.org/security#multibase",
     1,
     -1
    ],
    "statusPurpose": "https://www.w3.org/ns/credentials/status#statusPurpose",
    "ttl": "https://www.w3.org/ns/credentials/status#ttl"
   }
  },
  {
   "terms": {
    "id": "@id",
    "type": "@type",
    "message": "https://www.w3.org/ns/credentials/status#message",
    "status": "https://www.w3.org/ns/credentials/status#status"
   }
  },
  {
   "terms": {
    "id": "@id",
    "type": "@type",
    "statusListCredential": [
     "https://www.w3.org/ns/credentials/status#statusListCredential",
     "@id",
     1,
     -1
    ],
    "statusListIndex": "https://www.w3.org/ns/credentials/status#statusListIndex",
    "statusPurpose": "https://www.w3.org/ns/credentials/status#statusPurpose",
    "statusMessage": [
     "https://www.w3.org/ns/credentials/status#statusMessage",
     "",
     1,
     4
    ],
    "statusReference": [
     "https://www.w3.org/ns/credentials/status#statusReference",
     "@id",
     1,
     -1
    ],
    "statusSize": [
     "https://www.w3.org/ns/credentials/status#statusSize",
     "https://www.w3.org/2001/XMLSchema#integer",
     1,
     -1
    ]
   }
  },
  {
   "terms": {
    "id": "@id",
    "type": "@type",
    "assertionMethod": [
     "https://w3id.org/security#assertionMethod",
     "@id",
     17,
     -1
    ],
    "authentication": [
     "https://w3id.org/security#authenticationMethod",
     "@id",
     17,
     -1
    ],
    "capabilityDelegation": [
     "https://w3id.org/security#capabilityDelegationMethod",
     "@id",
     17,
     -1
    ],
    "capabilityInvocation": [
     "https://w3id.org/security#capabilityInvocationMethod",
     "@id",
     17,
     -1
    ],
    "keyAgreement": [
     "https://w3id.org/security#keyAgreementMethod",
     "@id",
     17,
     -1
    ]
   }
  },
  {
   "terms": {
    "id": "@id",
    "type": "@type",
    "challenge": "https://w3id.org/security#challenge",
    "created": [
     "http://purl.org/dc/terms/created",
     "http://www.w3.org/2001/XMLSchema#dateTime",
     1,
     -1
    ],
    "cryptosuite": [
     "https://w3id.org/security#cryptosuite",
     "https://w3id.org/security#cryptosuiteString",
     1,
     -1
    ],
    "domain": "https://w3id.org/security#domain",
    "expires": [
     "https://w3id.org/security#expiration",
     "http://www.w3.org/2001/XMLSchema#dateTime",
     1,
     -1
    ],
    "nonce": "https://w3id.org/security#nonce",
    "previousProof": [
     "https://w3id.org/security#previousProof",
     "@id",
     1,
     -1
    ],
    "proofPurpose": [
     "https://w3id.org/security#proofPurpose",
     "@vocab",
     1,
     6
    ],
    "proofValue": [
     "https://w3id.org/security#proofValue",
     "https://w3id.org/security#multibase",
     1,
     -1
    ],
    "verificationMethod": [
     "https://w3id.org/security#verificationMethod",
     "@id",
     1,
     -1
    ]
   }
  },
  {
   "terms": {
    "kid": [
     "https://www.iana.org/assignments/jwt#kid",
     "@id",
     1,
     -1
    ],
    "jwk": [
     "",
     "",
     9,
     -1
    ]
   }
  },
  {
   "terms": {
    "id": "@id",
    "type": "@type",
    "description": "https://schema.org/description",
    "digestMultibase": [
     "https://w3id.org/security#digestMultibase",
     "https://w3id.org/security#multibase",
     1,
     -1
    ],
    "digestSRI": [
     "https://www.w3.org/2018/credentials#digestSRI",
     "https://www.w3.org/2018/credentials#sriString",
     1,
     -1
    ],
    "mediaType": "https://schema.org/encodingFormat",
    "name": "https://schema.org/name",
    "VerifiableCredential": [
     "https://www.w3.org/2018/credentials#VerifiableCredential",
     "",
     1,
     0
    ],
    "EnvelopedVerifiableCredential": "https://www.w3.org/2018/credentials#EnvelopedVerifiableCredential",
    "VerifiablePresentation": [
     "https://www.w3.org/2018/credentials#VerifiablePresentation",
     "",
     1,
     1
    ],
    "EnvelopedVerifiablePresentation": "https://www.w3.org/2018/credentials#EnvelopedVerifiablePresentation",
    "JsonSchemaCredential": "https://www.w3.org/2018/credentials#JsonSchemaCredential",
    "JsonSchema": [
     "https://www.w3.org/2018/credentials#JsonSchema",
     "",
     1,
     2
    ],
    "BitstringStatusListCredential": "https://www.w3.org/ns/credentials/status#BitstringStatusListCredential",
    "BitstringStatusList": [
     "https://www.w3.org/ns/credentials/status#BitstringStatusList",
     "",
     1,
     3
    ],
    "BitstringStatusListEntry": [
     "https://www.w3.org/ns/credentials/status#BitstringStatusListEntry",
     "",
     1,
     5
    ],
    "DataIntegrityProof": [
     "https://w3id.org/security#DataIntegrityProof",
     "",
     1,
     7
    ],
    "...": "https://www.iana.org/assignments/jwt#...",
    "_sd": [
     "",
     "",
     9,
     -1
    ],
    "_sd_alg": "https://www.iana.org/assignments/jwt#_sd_alg",
    "aud": [
     "https://www.iana.org/assignments/jwt#aud",
     "@id",
     1,
     -1
    ],
    "cnf": [
     "https://www.iana.org/assignments/jwt#cnf",
     "",
     1,
     8
    ],
    "exp": [
     "https://www.iana.org/assignments/jwt#exp",
     "https://www.w3.org/2001/XMLSchema#nonNegativeInteger",
     1,
     -1
    ],
    "iat": [
     "https://www.iana.org/assignments/jwt#iat",
     "https://www.w3.org/2001/XMLSchema#nonNegativeInteger",
     1,
     -1
    ],
    "iss": [
     "https://www.iana.org/assignments/jose#iss",
     "@id",
     1,
     -1
    ],
    "jku": [
     "https://www.iana.org/assignments/jose#jku",
     "@id",
     1,
     -1
    ],
    "kid": [
     "https://www.iana.org/assignments/jose#kid",
     "@id",
     1,
     -1
    ],
    "nbf": [
     "https://www.iana.org/assignments/jwt#nbf",
     "https://www.w3.org/2001/XMLSchema#nonNegativeInteger",
     1,
     -1
    ],
    "sub": [
     "https://www.iana.org/assignments/jose#sub",
     "@id",
     1,
     -1
    ],
    "x5u": [
     "https://www.iana.org/assignments/jose#x5u",
     "@id",
     1,
     -1
    ]
   }
  },
  {
   "terms": {
    "id": "@id",
    "type": "@type",
    "assertionMethod": [
     "https://w3id.org/security#assertionMethod",
     "@id",
     17,
     -1
    ],
    "authentication": [
     "https://w3id.org/security#authenticationMethod",
     "@id",
     17,
     -1
    ],
    "capabilityInvocation": [
     "https://w3id.org/security#capabilityInvocationMethod",
     "@id",
     17,
     -1
    ],
    "capabilityDelegation": [
     "https://w3id.org/security#capabilityDelegationMethod",
     "@id",
     17,
     -1
    ],
    "keyAgreement": [
     "https://w3id.org/security#keyAgreementMethod",
     "@id",
     17,
     -1
    ]
   }
  },
  {
   "terms": {
    "id": "@id",
    "type": "@type",
    "challenge": "https://w3id.org/security#challenge",
    "created": [
     "http://purl.org/dc/terms/created",
     "http://www.w3.org/2001/XMLSchema#dateTime",
     1,
     -1
    ],
    "domain": "https://w3id.org/security#domain",
    "expires": [
     "https://w3id.org/security#expiration",
     "http://www.w3.org/2001/XMLSchema#dateTime",
     1,
     -1
    ],
    "nonce": "https://w3id.org/security#nonce",
    "previousProof": [
     "https://w3id.org/security#previousProof",
     "@id",
     1,
     -1
    ],
    "proofPurpose": [
     "https://w3id.org/security#proofPurpose",
     "@vocab",
     1,
     10
    ],
    "cryptosuite": [
     "https://w3id.org/security#cryptosuite",
     "https://w3id.org/security#cryptosuiteString",
     1,
     -1
    ],
    "proofValue": [
     "https://w3id.org/security#proofValue",
     "https://w3id.org/security#multibase",
     1,
     -1
    ],
    "verificationMethod": [
     "https://w3id.org/security#verificationMethod",
     "@id",
     1,
     -1
    ]
   }
  },
  {
   "terms": {
    "id": "@id",
    "type": "@type",
    "proof": [
     "https://w3id.org/security#proof",
     "@id",
     5,
     -1
    ],
    "DataIntegrityProof": [
     "https://w3id.org/security#DataIntegrityProof",
     "",
     1,
     11
    ]
   }
  },
  {
   "terms": {
    "origin": "https://w3id.org/staff-passport/vocab/assurance#origin",
    "assurancePolicy": "https://w3id.org/staff-passport/vocab/assurance#assurancePolicy",
    "assuranceOutcome": "https://w3id.org/staff-passport/vocab/assurance#assuranceOutcome",
    "provider": "https://w3id.org/staff-passport/vocab/assurance#provider",
    "verifier": "https://w3id.org/staff-passport/vocab/assurance#verifier",
    "verificationMethod": "https://w3id.org/staff-passport/vocab/assurance#verificationMethod",
    "pedigree": "https://w3id.org/staff-passport/vocab/assurance#pedigree",
    "lastRefresh": "https://w3id.org/staff-passport/vocab/assurance#lastRefresh"
   }
  },
  {
   "terms": {
    "identityCredentialDigest": "https://w3id.org/staff-passport/vocab/source-evidence#identityCredentialDigest",
    "route": "https://w3id.org/staff-passport/vocab/source-evidence#route",
    "checkedByRole": "https://w3id.org/staff-passport/vocab/source-evidence#checkedByRole"
   }
  },
  {
   "terms": {
    "employer": "https://w3id.org/staff-passport/vocab/access-key#employer",
    "employerOds": "https://w3id.org/staff-passport/vocab/access-key#employerOds",
    "portal": "https://w3id.org/staff-passport/vocab/access-key#portal",
    "accountReference": "https://w3id.org/staff-passport/vocab/access-key#accountReference",
    "givenOn": [
     "https://w3id.org/staff-passport/vocab/access-key#givenOn",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ]
   }
  },
  {
   "terms": {
    "competencyFramework": "https://w3id.org/staff-passport/vocab/core-skill#competencyFramework",
    "statMandSubject": "https://w3id.org/staff-passport/vocab/core-skill#statMandSubject",
    "level": "https://w3id.org/staff-passport/vocab/core-skill#level",
    "attainmentStatus": "https://w3id.org/staff-passport/vocab/core-skill#attainmentStatus",
    "competencyName": "https://w3id.org/staff-passport/vocab/core-skill#competencyName",
    "lastDateAwarded": [
     "https://w3id.org/staff-passport/vocab/core-skill#lastDateAwarded",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ],
    "renewalPeriod": "https://w3id.org/staff-passport/vocab/core-skill#renewalPeriod",
    "units": "https://w3id.org/staff-passport/vocab/core-skill#units",
    "learningMethod": "https://w3id.org/staff-passport/vocab/core-skill#learningMethod",
    "dateTo": [
     "https://w3id.org/staff-passport/vocab/core-skill#dateTo",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ],
    "trustIdentifier": "https://w3id.org/staff-passport/vocab/core-skill#trustIdentifier",
    "employer": "https://w3id.org/staff-passport/vocab/core-skill#employer",
    "proficiencyLevel": "https://w3id.org/staff-passport/vocab/core-skill#proficiencyLevel"
   }
  },
  {
   "terms": {
    "preferredName": "https://w3id.org/staff-passport/vocab/covid-19-staff-passport#preferredName",
    "lastName": "https://w3id.org/staff-passport/vocab/covid-19-staff-passport#lastName",
    "mobile": "https://w3id.org/staff-passport/vocab/covid-19-staff-passport#mobile",
    "email": "https://w3id.org/staff-passport/vocab/covid-19-staff-passport#email",
    "employeeId": "https://w3id.org/staff-passport/vocab/covid-19-staff-passport#employeeId",
    "photo": "https://w3id.org/staff-passport/vocab/covid-19-staff-passport#photo",
    "personalDetailsLegalName": "https://w3id.org/staff-passport/vocab/covid-19-staff-passport#personalDetailsLegalName",
    "personalDetailsBirthDate": "https://w3id.org/staff-passport/vocab/covid-19-staff-passport#personalDetailsBirthDate",
    "personalDetailsGender": "https://w3id.org/staff-passport/vocab/covid-19-staff-passport#personalDetailsGender",
    "dbsLevel": "https://w3id.org/staff-passport/vocab/covid-19-staff-passport#dbsLevel",
    "dbsCertificateNumber": "https://w3id.org/staff-passport/vocab/covid-19-staff-passport#dbsCertificateNumber",
    "dbsIssueDate": "https://w3id.org/staff-passport/vocab/covid-19-staff-passport#dbsIssueDate",
    "dbsOutcome": "https://w3id.org/staff-passport/vocab/covid-19-staff-passport#dbsOutcome",
    "rightToWorkStatus": "https://w3id.org/staff-passport/vocab/covid-19-staff-passport#rightToWorkStatus",
    "rightToWorkCheckDate": "https://w3id.org/staff-passport/vocab/covid-19-staff-passport#rightToWorkCheckDate",
    "rightToWorkExpiryDate": "https://w3id.org/staff-passport/vocab/covid-19-staff-passport#rightToWorkExpiryDate",
    "registrationBody": "https://w3id.org/staff-passport/vocab/covid-19-staff-passport#registrationBody",
    "registrationNumber": "https://w3id.org/staff-passport/vocab/covid-19-staff-passport#registrationNumber",
    "registrationExpiryDate": "https://w3id.org/staff-passport/vocab/covid-19-staff-passport#registrationExpiryDate",
    "occupationalHealthStatus": "https://w3id.org/staff-passport/vocab/covid-19-staff-passport#occupationalHealthStatus",
    "occupationalHealthClearanceDate": "https://w3id.org/staff-passport/vocab/covid-19-staff-passport#occupationalHealthClearanceDate",
    "employer": "https://w3id.org/staff-passport/vocab/covid-19-staff-passport#employer",
    "jobTitle": "https://w3id.org/staff-passport/vocab/covid-19-staff-passport#jobTitle",
    "staffGroup": "https://w3id.org/staff-passport/vocab/covid-19-staff-passport#staffGroup",
    "employmentStartDate": "https://w3id.org/staff-passport/vocab/covid-19-staff-passport#employmentStartDate",
    "employmentEndDate": "https://w3id.org/staff-passport/vocab/covid-19-staff-passport#employmentEndDate",
    "payBand": "https://w3id.org/staff-passport/vocab/covid-19-staff-passport#payBand"
   }
  },
  {
   "terms": {
    "firstName": "https://w3id.org/staff-passport/vocab/dbs-supporting-information#firstName",
    "lastName": "https://w3id.org/staff-passport/vocab/dbs-supporting-information#lastName",
    "dateOfBirth": [
     "https://w3id.org/staff-passport/vocab/dbs-supporting-information#dateOfBirth",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ],
    "currentAddress": "https://w3id.org/staff-passport/vocab/dbs-supporting-information#currentAddress",
    "currentAddressVerified": "https://w3id.org/staff-passport/vocab/dbs-supporting-information#currentAddressVerified",
    "residentFrom": [
     "https://w3id.org/staff-passport/vocab/dbs-supporting-information#residentFrom",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ],
    "dateOfAddressCheck": [
     "https://w3id.org/staff-passport/vocab/dbs-supporting-information#dateOfAddressCheck",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ],
    "identityVerified": "https://w3id.org/staff-passport/vocab/dbs-supporting-information#identityVerified",
    "dateOfIdCheck": [
     "https://w3id.org/staff-passport/vocab/dbs-supporting-information#dateOfIdCheck",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ],
    "evidenceCheckedBy": "https://w3id.org/staff-passport/vocab/dbs-supporting-information#evidenceCheckedBy",
    "levelOfAssurance": "https://w3id.org/staff-passport/vocab/dbs-supporting-information#levelOfAssurance",
    "policy": "https://w3id.org/staff-passport/vocab/dbs-supporting-information#policy",
    "evidenceProfile": "https://w3id.org/staff-passport/vocab/dbs-supporting-information#evidenceProfile",
    "gpg44Level": "https://w3id.org/staff-passport/vocab/dbs-supporting-information#gpg44Level",
    "subjectId": "https://w3id.org/staff-passport/vocab/dbs-supporting-information#subjectId",
    "passportNumber": "https://w3id.org/staff-passport/vocab/dbs-supporting-information#passportNumber",
    "passportDateOfBirth": [
     "https://w3id.org/staff-passport/vocab/dbs-supporting-information#passportDateOfBirth",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ],
    "passportIssueDate": [
     "https://w3id.org/staff-passport/vocab/dbs-supporting-information#passportIssueDate",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ],
    "passportExpiryDate": [
     "https://w3id.org/staff-passport/vocab/dbs-supporting-information#passportExpiryDate",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ],
    "passportNationality": "https://w3id.org/staff-passport/vocab/dbs-supporting-information#passportNationality",
    "passportIssuingCountry": "https://w3id.org/staff-passport/vocab/dbs-supporting-information#passportIssuingCountry",
    "drivingLicenceNumber": "https://w3id.org/staff-passport/vocab/dbs-supporting-information#drivingLicenceNumber",
    "drivingLicenceIssueDate": [
     "https://w3id.org/staff-passport/vocab/dbs-supporting-information#drivingLicenceIssueDate",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ],
    "drivingLicenceExpiryDate": [
     "https://w3id.org/staff-passport/vocab/dbs-supporting-information#drivingLicenceExpiryDate",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ],
    "drivingLicenceValidFrom": [
     "https://w3id.org/staff-passport/vocab/dbs-supporting-information#drivingLicenceValidFrom",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ],
    "drivingLicenceType": "https://w3id.org/staff-passport/vocab/dbs-supporting-information#drivingLicenceType",
    "drivingLicenceIssueCountry": "https://w3id.org/staff-passport/vocab/dbs-supporting-information#drivingLicenceIssueCountry",
    "levelSought": "https://w3id.org/staff-passport/vocab/dbs-supporting-information#levelSought",
    "documentsChecked": "https://w3id.org/staff-passport/vocab/dbs-supporting-information#documentsChecked"
   }
  },
  {
   "terms": {
    "disclosureBody": "https://w3id.org/staff-passport/vocab/disclosure-and-barring-service#disclosureBody",
    "level": "https://w3id.org/staff-passport/vocab/disclosure-and-barring-service#level",
    "certificateReferenceNumber": "https://w3id.org/staff-passport/vocab/disclosure-and-barring-service#certificateReferenceNumber",
    "checkOutcome": "https://w3id.org/staff-passport/vocab/disclosure-and-barring-service#checkOutcome",
    "updateService": "https://w3id.org/staff-passport/vocab/disclosure-and-barring-service#updateService",
    "disclosureIssueDate": [
     "https://w3id.org/staff-passport/vocab/disclosure-and-barring-service#disclosureIssueDate",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ],
    "barredListCheckedAdult": "https://w3id.org/staff-passport/vocab/disclosure-and-barring-service#barredListCheckedAdult",
    "barredListCheckedChildren": "https://w3id.org/staff-passport/vocab/disclosure-and-barring-service#barredListCheckedChildren",
    "dbsUpdateServiceStatusCheckDate": [
     "https://w3id.org/staff-passport/vocab/disclosure-and-barring-service#dbsUpdateServiceStatusCheckDate",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ],
    "updateServiceStatus": "https://w3id.org/staff-passport/vocab/disclosure-and-barring-service#updateServiceStatus",
    "workforce": "https://w3id.org/staff-passport/vocab/disclosure-and-barring-service#workforce",
    "originalSeenOn": [
     "https://w3id.org/staff-passport/vocab/disclosure-and-barring-service#originalSeenOn",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ]
   }
  },
  {
   "terms": {
    "employingOrganisation": "https://w3id.org/staff-passport/vocab/employment-assignment#employingOrganisation",
    "employingOrganisationOds": "https://w3id.org/staff-passport/vocab/employment-assignment#employingOrganisationOds",
    "department": "https://w3id.org/staff-passport/vocab/employment-assignment#department",
    "areaOfWork": "https://w3id.org/staff-passport/vocab/employment-assignment#areaOfWork",
    "staffGroup": "https://w3id.org/staff-passport/vocab/employment-assignment#staffGroup",
    "jobRole": "https://w3id.org/staff-passport/vocab/employment-assignment#jobRole",
    "jobTitle": "https://w3id.org/staff-passport/vocab/employment-assignment#jobTitle",
    "assignmentCategory": "https://w3id.org/staff-passport/vocab/employment-assignment#assignmentCategory",
    "assignmentStatus": "https://w3id.org/staff-passport/vocab/employment-assignment#assignmentStatus",
    "assignmentEffectiveStartDate": [
     "https://w3id.org/staff-passport/vocab/employment-assignment#assignmentEffectiveStartDate",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ],
    "fixedTermContractEndDate": [
     "https://w3id.org/staff-passport/vocab/employment-assignment#fixedTermContractEndDate",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ],
    "occupationCode": "https://w3id.org/staff-passport/vocab/employment-assignment#occupationCode",
    "payBandOrPayScale": "https://w3id.org/staff-passport/vocab/employment-assignment#payBandOrPayScale",
    "vpd": "https://w3id.org/staff-passport/vocab/employment-assignment#vpd",
    "esrAssignmentNumber": "https://w3id.org/staff-passport/vocab/employment-assignment#esrAssignmentNumber"
   }
  },
  {
   "terms": {
    "outcome": "https://w3id.org/staff-passport/vocab/employment-history-employments-reference#outcome",
    "receivedOn": [
     "https://w3id.org/staff-passport/vocab/employment-history-employments-reference#receivedOn",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ],
    "refereeRole": "https://w3id.org/staff-passport/vocab/employment-history-employments-reference#refereeRole"
   }
  },
  {
   "terms": {
    "employer": "https://w3id.org/staff-passport/vocab/employment-history-employments#employer",
    "employerOds": "https://w3id.org/staff-passport/vocab/employment-history-employments#employerOds",
    "jobTitle": "https://w3id.org/staff-passport/vocab/employment-history-employments#jobTitle",
    "startDate": [
     "https://w3id.org/staff-passport/vocab/employment-history-employments#startDate",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ],
    "endDate": [
     "https://w3id.org/staff-passport/vocab/employment-history-employments#endDate",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ],
    "reasonForLeaving": "https://w3id.org/staff-passport/vocab/employment-history-employments#reasonForLeaving",
    "rotationalProgramme": "https://w3id.org/staff-passport/vocab/employment-history-employments#rotationalProgramme",
    "reference": [
     "https://w3id.org/staff-passport/vocab/employment-history-employments#reference",
     "",
     1,
     21
    ]
   }
  },
  {
   "terms": {
    "checkedOn": [
     "https://w3id.org/staff-passport/vocab/employment-history#checkedOn",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ],
    "employments": [
     "https://w3id.org/staff-passport/vocab/employment-history#employments",
     "",
     1,
     22
    ]
   }
  },
  {
   "terms": {
    "legalFirstName": "https://w3id.org/staff-passport/vocab/identity#legalFirstName",
    "middleName": "https://w3id.org/staff-passport/vocab/identity#middleName",
    "legalSurname": "https://w3id.org/staff-passport/vocab/identity#legalSurname",
    "birthDate": [
     "https://w3id.org/staff-passport/vocab/identity#birthDate",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ],
    "legalGender": "https://w3id.org/staff-passport/vocab/identity#legalGender",
    "nationality": "https://w3id.org/staff-passport/vocab/identity#nationality",
    "addressLine1": "https://w3id.org/staff-passport/vocab/identity#addressLine1",
    "addressLine2": "https://w3id.org/staff-passport/vocab/identity#addressLine2",
    "townOrCity": "https://w3id.org/staff-passport/vocab/identity#townOrCity",
    "county": "https://w3id.org/staff-passport/vocab/identity#county",
    "postcode": "https://w3id.org/staff-passport/vocab/identity#postcode",
    "country": "https://w3id.org/staff-passport/vocab/identity#country",
    "photo": "https://w3id.org/staff-passport/vocab/identity#photo",
    "currentAddressVerified": "https://w3id.org/staff-passport/vocab/identity#currentAddressVerified",
    "issuedOn": [
     "https://w3id.org/staff-passport/vocab/identity#issuedOn",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ],
    "gpg45Profile": "https://w3id.org/staff-passport/vocab/identity#gpg45Profile",
    "documentsChecked": "https://w3id.org/staff-passport/vocab/identity#documentsChecked"
   }
  },
  {
   "terms": {
    "date": [
     "https://w3id.org/staff-passport/vocab/immunisation-doses#date",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ],
    "doseNumber": "https://w3id.org/staff-passport/vocab/immunisation-doses#doseNumber",
    "vaccineProduct": "https://w3id.org/staff-passport/vocab/immunisation-doses#vaccineProduct"
   }
  },
  {
   "terms": {
    "targetDiseases": "https://w3id.org/staff-passport/vocab/immunisation#targetDiseases",
    "evidenceKind": "https://w3id.org/staff-passport/vocab/immunisation#evidenceKind",
    "immunityStatus": "https://w3id.org/staff-passport/vocab/immunisation#immunityStatus",
    "doses": [
     "https://w3id.org/staff-passport/vocab/immunisation#doses",
     "",
     1,
     25
    ],
    "courseComplete": "https://w3id.org/staff-passport/vocab/immunisation#courseComplete",
    "evidenceDate": [
     "https://w3id.org/staff-passport/vocab/immunisation#evidenceDate",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ],
    "testResult": "https://w3id.org/staff-passport/vocab/immunisation#testResult",
    "boosterDue": [
     "https://w3id.org/staff-passport/vocab/immunisation#boosterDue",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ],
    "recordedBy": "https://w3id.org/staff-passport/vocab/immunisation#recordedBy"
   }
  },
  {
   "terms": {
    "name": "https://w3id.org/staff-passport/vocab/new-starter-information-emergencyContacts#name",
    "relationship": "https://w3id.org/staff-passport/vocab/new-starter-information-emergencyContacts#relationship",
    "telephone": "https://w3id.org/staff-passport/vocab/new-starter-information-emergencyContacts#telephone"
   }
  },
  {
   "terms": {
    "preferredName": "https://w3id.org/staff-passport/vocab/new-starter-information#preferredName",
    "title": "https://w3id.org/staff-passport/vocab/new-starter-information#title",
    "previousNames": "https://w3id.org/staff-passport/vocab/new-starter-information#previousNames",
    "birthDate": [
     "https://w3id.org/staff-passport/vocab/new-starter-information#birthDate",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ],
    "maritalStatus": "https://w3id.org/staff-passport/vocab/new-starter-information#maritalStatus",
    "nationalInsuranceNumber": "https://w3id.org/staff-passport/vocab/new-starter-information#nationalInsuranceNumber",
    "identityDocuments": "https://w3id.org/staff-passport/vocab/new-starter-information#identityDocuments",
    "personalEmail": "https://w3id.org/staff-passport/vocab/new-starter-information#personalEmail",
    "mobile": "https://w3id.org/staff-passport/vocab/new-starter-information#mobile",
    "homeTelephone": "https://w3id.org/staff-passport/vocab/new-starter-information#homeTelephone",
    "addressLine1": "https://w3id.org/staff-passport/vocab/new-starter-information#addressLine1",
    "addressLine2": "https://w3id.org/staff-passport/vocab/new-starter-information#addressLine2",
    "townOrCity": "https://w3id.org/staff-passport/vocab/new-starter-information#townOrCity",
    "county": "https://w3id.org/staff-passport/vocab/new-starter-information#county",
    "postcode": "https://w3id.org/staff-passport/vocab/new-starter-information#postcode",
    "country": "https://w3id.org/staff-passport/vocab/new-starter-information#country",
    "emergencyContacts": [
     "https://w3id.org/staff-passport/vocab/new-starter-information#emergencyContacts",
     "",
     1,
     27
    ],
    "declaredOn": [
     "https://w3id.org/staff-passport/vocab/new-starter-information#declaredOn",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ]
   }
  },
  {
   "terms": {
    "clearanceOutcome": "https://w3id.org/staff-passport/vocab/occupational-health#clearanceOutcome",
    "clearanceDate": [
     "https://w3id.org/staff-passport/vocab/occupational-health#clearanceDate",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ],
    "clearedForRole": "https://w3id.org/staff-passport/vocab/occupational-health#clearedForRole",
    "restrictions": "https://w3id.org/staff-passport/vocab/occupational-health#restrictions",
    "adjustments": "https://w3id.org/staff-passport/vocab/occupational-health#adjustments",
    "exposureProneProcedures": "https://w3id.org/staff-passport/vocab/occupational-health#exposureProneProcedures",
    "exposureProneProceduresClearanceDate": [
     "https://w3id.org/staff-passport/vocab/occupational-health#exposureProneProceduresClearanceDate",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ],
    "identifiedValidatedSample": "https://w3id.org/staff-passport/vocab/occupational-health#identifiedValidatedSample",
    "reviewDate": [
     "https://w3id.org/staff-passport/vocab/occupational-health#reviewDate",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ],
    "providerName": "https://w3id.org/staff-passport/vocab/occupational-health#providerName"
   }
  },
  {
   "terms": {
    "title": "https://w3id.org/staff-passport/vocab/personal-details#title",
    "preferredName": "https://w3id.org/staff-passport/vocab/personal-details#preferredName",
    "legalFirstName": "https://w3id.org/staff-passport/vocab/personal-details#legalFirstName",
    "middleName": "https://w3id.org/staff-passport/vocab/personal-details#middleName",
    "legalSurname": "https://w3id.org/staff-passport/vocab/personal-details#legalSurname",
    "previousNames": "https://w3id.org/staff-passport/vocab/personal-details#previousNames",
    "birthDate": [
     "https://w3id.org/staff-passport/vocab/personal-details#birthDate",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ],
    "mobile": "https://w3id.org/staff-passport/vocab/personal-details#mobile",
    "workEmail": "https://w3id.org/staff-passport/vocab/personal-details#workEmail",
    "personalEmail": "https://w3id.org/staff-passport/vocab/personal-details#personalEmail",
    "employeeId": "https://w3id.org/staff-passport/vocab/personal-details#employeeId",
    "addressLine1": "https://w3id.org/staff-passport/vocab/personal-details#addressLine1",
    "addressLine2": "https://w3id.org/staff-passport/vocab/personal-details#addressLine2",
    "townOrCity": "https://w3id.org/staff-passport/vocab/personal-details#townOrCity",
    "county": "https://w3id.org/staff-passport/vocab/personal-details#county",
    "postcode": "https://w3id.org/staff-passport/vocab/personal-details#postcode",
    "country": "https://w3id.org/staff-passport/vocab/personal-details#country",
    "nationalInsuranceNumber": "https://w3id.org/staff-passport/vocab/personal-details#nationalInsuranceNumber",
    "photo": "https://w3id.org/staff-passport/vocab/personal-details#photo"
   }
  },
  {
   "terms": {
    "professionalBody": "https://w3id.org/staff-passport/vocab/professional-registration#professionalBody",
    "staffMember": "https://w3id.org/staff-passport/vocab/professional-registration#staffMember",
    "registrationNumber": "https://w3id.org/staff-passport/vocab/professional-registration#registrationNumber",
    "registrationDate": [
     "https://w3id.org/staff-passport/vocab/professional-registration#registrationDate",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ],
    "expiryDate": [
     "https://w3id.org/staff-passport/vocab/professional-registration#expiryDate",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ],
    "status": "https://w3id.org/staff-passport/vocab/professional-registration#status",
    "registerPart": "https://w3id.org/staff-passport/vocab/professional-registration#registerPart",
    "licenceToPractise": "https://w3id.org/staff-passport/vocab/professional-registration#licenceToPractise",
    "restrictions": "https://w3id.org/staff-passport/vocab/professional-registration#restrictions",
    "checkedOn": [
     "https://w3id.org/staff-passport/vocab/professional-registration#checkedOn",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ]
   }
  },
  {
   "terms": {
    "legalFirstName": "https://w3id.org/staff-passport/vocab/right-to-work#legalFirstName",
    "legalSurname": "https://w3id.org/staff-passport/vocab/right-to-work#legalSurname",
    "birthDate": [
     "https://w3id.org/staff-passport/vocab/right-to-work#birthDate",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ],
    "passportExpiryDate": [
     "https://w3id.org/staff-passport/vocab/right-to-work#passportExpiryDate",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ],
    "biometricPage": "https://w3id.org/staff-passport/vocab/right-to-work#biometricPage",
    "identityVerified": "https://w3id.org/staff-passport/vocab/right-to-work#identityVerified",
    "evidenceCheckedBy": "https://w3id.org/staff-passport/vocab/right-to-work#evidenceCheckedBy",
    "dateOfIdCheck": [
     "https://w3id.org/staff-passport/vocab/right-to-work#dateOfIdCheck",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ],
    "gpg45Profile": "https://w3id.org/staff-passport/vocab/right-to-work#gpg45Profile",
    "route": "https://w3id.org/staff-passport/vocab/right-to-work#route",
    "nationality": "https://w3id.org/staff-passport/vocab/right-to-work#nationality",
    "basis": "https://w3id.org/staff-passport/vocab/right-to-work#basis",
    "permissionEndDate": [
     "https://w3id.org/staff-passport/vocab/right-to-work#permissionEndDate",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ],
    "verificationNoticeDate": [
     "https://w3id.org/staff-passport/vocab/right-to-work#verificationNoticeDate",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ],
    "followUpDue": [
     "https://w3id.org/staff-passport/vocab/right-to-work#followUpDue",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ],
    "immigrationStatus": "https://w3id.org/staff-passport/vocab/right-to-work#immigrationStatus",
    "workRestrictions": "https://w3id.org/staff-passport/vocab/right-to-work#workRestrictions",
    "documentsChecked": "https://w3id.org/staff-passport/vocab/right-to-work#documentsChecked"
   }
  },
  {
   "terms": {
    "positionTitle": "https://w3id.org/staff-passport/vocab/temporary-placement#positionTitle",
    "positionNumber": "https://w3id.org/staff-passport/vocab/temporary-placement#positionNumber",
    "workPattern": "https://w3id.org/staff-passport/vocab/temporary-placement#workPattern",
    "startDate": [
     "https://w3id.org/staff-passport/vocab/temporary-placement#startDate",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ],
    "endDate": [
     "https://w3id.org/staff-passport/vocab/temporary-placement#endDate",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ],
    "permanentEmployer": "https://w3id.org/staff-passport/vocab/temporary-placement#permanentEmployer",
    "host": "https://w3id.org/staff-passport/vocab/temporary-placement#host",
    "department": "https://w3id.org/staff-passport/vocab/temporary-placement#department",
    "departmentContactName": "https://w3id.org/staff-passport/vocab/temporary-placement#departmentContactName",
    "departmentContactEmail": "https://w3id.org/staff-passport/vocab/temporary-placement#departmentContactEmail",
    "departmentContactTelephone": "https://w3id.org/staff-passport/vocab/temporary-placement#departmentContactTelephone",
    "hrContact": "https://w3id.org/staff-passport/vocab/temporary-placement#hrContact",
    "approvedBy": "https://w3id.org/staff-passport/vocab/temporary-placement#approvedBy",
    "additionalInformation": "https://w3id.org/staff-passport/vocab/temporary-placement#additionalInformation",
    "licenceToAttend": "https://w3id.org/staff-passport/vocab/temporary-placement#licenceToAttend",
    "arrangement": "https://w3id.org/staff-passport/vocab/temporary-placement#arrangement",
    "licenceToAttendAcceptedBy": "https://w3id.org/staff-passport/vocab/temporary-placement#licenceToAttendAcceptedBy"
   }
  },
  {
   "terms": {
    "specialty": "https://w3id.org/staff-passport/vocab/training-placement#specialty",
    "grade": "https://w3id.org/staff-passport/vocab/training-placement#grade",
    "nationalPostNumber": "https://w3id.org/staff-passport/vocab/training-placement#nationalPostNumber",
    "employingBody": "https://w3id.org/staff-passport/vocab/training-placement#employingBody",
    "site": "https://w3id.org/staff-passport/vocab/training-placement#site",
    "startDate": [
     "https://w3id.org/staff-passport/vocab/training-placement#startDate",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ],
    "endDate": [
     "https://w3id.org/staff-passport/vocab/training-placement#endDate",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ]
   }
  },
  {
   "terms": {
    "programmeName": "https://w3id.org/staff-passport/vocab/training-programme#programmeName",
    "startDate": [
     "https://w3id.org/staff-passport/vocab/training-programme#startDate",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ],
    "endDate": [
     "https://w3id.org/staff-passport/vocab/training-programme#endDate",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ]
   }
  },
  {
   "terms": {
    "date": [
     "https://w3id.org/staff-passport/vocab/tuberculosis-doses#date",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ],
    "doseNumber": "https://w3id.org/staff-passport/vocab/tuberculosis-doses#doseNumber",
    "vaccineProduct": "https://w3id.org/staff-passport/vocab/tuberculosis-doses#vaccineProduct"
   }
  },
  {
   "terms": {
    "targetDiseases": "https://w3id.org/staff-passport/vocab/tuberculosis#targetDiseases",
    "evidenceKind": "https://w3id.org/staff-passport/vocab/tuberculosis#evidenceKind",
    "immunityStatus": "https://w3id.org/staff-passport/vocab/tuberculosis#immunityStatus",
    "doses": [
     "https://w3id.org/staff-passport/vocab/tuberculosis#doses",
     "",
     1,
     36
    ],
    "courseComplete": "https://w3id.org/staff-passport/vocab/tuberculosis#courseComplete",
    "evidenceDate": [
     "https://w3id.org/staff-passport/vocab/tuberculosis#evidenceDate",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ],
    "testResult": "https://w3id.org/staff-passport/vocab/tuberculosis#testResult",
    "boosterDue": [
     "https://w3id.org/staff-passport/vocab/tuberculosis#boosterDue",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ],
    "recordedBy": "https://w3id.org/staff-passport/vocab/tuberculosis#recordedBy"
   }
  },
  {
   "terms": {
    "date": [
     "https://w3id.org/staff-passport/vocab/varicella-doses#date",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ],
    "doseNumber": "https://w3id.org/staff-passport/vocab/varicella-doses#doseNumber",
    "vaccineProduct": "https://w3id.org/staff-passport/vocab/varicella-doses#vaccineProduct"
   }
  },
  {
   "terms": {
    "targetDiseases": "https://w3id.org/staff-passport/vocab/varicella#targetDiseases",
    "evidenceKind": "https://w3id.org/staff-passport/vocab/varicella#evidenceKind",
    "immunityStatus": "https://w3id.org/staff-passport/vocab/varicella#immunityStatus",
    "doses": [
     "https://w3id.org/staff-passport/vocab/varicella#doses",
     "",
     1,
     38
    ],
    "courseComplete": "https://w3id.org/staff-passport/vocab/varicella#courseComplete",
    "evidenceDate": [
     "https://w3id.org/staff-passport/vocab/varicella#evidenceDate",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ],
    "testResult": "https://w3id.org/staff-passport/vocab/varicella#testResult",
    "boosterDue": [
     "https://w3id.org/staff-passport/vocab/varicella#boosterDue",
     "http://www.w3.org/2001/XMLSchema#date",
     1,
     -1
    ],
    "recordedBy": "https://w3id.org/staff-passport/vocab/varicella#recordedBy"
   }
  },
  {
   "terms": {
    "uniqueIdentifier": "https://w3id.org/staff-passport/vocab#uniqueIdentifier",
    "assurance": [
     "https://w3id.org/staff-passport/vocab#assurance",
     "",
     1,
     13
    ],
    "SourceEvidence": [
     "https://w3id.org/staff-passport/vocab#SourceEvidence",
     "",
     1,
     14
    ],
    "AccessKey": "https://w3id.org/staff-passport/vocab#AccessKey",
    "CoreSkill": "https://w3id.org/staff-passport/vocab#CoreSkill",
    "Covid19StaffPassport": "https://w3id.org/staff-passport/vocab#Covid19StaffPassport",
    "DbsSupportingInformation": "https://w3id.org/staff-passport/vocab#DbsSupportingInformation",
    "DisclosureAndBarringService": "https://w3id.org/staff-passport/vocab#DisclosureAndBarringService",
    "EmploymentAssignment": "https://w3id.org/staff-passport/vocab#EmploymentAssignment",
    "EmploymentHistory": "https://w3id.org/staff-passport/vocab#EmploymentHistory",
    "Identity": "https://w3id.org/staff-passport/vocab#Identity",
    "Immunisation": "https://w3id.org/staff-passport/vocab#Immunisation",
    "NewStarterInformation": "https://w3id.org/staff-passport/vocab#NewStarterInformation",
    "OccupationalHealth": "https://w3id.org/staff-passport/vocab#OccupationalHealth",
    "PersonalDetails": "https://w3id.org/staff-passport/vocab#PersonalDetails",
    "ProfessionalRegistration": "https://w3id.org/staff-passport/vocab#ProfessionalRegistration",
    "RightToWork": "https://w3id.org/staff-passport/vocab#RightToWork",
    "TemporaryPlacement": "https://w3id.org/staff-passport/vocab#TemporaryPlacement",
    "TrainingPlacement": "https://w3id.org/staff-passport/vocab#TrainingPlacement",
    "TrainingProgramme": "https://w3id.org/staff-passport/vocab#TrainingProgramme",
    "Tuberculosis": "https://w3id.org/staff-passport/vocab#Tuberculosis",
    "Varicella": "https://w3id.org/staff-passport/vocab#Varicella",
    "accessKey": [
     "https://w3id.org/staff-passport/vocab#accessKey",
     "",
     1,
     15
    ],
    "coreSkill": [
     "https://w3id.org/staff-passport/vocab#coreSkill",
     "",
     1,
     16
    ],
    "covid19StaffPassport": [
     "https://w3id.org/staff-passport/vocab#covid19StaffPassport",
     "",
     1,
     17
    ],
    "dbsSupportingInformation": [
     "https://w3id.org/staff-passport/vocab#dbsSupportingInformation",
     "",
     1,
     18
    ],
    "disclosureAndBarringService": [
     "https://w3id.org/staff-passport/vocab#disclosureAndBarringService",
     "",
     1,
     19
    ],
    "employmentAssignment": [
     "https://w3id.org/staff-passport/vocab#employmentAssignment",
     "",
     1,
     20
    ],
    "employmentHistory": [
     "https://w3id.org/staff-passport/vocab#employmentHistory",
     "",
     1,
     23
    ],
    "identity": [
     "https://w3id.org/staff-passport/vocab#identity",
     "",
     1,
     24
    ],
    "immunisation": [
     "https://w3id.org/staff-passport/vocab#immunisation",
     "",
     1,
     26
    ],
    "newStarterInformation": [
     "https://w3id.org/staff-passport/vocab#newStarterInformation",
     "",
     1,
     28
    ],
    "occupationalHealth": [
     "https://w3id.org/staff-passport/vocab#occupationalHealth",
     "",
     1,
     29
    ],
    "personalDetails": [
     "https://w3id.org/staff-passport/vocab#personalDetails",
     "",
     1,
     30
    ],
    "professionalRegistration": [
     "https://w3id.org/staff-passport/vocab#professionalRegistration",
     "",
     1,
     31
    ],
    "rightToWork": [
     "https://w3id.org/staff-passport/vocab#rightToWork",
     "",
     1,
     32
    ],
    "temporaryPlacement": [
     "https://w3id.org/staff-passport/vocab#temporaryPlacement",
     "",
     1,
     33
    ],
    "trainingPlacement": [
     "https://w3id.org/staff-passport/vocab#trainingPlacement",
     "",
     1,
     34
    ],
    "trainingProgramme": [
     "https://w3id.org/staff-passport/vocab#trainingProgramme",
     "",
     1,
     35
    ],
    "tuberculosis": [
     "https://w3id.org/staff-passport/vocab#tuberculosis",
     "",
     1,
     37
    ],
    "varicella": [
     "https://w3id.org/staff-passport/vocab#varicella",
     "",
     1,
     39
    ]
   }
  }
 ],
 "contexts": {
  "https://www.w3.org/ns/credentials/v2": 9,
  "https://w3id.org/security/data-integrity/v2": 12,
  "https://w3id.org/staff-passport/v1": 40
 }
}
