import { z } from 'zod'
import { input, output } from '../../platform/http/wire-values.ts'

export const ContactPath = z.object({ customerId: input.id(8), contactId: input.id(15) })

export const CustomerContact = z
  .object({
    record: output.integer(),
    customerId: output.integer(),
    contactId: output.integer(),
    typeCode: z.enum(['human', 'organisation']),
    contactName: output.text(),
    firstName: output.text(),
    lastName: output.text(),
    organizationName: output.text(),
    doingBusinessAsName: output.text(),
    languageCode: output.text(),
    mainFlag: output.flag().describe('Y: the customer itself'),
    phoneNumber: output.text(),
    mobileNumber: output.text(),
    emailAddress: output.text(),
    startDate: output.date().describe('since when it has to do with the customer'),
    roles: z.array(
      z.object({
        billingPackageId: output.integer(),
        roleCode: z.enum(['main', 'payer', 'guarantor', 'copy']),
        roleDescription: output.text(),
        startDate: output.date(),
        endDate: output.date().describe('exclusive'),
        activeFlag: output.flag(),
      }),
    ),
    contactMethods: z
      .array(
        z.object({
          contactMethodId: output.integer(),
          typeCode: z.enum(['phone', 'mobile', 'email']),
          value: output.text(),
          mainFlag: output.flag(),
          startDate: output.date(),
          endDate: output.date().describe('exclusive'),
          activeFlag: output.flag(),
        }),
      )
      .describe('past ones too'),
  })
  .meta({ id: 'CustomerContact' })

const methods = {
  phoneNumber: input.text(25, 7).optional(),
  mobileNumber: input.text(25, 7).optional(),
  emailAddress: input.text(100, 3).optional(),
}

export const SaveContactBody = z.strictObject({
  billingPackageId: input.id(3).describe('whose'),
  roleCode: input.oneOf(['payer', 'guarantor', 'copy']),
  firstName: input.text(50).optional(),
  lastName: input.text(50).optional().describe('of a human; else an organization is named'),
  organizationName: input.text(100).optional(),
  doingBusinessAsName: input.text(100).optional(),
  languageCode: input.oneOf(['en', 'es']).optional().describe('en when left out'),
  ...methods,
  startDate: input.date().optional().describe('today when left out'),
  endDate: input.date().optional().describe('exclusive; after the start'),
  logText: input.text(2000).optional(),
})

const emptied = (max: number) => input.text(max, 0).optional().describe('empty: there is none any more')

export const EditContactBody = z.strictObject({
  firstName: emptied(50),
  lastName: input.text(50).optional(),
  organizationName: input.text(100).optional(),
  doingBusinessAsName: emptied(100),
  languageCode: input.oneOf(['en', 'es']).optional(),
  phoneNumber: emptied(25),
  mobileNumber: emptied(25),
  emailAddress: emptied(100),
  billingPackageId: input.id(3).optional().describe('with endDate: what it is to this billing package ends'),
  endDate: input.date().optional().describe('exclusive'),
  logText: input.text(2000).optional(),
})
