import { Refusal } from '../platform/errors.ts'

/**
 * This will refuse: no public page describes the messages of Wells Fargo's hosted payment session, so nothing is
 * guessed. The bank gives its guide to customers under contract.
 */
export function wellsFargoGateway(): never {
  throw new Refusal(
    'unavailable',
    'gateway_disabled',
    'The Wells Fargo gateway is disabled: its payment session has no public description; use another gateway.',
  )
}
