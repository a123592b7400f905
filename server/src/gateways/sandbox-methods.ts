import type { TokenisedMethod } from '../domain/payments/index.ts'

/** What happens when a test method is charged. */
export type SandboxBehaviour =
  | { does: 'accept' }
  | { does: 'decline'; code: string; message: string; final: boolean }
  /** Accepted; days later the bank sends the money back. */
  | { does: 'return'; code: string; message: string }
  /** Charged, but the answer to the first request is lost. */
  | { does: 'lose_answer' }
  /** Not charged, and no answer either. */
  | { does: 'fall_silent' }

export interface SandboxMethod extends TokenisedMethod {
  label: { en: string; es: string }
  behaviour: SandboxBehaviour
}

const INSUFFICIENT = {
  does: 'decline',
  code: 'insufficient_funds',
  message: 'The card has too little money.',
  final: false,
} as const
const STOLEN = {
  does: 'decline',
  code: 'stolen_card',
  message: 'The card was reported stolen.',
  final: true,
} as const
const RETURNED = { does: 'return', code: 'R01', message: 'Insufficient funds' } as const

const card = { kind: 'card', holderName: 'Sandbox Customer', brand: 'visa', expiresOn: '2099-01-01' } as const
const bank = {
  kind: 'bank',
  holderName: 'Sandbox Customer',
  routingNumber: '011000015',
  accountType: 'checking',
} as const

/** The test methods that the sandbox's page offers; their tokens also work for charges without a page. */
export const SANDBOX_METHODS: readonly SandboxMethod[] = [
  {
    ...card,
    token: 'sandbox-card-good',
    lastFour: '4242',
    label: { en: 'Card that is approved', es: 'Tarjeta que se aprueba' },
    behaviour: { does: 'accept' },
  },
  {
    ...bank,
    token: 'sandbox-bank-good',
    lastFour: '6789',
    label: { en: 'Bank account that pays', es: 'Cuenta bancaria que paga' },
    behaviour: { does: 'accept' },
  },
  {
    ...bank,
    token: 'sandbox-bank-returned',
    lastFour: '0001',
    label: { en: 'Bank account whose payment comes back', es: 'Cuenta bancaria cuyo pago se devuelve' },
    behaviour: RETURNED,
  },
  {
    ...card,
    token: 'sandbox-card-insufficient',
    lastFour: '0002',
    label: { en: 'Card with too little money', es: 'Tarjeta sin fondos suficientes' },
    behaviour: INSUFFICIENT,
  },
  {
    ...card,
    token: 'sandbox-card-stolen',
    lastFour: '0004',
    label: { en: 'Card that was reported stolen', es: 'Tarjeta denunciada como robada' },
    behaviour: STOLEN,
  },
]

/** Tokens that only tests of the far end use. */
const HIDDEN: Readonly<Record<string, SandboxBehaviour>> = {
  'sandbox-card-lost-answer': { does: 'lose_answer' },
  'sandbox-card-silent': { does: 'fall_silent' },
}

/** Exact amounts that do the same whatever the method. */
const MAGIC_CENTS: Readonly<Record<number, SandboxBehaviour>> = {
  999902: INSUFFICIENT,
  999904: STOLEN,
  999908: { does: 'lose_answer' },
  999916: RETURNED,
  999932: { does: 'fall_silent' },
}

/** This will tell what the sandbox does with a token and an amount; undefined: a token that it never gave. */
export function behaviourOf(token: string, amountCents: number): SandboxBehaviour | undefined {
  const known = HIDDEN[token] ?? SANDBOX_METHODS.find((method) => method.token === token)?.behaviour
  return known && (MAGIC_CENTS[amountCents] ?? known)
}
