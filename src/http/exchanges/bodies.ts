import { isJsonObject, type JsonObject } from '../../core/json.js'
import { EXCHANGE_LIMITS } from '../../core/limits.js'
import { isPageUrl } from '../../exchange/base-url.js'
import { credentialsForNewEmployer } from '../../exchange/new-employer.js'
import { isValidFor } from '../../exchange/valid-for.js'
import type { OfferRequest, PresentationRequest } from '../../exchange/wallet-exchange.js'
import { needed, type Take, takeFlag, takeMembers, takeObject, takeText, takeTexts } from '../members.js'
import { refuse } from '../problem.js'
import { REQUEST_PROBLEMS } from '../problem-types.js'

const malformed = (pointer: string, must: string): never =>
  refuse(REQUEST_PROBLEMS.malformed, `This must be ${must}.`, { pointer })

const takeSeconds: Take<number> = (value, pointer) =>
  isValidFor(value) ? value : malformed(pointer, `whole seconds, at most ${EXCHANGE_LIMITS.validForSeconds}`)

// A page of yours: an address, or a path where the exchange knows the origin.
const takePage: Take<string> = (value, pointer) => {
  const text = takeText(value, pointer)
  const isPath = /^\/(?![/\\])/.test(text)
  return isPath || isPageUrl(text) ? text : malformed(pointer, 'an https address without a user name, or a path')
}

const takeOneOf =
  <Word extends string>(...words: readonly Word[]): Take<Word> =>
  (value, pointer) =>
    words.find((word) => word === value) ?? malformed(pointer, words.join(' or '))

const takeList =
  <Item>(take: Take<Item>): Take<readonly Item[]> =>
  (value, pointer) =>
    Array.isArray(value) ? value.map((item, index) => take(item, `${pointer}/${index}`)) : malformed(pointer, 'a list')

const takeOffered: Take<JsonObject> = (value, pointer) => {
  const object = takeObject(value, pointer)
  takeMembers(object, pointer, { type: takeText, facts: takeObject, format: takeText })
  needed(object.type, `${pointer}/type`)
  return object
}

const WANTED = {
  type: takeText,
  claims: takeTexts,
  issuers: takeTexts,
  formats: takeTexts,
  optional: takeFlag,
  several: takeFlag,
}

const takeWanted: Take<JsonObject> = (value, pointer) => {
  const object = takeObject(value, pointer)
  takeMembers(object, pointer, WANTED)
  needed(object.type, `${pointer}/type`)
  return object
}

const OFFER = {
  credentials: takeList(takeOffered),
  idempotencyKey: takeText,
  validForSeconds: takeSeconds,
  proof: takeOneOf('code', 'signIn'),
  holder: takeText,
}

/** The body of a request to offer. */
export const readOffer = (body: JsonObject): OfferRequest => {
  const taken = takeMembers(body, '', OFFER)
  return { ...taken, credentials: needed(taken.credentials, '/credentials') } as unknown as OfferRequest
}

const POST = { regulated: takeFlag, dbsEligible: takeFlag, patientContact: takeFlag, optional: takeTexts }

const takeNewEmployer: Take<PresentationRequest['credentials']> = (value, pointer) => {
  const { optional = [], ...post } = takeMembers(takeObject(value, pointer), pointer, POST)
  for (const name of ['regulated', 'dbsEligible', 'patientContact'] as const) needed(post[name], `${pointer}/${name}`)
  return credentialsForNewEmployer(post as Required<typeof post>, { optional: optional as readonly never[] })
}

const REQUEST = {
  credentials: takeList(takeWanted),
  newEmployer: takeNewEmployer,
  purpose: takeText,
  device: takeOneOf('same', 'cross'),
  returnUrl: takePage,
  idempotencyKey: takeText,
  validForSeconds: takeSeconds,
}

/** The body of a request to ask: for `credentials`, or for what a `newEmployer` needs for a post. */
export const readRequest = (body: JsonObject): PresentationRequest => {
  const { newEmployer, credentials, ...taken } = takeMembers(body, '', REQUEST)
  if (newEmployer !== undefined && credentials !== undefined)
    return malformed('/newEmployer', 'alone: there are credentials, too')
  needed(taken.purpose, '/purpose')
  needed(taken.device, '/device')
  return { ...taken, credentials: newEmployer ?? needed(credentials, '/credentials') } as unknown as PresentationRequest
}

/** A whole number in a query, within bounds. */
export const numberIn = (request: Request, name: string, most: number): number => {
  const text = new URL(request.url).searchParams.get(name) ?? '0'
  const number = Number(text)
  return /^\d{1,9}$/.test(text) && number <= most ? number : malformed(`/${name}`, `a whole number of at most ${most}`)
}

/** Whether a value is a JSON object: a view of an exchange is one. */
export const asJson = (value: unknown): JsonObject =>
  isJsonObject(value) ? value : (JSON.parse(JSON.stringify(value)) as JsonObject)
