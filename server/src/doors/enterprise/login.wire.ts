import { z } from 'zod'
import { PASSWORD_MIN_LENGTH } from '../../domain/identity/index.ts'
import { input, output } from '../../platform/http/wire-values.ts'

export const LoginHeaders = z.object({
  clientName: input.text(50).describe('code of the client'),
})

/** The token is in the header that names the session. */
export const TokenHeaders = z.object({ authorization: z.string().max(250) })

export const LoginBody = z.strictObject({
  userName: input.text(100),
  password: z.string().min(1).max(200),
})

export const NewPasswordBody = z.strictObject({
  resetToken: input.text(100).describe('what stands behind the number sign of the mailed link'),
  newPassword: z.string().min(PASSWORD_MIN_LENGTH).max(200),
})

/** Whom to sign in as with the new password. */
export const NewPassword = z
  .object({ clientName: output.text().describe('code of the client'), userName: output.text() })
  .meta({ id: 'NewPassword' })

export const Token = z
  .object({
    accessToken: output.text(),
    tokenType: z.literal('Bearer'),
    expiresIn: output.integer().describe('seconds'),
  })
  .meta({ id: 'Token' })

export const SignedInUser = z
  .object({
    userId: output.integer(),
    userName: output.text(),
    displayName: output.text(),
    emailAddress: output.text(),
    languageCode: z.enum(['en', 'es']),
    clientCode: output.text(),
    clientName: output.text(),
    timeZone: output.text(),
    today: output.date().describe('the business day of the client, by the clock of the installation'),
    demo: output.flag(),
    roles: z.array(output.text()),
    permissions: z.array(output.text()),
  })
  .meta({ id: 'SignedInUser' })

export const Login = z.object({ token: Token, user: SignedInUser }).meta({ id: 'Login' })

export const ClientConfig = z
  .object({
    clientCode: output.text(),
    clientName: output.text(),
    timeZone: output.text(),
    languageCode: z.enum(['en', 'es']),
    demo: output.flag(),
    vendors: z.array(
      z.object({
        vendorId: output.integer(),
        vendorCode: output.text(),
        vendorName: output.text(),
        typeDescription: output.text(),
        currencyCode: output.text(),
      }),
    ),
  })
  .meta({ id: 'ClientConfig' })
