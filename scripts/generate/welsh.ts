import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './load.js'

interface Translations {
  readonly labels: Readonly<Record<string, string>>
  readonly descriptions: Readonly<Record<string, string>>
}

const FILE = 'schemas/labels.cy.json'
const translations: Translations = JSON.parse(readFileSync(join(ROOT, FILE), 'utf8'))
const used = { labels: new Set<string>(), descriptions: new Set<string>() }

const translate = (kind: keyof Translations, text: string): string => {
  const welsh = translations[kind][text]
  if (welsh === undefined) throw new Error(`${FILE} has no Welsh for ${JSON.stringify(text)} among its ${kind}`)
  used[kind].add(text)
  return welsh
}

/** A label in Welsh. @throws Error naming the label when there is none */
export const welshLabel = (label: string): string => translate('labels', label)

/** What a type is, in Welsh. @throws Error naming the description when there is none */
export const welshDescription = (description: string): string => translate('descriptions', description)

/** @throws Error when there is Welsh for what nobody says any more */
export const refuseUnusedWelsh = (): void => {
  for (const kind of ['labels', 'descriptions'] as const)
    for (const text of Object.keys(translations[kind]))
      if (!used[kind].has(text)) throw new Error(`${FILE} translates ${JSON.stringify(text)}, which nothing says`)
}
