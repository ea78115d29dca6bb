import { equalJson, type Json } from '../core/json.js'
import { integerTests, isObject, listTests, type SchemaRules, type Test, textTests } from './schema-keywords.js'

/** One keyword that does not hold at one place; `params` come from the schema, but for the name of a property too many. */
export interface ValidationError {
  readonly instancePath: string
  readonly keyword: string
  readonly params: Readonly<Record<string, unknown>>
}

/** Everything that is wrong with a value. */
export type Validator = (value: unknown) => readonly ValidationError[]

type Found = { -readonly [Member in keyof ValidationError]: ValidationError[Member] }

/** Adds what is wrong with a value; paths begin at that value. */
type Check = (value: unknown, errors: Found[]) => void
type Definitions = (name: string) => Check

const report = (errors: Found[], keyword: string, params: ValidationError['params']) =>
  void errors.push({ instancePath: '', keyword, params })

/** Checks a value further in. Where it stands is written only when something is wrong with it. */
const checkWithin = (check: Check, value: unknown, step: string | number, errors: Found[]): void => {
  const before = errors.length
  check(value, errors)
  for (let index = before; index < errors.length; index++) {
    const error = errors[index] as Found
    error.instancePath = `/${step}${error.instancePath}`
  }
}

const inOrder =
  <T>(tests: readonly Test<T>[]): Check =>
  (value, errors) => {
    for (const { keyword, params, holds } of tests) if (!holds(value as T)) report(errors, keyword, params)
  }

const listCheck = (rules: SchemaRules, definitions: Definitions): Check => {
  const tests = inOrder(listTests(rules))
  const item = rules.items && compile(rules.items, definitions)
  return (value, errors) => {
    tests(value, errors)
    if (item) for (const [index, one] of (value as readonly unknown[]).entries()) checkWithin(item, one, index, errors)
  }
}

const objectCheck = (rules: SchemaRules, definitions: Definitions): Check => {
  const { required = [], properties = {}, additionalProperties } = rules
  const members = Object.entries(properties).map(([name, inner]) => ({ name, check: compile(inner, definitions) }))
  const known = new Set(Object.keys(properties))
  const missing = required.map((missingProperty) => ({ missingProperty }))
  return (value, errors) => {
    const object = value as Readonly<Record<string, unknown>>
    for (const params of missing) if (object[params.missingProperty] === undefined) report(errors, 'required', params)
    if (additionalProperties === false)
      for (const additionalProperty of Object.keys(object))
        if (!known.has(additionalProperty)) report(errors, 'additionalProperties', { additionalProperty })
    for (const { name, check } of members)
      if (object[name] !== undefined) checkWithin(check, object[name], name, errors)
  }
}

interface TypeRow {
  readonly is: (value: unknown) => boolean
  readonly check: (rules: SchemaRules, definitions: Definitions) => Check
}

const nothingMore = (): Check => () => {}

const TYPES: Readonly<Record<NonNullable<SchemaRules['type']>, TypeRow>> = {
  string: { is: (value) => typeof value === 'string', check: (rules) => inOrder(textTests(rules)) },
  integer: { is: (value) => typeof value === 'number', check: (rules) => inOrder(integerTests(rules)) },
  boolean: { is: (value) => typeof value === 'boolean', check: nothingMore },
  array: { is: Array.isArray, check: listCheck },
  object: { is: isObject, check: objectCheck },
}

const typeCheck = (type: keyof typeof TYPES, rules: SchemaRules, definitions: Definitions): Check => {
  const { is, check } = TYPES[type]
  const further = check(rules, definitions)
  return (value, errors) => {
    if (is(value)) further(value, errors)
    else report(errors, 'type', { type })
  }
}

const constCheck =
  (allowedValue: Json): Check =>
  (value, errors) => {
    if (!equalJson(value, allowedValue)) report(errors, 'const', { allowedValue })
  }

const enumCheck =
  (allowedValues: readonly string[]): Check =>
  (value, errors) => {
    if (!allowedValues.includes(value as string)) report(errors, 'enum', { allowedValues })
  }

/** As many of the branches must hold as the keyword says; what is wrong with each is told where they do not. */
const choice = (keyword: 'anyOf' | 'oneOf', branches: readonly SchemaRules[], definitions: Definitions): Check => {
  const checks = branches.map((branch) => compile(branch, definitions))
  return (value, errors) => {
    const found = checks.map((check) => {
      const inner: Found[] = []
      check(value, inner)
      return inner
    })
    const held = found.filter(({ length }) => length === 0).length
    if (held === 1 || (held > 1 && keyword === 'anyOf')) return
    errors.push(...found.flat())
    report(errors, keyword, {})
  }
}

const compile = (rules: SchemaRules, definitions: Definitions): Check => {
  const checks: Check[] = []
  if (rules.$ref !== undefined) checks.push(definitions(rules.$ref))
  if (rules.type !== undefined) checks.push(typeCheck(rules.type, rules, definitions))
  if (rules.const !== undefined) checks.push(constCheck(rules.const))
  if (rules.enum !== undefined) checks.push(enumCheck(rules.enum))
  if (rules.anyOf !== undefined) checks.push(choice('anyOf', rules.anyOf, definitions))
  if (rules.oneOf !== undefined) checks.push(choice('oneOf', rules.oneOf, definitions))
  const [only, ...others] = checks
  if (only && others.length === 0) return only
  return (value, errors) => {
    for (const check of checks) check(value, errors)
  }
}

/**
 * Compiles our schemas: functions made of functions, so that no code is made at run time and a strict
 * Content-Security-Policy holds. Each is compiled when first asked for, and finds everything that is wrong, as ajv does
 * with `allErrors`, in ajv's words and order.
 * @returns the validator of a definition, by its name
 */
export const compileSchemas = (schemas: Readonly<Record<string, SchemaRules>>): ((name: string) => Validator) => {
  const compiled = new Map<string, Check>()
  const checkOf = (name: string): Check => {
    const known = compiled.get(name)
    if (known) return known
    const check = compile(schemas[name] ?? {}, checkOf)
    compiled.set(name, check)
    return check
  }
  return (name) => (value) => {
    const errors: Found[] = []
    checkOf(name)(value, errors)
    return errors
  }
}
