import { toWire } from '../support/wire.js'
import { currentTest, gave, record, threw } from './log.js'

/** The function, writing down what it is given and what it gives. */
export const recorded =
  <Given extends readonly unknown[], T>(name: string, work: (...given: Given) => T) =>
  (...given: Given): T => {
    const test = currentTest()
    try {
      const value = work(...given)
      record(() => ({ kind: 'function', test, name, given: given.map((one) => toWire(one)), outcome: gave(value) }))
      return value
    } catch (error) {
      record(() => ({ kind: 'function', test, name, given: given.map((one) => toWire(one)), outcome: threw(error) }))
      throw error
    }
  }
