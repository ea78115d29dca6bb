// Generated from schemas/ by scripts/generate.ts. Do not edit.

/**
 * The content of each record, by its type.
 */
export interface EmploymentChecks {
  DbsRecord: DbsRecord
  ProfessionalRegistrationRecord: ProfessionalRegistrationRecord
  ReferencesRecord: ReferencesRecord
  EmploymentChecklistRecord: EmploymentChecklistRecord
  IllegalWorkingChecklistRecord: IllegalWorkingChecklistRecord
  EuStatusRecord: EuStatusRecord
}
/**
 * DBS record. The criminal record check that was made for this post.
 */
export interface DbsRecord {
  /**
   * Level
   */
  level: 'Basic' | 'Standard' | 'Enhanced'
  /**
   * Certificate number. Twelve digits, as DBS prints them.
   */
  certificateNumber: string
  /**
   * Issue date
   */
  issueDate: string
  /**
   * Outcome. Never the content of a conviction.
   */
  outcome: 'Clear' | 'Reviewed and accepted'
  /**
   * Update service
   */
  updateService?: boolean
}
/**
 * Professional registration record. An entry in a professional register, as it was looked up.
 */
export interface ProfessionalRegistrationRecord {
  /**
   * Body
   */
  body: 'GMC' | 'GDC'
  /**
   * Registration number
   */
  registrationNumber: string
  /**
   * Checked on
   */
  checkedOn: string
  /**
   * Licence to practise
   */
  licenceToPractise?: boolean
  /**
   * Expiry date
   */
  expiryDate?: string
}
/**
 * References record. What became of each reference that was asked for.
 */
export interface ReferencesRecord {
  /**
   * References
   *
   * Items: Reference. One reference.
   */
  references: {
    /**
     * Requested on
     */
    requestedOn: string
    /**
     * Received on
     */
    receivedOn?: string
    /**
     * Outcome
     */
    outcome: 'Success' | 'Reference refused' | 'Reference Indeterminate' | 'Fail'
  }[]
}
/**
 * Employment checklist record. Which of the NHS Employment Check Standards were met, and when.
 */
export interface EmploymentChecklistRecord {
  /**
   * Checks
   *
   * Items: Check. One check.
   */
  checks: {
    /**
     * Check. All but identity.
     */
    check:
      | 'Right to work'
      | 'Professional registration and qualifications'
      | 'Employment history and references'
      | 'Criminal record'
      | 'Work health assessment'
    /**
     * Completed on
     */
    completedOn: string
  }[]
}
/**
 * Illegal working checklist record. How right to work was checked.
 */
export interface IllegalWorkingChecklistRecord {
  /**
   * Route
   */
  route:
    | 'List A documents'
    | 'List B documents'
    | 'Home Office online'
    | 'Identity service provider'
    | 'Employer Checking Service'
  /**
   * Checked on
   */
  checkedOn: string
  /**
   * Follow-up due
   */
  followUpDue?: string
}
/**
 * EU status record. The status under the EU Settlement Scheme.
 */
export interface EuStatusRecord {
  /**
   * Status
   */
  status: 'Settled' | 'Pre-settled' | 'Not applicable'
  /**
   * Checked on
   */
  checkedOn: string
}

/** The rules of each record, by its type. */
export const EMPLOYMENT_CHECK_SCHEMAS: Readonly<Record<string, import('../../credentials/schema-keywords.js').SchemaRules>> = {"date":{"type":"string","format":"date"},"DbsRecord":{"type":"object","required":["level","certificateNumber","issueDate","outcome"],"additionalProperties":false,"properties":{"level":{"enum":["Basic","Standard","Enhanced"]},"certificateNumber":{"type":"string","pattern":"^[0-9]{12}$"},"issueDate":{"$ref":"date"},"outcome":{"enum":["Clear","Reviewed and accepted"]},"updateService":{"type":"boolean"}}},"ProfessionalRegistrationRecord":{"type":"object","required":["body","registrationNumber","checkedOn"],"additionalProperties":false,"properties":{"body":{"enum":["GMC","GDC"]},"registrationNumber":{"type":"string","pattern":"^[0-9A-Z]{4,8}$"},"checkedOn":{"$ref":"date"},"licenceToPractise":{"type":"boolean"},"expiryDate":{"$ref":"date"}}},"ReferencesRecord":{"type":"object","required":["references"],"additionalProperties":false,"properties":{"references":{"type":"array","minItems":1,"maxItems":20,"items":{"type":"object","required":["requestedOn","outcome"],"additionalProperties":false,"properties":{"requestedOn":{"$ref":"date"},"receivedOn":{"$ref":"date"},"outcome":{"enum":["Success","Reference refused","Reference Indeterminate","Fail"]}}}}}},"EmploymentChecklistRecord":{"type":"object","required":["checks"],"additionalProperties":false,"properties":{"checks":{"type":"array","minItems":1,"maxItems":5,"items":{"type":"object","required":["check","completedOn"],"additionalProperties":false,"properties":{"check":{"enum":["Right to work","Professional registration and qualifications","Employment history and references","Criminal record","Work health assessment"]},"completedOn":{"$ref":"date"}}}}}},"IllegalWorkingChecklistRecord":{"type":"object","required":["route","checkedOn"],"additionalProperties":false,"properties":{"route":{"enum":["List A documents","List B documents","Home Office online","Identity service provider","Employer Checking Service"]},"checkedOn":{"$ref":"date"},"followUpDue":{"$ref":"date"}}},"EuStatusRecord":{"type":"object","required":["status","checkedOn"],"additionalProperties":false,"properties":{"status":{"enum":["Settled","Pre-settled","Not applicable"]},"checkedOn":{"$ref":"date"}}}}
