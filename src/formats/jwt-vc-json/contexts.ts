import { asArray, type Json } from '../../core/json.js'
import { VCDM_2_CONTEXT } from '../contexts.js'

// The context of VCDM 1.1.
const VCDM_1_CONTEXT = 'https://www.w3.org/2018/credentials/v1'

// Contexts of the time of VCDM 1.1 that define words of status lists alone, which are read by their names.
const OF_STATUS: readonly Json[] = ['https://w3id.org/vc/status-list/2021/v1']

/** A list of contexts as VCDM 2.0 has it; `undefined` unless that of VCDM 1.1 comes first. */
export const toContexts2 = (context: Json | undefined): readonly Json[] | undefined => {
  const [first, ...others] = asArray(context)
  return first === VCDM_1_CONTEXT
    ? [VCDM_2_CONTEXT, ...others.filter((entry) => !OF_STATUS.includes(entry))]
    : undefined
}

/** A list of contexts as VCDM 1.1 has it; `undefined` unless that of VCDM 2.0 comes first. */
export const toContexts1 = (context: Json | undefined): readonly Json[] | undefined => {
  const [first, ...others] = asArray(context)
  return first === VCDM_2_CONTEXT ? [VCDM_1_CONTEXT, ...others] : undefined
}
