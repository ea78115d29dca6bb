import type { ActiveContext } from './active-context.js'
import { type Dataset, type Term, XSD } from './dataset.js'
import { isPlainIri, prefixOf } from './iri.js'
import { closings, type TermDefinition } from './layers.js'
import { escapeText, hasAstral, isPlainText } from './literal.js'
import { predicateOf } from './predicate.js'

/** A term that no context defines: a document with it cannot be signed, for nobody could say what it means. */
export class UndefinedTermError extends TypeError {
  override readonly name = 'UndefinedTermError'

  constructor(
    /** The term: a name that the document gives. Not for logs. */
    readonly term: string,
  ) {
    super('No context of the document defines one of its terms')
  }
}

// No error of a document: whoever walks one catches it.
const BEYOND = new Error('Beyond the compiled path')

/** Leaves a document to the reference processor. */
export const beyond = (): never => {
  throw BEYOND
}

/** Whether this is what {@link beyond} throws. */
export const isBeyond = (error: unknown): boolean => error === BEYOND

/** An absolute address. One that is compact, relative or of a blank node is left to the reference processor. */
export const addressTerm = (iri: string, { terms }: ActiveContext): string => {
  if (!isPlainIri(iri)) return beyond()
  const prefix = prefixOf(iri)
  return prefix !== undefined && terms.has(prefix) ? beyond() : `<${iri}>`
}

// Without a vocabulary, a word that is no term means nothing (JSON-LD 1.1 API, safe mode); the processor has rules of
// its own for the empty one.
const vocabularyTerm = (word: string, { vocab }: ActiveContext): string => {
  if (word === '') return beyond()
  if (vocab === undefined) throw new UndefinedTermError(word)
  return isPlainIri(vocab + word) ? `<${vocab}${word}>` : beyond()
}

/** What a type means, or a value that is coerced to a term. */
export const wordTerm = (word: string, context: ActiveContext): string => {
  const definition = context.terms.get(word)
  if (definition) return definition.isBeyond || definition.iri.startsWith('@') ? beyond() : definition.token
  if (word.startsWith('@')) return beyond()
  return word.includes(':') ? addressTerm(word, context) : vocabularyTerm(word, context)
}

const propertyOf = (token: string): TermDefinition => ({
  token,
  predicate: predicateOf(token),
  iri: token.slice(1, -1),
  coercion: 'none',
  datatype: '',
  ...closings(''),
  isProtected: false,
  isGraph: false,
  isBeyond: false,
  scope: undefined,
  identity: token,
})

/**
 * What a member of a node means.
 * @throws UndefinedTermError when no context defines it
 */
export const memberDefinition = (member: string, context: ActiveContext): TermDefinition => {
  const definition = context.terms.get(member)
  if (definition) return definition.isBeyond ? beyond() : definition
  return member.startsWith('@') || member.includes(':') ? beyond() : propertyOf(vocabularyTerm(member, context))
}

/** A text as it stands between the quotation marks of a literal. */
export const literalText = (text: string, dataset: Dataset): string => {
  if (isPlainText(text)) return text
  if (hasAstral(text)) dataset.hasAstral = true
  return escapeText(text)
}

// A datatype of its own, or a number that is not whole, is written in forms that are left to the reference processor.
const scalarTerm = (value: number | boolean, { datatype }: TermDefinition): string => {
  if (datatype !== '') return beyond()
  if (typeof value === 'boolean') return `"${value}"^^<${XSD}boolean>`
  return Number.isSafeInteger(value) ? `"${value.toFixed(0)}"^^<${XSD}integer>` : beyond()
}

/** A text, number or truth value of a term, as its definition reads it. */
export const valueTerm = (
  value: string | number | boolean,
  definition: TermDefinition,
  context: ActiveContext,
  dataset: Dataset,
): Term => {
  if (typeof value !== 'string') return scalarTerm(value, definition)
  if (definition.coercion === 'none') return `"${literalText(value, dataset)}${definition.closing}`
  return definition.coercion === 'id' ? addressTerm(value, context) : wordTerm(value, context)
}
