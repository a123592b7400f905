import { z } from 'zod'
import { input, output } from '../../platform/http/wire-values.ts'
import { accountKey, logText } from './wire.ts'

export const WriteOffBody = z.strictObject({
  writeOffDate: input.date().describe('not after today'),
  logNote: input.text(2000).optional().describe('kept as a note on the account'),
})

export const DismissWriteOffBody = z.strictObject({
  dismissalDate: input.date().describe('not after today, not before the write-off'),
  logText,
  reasonDescription: input.text(25).optional(),
})

export const WriteOff = z
  .object({
    record: output.integer(),
    writeOffId: output.integer(),
    ...accountKey,
    billingPackageId: output.integer(),
    typeCode: output.text().describe('debt, discharge'),
    writeOffAmount: output.decimal(),
    writeOffDate: output.date(),
    statusCode: output.text().describe('active, dismissed'),
    statusDescription: output.text(),
    dismissalDate: output.date(),
    reasonDescription: output.text(),
    writeOffAccountNumber: output.text().describe('the account on which it is still owed'),
    createdTimeStamp: output.instant(),
    createdByUserId: output.text(),
  })
  .meta({ id: 'WriteOff' })

const CHAPTERS = ['7', '11', '12', '13'] as const

export const BankruptcyBody = z.strictObject({
  caseNumber: input.text(50),
  chapterCode: input.oneOf(CHAPTERS),
  evidenceDescription: input.text(200).describe("the court's notice"),
  filedDate: input.date().describe('not after today; what arose before is frozen'),
  logText,
})

export const DismissBankruptcyBody = z.strictObject({
  dismissalDate: input.date().describe('not after today, not before the filing'),
  logText,
})

export const DischargeBankruptcyBody = z.strictObject({
  dischargeDate: input.date().describe('not after today, not before the filing'),
  logText,
})

export const Bankruptcy = z
  .object({
    record: output.integer(),
    bankruptcyId: output.integer(),
    customerId: output.integer(),
    billingPackageId: output.integer(),
    caseNumber: output.text(),
    chapterCode: output.text(),
    evidenceDescription: output.text(),
    filedDate: output.date(),
    statusCode: output.text().describe('filed, dismissed, discharged'),
    statusDescription: output.text(),
    closedDate: output.date(),
    frozenAmount: output.decimal(),
    debts: z.array(
      z.object({
        accountNumber: output.text().describe('whose debt it was'),
        frozenAccountNumber: output.text().describe('where it is owed and not asked for'),
        frozenAmount: output.decimal(),
      }),
    ),
    createdTimeStamp: output.instant(),
    createdByUserId: output.text(),
  })
  .meta({ id: 'Bankruptcy' })
