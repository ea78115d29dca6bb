import { LIMITS } from '../../../core/limits.js'
import { isSameDefinition, type Layer, type Scope, type TermDefinition } from './layers.js'

/** Contexts that came of each other, and are forgotten together. */
export interface Family {
  /** How many there are. */
  size: number
}

/** The contexts that hold at a place in a document. */
export interface ActiveContext {
  readonly terms: ReadonlyMap<string, TermDefinition>
  readonly vocab: string | undefined
  /** What holds again in the nodes below, when contexts of types hold here. */
  readonly previous: ActiveContext | undefined
  readonly family: Family
  /** Words for the identifier and for the type of a node. */
  readonly idWords: readonly string[]
  readonly typeWords: readonly string[]
  /** What comes of scoped contexts here, by kind; `undefined` where that is beyond the compiled path. */
  readonly ofProperty: Map<Scope, ActiveContext | undefined>
  readonly ofType: Map<Scope, ActiveContext | undefined>
}

type Contents = Pick<ActiveContext, 'terms' | 'vocab' | 'previous' | 'family'>

const wordsFor = (keyword: string, terms: Contents['terms']): readonly string[] => [
  keyword,
  ...[...terms].filter(([, { iri }]) => iri === keyword).map(([term]) => term),
]

const open = (contents: Contents): ActiveContext => {
  contents.family.size++
  return {
    ...contents,
    idWords: wordsFor('@id', contents.terms),
    typeWords: wordsFor('@type', contents.terms),
    ofProperty: new Map(),
    ofType: new Map(),
  }
}

/** Where no context holds. */
export const emptyContext = (family: Family): ActiveContext =>
  open({ terms: new Map(), vocab: undefined, previous: undefined, family })

/** Whether no context holds. */
export const isEmpty = ({ terms, vocab }: ActiveContext): boolean => terms.size === 0 && vocab === undefined

/** Whether a family is as large as any may become: what documents of ours need is a small part of it. */
export const isFull = ({ size }: Family): boolean => size >= LIMITS.cacheEntries

const protects = (terms: Contents['terms'], layer: Layer): boolean =>
  [...layer.terms].some(([term, definition]) => {
    const known = terms.get(term)
    return known?.isProtected === true && !isSameDefinition(known, definition)
  })

// A definition that repeats a protected one stays protected.
const merged = (terms: Contents['terms'], layer: Layer, mayOverride: boolean): Contents['terms'] => {
  const all = new Map(terms)
  for (const [term, definition] of layer.terms)
    if (mayOverride || !terms.get(term)?.isProtected) all.set(term, definition)
  return all
}

/**
 * What holds when a context is put over others.
 * @param mayOverride whether it may give protected terms another meaning, as the context of a property may
 * @returns `undefined` when it may not and would, when it cannot be understood without those below it, or when
 * the family is full
 */
export const putOver = (context: ActiveContext, layer: Layer, mayOverride: boolean): ActiveContext | undefined => {
  if (isFull(context.family)) return undefined
  if (!mayOverride && protects(context.terms, layer)) return undefined
  const terms = merged(context.terms, layer, mayOverride)
  if (layer.schemes.some((scheme) => terms.has(scheme))) return undefined
  return open({ ...context, terms, vocab: layer.vocab ?? context.vocab })
}

const makeOfProperty = (context: ActiveContext, scope: Scope): ActiveContext | undefined => {
  if (scope === null) return emptyContext(context.family)
  return scope === undefined || scope === 'beyond' ? undefined : putOver(context, scope, true)
}

// It holds for the node itself; in the nodes below, what was before it holds again.
const makeOfType = (context: ActiveContext, scope: Scope): ActiveContext | undefined => {
  const over = scope === undefined || scope === null || scope === 'beyond' ? undefined : putOver(context, scope, false)
  return over && { ...over, previous: context.previous ?? context }
}

const remembered =
  (
    memory: (context: ActiveContext) => Map<Scope, ActiveContext | undefined>,
    make: (context: ActiveContext, scope: Scope) => ActiveContext | undefined,
  ) =>
  (context: ActiveContext, scope: Scope): ActiveContext | undefined => {
    const known = memory(context)
    if (known.has(scope)) return known.get(scope)
    const made = make(context, scope)
    known.set(scope, made)
    return made
  }

/** What holds in the values of a term with a scoped context; `undefined` when beyond the compiled path. */
export const inProperty = remembered(({ ofProperty }) => ofProperty, makeOfProperty)

/** What holds in a node of a type with a scoped context; `undefined` when beyond the compiled path. */
export const inType = remembered(({ ofType }) => ofType, makeOfType)
