// Generated from schemas/ by scripts/generate.ts. Do not edit.
import type { JsonObject } from '../../core/json.js'

/** The name of the catalogue's JSON-LD context. Never fetched. */
export const STAFF_PASSPORT_CONTEXT_URL = 'https://w3id.org/staff-passport/v1'

/** The catalogue's JSON-LD context. */
export const STAFF_PASSPORT_CONTEXT: JsonObject = {
  "@context": {
    "@version": 1.1,
    "@protected": true,
    "uniqueIdentifier": "https://w3id.org/staff-passport/vocab#uniqueIdentifier",
    "assurance": {
      "@id": "https://w3id.org/staff-passport/vocab#assurance",
      "@context": {
        "@protected": true,
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
    "SourceEvidence": {
      "@id": "https://w3id.org/staff-passport/vocab#SourceEvidence",
      "@context": {
        "@protected": true,
        "identityCredentialDigest": "https://w3id.org/staff-passport/vocab/source-evidence#identityCredentialDigest",
        "route": "https://w3id.org/staff-passport/vocab/source-evidence#route",
        "checkedByRole": "https://w3id.org/staff-passport/vocab/source-evidence#checkedByRole"
      }
    },
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
    "accessKey": {
      "@id": "https://w3id.org/staff-passport/vocab#accessKey",
      "@context": {
        "@protected": true,
        "employer": "https://w3id.org/staff-passport/vocab/access-key#employer",
        "employerOds": "https://w3id.org/staff-passport/vocab/access-key#employerOds",
        "portal": "https://w3id.org/staff-passport/vocab/access-key#portal",
        "accountReference": "https://w3id.org/staff-passport/vocab/access-key#accountReference",
        "givenOn": {
          "@id": "https://w3id.org/staff-passport/vocab/access-key#givenOn",
          "@type": "http://www.w3.org/2001/XMLSchema#date"
        }
      }
    },
    "coreSkill": {
      "@id": "https://w3id.org/staff-passport/vocab#coreSkill",
      "@context": {
        "@protected": true,
        "competencyFramework": "https://w3id.org/staff-passport/vocab/core-skill#competencyFramework",
        "statMandSubject": "https://w3id.org/staff-passport/vocab/core-skill#statMandSubject",
        "level": "https://w3id.org/staff-passport/vocab/core-skill#level",
        "attainmentStatus": "https://w3id.org/staff-passport/vocab/core-skill#attainmentStatus",
        "competencyName": "https://w3id.org/staff-passport/vocab/core-skill#competencyName",
        "lastDateAwarded": {
          "@id": "https://w3id.org/staff-passport/vocab/core-skill#lastDateAwarded",
          "@type": "http://www.w3.org/2001/XMLSchema#date"
        },
        "renewalPeriod": "https://w3id.org/staff-passport/vocab/core-skill#renewalPeriod",
        "units": "https://w3id.org/staff-passport/vocab/core-skill#units",
        "learningMethod": "https://w3id.org/staff-passport/vocab/core-skill#learningMethod",
        "dateTo": {
          "@id": "https://w3id.org/staff-passport/vocab/core-skill#dateTo",
          "@type": "http://www.w3.org/2001/XMLSchema#date"
        },
        "trustIdentifier": "https://w3id.org/staff-passport/vocab/core-skill#trustIdentifier",
        "employer": "https://w3id.org/staff-passport/vocab/core-skill#employer",
        "proficiencyLevel": "https://w3id.org/staff-passport/vocab/core-skill#proficiencyLevel"
      }
    },
    "covid19StaffPassport": {
      "@id": "https://w3id.org/staff-passport/vocab#covid19StaffPassport",
      "@context": {
        "@protected": true,
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
    "dbsSupportingInformation": {
      "@id": "https://w3id.org/staff-passport/vocab#dbsSupportingInformation",
      "@context": {
        "@protected": true,
        "firstName": "https://w3id.org/staff-passport/vocab/dbs-supporting-information#firstName",
        "lastName": "https://w3id.org/staff-passport/vocab/dbs-supporting-information#lastName",
        "dateOfBirth": {
          "@id": "https://w3id.org/staff-passport/vocab/dbs-supporting-information#dateOfBirth",
          "@type": "http://www.w3.org/2001/XMLSchema#date"
        },
        "currentAddress": "https://w3id.org/staff-passport/vocab/dbs-supporting-information#currentAddress",
        "currentAddressVerified": "https://w3id.org/staff-passport/vocab/dbs-supporting-information#currentAddressVerified",
        "residentFrom": {
          "@id": "https://w3id.org/staff-passport/vocab/dbs-supporting-information#residentFrom",
          "@type": "http://www.w3.org/2001/XMLSchema#date"
        },
        "dateOfAddressCheck": {
          "@id": "https://w3id.org/staff-passport/vocab/dbs-supporting-information#dateOfAddressCheck",
          "@type": "http://www.w3.org/2001/XMLSchema#date"
        },
        "identityVerified": "https://w3id.org/staff-passport/vocab/dbs-supporting-information#identityVerified",
        "dateOfIdCheck": {
          "@id": "https://w3id.org/staff-passport/vocab/dbs-supporting-information#dateOfIdCheck",
          "@type": "http://www.w3.org/2001/XMLSchema#date"
        },
        "evidenceCheckedBy": "https://w3id.org/staff-passport/vocab/dbs-supporting-information#evidenceCheckedBy",
        "levelOfAssurance": "https://w3id.org/staff-passport/vocab/dbs-supporting-information#levelOfAssurance",
        "policy": "https://w3id.org/staff-passport/vocab/dbs-supporting-information#policy",
        "evidenceProfile": "https://w3id.org/staff-passport/vocab/dbs-supporting-information#evidenceProfile",
        "gpg44Level": "https://w3id.org/staff-passport/vocab/dbs-supporting-information#gpg44Level",
        "subjectId": "https://w3id.org/staff-passport/vocab/dbs-supporting-information#subjectId",
        "passportNumber": "https://w3id.org/staff-passport/vocab/dbs-supporting-information#passportNumber",
        "passportDateOfBirth": {
          "@id": "https://w3id.org/staff-passport/vocab/dbs-supporting-information#passportDateOfBirth",
          "@type": "http://www.w3.org/2001/XMLSchema#date"
        },
        "passportIssueDate": {
          "@id": "https://w3id.org/staff-passport/vocab/dbs-supporting-information#passportIssueDate",
          "@type": "http://www.w3.org/2001/XMLSchema#date"
        },
        "passportExpiryDate": {
          "@id": "https://w3id.org/staff-passport/vocab/dbs-supporting-information#passportExpiryDate",
          "@type": "http://www.w3.org/2001/XMLSchema#date"
        },
        "passportNationality": "https://w3id.org/staff-passport/vocab/dbs-supporting-information#passportNationality",
        "passportIssuingCountry": "https://w3id.org/staff-passport/vocab/dbs-supporting-information#passportIssuingCountry",
        "drivingLicenceNumber": "https://w3id.org/staff-passport/vocab/dbs-supporting-information#drivingLicenceNumber",
        "drivingLicenceIssueDate": {
          "@id": "https://w3id.org/staff-passport/vocab/dbs-supporting-information#drivingLicenceIssueDate",
          "@type": "http://www.w3.org/2001/XMLSchema#date"
        },
        "drivingLicenceExpiryDate": {
          "@id": "https://w3id.org/staff-passport/vocab/dbs-supporting-information#drivingLicenceExpiryDate",
          "@type": "http://www.w3.org/2001/XMLSchema#date"
        },
        "drivingLicenceValidFrom": {
          "@id": "https://w3id.org/staff-passport/vocab/dbs-supporting-information#drivingLicenceValidFrom",
          "@type": "http://www.w3.org/2001/XMLSchema#date"
        },
        "drivingLicenceType": "https://w3id.org/staff-passport/vocab/dbs-supporting-information#drivingLicenceType",
        "drivingLicenceIssueCountry": "https://w3id.org/staff-passport/vocab/dbs-supporting-information#drivingLicenceIssueCountry",
        "levelSought": "https://w3id.org/staff-passport/vocab/dbs-supporting-information#levelSought",
        "documentsChecked": "https://w3id.org/staff-passport/vocab/dbs-supporting-information#documentsChecked"
      }
    },
    "disclosureAndBarringService": {
      "@id": "https://w3id.org/staff-passport/vocab#disclosureAndBarringService",
      "@context": {
        "@protected": true,
        "disclosureBody": "https://w3id.org/staff-passport/vocab/disclosure-and-barring-service#disclosureBody",
        "level": "https://w3id.org/staff-passport/vocab/disclosure-and-barring-service#level",
        "certificateReferenceNumber": "https://w3id.org/staff-passport/vocab/disclosure-and-barring-service#certificateReferenceNumber",
        "checkOutcome": "https://w3id.org/staff-passport/vocab/disclosure-and-barring-service#checkOutcome",
        "updateService": "https://w3id.org/staff-passport/vocab/disclosure-and-barring-service#updateService",
        "disclosureIssueDate": {
          "@id": "https://w3id.org/staff-passport/vocab/disclosure-and-barring-service#disclosureIssueDate",
          "@type": "http://www.w3.org/2001/XMLSchema#date"
        },
        "barredListCheckedAdult": "https://w3id.org/staff-passport/vocab/disclosure-and-barring-service#barredListCheckedAdult",
        "barredListCheckedChildren": "https://w3id.org/staff-passport/vocab/disclosure-and-barring-service#barredListCheckedChildren",
        "dbsUpdateServiceStatusCheckDate": {
          "@id": "https://w3id.org/staff-passport/vocab/disclosure-and-barring-service#dbsUpdateServiceStatusCheckDate",
          "@type": "http://www.w3.org/2001/XMLSchema#date"
        },
        "updateServiceStatus": "https://w3id.org/staff-passport/vocab/disclosure-and-barring-service#updateServiceStatus",
        "workforce": "https://w3id.org/staff-passport/vocab/disclosure-and-barring-service#workforce",
        "originalSeenOn": {
          "@id": "https://w3id.org/staff-passport/vocab/disclosure-and-barring-service#originalSeenOn",
          "@type": "http://www.w3.org/2001/XMLSchema#date"
        }
      }
    },
    "employmentAssignment": {
      "@id": "https://w3id.org/staff-passport/vocab#employmentAssignment",
      "@context": {
        "@protected": true,
        "employingOrganisation": "https://w3id.org/staff-passport/vocab/employment-assignment#employingOrganisation",
        "employingOrganisationOds": "https://w3id.org/staff-passport/vocab/employment-assignment#employingOrganisationOds",
        "department": "https://w3id.org/staff-passport/vocab/employment-assignment#department",
        "areaOfWork": "https://w3id.org/staff-passport/vocab/employment-assignment#areaOfWork",
        "staffGroup": "https://w3id.org/staff-passport/vocab/employment-assignment#staffGroup",
        "jobRole": "https://w3id.org/staff-passport/vocab/employment-assignment#jobRole",
        "jobTitle": "https://w3id.org/staff-passport/vocab/employment-assignment#jobTitle",
        "assignmentCategory": "https://w3id.org/staff-passport/vocab/employment-assignment#assignmentCategory",
        "assignmentStatus": "https://w3id.org/staff-passport/vocab/employment-assignment#assignmentStatus",
        "assignmentEffectiveStartDate": {
          "@id": "https://w3id.org/staff-passport/vocab/employment-assignment#assignmentEffectiveStartDate",
          "@type": "http://www.w3.org/2001/XMLSchema#date"
        },
        "fixedTermContractEndDate": {
          "@id": "https://w3id.org/staff-passport/vocab/employment-assignment#fixedTermContractEndDate",
          "@type": "http://www.w3.org/2001/XMLSchema#date"
        },
        "occupationCode": "https://w3id.org/staff-passport/vocab/employment-assignment#occupationCode",
        "payBandOrPayScale": "https://w3id.org/staff-passport/vocab/employment-assignment#payBandOrPayScale",
        "vpd": "https://w3id.org/staff-passport/vocab/employment-assignment#vpd",
        "esrAssignmentNumber": "https://w3id.org/staff-passport/vocab/employment-assignment#esrAssignmentNumber"
      }
    },
    "employmentHistory": {
      "@id": "https://w3id.org/staff-passport/vocab#employmentHistory",
      "@context": {
        "@protected": true,
        "checkedOn": {
          "@id": "https://w3id.org/staff-passport/vocab/employment-history#checkedOn",
          "@type": "http://www.w3.org/2001/XMLSchema#date"
        },
        "employments": {
          "@id": "https://w3id.org/staff-passport/vocab/employment-history#employments",
          "@context": {
            "@protected": true,
            "employer": "https://w3id.org/staff-passport/vocab/employment-history-employments#employer",
            "employerOds": "https://w3id.org/staff-passport/vocab/employment-history-employments#employerOds",
            "jobTitle": "https://w3id.org/staff-passport/vocab/employment-history-employments#jobTitle",
            "startDate": {
              "@id": "https://w3id.org/staff-passport/vocab/employment-history-employments#startDate",
              "@type": "http://www.w3.org/2001/XMLSchema#date"
            },
            "endDate": {
              "@id": "https://w3id.org/staff-passport/vocab/employment-history-employments#endDate",
              "@type": "http://www.w3.org/2001/XMLSchema#date"
            },
            "reasonForLeaving": "https://w3id.org/staff-passport/vocab/employment-history-employments#reasonForLeaving",
            "rotationalProgramme": "https://w3id.org/staff-passport/vocab/employment-history-employments#rotationalProgramme",
            "reference": {
              "@id": "https://w3id.org/staff-passport/vocab/employment-history-employments#reference",
              "@context": {
                "@protected": true,
                "outcome": "https://w3id.org/staff-passport/vocab/employment-history-employments-reference#outcome",
                "receivedOn": {
                  "@id": "https://w3id.org/staff-passport/vocab/employment-history-employments-reference#receivedOn",
                  "@type": "http://www.w3.org/2001/XMLSchema#date"
                },
                "refereeRole": "https://w3id.org/staff-passport/vocab/employment-history-employments-reference#refereeRole"
              }
            }
          }
        }
      }
    },
    "identity": {
      "@id": "https://w3id.org/staff-passport/vocab#identity",
      "@context": {
        "@protected": true,
        "legalFirstName": "https://w3id.org/staff-passport/vocab/identity#legalFirstName",
        "middleName": "https://w3id.org/staff-passport/vocab/identity#middleName",
        "legalSurname": "https://w3id.org/staff-passport/vocab/identity#legalSurname",
        "birthDate": {
          "@id": "https://w3id.org/staff-passport/vocab/identity#birthDate",
          "@type": "http://www.w3.org/2001/XMLSchema#date"
        },
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
        "issuedOn": {
          "@id": "https://w3id.org/staff-passport/vocab/identity#issuedOn",
          "@type": "http://www.w3.org/2001/XMLSchema#date"
        },
        "gpg45Profile": "https://w3id.org/staff-passport/vocab/identity#gpg45Profile",
        "documentsChecked": "https://w3id.org/staff-passport/vocab/identity#documentsChecked"
      }
    },
    "immunisation": {
      "@id": "https://w3id.org/staff-passport/vocab#immunisation",
      "@context": {
        "@protected": true,
        "targetDiseases": "https://w3id.org/staff-passport/vocab/immunisation#targetDiseases",
        "evidenceKind": "https://w3id.org/staff-passport/vocab/immunisation#evidenceKind",
        "immunityStatus": "https://w3id.org/staff-passport/vocab/immunisation#immunityStatus",
        "doses": {
          "@id": "https://w3id.org/staff-passport/vocab/immunisation#doses",
          "@context": {
            "@protected": true,
            "date": {
              "@id": "https://w3id.org/staff-passport/vocab/immunisation-doses#date",
              "@type": "http://www.w3.org/2001/XMLSchema#date"
            },
            "doseNumber": "https://w3id.org/staff-passport/vocab/immunisation-doses#doseNumber",
            "vaccineProduct": "https://w3id.org/staff-passport/vocab/immunisation-doses#vaccineProduct"
          }
        },
        "courseComplete": "https://w3id.org/staff-passport/vocab/immunisation#courseComplete",
        "evidenceDate": {
          "@id": "https://w3id.org/staff-passport/vocab/immunisation#evidenceDate",
          "@type": "http://www.w3.org/2001/XMLSchema#date"
        },
        "testResult": "https://w3id.org/staff-passport/vocab/immunisation#testResult",
        "boosterDue": {
          "@id": "https://w3id.org/staff-passport/vocab/immunisation#boosterDue",
          "@type": "http://www.w3.org/2001/XMLSchema#date"
        },
        "recordedBy": "https://w3id.org/staff-passport/vocab/immunisation#recordedBy"
      }
    },
    "newStarterInformation": {
      "@id": "https://w3id.org/staff-passport/vocab#newStarterInformation",
      "@context": {
        "@protected": true,
        "preferredName": "https://w3id.org/staff-passport/vocab/new-starter-information#preferredName",
        "title": "https://w3id.org/staff-passport/vocab/new-starter-information#title",
        "previousNames": "https://w3id.org/staff-passport/vocab/new-starter-information#previousNames",
        "birthDate": {
          "@id": "https://w3id.org/staff-passport/vocab/new-starter-information#birthDate",
          "@type": "http://www.w3.org/2001/XMLSchema#date"
        },
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
        "emergencyContacts": {
          "@id": "https://w3id.org/staff-passport/vocab/new-starter-information#emergencyContacts",
          "@context": {
            "@protected": true,
            "name": "https://w3id.org/staff-passport/vocab/new-starter-information-emergencyContacts#name",
            "relationship": "https://w3id.org/staff-passport/vocab/new-starter-information-emergencyContacts#relationship",
            "telephone": "https://w3id.org/staff-passport/vocab/new-starter-information-emergencyContacts#telephone"
          }
        },
        "declaredOn": {
          "@id": "https://w3id.org/staff-passport/vocab/new-starter-information#declaredOn",
          "@type": "http://www.w3.org/2001/XMLSchema#date"
        }
      }
    },
    "occupationalHealth": {
      "@id": "https://w3id.org/staff-passport/vocab#occupationalHealth",
      "@context": {
        "@protected": true,
        "clearanceOutcome": "https://w3id.org/staff-passport/vocab/occupational-health#clearanceOutcome",
        "clearanceDate": {
          "@id": "https://w3id.org/staff-passport/vocab/occupational-health#clearanceDate",
          "@type": "http://www.w3.org/2001/XMLSchema#date"
        },
        "clearedForRole": "https://w3id.org/staff-passport/vocab/occupational-health#clearedForRole",
        "restrictions": "https://w3id.org/staff-passport/vocab/occupational-health#restrictions",
        "adjustments": "https://w3id.org/staff-passport/vocab/occupational-health#adjustments",
        "exposureProneProcedures": "https://w3id.org/staff-passport/vocab/occupational-health#exposureProneProcedures",
        "exposureProneProceduresClearanceDate": {
          "@id": "https://w3id.org/staff-passport/vocab/occupational-health#exposureProneProceduresClearanceDate",
          "@type": "http://www.w3.org/2001/XMLSchema#date"
        },
        "identifiedValidatedSample": "https://w3id.org/staff-passport/vocab/occupational-health#identifiedValidatedSample",
        "reviewDate": {
          "@id": "https://w3id.org/staff-passport/vocab/occupational-health#reviewDate",
          "@type": "http://www.w3.org/2001/XMLSchema#date"
        },
        "providerName": "https://w3id.org/staff-passport/vocab/occupational-health#providerName"
      }
    },
    "personalDetails": {
      "@id": "https://w3id.org/staff-passport/vocab#personalDetails",
      "@context": {
        "@protected": true,
        "title": "https://w3id.org/staff-passport/vocab/personal-details#title",
        "preferredName": "https://w3id.org/staff-passport/vocab/personal-details#preferredName",
        "legalFirstName": "https://w3id.org/staff-passport/vocab/personal-details#legalFirstName",
        "middleName": "https://w3id.org/staff-passport/vocab/personal-details#middleName",
        "legalSurname": "https://w3id.org/staff-passport/vocab/personal-details#legalSurname",
        "previousNames": "https://w3id.org/staff-passport/vocab/personal-details#previousNames",
        "birthDate": {
          "@id": "https://w3id.org/staff-passport/vocab/personal-details#birthDate",
          "@type": "http://www.w3.org/2001/XMLSchema#date"
        },
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
    "professionalRegistration": {
      "@id": "https://w3id.org/staff-passport/vocab#professionalRegistration",
      "@context": {
        "@protected": true,
        "professionalBody": "https://w3id.org/staff-passport/vocab/professional-registration#professionalBody",
        "staffMember": "https://w3id.org/staff-passport/vocab/professional-registration#staffMember",
        "registrationNumber": "https://w3id.org/staff-passport/vocab/professional-registration#registrationNumber",
        "registrationDate": {
          "@id": "https://w3id.org/staff-passport/vocab/professional-registration#registrationDate",
          "@type": "http://www.w3.org/2001/XMLSchema#date"
        },
        "expiryDate": {
          "@id": "https://w3id.org/staff-passport/vocab/professional-registration#expiryDate",
          "@type": "http://www.w3.org/2001/XMLSchema#date"
        },
        "status": "https://w3id.org/staff-passport/vocab/professional-registration#status",
        "registerPart": "https://w3id.org/staff-passport/vocab/professional-registration#registerPart",
        "licenceToPractise": "https://w3id.org/staff-passport/vocab/professional-registration#licenceToPractise",
        "restrictions": "https://w3id.org/staff-passport/vocab/professional-registration#restrictions",
        "checkedOn": {
          "@id": "https://w3id.org/staff-passport/vocab/professional-registration#checkedOn",
          "@type": "http://www.w3.org/2001/XMLSchema#date"
        }
      }
    },
    "rightToWork": {
      "@id": "https://w3id.org/staff-passport/vocab#rightToWork",
      "@context": {
        "@protected": true,
        "legalFirstName": "https://w3id.org/staff-passport/vocab/right-to-work#legalFirstName",
        "legalSurname": "https://w3id.org/staff-passport/vocab/right-to-work#legalSurname",
        "birthDate": {
          "@id": "https://w3id.org/staff-passport/vocab/right-to-work#birthDate",
          "@type": "http://www.w3.org/2001/XMLSchema#date"
        },
        "passportExpiryDate": {
          "@id": "https://w3id.org/staff-passport/vocab/right-to-work#passportExpiryDate",
          "@type": "http://www.w3.org/2001/XMLSchema#date"
        },
        "biometricPage": "https://w3id.org/staff-passport/vocab/right-to-work#biometricPage",
        "identityVerified": "https://w3id.org/staff-passport/vocab/right-to-work#identityVerified",
        "evidenceCheckedBy": "https://w3id.org/staff-passport/vocab/right-to-work#evidenceCheckedBy",
        "dateOfIdCheck": {
          "@id": "https://w3id.org/staff-passport/vocab/right-to-work#dateOfIdCheck",
          "@type": "http://www.w3.org/2001/XMLSchema#date"
        },
        "gpg45Profile": "https://w3id.org/staff-passport/vocab/right-to-work#gpg45Profile",
        "route": "https://w3id.org/staff-passport/vocab/right-to-work#route",
        "nationality": "https://w3id.org/staff-passport/vocab/right-to-work#nationality",
        "basis": "https://w3id.org/staff-passport/vocab/right-to-work#basis",
        "permissionEndDate": {
          "@id": "https://w3id.org/staff-passport/vocab/right-to-work#permissionEndDate",
          "@type": "http://www.w3.org/2001/XMLSchema#date"
        },
        "verificationNoticeDate": {
          "@id": "https://w3id.org/staff-passport/vocab/right-to-work#verificationNoticeDate",
          "@type": "http://www.w3.org/2001/XMLSchema#date"
        },
        "followUpDue": {
          "@id": "https://w3id.org/staff-passport/vocab/right-to-work#followUpDue",
          "@type": "http://www.w3.org/2001/XMLSchema#date"
        },
        "immigrationStatus": "https://w3id.org/staff-passport/vocab/right-to-work#immigrationStatus",
        "workRestrictions": "https://w3id.org/staff-passport/vocab/right-to-work#workRestrictions",
        "documentsChecked": "https://w3id.org/staff-passport/vocab/right-to-work#documentsChecked"
      }
    },
    "temporaryPlacement": {
      "@id": "https://w3id.org/staff-passport/vocab#temporaryPlacement",
      "@context": {
        "@protected": true,
        "positionTitle": "https://w3id.org/staff-passport/vocab/temporary-placement#positionTitle",
        "positionNumber": "https://w3id.org/staff-passport/vocab/temporary-placement#positionNumber",
        "workPattern": "https://w3id.org/staff-passport/vocab/temporary-placement#workPattern",
        "startDate": {
          "@id": "https://w3id.org/staff-passport/vocab/temporary-placement#startDate",
          "@type": "http://www.w3.org/2001/XMLSchema#date"
        },
        "endDate": {
          "@id": "https://w3id.org/staff-passport/vocab/temporary-placement#endDate",
          "@type": "http://www.w3.org/2001/XMLSchema#date"
        },
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
    "trainingPlacement": {
      "@id": "https://w3id.org/staff-passport/vocab#trainingPlacement",
      "@context": {
        "@protected": true,
        "specialty": "https://w3id.org/staff-passport/vocab/training-placement#specialty",
        "grade": "https://w3id.org/staff-passport/vocab/training-placement#grade",
        "nationalPostNumber": "https://w3id.org/staff-passport/vocab/training-placement#nationalPostNumber",
        "employingBody": "https://w3id.org/staff-passport/vocab/training-placement#employingBody",
        "site": "https://w3id.org/staff-passport/vocab/training-placement#site",
        "startDate": {
          "@id": "https://w3id.org/staff-passport/vocab/training-placement#startDate",
          "@type": "http://www.w3.org/2001/XMLSchema#date"
        },
        "endDate": {
          "@id": "https://w3id.org/staff-passport/vocab/training-placement#endDate",
          "@type": "http://www.w3.org/2001/XMLSchema#date"
        }
      }
    },
    "trainingProgramme": {
      "@id": "https://w3id.org/staff-passport/vocab#trainingProgramme",
      "@context": {
        "@protected": true,
        "programmeName": "https://w3id.org/staff-passport/vocab/training-programme#programmeName",
        "startDate": {
          "@id": "https://w3id.org/staff-passport/vocab/training-programme#startDate",
          "@type": "http://www.w3.org/2001/XMLSchema#date"
        },
        "endDate": {
          "@id": "https://w3id.org/staff-passport/vocab/training-programme#endDate",
          "@type": "http://www.w3.org/2001/XMLSchema#date"
        }
      }
    },
    "tuberculosis": {
      "@id": "https://w3id.org/staff-passport/vocab#tuberculosis",
      "@context": {
        "@protected": true,
        "targetDiseases": "https://w3id.org/staff-passport/vocab/tuberculosis#targetDiseases",
        "evidenceKind": "https://w3id.org/staff-passport/vocab/tuberculosis#evidenceKind",
        "immunityStatus": "https://w3id.org/staff-passport/vocab/tuberculosis#immunityStatus",
        "doses": {
          "@id": "https://w3id.org/staff-passport/vocab/tuberculosis#doses",
          "@context": {
            "@protected": true,
            "date": {
              "@id": "https://w3id.org/staff-passport/vocab/tuberculosis-doses#date",
              "@type": "http://www.w3.org/2001/XMLSchema#date"
            },
            "doseNumber": "https://w3id.org/staff-passport/vocab/tuberculosis-doses#doseNumber",
            "vaccineProduct": "https://w3id.org/staff-passport/vocab/tuberculosis-doses#vaccineProduct"
          }
        },
        "courseComplete": "https://w3id.org/staff-passport/vocab/tuberculosis#courseComplete",
        "evidenceDate": {
          "@id": "https://w3id.org/staff-passport/vocab/tuberculosis#evidenceDate",
          "@type": "http://www.w3.org/2001/XMLSchema#date"
        },
        "testResult": "https://w3id.org/staff-passport/vocab/tuberculosis#testResult",
        "boosterDue": {
          "@id": "https://w3id.org/staff-passport/vocab/tuberculosis#boosterDue",
          "@type": "http://www.w3.org/2001/XMLSchema#date"
        },
        "recordedBy": "https://w3id.org/staff-passport/vocab/tuberculosis#recordedBy"
      }
    },
    "varicella": {
      "@id": "https://w3id.org/staff-passport/vocab#varicella",
      "@context": {
        "@protected": true,
        "targetDiseases": "https://w3id.org/staff-passport/vocab/varicella#targetDiseases",
        "evidenceKind": "https://w3id.org/staff-passport/vocab/varicella#evidenceKind",
        "immunityStatus": "https://w3id.org/staff-passport/vocab/varicella#immunityStatus",
        "doses": {
          "@id": "https://w3id.org/staff-passport/vocab/varicella#doses",
          "@context": {
            "@protected": true,
            "date": {
              "@id": "https://w3id.org/staff-passport/vocab/varicella-doses#date",
              "@type": "http://www.w3.org/2001/XMLSchema#date"
            },
            "doseNumber": "https://w3id.org/staff-passport/vocab/varicella-doses#doseNumber",
            "vaccineProduct": "https://w3id.org/staff-passport/vocab/varicella-doses#vaccineProduct"
          }
        },
        "courseComplete": "https://w3id.org/staff-passport/vocab/varicella#courseComplete",
        "evidenceDate": {
          "@id": "https://w3id.org/staff-passport/vocab/varicella#evidenceDate",
          "@type": "http://www.w3.org/2001/XMLSchema#date"
        },
        "testResult": "https://w3id.org/staff-passport/vocab/varicella#testResult",
        "boosterDue": {
          "@id": "https://w3id.org/staff-passport/vocab/varicella#boosterDue",
          "@type": "http://www.w3.org/2001/XMLSchema#date"
        },
        "recordedBy": "https://w3id.org/staff-passport/vocab/varicella#recordedBy"
      }
    }
  }
}
