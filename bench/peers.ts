import { pathToFileURL } from 'node:url'
import type { JsonObject } from '../src/core/json.js'
import { STAFF_PASSPORT_CONTEXT, STAFF_PASSPORT_CONTEXT_URL } from '../src/credentials/generated/context.js'
import type { BenchKey } from './keys.js'

type Documents = ReadonlyMap<string, JsonObject>

interface Digitalbazaar {
  sign(suite: string, document: JsonObject): Promise<JsonObject>
  derive(document: JsonObject): Promise<JsonObject>
  verify(suite: string, text: string): Promise<boolean>
  verifyWithStatus(suite: string, text: string): Promise<boolean>
}

interface Jose {
  sign(payload: JsonObject, typ: string): Promise<string>
  verify(token: string, typ: string): Promise<boolean>
}

interface SdJwt {
  issue(payload: JsonObject, disclosable: readonly string[]): Promise<string>
  present(
    token: string,
    frame: JsonObject,
    asked: { readonly nonce: string; readonly audience: string },
  ): Promise<string>
  verify(token: string, nonce: string): Promise<boolean>
}

interface DigitalbazaarModule {
  createPeer(options: {
    readonly key: BenchKey
    readonly contexts: Documents
    readonly statusLists?: Documents
  }): Promise<Digitalbazaar>
  readStatus(encodedList: string, index: number): Promise<boolean>
}

interface SdJwtModule {
  createPeer(keys: { readonly issuer: BenchKey; readonly holder: BenchKey }): SdJwt
  readStatus(token: string, index: number): number
}

interface Modules {
  readonly digitalbazaar: DigitalbazaarModule
  readonly jose: { createPeer(options: { readonly key: BenchKey }): Promise<Jose> }
  readonly 'sd-jwt': SdJwtModule
  readonly 'did-jwt-vc': {
    createPeer(options: { readonly key: BenchKey }): { verify(token: string): Promise<boolean> }
  }
  readonly dids: {
    byDigitalbazaar(did: string): Promise<JsonObject>
    byCeramic(did: string): Promise<JsonObject>
  }
}

/** A module of `bench/peers`, which finds its libraries in the folder of the bench and not in ours. */
export const peer = async <Name extends keyof Modules>(name: Name): Promise<Modules[Name]> =>
  import(pathToFileURL(`${process.env.BENCH_FOLDER}/peers/${name}.mjs`).href)

/** Our context, for those who read linked data. */
export const CONTEXTS: Documents = new Map([[STAFF_PASSPORT_CONTEXT_URL, STAFF_PASSPORT_CONTEXT]])
