import { CREDENTIAL_TYPES } from '../../src/credentials/catalogue.js'
import type { CatalogueEntry, Rule } from '../../src/credentials/define.js'
import { COMMON_RULES } from '../../src/credentials/rules/common.js'
import { common, resolve, type Schema, type TypeSchema, types } from './load.js'

const ORIGINS: Readonly<Record<string, string>> = {
  published: 'published',
  'label published': 'label published',
  ours: 'ours',
}

const ROLES: Readonly<Record<string, string>> = {
  nationalBody: 'national body',
  employer: 'any registered employer',
  hostEmployer: 'host employer',
  trainingBody: 'training body',
  identityProvider: 'identity provider',
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

const row = (...cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`

const formOf = (schema: Schema): string => {
  const plain = resolve(schema)
  if (plain.enum)
    return plain.enum.length > 12
      ? `one of ${plain.enum.length}: ${plain.enum.slice(0, 3).join(', ')} …`
      : plain.enum.join(' · ')
  if (plain.format) return plain.format
  if (plain.type === 'array' && plain.items) return `list of ${formOf(plain.items)}`
  if (plain.properties) return 'object'
  return plain.type ?? (plain.anyOf ? plain.anyOf.map(formOf).join(', or ') : 'any')
}

const fieldRows = (schema: Schema, prefix = ''): readonly string[] =>
  Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const plain = resolve(property)
    const inner = plain.items ? resolve(plain.items) : plain
    const needed = schema.required?.includes(name) ? 'yes' : ''
    const words = [plain.title, property.description ?? ''].filter(Boolean).join('. ')
    const own = row(
      `\`${prefix}${name}\``,
      words,
      needed,
      formOf(property),
      ORIGINS[property['x-origin'] ?? 'ours'] ?? 'ours',
    )
    return [own, ...(inner.properties ? fieldRows(inner, `${prefix}${name}.`) : [])]
  })

const FIELD_HEADING = [row('Field', 'What it is', 'Required', 'Form', 'Origin'), '| --- | --- | --- | --- | --- |']

const fieldTable = (schema: Schema): string => [...FIELD_HEADING, ...fieldRows(schema)].join('\n')

const ruleTable = (rules: readonly Rule[]): string =>
  [
    row('Code', 'Asked', 'Force', 'What is wrong', 'What mends it'),
    '| --- | --- | --- | --- | --- |',
    ...rules.map(({ code, when, force, sentence, mend }) =>
      row(`\`${code}\``, when === 'issue' ? 'when issuing' : 'when issuing and verifying', force, sentence, mend),
    ),
  ].join('\n')

const endOf = ({ examples, validUntil }: CatalogueEntry): string => {
  const ends = examples.map(({ title, claims }) => `${title}: ${validUntil(claims) ?? 'no end'}`)
  return ends.join('; ')
}

const factsOf = (entry: CatalogueEntry): string =>
  [
    `- **Key of the claims**: \`credentialSubject.${entry.claimsKey}\``,
    `- **Schema**: \`${entry.schemas[0]}\``,
    `- **Issued by**: ${entry.issuedBy.map((role) => ROLES[role]).join(', ')}`,
    `- **Attributes**: ${entry.origin === 'published' ? 'published by the NHS, with additions of ours where marked' : 'ours: no list of attributes is published'}`,
    `- **Data**: ${entry.specialCategory ? 'special-category or criminal-offence data' : 'personal data'}`,
    `- **Status**: ${entry.statusPurposes.join(' and ')}`,
    `- **Its holder may withhold** (in formats that can): ${entry.disclosable.length === 0 ? 'nothing' : entry.disclosable.map((name) => `\`${name}\``).join(', ')}`,
    `- **When sharing a passport**: ${entry.requiredWhenSharing ? 'always included' : 'by the holder’s choice'}`,
    `- **Ends by itself** (the examples): ${endOf(entry)}`,
    `- **How long a verifier may keep it** (ours, from published guidance): ${entry.retention}`,
    ...(entry.gateway
      ? [`- **Credential gateway**: template \`${entry.gateway.template}\`, prefix \`${entry.gateway.prefix}\``]
      : []),
  ].join('\n')

const section = ({ type, name, schema, claims }: TypeSchema): string => {
  const entry: CatalogueEntry = CREDENTIAL_TYPES[type as keyof typeof CREDENTIAL_TYPES]
  const rules = entry.rules.length > 0 ? `\nRules:\n\n${ruleTable(entry.rules)}\n` : ''
  return `## ${entry.label}

\`${type}\`, on the command line \`${name}\`. ${schema.description}

${factsOf(entry)}

An accepted credential does not prove:

${entry.doesNotProve.map((sentence) => `- ${sentence}`).join('\n')}

${fieldTable(claims)}
${rules}`
}

const definition = (name: string): Schema => common.$defs?.[name] ?? {}

/** The page of all credential types. */
export const credentialTypesPage = (): string => {
  const inOrder = Object.keys(CREDENTIAL_TYPES).flatMap((type) => types.filter((schema) => schema.type === type))
  return `# Credential types

Generated from \`schemas/\` and the catalogue; do not edit. *Published* fields have a wire name published by the NHS;
*label published* ones a label, from which the name is inferred; *ours* are designed here, from the NHS employment-check
standards and Green Book practice.

Every credential says whom it is about by \`credentialSubject.id\` (the holder's DID) and \`credentialSubject.uniqueIdentifier\`
(the UUID of the identity credential, which binds all of a person's credentials), and carries an assurance block.

${inOrder
  .map(
    ({ type }) =>
      `- [${CREDENTIAL_TYPES[type as keyof typeof CREDENTIAL_TYPES].label}](#${CREDENTIAL_TYPES[
        type as keyof typeof CREDENTIAL_TYPES
      ].label
        .toLowerCase()
        .replace(/[^a-z0-9 -]/g, '')
        .replaceAll(' ', '-')})`,
  )
  .join('\n')}

## The assurance block

${fieldTable(definition('assurance'))}

## Source evidence

Optional, in \`evidence\`.

${fieldTable(definition('sourceEvidence'))}

Rules of every type:

${ruleTable(COMMON_RULES)}

${inOrder.map(section).join('\n')}`
}
