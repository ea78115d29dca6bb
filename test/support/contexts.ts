import type { ContextDocument } from '../../src/formats/input.js'
import { vectorJson } from './vectors.js'

const FOLDER = 'w3c-vc-schemas-contexts/contexts'

/** Contexts that the W3C's own examples use and we do not bundle. */
export const exampleContexts = (): readonly ContextDocument[] => [
  { url: 'https://www.w3.org/ns/credentials/examples/v2', document: vectorJson(`${FOLDER}/credentials/examples/v2`) },
  { url: 'https://w3id.org/citizenship/v4rc1', document: vectorJson(`${FOLDER}/citizenship/citizenship-v4rc1.jsonld`) },
  {
    url: 'https://www.w3.org/ns/credentials/undefined-terms/v2',
    document: vectorJson(`${FOLDER}/credentials/undefined-terms/v2`),
  },
]
