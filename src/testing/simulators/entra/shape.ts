/** What is asked of a value: the path of what is wrong with it, or `undefined`. */
export type Shape = (value: unknown, path: string) => string | undefined

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A value for which this holds. */
export const where =
  (holds: (value: unknown) => boolean): Shape =>
  (value, path) =>
    holds(value) ? undefined : path

/** A text that is not empty. */
export const text: Shape = where((value) => typeof value === 'string' && value !== '')

/** Yes or no. */
export const yesNo: Shape = where((value) => typeof value === 'boolean')

/** A whole number from one to another. */
export const whole = (least: number, most: number): Shape =>
  where((value) => Number.isInteger(value) && (value as number) >= least && (value as number) <= most)

/** One of these. */
export const oneOf = (...values: readonly unknown[]): Shape => where((value) => values.includes(value))

/** An address, encrypted unless it is on this machine. */
export const address: Shape = where((value) => {
  if (typeof value !== 'string' || !URL.canParse(value)) return false
  const { protocol, hostname } = new URL(value)
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(hostname))
})

/** A list, each item of this shape. */
export const listOf =
  (item: Shape, least = 0): Shape =>
  (value, path) => {
    if (!Array.isArray(value) || value.length < least) return path
    return first(value.map((one, index) => item(one, `${path}[${index}]`)))
  }

/** An object of any names, each value of this shape. */
export const recordOf =
  (item: Shape): Shape =>
  (value, path) =>
    isObject(value) ? first(Object.entries(value).map(([name, one]) => item(one, below(path, name)))) : path

/** An object of these members and no others; a name with `?` may be absent. */
export const objectOf = (members: Readonly<Record<string, Shape>>): Shape => {
  const known = Object.entries(members).map(
    ([name, shape]) => [name.replace('?', ''), name.endsWith('?'), shape] as const,
  )
  return (value, path) => {
    if (!isObject(value)) return path
    const extra = Object.keys(value).find((name) => !known.some(([each]) => each === name))
    if (extra !== undefined) return below(path, extra)
    const faults = known.map(([name, isOptional, shape]) =>
      value[name] === undefined && isOptional ? undefined : shape(value[name], below(path, name)),
    )
    return first(faults)
  }
}

/** All of these shapes at once. */
export const both =
  (...shapes: readonly Shape[]): Shape =>
  (value, path) =>
    first(shapes.map((shape) => shape(value, path)))

const first = (faults: readonly (string | undefined)[]): string | undefined =>
  faults.find((fault) => fault !== undefined)

const below = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`)
