import { Problem } from '../../platform/http/problem.ts'
import { enterpriseEndpoints } from './registry.ts'

/** The staff door: its words and numbers are those of the catalogue. */
export const enterpriseDoor = {
  name: 'enterprise',
  base: '/enterprise/v3',
  title: 'Billwright enterprise API',
  endpoints: enterpriseEndpoints,
  problem: Problem,
}
