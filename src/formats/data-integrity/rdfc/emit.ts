import { isJsonObject, type Json, type JsonObject } from '../../../core/json.js'
import { LIMITS } from '../../../core/limits.js'
import { type ActiveContext, inProperty, inType, isEmpty } from './active-context.js'
import { addBlank, addPlain, addStatement, createDataset, type Dataset, type Term } from './dataset.js'
import type { TermDefinition } from './layers.js'
import { TYPE_PREDICATE } from './predicate.js'
import { addressTerm, beyond, isBeyond, literalText, memberDefinition, valueTerm, wordTerm } from './terms.js'

/** What holds under a list of contexts; `undefined` when it is beyond the compiled path. */
export type OpenContexts = (contexts: Json) => ActiveContext | undefined

/** Where in a document, and in which graph, nodes are read. */
interface Place {
  readonly dataset: Dataset
  readonly openContexts: OpenContexts
  readonly graph: Term | undefined
  readonly depth: number
}

/** A member of a node, and what holds in its values. */
interface Member {
  readonly subject: Term
  readonly definition: TermDefinition
  readonly context: ActiveContext
  /** Whether a text or a number is read as the definition says: the scoped context leaves the term as it is. */
  readonly takesScalars: boolean
}

const wordIn = (node: JsonObject, words: readonly string[]): string | undefined => {
  let found: string | undefined
  for (const word of words)
    if (Object.hasOwn(node, word)) {
      if (found !== undefined) return beyond()
      found = word
    }
  return found
}

const textsOf = (value: Json | undefined): readonly string[] => {
  const values = value === undefined ? [] : Array.isArray(value) ? value : [value]
  return values.every((text) => typeof text === 'string') ? (values as readonly string[]) : beyond()
}

/** What holds in a node of these types: their scoped contexts, one after the other in the order of their names. */
const inTypes = (context: ActiveContext, types: readonly string[]): ActiveContext => {
  let inner = context
  for (const type of types.length > 1 ? [...types].sort() : types) {
    const scope = context.terms.get(type)?.scope
    if (scope !== undefined) inner = inType(inner, scope) ?? beyond()
  }
  return inner
}

const subjectOf = (node: JsonObject, word: string | undefined, context: ActiveContext, dataset: Dataset): Term => {
  if (word === undefined) return addBlank(dataset)
  const id = node[word]
  return typeof id === 'string' ? addressTerm(id, context) : beyond()
}

/** Adds the statements that a node makes. */
const addNode = (place: Place, node: JsonObject, context: ActiveContext): Term => {
  if (place.depth > LIMITS.jsonDepth) return beyond()
  const typeWord = wordIn(node, context.typeWords)
  const types = typeWord === undefined ? [] : textsOf(node[typeWord])
  const inner = inTypes(context, types)
  if (inner !== context && wordIn(node, inner.typeWords) !== typeWord) return beyond()
  const idWord = wordIn(node, inner.idWords)
  const { dataset, graph } = place
  const subject = subjectOf(node, idWord, inner, dataset)
  for (const type of types) addStatement(dataset, subject, TYPE_PREDICATE, wordTerm(type, context), graph)
  for (const name of Object.keys(node))
    if (name !== typeWord && name !== idWord && name !== '@context')
      addValue(place, memberOf(name, subject, inner), node[name] ?? null)
  return subject
}

const memberOf = (name: string, subject: Term, outer: ActiveContext): Member => {
  const definition = memberDefinition(name, outer)
  const { scope } = definition
  if (scope === undefined) return { subject, definition, context: outer, takesScalars: !definition.isGraph }
  const context = inProperty(outer, scope) ?? beyond()
  const isSame = context.terms.get(name) === definition
  if (!isSame && scope !== null) return beyond()
  return { subject, definition, context, takesScalars: isSame && !definition.isGraph }
}

const isReference = (node: JsonObject, { idWords }: ActiveContext): boolean => {
  const names = Object.keys(node)
  return names.length === 1 && idWords.includes(names[0] as string)
}

/** What holds in a node that is a value: contexts of types end here, those of the member and of the node itself begin. */
const contextOfNode = (node: JsonObject, { definition, context }: Member, openContexts: OpenContexts) => {
  const { previous } = context
  const isReverted = previous !== undefined && !isReference(node, context)
  const scoped = isReverted && definition.scope !== undefined ? inProperty(previous, definition.scope) : previous
  const outer = (isReverted ? scoped : context) ?? beyond()
  if (!Object.hasOwn(node, '@context')) return outer
  // Contexts over contexts are left to the reference processor.
  return (isEmpty(outer) ? openContexts(node['@context'] ?? null) : undefined) ?? beyond()
}

const addWhole = (place: Place, node: JsonObject, context: ActiveContext): void => {
  const { size } = place.dataset
  addNode(place, node, context)
  // A node that says nothing of itself is refused where it stands alone.
  if (place.dataset.size === size) beyond()
}

const addNodeValue = (place: Place, member: Member, node: JsonObject): void => {
  const { dataset, graph, openContexts } = place
  const { subject, definition } = member
  const { predicate } = definition
  const context = contextOfNode(node, member, openContexts)
  const depth = place.depth + 1
  if (definition.isGraph) {
    const object = addBlank(dataset)
    addStatement(dataset, subject, predicate, object, graph)
    addWhole({ dataset, openContexts, graph: object, depth }, node, context)
  } else {
    const object = addNode({ dataset, openContexts, graph, depth }, node, context)
    addStatement(dataset, subject, predicate, object, graph)
  }
}

const addScalar = ({ dataset, graph }: Place, member: Member, value: string | number | boolean): void => {
  const { subject, definition, context, takesScalars } = member
  if (!takesScalars) return beyond()
  const { predicate, ending } = definition
  // Most statements are these: of a text, in the default graph.
  if (typeof value === 'string' && definition.coercion === 'none' && graph === undefined)
    addPlain(dataset, subject, predicate, predicate.quoted + literalText(value, dataset) + ending)
  else addStatement(dataset, subject, predicate, valueTerm(value, definition, context, dataset), graph)
}

const addValue = (place: Place, member: Member, value: Json): void => {
  // JSON-LD leaves out what is null.
  if (value === null) return
  if (Array.isArray(value)) {
    for (const item of value) addValue(place, member, item)
  } else if (isJsonObject(value)) {
    addNodeValue(place, member, value)
  } else {
    addScalar(place, member, value as string | number | boolean)
  }
}

const addDocument = (document: JsonObject, openContexts: OpenContexts): Dataset => {
  const dataset = createDataset()
  const context = openContexts(document['@context'] ?? []) ?? beyond()
  addWhole({ dataset, openContexts, graph: undefined, depth: 0 }, document, context)
  return dataset
}

/**
 * The statements that a document makes, without a JSON-LD processor.
 * @returns `undefined` when the document is beyond the compiled path, and the reference processor has to judge
 * @throws UndefinedTermError when no context defines a term, which the reference processor would refuse
 */
export const emitStatements = (document: JsonObject, openContexts: OpenContexts): Dataset | undefined => {
  try {
    return addDocument(document, openContexts)
  } catch (error) {
    if (isBeyond(error)) return undefined
    throw error
  }
}
