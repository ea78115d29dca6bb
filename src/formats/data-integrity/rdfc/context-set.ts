import type { Json, JsonObject } from '../../../core/json.js'
import type { MaybePromise } from '../../../runtime/runtime.js'
import type { ContextDocument } from '../../input.js'
import { CONTEXT_TABLE } from '../generated/context-table.js'
import { type ActiveContext, emptyContext, type Family, isFull, putOver } from './active-context.js'
import type { OpenContexts } from './emit.js'
import { type Layer, openTable } from './layers.js'

type LayerOf = (url: string) => Layer | undefined

const putAllOver = (urls: readonly string[], layerOf: LayerOf, family: Family): ActiveContext | undefined => {
  let context: ActiveContext | undefined = emptyContext(family)
  for (const url of urls) {
    const layer: Layer | undefined = layerOf(url)
    context = context && layer && putOver(context, layer, false)
  }
  return context
}

const addressesIn = (contexts: Json): readonly string[] | undefined => {
  const list = Array.isArray(contexts) ? contexts : [contexts]
  return list.every((url) => typeof url === 'string') ? (list as readonly string[]) : undefined
}

/** Opens lists of contexts by address, each once; forgets them all when strangers have made too many of them. */
const createOpenContexts = (layerOf: LayerOf): OpenContexts => {
  let family: Family = { size: 0 }
  const opened = new Map<string, ActiveContext>()
  const forget = (): void => {
    family = { size: 0 }
    opened.clear()
  }
  return (contexts) => {
    const urls = addressesIn(contexts)
    if (!urls) return undefined
    if (isFull(family)) forget()
    const key = urls.join('\n')
    const context = opened.get(key) ?? putAllOver(urls, layerOf, family)
    if (context) opened.set(key, context)
    return context
  }
}

const bundledLayer = openTable(CONTEXT_TABLE)
const openBundled = createOpenContexts(bundledLayer)

// By the document, so that whoever gives the same one again does not wait again.
const compiled = new WeakMap<JsonObject, Promise<LayerOf>>()

const compile = (given: ContextDocument): Promise<LayerOf> => {
  const known = compiled.get(given.document) ?? compileOne(given)
  compiled.set(given.document, known)
  return known
}

const compileOne = async ({ url, document }: ContextDocument): Promise<LayerOf> => {
  const { compileContexts } = await import('./compile-contexts.js')
  return openTable(await compileContexts([[url, document]]))
}

const openedSets = new WeakMap<readonly ContextDocument[], MaybePromise<OpenContexts>>()

const openSet = async (extraContexts: readonly ContextDocument[]): Promise<OpenContexts> => {
  const layers = await Promise.all(extraContexts.map(compile))
  const open = createOpenContexts((url) => bundledLayer(url) ?? findLayer(layers, url))
  openedSets.set(extraContexts, open)
  return open
}

const findLayer = (layers: readonly LayerOf[], url: string): Layer | undefined => {
  for (const layerOf of layers) {
    const layer = layerOf(url)
    if (layer) return layer
  }
  return undefined
}

/**
 * Opens the contexts that come with us, and those given: at once when they are compiled, which happens once for a list
 * of them. Do not change a list, or a document in it, that was given here.
 */
export const contextSet = (extraContexts: readonly ContextDocument[]): MaybePromise<OpenContexts> => {
  if (extraContexts.length === 0) return openBundled
  const set = openedSets.get(extraContexts) ?? openSet(extraContexts)
  openedSets.set(extraContexts, set)
  return set
}
