/**
 * Remembers the newest version seen of a signed list, so that an older one cannot be passed off as current.
 * Versions only rise. Names are digests or identifiers of lists, never of people.
 */
export interface VersionMemory {
  /** The newest version seen under this name; `undefined` when there is none. */
  newest(name: string): Promise<number | undefined>
  /** Remembers a version, unless a newer one is known. */
  remember(name: string, version: number): Promise<void>
  /** Keeps the first digest given under this name, for ever, and gives the one that is kept. */
  pin(name: string, digest: string): Promise<string>
}
