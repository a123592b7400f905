import { hash, verify } from '@node-rs/argon2'
import { Refusal } from '../../platform/errors.ts'

/** Argon2id (the library's default), 19 MiB, 2 passes, one lane. Source: OWASP password storage cheat sheet. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const PASSWORD_MIN_LENGTH = 10

/** Hash of no password: an unknown user costs the same time as a known one. */
const NOBODY = hash('no password has these characters', COST)

/** This will hash a password for keeping. Refuses `password_too_short`. */
export async function hashPassword(password: string): Promise<string> {
  if (password.length < PASSWORD_MIN_LENGTH)
    throw new Refusal(
      'rule',
      'password_too_short',
      `A password has at least ${PASSWORD_MIN_LENGTH} characters; choose a longer one.`,
    )
  return hash(password, COST)
}

/** This will say whether a password is the right one, in the same time when there is no user. */
export async function passwordMatches(password: string, kept: string | undefined): Promise<boolean> {
  const matches = await verify(kept ?? (await NOBODY), password)
  return matches && kept !== undefined
}
