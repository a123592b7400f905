import type { z } from 'zod'
import type { AccountMoney as MoneyRecord } from '../../domain/overview/index.ts'
import { sumCents } from '../../platform/money.ts'
import type { AccountMoney } from './account-money.wire.ts'
import { toAccountKey, toFlag, toMoney, toText } from './to-wire.ts'

type Wire = z.input<typeof AccountMoney>['collection']

export function toCollection({ customerId, today, collection }: MoneyRecord): Wire {
  const accountNumberOf = (agreementId: number) => toAccountKey({ customerId, agreementId }).accountNumber
  return {
    processes: collection.processes.map(toProcess),
    protections: collection.protections.map((protection) => ({
      protectionNumber: String(protection.protectionNumber),
      kindCode: protection.kind,
      forbidsCode: protection.forbids,
      amount: toMoney(protection.amountCents),
      startDate: protection.startDate,
      endDate: toText(protection.endDate),
      evidence: toText(protection.evidence),
      reason: protection.reason,
      activeFlag: toFlag(
        protection.startDate <= today && (protection.endDate === null || protection.endDate > today),
      ),
      createdBy: protection.createdBy,
    })),
    obstacles: collection.obstacles.map((obstacle) => ({
      forbidsCode: obstacle.forbids,
      sourceCode: obstacle.source.replace(':', '_'),
      name: toText(obstacle.name),
      reason: toText(obstacle.reason),
      evidence: toText(obstacle.evidence),
      startDate: toText(obstacle.startDate),
      endDate: toText(obstacle.endDate),
    })),
    severances: collection.severances.map((severance) => ({
      severanceId: String(severance.severanceId),
      accountNumber: accountNumberOf(severance.agreementId),
      statusCode: severance.status,
      noticeDate: severance.noticedOn,
      cutFromDate: severance.cutFrom,
      cutDate: toText(severance.cutOn),
      reconnectedDate: toText(severance.reconnectedOn),
      endDate: toText(severance.endedOn),
      endReasonCode: toText(severance.endReason),
    })),
    bankruptcies: collection.bankruptcies.map((bankruptcy) => ({
      caseNumber: bankruptcy.caseNumber,
      chapterCode: bankruptcy.chapter,
      statusCode: bankruptcy.status,
      filedDate: bankruptcy.filedOn,
      closedDate: toText(bankruptcy.closedOn),
      frozenAmount: toMoney(sumCents(bankruptcy.debts.map((debt) => debt.amountCents))),
      evidence: bankruptcy.evidence,
    })),
    writeOffs: collection.writeOffs.map((writeOff) => ({
      writeOffId: String(writeOff.writeOffId),
      kindCode: writeOff.kind,
      statusCode: writeOff.status,
      accountNumber: accountNumberOf(writeOff.agreementId),
      date: writeOff.writtenOffOn,
      amount: toMoney(writeOff.amountCents),
      dismissedDate: toText(writeOff.dismissedOn),
      dismissReason: toText(writeOff.dismissReason),
    })),
    referrals: collection.referrals.map((referral) => ({
      agencyCode: referral.agencyCode,
      amount: toMoney(referral.amountCents),
      referredDate: referral.referredOn,
      recalledDate: toText(referral.recalledOn),
    })),
    rating: toRating(collection.rating),
  }
}

function toProcess(process: MoneyRecord['collection']['processes'][number]): Wire['processes'][number] {
  return {
    processId: String(process.processId),
    statusCode: process.status,
    debtClassCode: process.debtClass,
    stageCode: process.stage,
    pathCode: process.pathCode,
    startDate: process.startedOn,
    endDate: toText(process.endedOn),
    endReasonCode: toText(process.endReason),
    startAmount: toMoney(process.arrearsCents),
    pastDueAmount: toMoney(process.pastDueCents),
    amountToStop: toMoney(process.amountToStopCents),
    nextStepNumber: toText(process.nextStep?.stepNumber),
    steps: process.steps.map((step) => ({
      stepNumber: String(step.stepNumber),
      kindCode: step.kind,
      statusCode: step.status,
      dueDate: toText(step.dueDate),
      doneDate: toText(step.doneOn),
      waitingForCode: toText(step.waitingFor).replace(/:.*/, ''),
      askedAmount: toMoney(step.askedCents),
      templateCode: toText(step.template),
    })),
  }
}

function toRating(rating: MoneyRecord['collection']['rating']): Wire['rating'] {
  return {
    score: String(rating.score),
    cashOnlyPoints: String(rating.cashOnlyPoints),
    cashOnlyFlag: toFlag(rating.cashOnly),
    depositDueFlag: toFlag(rating.depositDue),
    events: rating.events.map((event) => ({
      kindCode: event.kind,
      points: String(event.points),
      startDate: event.startDate,
      endDate: event.endDate,
      note: event.note,
    })),
  }
}
